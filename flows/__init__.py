"""Prefect flows and the command line: they compose the crawler and the pipeline and hold no rules."""

"""Duplicates planted among policy texts, and who finds them: `python -m benchmarks.dedup --help`."""

"""Measurements of this project beside its peers; run from a checkout, never installed."""

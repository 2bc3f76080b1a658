"""Injected spam: what it looks like (vocabulary, evidence), and one file for each place that it is put into."""

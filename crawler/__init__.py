"""Brings pages home and keeps their bytes; knows nothing about text."""

"""Bytes -> text: which encoding, and why."""

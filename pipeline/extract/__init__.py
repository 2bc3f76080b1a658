"""Bytes -> blocks: which encoding, which part of the page, which lines belong to one table or paragraph."""

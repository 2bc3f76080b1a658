"""A page of HTML -> the lines of its document, its facts, tables and links."""

"""Spreadsheets: xlsx, xls and et."""

"""Regulations written by other libraries than those that read them here."""

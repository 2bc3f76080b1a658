"""Attached files: what is read, what is lost, how fast, beside other tools. Run: `python -m benchmarks.attachments`."""

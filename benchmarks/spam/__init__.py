"""How much injected spam the pipeline removes, and what it costs: `python -m benchmarks.spam --help`."""

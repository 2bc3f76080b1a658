"""Other tools on the same texts, each a program of its own: `python -m benchmarks.dedup.peers.NAME TEXTS OUT`."""

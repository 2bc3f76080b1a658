"""Other tools on the same files, each a program of its own: `python -m benchmarks.attachments.peers.NAME LIST OUT`."""

"""Near and exact duplicates: fingerprints of texts, candidates, verdicts, clusters."""

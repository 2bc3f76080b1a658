"""Documents become a corpus: duplicates are joined, changes told, and a version is released that can be read by any
tool."""

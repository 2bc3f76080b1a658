"""What the corpus can refuse, in one line that says what to do."""

from __future__ import annotations

__all__ = ["CorpusError"]


class CorpusError(Exception):
    """A release, or a table of it, cannot be read or made; the message names the file and the way out."""

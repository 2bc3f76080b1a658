"""What can go wrong above the pipeline. Each error is one line that a person can act upon, and the verb's exit code.

>>> WrongUse("no such file: a.txt").exit_code
2
"""

from __future__ import annotations

__all__ = ["FlowError", "WrongUse"]


class FlowError(Exception):
    """The work could not be done; no release came of it."""

    exit_code = 1


class WrongUse(FlowError):
    """The command asks for something that does not exist or cannot be."""

    exit_code = 2

"""The base of the crawler's own records that are written to files or come from them: cards, run files, jobs.

>>> class Size(Part):
...     width: int
>>> Size(width=3)
Size(width=3)
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["Part"]


class Part(BaseModel):
    """Unknown keys are errors, so that a misspelt one is not silently without effect; values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

"""The kinds of documents that offices publish, and how often.

Leaves: the forms with their shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.dedup.decisions import appointment, bulletin, licence, minutes, penalty
from benchmarks.dedup.notices import annual, batch, opinions, quota, undated
from benchmarks.dedup.rules import measures, plan

if TYPE_CHECKING:
    from benchmarks.dedup.work import Form

FORMS: tuple[tuple[Form, int], ...] = (
    (annual, 14),
    (undated, 6),
    (quota, 10),
    (appointment, 8),
    (measures, 10),
    (licence, 6),
    (penalty, 6),
    (plan, 10),
    (bulletin, 6),
    (batch, 6),
    (minutes, 4),
    (opinions, 14),
)
"""Every form with its share among a hundred documents."""

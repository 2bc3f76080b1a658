"""The most cited documents that the latest release does not hold: `zhengce status --wanted`.

Enters: a root. Leaves: one `Wanted` a missing document, the most cited first, and lines on a console.

>>> most_wanted(root)[0]
Wanted(number='国发〔2021〕4号', title='国务院关于…的意见', documents=17, types=('cites', 'repeals'))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.show import grid, plain
from flows.why import latest_release
from pipeline.corpus.sql import query
from pipeline.corpus.wanted import SPEAKS_OF, wanted

if TYPE_CHECKING:
    from rich.console import Console

    from flows.root import Root

__all__ = ["Missing", "Wanted", "most_wanted", "show_wanted"]

MOST = 20  # lines that a person reads

_OPEN = f"""
SELECT document_id, type, target_number, target_title, target_id FROM read_parquet($relations)
WHERE target_id IS NULL AND type IN {SPEAKS_OF}
  AND document_id IN (SELECT id FROM read_parquet($documents))  -- a repost says nothing that its original does not
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that is spoken of and not held. documents: how many speak of it. types: what they say of it."""

    number: str | None
    title: str | None
    documents: int
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What `zhengce status --wanted --json` prints."""

    wanted: tuple[Wanted, ...]


def most_wanted(root: Root, most: int = MOST) -> tuple[Wanted, ...]:
    """The most cited missing documents. Raises FlowError when there is no release, CorpusError when it is damaged."""
    release = latest_release(root)
    files = {name: str(release.path / name / "*.parquet") for name in ("relations", "documents")}
    rows = wanted(query(_OPEN, files), most).to_pylist()
    return tuple(
        Wanted(row["target_number"], row["target_title"], row["documents"], tuple(row["types"])) for row in rows
    )


def show_wanted(console: Console, missing: tuple[Wanted, ...]) -> None:
    """For a person: how many documents speak of each, its number and its title."""
    if not missing:
        console.print("Nothing is missing: every document that is spoken of is here, or none is.")
        return
    table = grid("cited by", "number", "title", numbers=("cited by",), wide="title")
    for one in missing:
        table.add_row(f"{one.documents:,}", plain(one.number or ""), plain(one.title or ""))
    console.print(table)

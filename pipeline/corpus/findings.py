"""What the gate found, for people and for machines.

Enters: findings of `pipeline.corpus.gate`. Leaves: lines of text, JSON, or the error that refuses the release.

>>> print(report([Finding(source="suzhou", kind="spam", count=29, total=100, tolerated=0.02)]))
1 finding of the gate:
  suzhou: 29 of 100 pages (29.0 %) carry spam, over and above the share of the last release; tolerated are 2.0 %. The
  site may be hacked: look at it before its texts go out
if this is as it should be, release with --force --because TEXT
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter

from pipeline.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["lost", "altered", "fill", "spam"]

_SAID: dict[Kind, str] = {
    "lost": "are gone, and nobody withdrew them; tolerated are {tolerated}. See {example}; load or crawl the source "
    "again, or look which rule refuses them",
    "altered": "read otherwise than before; tolerated are {tolerated}. See {example}: was the site rebuilt, or did a "
    "rule change?",
    "fill": "lack {field}, held against its share in the last release; tolerated are {tolerated}. See `zhengce sources "
    "preview {source}`: does it still stand where it stood?",
    "spam": "carry spam, over and above the share of the last release; tolerated are {tolerated}. The site may be "
    "hacked: look at it before its texts go out",
}

__all__ = ["Finding", "GateError", "Kind", "findings_json", "report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """More than is tolerated. str() gives one line, which says what to do.

    source: id, or None for all sources together. count: documents (of `spam`: pages) that are concerned, out of
    `total`. tolerated: share of the total that would have passed, 0 to 1. field: the one that is missing, of `fill`.
    examples: ids of documents.
    """

    source: str | None
    kind: Kind
    count: int
    total: int
    tolerated: float
    field: str | None = None
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        things = "pages" if self.kind == "spam" else "documents"
        said = _SAID[self.kind].format(
            tolerated=_percent(self.tolerated),
            example=f"`zhengce why {self.examples[0]}`" if self.examples else "a few with `zhengce why ID`",
            field=self.field,
            source=self.source or "SOURCE",
        )
        share = _percent(self.count / self.total)
        return f"{self.source or 'all sources'}: {self.count:,} of {self.total:,} {things} ({share}) {said}"


class GateError(CorpusError):
    """The gate refuses a release; `findings` say why, the message in a line each."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"nothing was released: {report(findings)}")


def report(findings: Sequence[Finding]) -> str:
    """All findings, a line each, and the way out."""
    count = f"{len(findings)} finding{'s' if len(findings) != 1 else ''} of the gate"
    if not findings:
        return count
    lines = [f"{count}:", *(f"  {finding}" for finding in findings)]
    return "\n".join([*lines, "if this is as it should be, release with --force --because TEXT"])


def findings_json(findings: Sequence[Finding]) -> bytes:
    """A JSON list with the fields of each finding: indented, UTF-8, one newline at the end."""
    return TypeAdapter(tuple[Finding, ...]).dump_json(tuple(findings), indent=2) + b"\n"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"

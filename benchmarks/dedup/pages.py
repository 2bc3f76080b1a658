"""A member of a family as a page that the clean step has read.

Enters: a `Member` and a random.Random. Leaves: a `Cleaned` with a document: address, dates, parts, table, and of a
copy only the fields that its site told. Everything is made up.

>>> page(member, Random(1), "b0-17").document.source_kind
'repost'
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from benchmarks.dedup.facts import TODAY
from crawler.page import document_id
from pipeline.corpus.content import content_hash
from pipeline.model import Cleaned, Document, Part, Table

if TYPE_CHECKING:
    from random import Random

    from benchmarks.dedup.families import Member

CAPTURED = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
PORTALS = 12
"""Sites that take over what others publish."""

EXTRACTOR = "benchmark"


def source_ids() -> dict[str, str]:
    """Every source that a page may come from, with its kind."""
    provinces = [f"{number}" for number in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47))]
    provinces += [f"{number}" for number in (*range(50, 55), *range(61, 66), 71, 81, 82)]
    return {f"gov-{p}": "origin" for p in provinces} | {f"portal-{n}": "repost" for n in range(PORTALS)}


def page(member: Member, rng: Random, label: str) -> Cleaned:
    """label: a word that no other page of the corpus has; it makes the address."""
    work = member.work
    elsewhere = member.is_copy and not (member.kind == "identical" and rng.random() < 0.5)
    source = f"portal-{rng.randrange(PORTALS)}" if elsewhere else f"gov-{work.division[:2]}"
    url = f"http://www.{source}.example.gov.cn/art/{work.day:%Y/%m}/{label}.html"
    today = CAPTURED.date() + timedelta(days=member.news)
    shown = min(work.day + timedelta(days=rng.randint(0, 20) if elsewhere else rng.randint(0, 4)), today)
    shown = today if member.news and member.is_copy else shown
    number = None if elsewhere and rng.random() < 0.3 else work.number
    text = "\n".join(member.lines)
    document = Document(
        id=document_id(url),
        source=source,
        url=url,
        source_kind="repost" if elsewhere else "origin",
        text=text,
        title=_title(member, rng, elsewhere),
        doc_number=number,
        issuer=None if elsewhere and rng.random() < 0.3 else work.issuer,
        genre=work.genre,
        division=None if elsewhere and rng.random() < 0.1 else work.division,
        written=None if elsewhere and rng.random() < 0.3 else work.day,
        published=datetime(shown.year, shown.month, shown.day) + timedelta(minutes=rng.randint(480, 1080)),
        parts=_parts(member, text),
        tables=_tables(member.lines),
        raw_sha256=sha256(url.encode()).hexdigest(),
        extractor=EXTRACTOR,
    )
    document = replace(document, content_hash=content_hash(document))
    return Cleaned(
        id=document.id,
        url=url,
        source=source,
        raw_sha256=document.raw_sha256,
        captured=CAPTURED + timedelta(days=member.news),
        document=document,
    )


def _title(member: Member, rng: Random, elsewhere: bool) -> str:
    """Portals leave the issuer out of a title, or put it into brackets, one time in five."""
    title, issuer = member.work.title, member.work.issuer
    if not elsewhere or rng.random() > 0.2:
        return title
    return title.removeprefix(issuer) if title.startswith(issuer) else f"{issuer}：{title}"


def _parts(member: Member, text: str) -> tuple[Part, ...]:
    work = member.work
    if work.payload is None or member.is_copy:
        return (Part("cover", 0, len(text)),)
    start = len("\n".join(work.lines[: work.payload])) + 1
    return Part("cover", 0, start), Part("payload", start, len(text))


def _tables(lines: tuple[str, ...]) -> tuple[Table, ...]:
    """The Markdown table of the text, if it has one."""
    at = [turn for turn, line in enumerate(lines) if line.startswith("| ")]
    if not at:
        return ()
    rows = [
        tuple(cell.strip() for cell in lines[turn].strip("|").split("|")) for turn in at if "---" not in lines[turn]
    ]
    start = sum(len(line) + 1 for line in lines[: at[0]])
    end = start + len("\n".join(lines[at[0] : at[-1] + 1]))
    return (Table(None, rows[0], tuple(rows[1:]), start, end),)

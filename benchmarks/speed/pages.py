"""Pages to measure speed with: the markup of real systems, and in it real text, on each page another.

Enters: how many, and where the regulations lie (docs/quality.md); without them the pages of the tests lend their text
to each other. Leaves: raw/ of a corpus, a shard for each SHARD pages. Each page is one of tests/pages, in its own
encoding; its title and the paragraphs of its text, as its gold has them, are others of the same length.

>>> write_pages(Root(Path("corpus")), 2000, Path("../shared/data"))
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from benchmarks.quality.gold import ENCODINGS
from benchmarks.quality.sets import OWN, load_set
from crawler.page import Page
from crawler.store import RawStore
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.quality.gold import Gold
    from flows.root import Root

SHARD = 500
SEED = 1
CAPTURED = datetime(2026, 1, 1, tzinfo=UTC)

_RUN = re.compile(r"(?<=>)[^<>]+(?=<)")
_LONG = 15  # letters: shorter ones are labels, names, dates
_MARK = re.compile(
    r"\s*(?:&\w+;|　|\s)*(?:第?[一二三四五六七八九十\d]{1,3}[、.．条]|[（(][一二三四五六七八九十\d]{1,3}[）)])?\s*"
)
"""What a paragraph begins with and keeps: its indent and its number."""
_SENTENCE = re.compile(r"[^。\n]{8,}。")


@dataclass(frozen=True, slots=True)
class Template:
    """A page cut where its text stands. pieces: its HTML, every other one being a run of text of the document."""

    gold: Gold
    encoding: str
    pieces: tuple[str, ...]
    title: str | None


def templates(data: Path) -> list[Template]:
    """The pages of the tests that hold a text and can be written again."""
    found = []
    for gold in load_set(OWN, data)[0]:
        if not gold.text:
            continue
        encoding = next((name for name in ("utf-8", *ENCODINGS) if _reads(gold.body, name, gold.html)), None)
        if encoding:
            title = gold.facts.get("title")
            found.append(Template(gold, encoding, tuple(_cut(gold)), title if title and title in gold.html else None))
    return found


def _reads(body: bytes, encoding: str, text: str) -> bool:
    try:
        return body.decode(encoding) == text
    except UnicodeError:
        return False


def _cut(gold: Gold) -> Iterator[str]:
    text, last = letters(gold.text or ""), 0
    for run in _RUN.finditer(gold.html):
        own = letters(html.unescape(run[0]))
        if len(own) >= _LONG and own in text:
            start = run.start() + len(_MARK.match(run[0])[0])  # type: ignore[index]  # it matches nothing at least
            yield gold.html[last:start]
            yield gold.html[start : run.end()]
            last = run.end()
    yield gold.html[last:]


def stock(data: Path, pages: Sequence[Template]) -> tuple[list[str], list[str]]:
    """Titles and sentences to choose from."""
    files = sorted((data / "regulations").glob("[!_]*.md"))
    texts = [file.read_text(encoding="utf-8").partition("<!-- INFO END -->")[2] for file in files]
    titles = [file.stem.partition("(")[0] for file in files]
    if not files:
        texts = [page.gold.text or "" for page in pages]
        titles = [page.title for page in pages if page.title]
    return titles, [html.escape(sentence) for text in texts for sentence in _SENTENCE.findall(text)]


def written(page: Template, titles: Sequence[str], sentences: Sequence[str], rng: Random) -> bytes:
    """The page with another title and text."""
    made = []
    for place, piece in enumerate(page.pieces):
        if place % 2 == 0:
            made.append(piece)
            continue
        at, text = rng.randrange(len(sentences)), ""
        while len(text) < len(piece):
            text += sentences[at % len(sentences)]
            at += 1
        made.append(f"{text[: len(piece) - 1]}。")
    whole = "".join(made)
    if page.title:
        whole = whole.replace(
            page.title, f"{page.gold.facts.get('issuer') or ''}关于贯彻《{rng.choice(titles)}》的通知"
        )
    return whole.encode(page.encoding, "replace")


def pages_of(count: int, data: Path) -> Iterator[Page]:
    """So many pages, the same for the same data."""
    rng, known = Random(SEED), templates(data)
    titles, sentences = stock(data, known)
    for number in range(count):
        if number % len(known) == 0:
            rng.shuffle(known)
        page = known[number % len(known)]
        yield Page(
            url=f"{page.gold.url}{'&' if '?' in page.gold.url else '?'}n={number}",
            source=f"speed-{number // SHARD:04}",
            body=written(page, titles, sentences, rng),
            media_type=page.gold.media_type,
            captured=CAPTURED,
            status=200,
            headers=page.gold.headers,
        )


def write_pages(root: Root, count: int, data: Path) -> None:
    """Put them into raw/."""
    store, made = RawStore(root.raw), pages_of(count, data)
    for shard in range(-(-count // SHARD)):
        with store.writer(f"speed-{shard:04}", f"{CAPTURED:%Y%m%dT%H%M%SZ}") as writer:
            for page in islice(made, SHARD):
                writer.put(page)

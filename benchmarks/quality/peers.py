"""The peers, one adapter each: how a careful user of Chinese pages would call them.

Enters: a `Gold` page, of which a peer gets the decoded text and the address. Leaves: what it `Found`. Packages are
imported when their adapter is made, so that ours can be measured without them. docs/quality.md gives the reasons for
the settings.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from lxml.etree import LxmlError

from benchmarks.quality.extractors import Extractor, Found
from benchmarks.quality.facts import day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.quality.cells import Grid
    from benchmarks.quality.gold import Gold

ERRORS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, LxmlError),
    *(OSError, RuntimeError, TypeError, ValueError),
)
"""What a parser may die of; each adapter adds its own package's errors."""

_RULE = re.compile(r"^\|[\s:|-]*\|$")  # |---|---|, the line under the header
_PIPE = re.compile(r"(?<!\\)\|")


def adapter(name: str, read: Callable[[Gold], Found], *errors: type[Exception], gives: Sequence[str] = ()) -> Extractor:
    """A peer whose one call gives everything; `gives` names its fields."""
    nothing = Found(text="", facts=dict.fromkeys(gives) if gives else None)
    return Extractor(name=name, run=read, look=read, errors=(*ERRORS, *errors), nothing=nothing)


def pipe_tables(markdown: str) -> tuple[Grid, ...]:
    """The pipe tables of a Markdown text; lines of pipes that follow each other are one table."""
    tables: list[list[tuple[str, ...]]] = []
    inside = False
    for line in map(str.strip, markdown.splitlines()):
        row = line.startswith("|") and line.endswith("|") and len(line) > 1
        if row and not inside:
            tables.append([])
        if row and not _RULE.match(line):
            tables[-1].append(tuple(cell.strip().replace("\\|", "|") for cell in _PIPE.split(line)[1:-1]))
        inside = row
    return tuple(tuple(table) for table in tables if table)


def trafilatura(name: str, *, fast: bool = False, precision: bool = False, recall: bool = False) -> Extractor:
    """Timed as it is usually called; the fields and the Markdown tables are asked for beside that."""
    from trafilatura import extract, extract_metadata

    call = partial(extract, fast=fast, favor_precision=precision, favor_recall=recall)

    nothing = Found(text="", facts={"title": None, "published": None}, tables=())

    def run(page: Gold) -> str:
        return call(page.html, url=page.url) or ""

    def look(page: Gold) -> Found:
        known = extract_metadata(page.html, default_url=page.url)
        return Found(
            text=run(page),
            facts={"title": known.title, "published": day(known.date or "")},
            tables=pipe_tables(call(page.html, url=page.url, output_format="markdown") or ""),
        )

    return Extractor(name=name, run=run, look=look, errors=ERRORS, nothing=nothing)


def resiliparse(name: str) -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text

    def read(page: Gold) -> Found:
        return Found(text=extract_plain_text(page.html, main_content=True, alt_texts=False))

    return adapter(name, read)


def readability(name: str) -> Extractor:
    from lxml.html import fromstring
    from readability import Document
    from readability.readability import Unparseable

    def read(page: Gold) -> Found:
        document = Document(page.html, url=page.url)
        body = fromstring(document.summary(html_partial=True)).text_content()
        return Found(text=str(body), facts={"title": document.short_title()})

    return adapter(name, read, Unparseable, gives=("title",))


def gne(name: str) -> Extractor:
    from gne import GeneralNewsExtractor
    from gne.exceptions import NoContentException

    def read(page: Gold) -> Found:
        found = GeneralNewsExtractor().extract(page.html)
        return Found(text=found["content"], facts={"title": found["title"], "published": day(found["publish_time"])})

    return adapter(name, read, NoContentException, gives=("title", "published"))


def newspaper4k(name: str) -> Extractor:
    from newspaper import Article, Config
    from newspaper.exceptions import ArticleException

    config = Config()
    config.language = "zh"  # without it the text of most Chinese pages comes out empty
    config.fetch_images = False  # nothing is asked of the network

    def read(page: Gold) -> Found:
        article = Article(page.url, config=config)
        article.download(input_html=page.html)
        article.parse()
        published = article.publish_date
        facts = {"title": article.title or None, "published": published.date().isoformat() if published else None}
        return Found(text=article.text, facts=facts)

    return adapter(name, read, ArticleException, gives=("title", "published"))


def justext(name: str) -> Extractor:
    from justext import justext as classify
    from justext.core import JustextError

    # It has no Chinese word list. A Chinese sentence has about a third of the characters of an English one: with the
    # default lengths (70, 200) F1 was .69 on gov-pages, .60 on state-council, .38 on zh-web; with these .79, .92, .81.
    settings = {"stopwords_low": 0, "stopwords_high": 0, "length_low": 25, "length_high": 70}

    def read(page: Gold) -> Found:
        paragraphs = classify(page.html, frozenset(), **settings)
        return Found(text="\n".join(p.text for p in paragraphs if not p.is_boilerplate))

    return adapter(name, read, JustextError)


PEERS: dict[str, Callable[[str], Extractor]] = {
    "trafilatura": trafilatura,
    "trafilatura-fast": partial(trafilatura, fast=True),
    "trafilatura-precision": partial(trafilatura, precision=True),
    "trafilatura-recall": partial(trafilatura, recall=True),
    "resiliparse": resiliparse,
    "readability": readability,
    "gne": gne,
    "newspaper4k": newspaper4k,
    "justext": justext,
}
PACKAGES = ("trafilatura", "resiliparse", "readability-lxml", "gne", "newspaper4k", "jusText")
"""Distributions behind the names above, for the versions in the report."""

"""Saved pages: a page as the server sent it, and beside it what has to be read from it. They tell when a rule of ours,
or the site, has changed.

Enters: `<stem>.html` with `<stem>.yml`. Leaves: one line for each thing that is read otherwise now. An expectation
names what was found; a key that is left out is not compared. `text` may be given by its `first` and `last` line alone.

    note: a notice with a plan and a table
    url: https://www.example.gov.cn/zwgk/zfwj/202205/t20220520_4004.html
    reviewed: false        # true when somebody has compared it with the page
    title: 示例市人民政府关于印发……的通知
    doc_number: 示政发〔2022〕4号
    published: 2022-05-20 10:08
    text: |
      各县（区）人民政府：
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from crawler.page import Page, RawRecord, document_id
from flows.errors import FlowError
from pipeline.steps import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.source import Source
    from pipeline.model import Cleaned, Document

__all__ = ["Expectation", "SavedPage", "differences", "expected_of", "saved_pages", "write_page"]

COMPARED = (
    *("title", "doc_number", "issuer", "index_number", "theme", "genre"),
    *("written", "published", "effective", "expires", "validity"),
)
"""Fields of the record that a saved page may fix."""

HINTS = (
    "title",
    "doc_number",
    "issuer",
    "publisher",
    "genre",
    "index_number",
    "theme",
    "validity",
    "written",
    "published",
)
"""What a list row may say beside a page; the other hints of a fetched page are of no use to a saved one."""

CAPTURED = datetime(2026, 1, 1, tzinfo=UTC)
"""Of pages that do not say when they were saved. Only dated rules of a card look at it."""

Text = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int | float | date) else value)]
"""YAML reads 2022-05-20 as a date and 2022 as a number."""


class File(BaseModel):
    """An attachment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    url: str


class Expectation(BaseModel):
    """What stands in `<stem>.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    note: str = ""
    reviewed: bool = True
    """False: written by the program and compared with the page by nobody yet."""
    synthetic: bool = False
    """True: a page of our own in the family's markup, until a live one is saved."""
    captured: date | None = None
    media_type: str = "text/html"
    headers: dict[str, str] = {}
    hints: dict[str, Text] = {}
    refused: bool = False
    """True: the page holds no document."""
    title: Text | None = None
    doc_number: Text | None = None
    issuer: Text | None = None
    index_number: Text | None = None
    theme: Text | None = None
    genre: Text | None = None
    written: Text | None = None
    published: Text | None = None
    effective: Text | None = None
    expires: Text | None = None
    validity: Text | None = None
    flags: tuple[str, ...] = ()
    attachments: tuple[File, ...] | None = None
    first: Text | None = None
    last: Text | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class SavedPage:
    """path: of the page; its expectation lies beside it."""

    path: Path
    body: bytes
    expected: Expectation

    def clean(self, card: Source | None) -> Cleaned:
        wanted = self.expected
        day = wanted.captured
        page = Page(
            url=wanted.url,
            source=card.id if card else self.path.parent.name,
            body=self.body,
            media_type=wanted.media_type,
            captured=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else CAPTURED,
            headers=tuple(wanted.headers.items()),
            status=200,
            hints=tuple(wanted.hints.items()),
        )
        return clean(RawRecord(page=page, sha256=page.sha256, warc="", offset=0), card)


def saved_pages(folder: Path) -> Iterator[SavedPage | FlowError]:
    """Every saved page of a folder, by name; an error for each that is not whole."""
    names = {path.with_suffix("") for path in folder.glob("*.html")} | {p.with_suffix("") for p in folder.glob("*.yml")}
    for stem in sorted(names):
        page, expectation = stem.with_name(f"{stem.name}.html"), stem.with_name(f"{stem.name}.yml")
        try:
            fields = yaml.safe_load(expectation.read_text(encoding="utf-8"))
            yield SavedPage(page, page.read_bytes(), Expectation.model_validate(fields))
        except OSError as error:
            yield FlowError(f"{error.filename}: {error.strerror}; a saved page is a .html with its .yml")
        except (UnicodeDecodeError, yaml.YAMLError) as error:
            yield FlowError(f"{expectation}: cannot be read as YAML ({' '.join(str(error).split())})")
        except ValidationError as error:
            told = "; ".join(f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in error.errors(include_url=False))
            yield FlowError(f"{expectation}: {told}")


def differences(page: SavedPage, card: Source | None) -> list[str]:
    """One line for each thing that the pipeline reads otherwise than expected."""
    wanted, cleaned = page.expected, page.clean(card)
    document = cleaned.document
    if document is None:
        why = next((removal.reason for removal in cleaned.removals if removal.scope == "page"), "no document in it")
        return [] if wanted.refused else [f"the page is refused: {why}"]
    if wanted.refused:
        return [f"a page without a document is read as {document.title!r}"]
    found = []
    for name in COMPARED:
        value = getattr(wanted, name)
        if value is not None and value != (read := _printed(document, name, value)):
            found.append(f"{name}: {value!r} expected, {read!r} read")
    if missing := set(wanted.flags) - set(document.flags):
        found.append(f"flags: {', '.join(sorted(missing))} missing")
    if wanted.attachments is not None:
        links = [(file.name, file.url) for file in document.attachments]
        if links != [(file.name, file.url) for file in wanted.attachments]:
            found.append(
                f"attachments: {len(wanted.attachments)} expected, read {', '.join(n for n, _ in links) or 'none'}"
            )
    lines = document.text.splitlines() or [""]
    for name, value, line in (("first", wanted.first, lines[0]), ("last", wanted.last, lines[-1])):
        if value is not None and letters(value) != letters(line):
            found.append(f"{name} line: {value[:40]!r} expected, {line[:40]!r} read")
    if wanted.text is not None and (place := _parting(letters(wanted.text), letters(document.text))) is not None:
        found.append(f"text: {place}")
    return found


def expected_of(record: RawRecord, card: Source | None) -> dict[str, Any]:
    """What the pipeline reads of a page now, in the order of an expectation, for somebody to compare with the page."""
    page = record.page
    headers = {name.lower(): value for name, value in page.headers if name.lower() == "content-type"}
    hints = {name: value for name, value in page.hints if name in HINTS}
    told: dict[str, Any] = {
        "note": "saved by zhengce; compare it with the page, then say reviewed: true",
        "url": page.url,
        "reviewed": False,
        "captured": page.captured.date(),
        "headers": headers,
        "hints": hints,
    }
    saved = SavedPage(Path("saved.html"), page.body, Expectation.model_validate(told))
    document = saved.clean(card).document
    if document is None:
        return told | {"refused": True}
    told |= {name: value for name in COMPARED if (value := _printed(document, name)) is not None}
    told["attachments"] = [{"name": file.name, "url": file.url} for file in document.attachments]
    told["text"] = document.text
    return told


def write_page(folder: Path, record: RawRecord, card: Source | None) -> Path:
    """Save a page and what is read of it now. Leaves the page's path; a page that is there already stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{document_id(record.page.url)}.html"
    if not path.exists():
        path.write_bytes(record.page.body)
        told = yaml.dump(expected_of(record, card), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000)
        path.with_suffix(".yml").write_text(told, encoding="utf-8")
    return path


def letters(text: str) -> str:
    """Letters and digits alone: how a line is set does not count, each of its letters does."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _printed(document: Document, name: str, like: str | None = None) -> str | None:
    """A field as expectations write it. like: the expected value, which may be a day where the page has the minute."""
    value = getattr(document, name)
    if isinstance(value, datetime):
        day_only = dict(document.provenance).get(name, "").endswith(":date") if like is None else len(like) <= 10
        return f"{value:%Y-%m-%d}" if day_only else f"{value:%Y-%m-%d %H:%M}"
    return None if value is None else str(value)


def _parting(wanted: str, read: str) -> str | None:
    """Where two texts part, in words; None if they do not."""
    if wanted == read:
        return None
    at = next((i for i, (a, b) in enumerate(zip(wanted, read, strict=False)) if a != b), min(len(wanted), len(read)))
    before = f" after {wanted[max(0, at - 10) : at]!r}" if at else " at its beginning"
    return f"{wanted[at : at + 10] or 'the end'!r} expected, {read[at : at + 10] or 'the end'!r} read{before}"


class _Dumper(yaml.SafeDumper):
    """Text of several lines stands as it is, to be read."""


def _as_lines(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", re.sub(r"[ \t]+$", "", value, flags=re.M), style=style)


_Dumper.add_representer(str, _as_lines)

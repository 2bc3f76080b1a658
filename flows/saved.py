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

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from crawler.page import Page, RawRecord
from flows.errors import FlowError
from pipeline.steps import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.source import Source
    from pipeline.model import Cleaned

__all__ = ["Expectation", "SavedPage", "saved_pages"]

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

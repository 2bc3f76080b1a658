"""Saved pages are written: the page as it came, and what the pipeline reads of it now, for somebody to review.

Enters: a record of raw/ or of a sample crawl. Leaves: `<id>.html` and `<id>.yml` in the folder of the source's pages.

>>> write_page(folder, record, card)
PosixPath('sources/example/pages/4f2c9d3e8a1b7c60.html')
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from crawler.page import document_id
from flows.compared import COMPARED, printed
from flows.saved import Expectation, SavedPage

if TYPE_CHECKING:
    from crawler.page import RawRecord
    from crawler.source import Source

__all__ = ["expected_of", "write_page"]

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
    told |= {name: value for name in COMPARED if (value := printed(document, name)) is not None}
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


class _Dumper(yaml.SafeDumper):
    """Text of several lines stands as it is, to be read."""


def _as_lines(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", re.sub(r"[ \t]+$", "", value, flags=re.M), style=style)


_Dumper.add_representer(str, _as_lines)

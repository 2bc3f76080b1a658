"""No saved page, no source: each bundled card owns pages, and what they say is what is read of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawler.source import load_sources
from flows.check import check_sources
from flows.compared import differences
from flows.root import Root
from flows.saved import SavedPage, saved_pages

if TYPE_CHECKING:
    from crawler.source import Source

FOLDER = Path(__file__).parent
CARDS = load_sources(None)
PAGES = [(card, page) for card in CARDS.values() for page in saved_pages(FOLDER / card.id)]
NAMES = [f"{card.id}-{getattr(page, 'path', Path(str(page))).stem}" for card, page in PAGES]
BASIC = ("title", "published", "first", "last")


def unowned(folder: Path) -> list[str]:
    """Bundled sources without two whole saved pages."""
    return [name for name in CARDS if sum(isinstance(page, SavedPage) for page in saved_pages(folder / name)) < 2]


def test_every_bundled_source_owns_saved_pages() -> None:
    assert unowned(FOLDER) == []


def test_a_source_without_pages_is_seen(tmp_path: Path) -> None:
    assert unowned(tmp_path) == list(CARDS)


def test_no_pages_are_kept_for_sources_that_are_gone() -> None:
    assert {path.name for path in FOLDER.iterdir() if any(path.glob("*.yml"))} == set(CARDS)


@pytest.mark.parametrize(("card", "page"), PAGES, ids=NAMES)
def test_the_page_is_read_as_expected(card: Source, page: SavedPage) -> None:
    assert isinstance(page, SavedPage), page
    assert [name for name in BASIC if getattr(page.expected, name) is None and page.expected.text is None] == []
    assert page.expected.doc_number or card.kind == "repost"
    assert differences(page, card) == []


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("规划的通知", "规划的通告", "title: "),
        ("云政办发", "云政发", "doc_number: "),
        ("2019-03-24", "2019-03-25", "published: "),
        ("各县（市、区）人民政府", "各县（市）人民政府", "first line: "),
        ("确保项目及时落地", "确保项目落地", "last line: "),
    ],
)
def test_a_page_that_is_read_otherwise_is_seen(before: str, after: str, complaint: str) -> None:
    page = next(page for card, page in PAGES if card.id == "suzhou" and isinstance(page, SavedPage))
    text = page.body.decode()
    assert before in text
    changed = replace(page, body=text.replace(before, after).encode())
    assert any(line.startswith(complaint) for line in differences(changed, CARDS["suzhou"]))


def test_the_bundled_sources_pass_their_check(tmp_path: Path) -> None:
    assert {one.source: one.wrong for one in check_sources(Root(tmp_path), [], FOLDER) if one.wrong} == {}

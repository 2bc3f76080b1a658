"""What was learned of a source is a file that anybody can read, and becomes part of the source's card."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from crawler import source
from crawler.errors import SourceError
from crawler.furniture import Furniture, Limits, furniture_text, read_furniture
from crawler.source import load_sources

if TYPE_CHECKING:
    from pathlib import Path

FURNITURE = Furniture(
    source="suzhou",
    of=20,
    newest=date(2026, 1, 1),
    limits=Limits(pages=5, share=30, border=40, beside=90),
    head={"站群导航": 19, "智慧云桌面": 20, "no": 19},
    foot={"12345": 20, "分享:": 12},
)
TEXT = """# Lines that stand on many pages of suzhou, with the number of pages each.
source: suzhou
of: 20
newest: '2026-01-01'
limits:
  pages: 5
  share: 30
  border: 40
  beside: 90
head:
  智慧云桌面: 20
  'no': 19
  站群导航: 19
foot:
  '12345': 20
  '分享:': 12
"""


@pytest.fixture(autouse=True)
def no_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "BUNDLED", tmp_path / "package" / "sources")


def write(root: Path, text: str, name: str = "suzhou.furniture.yml") -> Path:
    path = root / "sources" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_reads_back_as_it_was_written(tmp_path: Path) -> None:
    assert furniture_text(FURNITURE) == TEXT
    assert read_furniture(write(tmp_path, TEXT)) == FURNITURE


@pytest.mark.parametrize(("of", "fewest", "border"), [(5, 5, 5), (20, 6, 8), (21, 7, 9), (100, 30, 40)])
def test_limits_in_pages_are_rounded_up(of: int, fewest: int, border: int) -> None:
    found = Furniture(source="a", of=of, newest=date(2026, 1, 1), limits=FURNITURE.limits)
    assert (found.fewest, found.border) == (fewest, border)


def test_it_becomes_part_of_the_card(tmp_path: Path) -> None:
    write(tmp_path, "{id: suzhou, title: 苏州市人民政府}", "jiangsu/suzhou.yml")
    write(tmp_path, "{id: yantai, title: 烟台市人民政府}", "yantai.yml")
    write(tmp_path, TEXT, "jiangsu/suzhou.furniture.yml")
    cards = load_sources(tmp_path)
    assert (cards["suzhou"].title, cards["suzhou"].furniture) == ("苏州市人民政府", FURNITURE)
    assert cards["yantai"].furniture is None
    assert cards["suzhou"].model_dump(mode="json")["furniture"]["head"]["智慧云桌面"] == 20


def test_a_folder_of_files_needs_no_card(tmp_path: Path) -> None:
    write(tmp_path, TEXT.replace("source: suzhou", "source: my pages"))
    card = load_sources(tmp_path)["my pages"]
    assert (card.id, card.division, card.kind, card.hosts) == ("my pages", None, None, ())
    assert card.furniture is not None


def test_the_users_file_replaces_the_bundled_one(tmp_path: Path) -> None:
    write(tmp_path / "package", "{id: suzhou, title: 苏州市人民政府}", "suzhou.yml")
    write(tmp_path / "package", TEXT.replace("of: 20", "of: 200"))
    assert load_sources(tmp_path)["suzhou"].furniture == FURNITURE.model_copy(update={"of": 200})
    write(tmp_path, TEXT)
    assert load_sources(tmp_path)["suzhou"].furniture == FURNITURE
    assert load_sources(tmp_path)["suzhou"].title == "苏州市人民政府"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT.replace("of: 20", "of: 19"), "cannot stand on 20 of 19 pages"),
        (TEXT + "feet: {}\n", "Extra inputs are not permitted"),
        (TEXT.replace("20\n", "many\n"), "valid integer"),
        ("[", "while parsing"),
        ("", "valid dictionary"),
    ],
)
def test_mistakes_name_the_file(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SourceError) as caught:
        load_sources(tmp_path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_file_a_source(tmp_path: Path) -> None:
    write(tmp_path, TEXT, "a.furniture.yml")
    path = write(tmp_path, TEXT, "b.furniture.yml")
    with pytest.raises(SourceError) as caught:
        load_sources(tmp_path)
    assert str(caught.value).startswith(f"{path}: ")

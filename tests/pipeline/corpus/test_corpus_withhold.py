"""withhold.yml: what people write into it, and what they write wrongly."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from crawler.page import document_id
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.withhold import read_withheld

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://www.suzhou.gov.cn/szsrmzf/zfwj/202205/0f3a.shtml"
GOOD = "- {id: 3b7209d5870134ff, reason: 含个人信息, date: 2026-02-01}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "withhold.yml"


def test_by_id_and_by_address(path: Path) -> None:
    path.write_text(f"# 撤下\n{GOOD}- url: {URL}\n  reason: 发文机关要求撤下\n  date: 2026-02-03\n", encoding="utf-8")
    entries = read_withheld(path)
    assert list(entries) == ["3b7209d5870134ff", document_id(URL)]
    assert entries["3b7209d5870134ff"].reason == "含个人信息"
    assert entries[document_id(URL)].date == date(2026, 2, 3)


def test_an_address_in_any_of_its_forms(path: Path) -> None:
    other = URL.replace("https", "http").replace("www.suzhou", "WWW.Suzhou") + "#top"
    path.write_text(f"- {{url: '{other}', reason: 撤, date: 2026-02-01}}", encoding="utf-8")
    assert list(read_withheld(path)) == [document_id(URL)]


def test_a_local_file(path: Path) -> None:
    path.write_text("- {url: 'urn:zhengce:demo/a.txt', reason: 撤, date: 2026-02-01}", encoding="utf-8")
    assert list(read_withheld(path)) == [document_id("urn:zhengce:demo/a.txt")]


@pytest.mark.parametrize("id_", ["0123456701234567", "1234567890123456", "12345678901234e5"])
def test_an_id_that_yaml_takes_for_a_number(path: Path, id_: str) -> None:
    path.write_text(f"- {{id: {id_}, reason: 撤, date: 2026-02-01}}", encoding="utf-8")
    assert list(read_withheld(path)) == [id_]


@pytest.mark.parametrize("content", [None, "", "# nothing yet\n", "[]\n"])
def test_nothing_is_withheld(path: Path, content: str | None) -> None:
    if content is not None:
        path.write_text(content)
    assert read_withheld(path) == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: b: c", "cannot be read as YAML"),
        ("id: 3b7209d5870134ff", "is not a list"),
        ("- 3b7209d5870134ff", "entry 1"),
        (GOOD + "- {id: 3b72, reason: 撤, date: 2026-02-01}", "entry 2: id"),
        ("- {id: 3B7209D5870134FF, reason: 撤, date: 2026-02-01}", "entry 1: id"),
        ("- {url: www.suzhou.gov.cn/a.shtml, reason: 撤, date: 2026-02-01}", "entry 1: url"),
        ("- {url: 'http://[::1/a', reason: 撤, date: 2026-02-01}", "entry 1"),
        ("- {reason: 撤, date: 2026-02-01}", "either id or url"),
        (f"- {{id: 3b7209d5870134ff, url: '{URL}', reason: 撤, date: 2026-02-01}}", "either id or url"),
        ("- {id: 3b7209d5870134ff, date: 2026-02-01}", "reason: Field required"),
        ("- {id: 3b7209d5870134ff, reason: '', date: 2026-02-01}", "entry 1: reason"),
        ("- {id: 3b7209d5870134ff, reason: 撤}", "date: Field required"),
        ("- {id: 3b7209d5870134ff, reason: 撤, date: yesterday}", "entry 1: date"),
        ("- {id: 3b7209d5870134ff, reason: 撤, date: 2026-02-01, by: me}", "entry 1: by"),
        (GOOD + GOOD, "entry 2: 3b7209d5870134ff is withheld twice"),
    ],
)
def test_a_mistake_stops_the_release_and_is_told_in_one_line(path: Path, content: str, message: str) -> None:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_withheld(path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text(path: Path) -> None:
    path.write_bytes(b"- {reason: \xff\xfe}")
    with pytest.raises(CorpusError, match="cannot be read as YAML"):
        read_withheld(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(CorpusError, match="cannot be read as YAML"):
        read_withheld(path)

"""`zhengce why`: every change to a page is told, and a page can be named in any way that is clear."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crawler.page import document_id, file_urn

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Zhengce


@pytest.fixture
def released(zhengce: Zhengce, inbox: Path) -> Zhengce:
    assert zhengce("run", inbox).exit_code == 0
    return zhengce


def suzhou() -> str:
    from pathlib import PurePosixPath

    return file_urn("inbox", PurePosixPath("苏州.txt"))


@pytest.mark.parametrize(
    "name", [suzhou(), document_id(suzhou()), document_id(suzhou())[:6], "苏州.txt", "苏州", "inbox/苏州.txt"]
)
def test_a_page_is_found_by_any_of_its_names(released: Zhengce, name: str) -> None:
    assert json.loads(released("why", name, "--json").stdout)["id"] == document_id(suzhou())


def test_every_removal_and_repair_is_told_with_its_rule(released: Zhengce) -> None:
    told = json.loads(released("why", "苏州.txt", "--json").stdout)
    removed = {one["evidence"]: one for one in told["removals"]}
    assert all(one["rule"] and one["reason"] for one in told["removals"])
    assert any("首页" in evidence for evidence in removed)
    assert any("扫一扫" in evidence for evidence in removed)
    text = told["document"]["text"]
    for repair in told["document"]["repairs"]:
        assert text[repair["start"] : repair["start"] + len(repair["after"])] == repair["after"]
    assert any((repair["before"], repair["after"]) == (",", "，") for repair in told["document"]["repairs"])


def test_the_page_for_people_shows_what_json_holds(released: Zhengce) -> None:
    shown = released("why", "苏州.txt").stdout
    for part in ("苏府〔2025〕11号", "removed", "repaired", "[, → ，]", document_id(suzhou())):
        assert part in shown


def test_a_page_that_is_not_there_is_one_line(released: Zhengce) -> None:
    result = released("why", "http://www.nowhere.gov.cn/a.html")
    assert result.exit_code == 1
    assert "no page http://www.nowhere.gov.cn/a.html in release" in result.stderr


def test_a_name_of_several_pages_is_not_guessed(released: Zhengce, inbox: Path) -> None:
    assert released("run", inbox, "--source", "again").exit_code == 0
    result = released("why", "苏州.txt")
    assert result.exit_code == 1
    assert "means 2 pages" in result.stderr
    merged = json.loads(released("why", suzhou(), "--json").stdout)
    assert [other["source"] for other in merged["also_at"]] == ["again"]
    assert "also at" in released("why", suzhou()).stdout

"""`zhengce why`: every change to a page is told, and a page can be named in any way that is clear."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

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


@pytest.mark.parametrize(
    "name",
    [
        "任务清单.txt",
        "任务清单",
        "附件.zip!/一/任务清单.txt",
        "inbox/附件.zip!/一/任务清单.txt",
        "urn:zhengce:inbox/附件.zip!/一/任务清单.txt",
        "urn:zhengce:inbox/%E9%99%84%E4%BB%B6.zip!/%E4%B8%80/%E4%BB%BB%E5%8A%A1%E6%B8%85%E5%8D%95.txt",
    ],
)
def test_a_file_in_an_archive_is_found_by_any_of_its_names(zhengce: Zhengce, inbox: Path, name: str) -> None:
    text = "关于印发任务清单的通知\n各区人民政府：\n各单位要加强组织领导，压实工作责任，确保各项任务按期完成。\n"
    for archive, folder in (("附件.zip", "一"), ("附件2.zip", "二")):
        with zipfile.ZipFile(inbox / archive, "w") as packed:
            packed.writestr(f"{folder}/{'任务清单' if folder == '一' else '清单'}.txt", text + folder)
    assert zhengce("run", inbox).exit_code == 0
    told = json.loads(zhengce("why", name, "--json").stdout)
    assert unquote(told["url"]) == "urn:zhengce:inbox/附件.zip!/一/任务清单.txt"
    archive = json.loads(zhengce("why", "附件.zip", "--json").stdout)
    assert (archive["document"]["title"], told["document"]["parent"]) == ("附件.zip", archive["id"])


def test_a_name_of_several_pages_is_not_guessed(released: Zhengce, inbox: Path) -> None:
    assert released("run", inbox, "--source", "again").exit_code == 0
    result = released("why", "苏州.txt")
    assert result.exit_code == 1
    assert "means 2 pages" in result.stderr
    merged = json.loads(released("why", suzhou(), "--json").stdout)
    assert [other["source"] for other in merged["also_at"]] == ["again"]
    assert "also at" in released("why", suzhou()).stdout

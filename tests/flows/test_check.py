"""`zhengce sources check` and `list`: each thing that is wrong is one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from source_verbs import CARD, verb, write_card

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<html><head><meta name="ArticleTitle" content="示例市人民政府关于做好防汛工作的通知">
<meta name="PubDate" content="2024-06-01 09:30"></head><body><h1>示例市人民政府关于做好防汛工作的通知</h1>
<p>示政发〔2024〕6号</p><div class="TRS_UEDITOR"><p>各县（区）人民政府：</p>
<p>为做好今年的防汛工作，保障人民群众生命财产安全，现将有关事项通知如下。</p>
<p>一、加强值守。各单位要落实值班制度，做好巡查，发现险情立即报告。</p>
<p>示例市人民政府</p><p>2024年5月30日</p></div></body></html>
"""
EXPECTED = """url: https://www.example.gov.cn/zwgk/zfwj/202406/t20240601_1.html
title: 示例市人民政府关于做好防汛工作的通知
doc_number: 示政发〔2024〕6号
published: 2024-06-01 09:30
first: 各县（区）人民政府：
last: 2024年5月30日
"""


def saved(root: Path, expected: str = EXPECTED, page: str = PAGE) -> Path:
    folder = root / "sources" / "demo" / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.html").write_text(page, encoding="utf-8")
    (folder / "a.yml").write_text(expected, encoding="utf-8")
    return folder


def test_a_good_card_with_its_page(tmp_path: Path) -> None:
    write_card(tmp_path)
    saved(tmp_path)
    result = verb(tmp_path, "check", "demo")
    assert (result.exit_code, result.output.strip()) == (0, "demo: ok, 1 saved pages")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("platform: trs", "platform: trs\ncolour: red", "colour: Extra inputs"),
        ("platform: trs", "platform: trs\nlimits: {delay: 0.5}", "faster than the 1.5 s"),
        ("hosts: [www.example.gov.cn]", "hosts: [example.gov.cn]", "which hosts does not name"),
        ("hosts: [www.example.gov.cn]", "hosts: [www.example.gov.cn, 10.0.0.7]", "10.0.0.7 is no public address"),
        ('zfwj/"}', 'zfwj/", options: {colour: red}}', "trs knows no option colour"),
        ('zfwj/"}', 'zfwj/", options: {item: "a[["}}', "is no CSS selector"),
        ("platform: trs", "platform: trs\nverified: 2031-01-01", "lies in the future"),
        ("platform: trs", 'platform: trs\nrules: [{valid_from: 2020-01-01, body: ["div >"]}]', "is no CSS selector"),
        ("id: demo", "id: another", "call the file another.yml"),
        ('  - {id: zfwj, url: "https://www.example.gov.cn/zwgk/zfwj/"}', "  []", "no columns"),
        (
            "  - {id: zfwj",
            '  - {id: b, url: "https://www.example.gov.cn/zwgk/zfwj/"}\n  - {id: zfwj',
            "the same list as",
        ),
        ("title: 示例市人民政府\n", "", "title: Field required"),
    ],
)
def test_what_is_wrong_with_a_card(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert old in CARD
    write_card(tmp_path, CARD.replace(old, new, 1))
    saved(tmp_path)
    result = verb(tmp_path, "check", "another" if "another" in new else "demo")
    assert result.exit_code == 1, result.output
    assert sum(why in line for line in result.output.splitlines()) == 1, result.output


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("title: 示例市", "title: 别的市", "title: "),
        ("〔2024〕6号", "〔2024〕7号", "doc_number: "),
        ("09:30", "09:31", "published: "),
        ("first: 各县", "first: 各市", "first line: "),
        ("last: 2024年5月30日", "last: 示例市人民政府", "last line: "),
        ("last: 2024年5月30日", "text: 各县（区）人民政府：为做好", "text: 'the end' expected"),
        ("last: 2024年5月30日", "attachments: [{name: a.pdf, url: http://a.cn/a.pdf}]", "attachments: 1 expected"),
        ("last: 2024年5月30日", "flags: [needs_ocr]", "flags: needs_ocr missing"),
        ("last: 2024年5月30日", "refused: true", "a page without a document is read as"),
        ("last: 2024年5月30日", "colour: red", "colour: Extra inputs"),
        ("www.example.gov.cn", "other.example.gov.cn", "its url is on other.example.gov.cn"),
        ("title: ", "title: [", "cannot be read as YAML"),
    ],
)
def test_a_saved_page_that_is_read_otherwise(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert old in EXPECTED
    write_card(tmp_path)
    folder = saved(tmp_path, EXPECTED.replace(old, new, 1))
    result = verb(tmp_path, "check", "demo")
    assert result.exit_code == 1, result.output
    assert sum(why in line and str(folder / "a.") in line for line in result.output.splitlines()) == 1, result.output


def test_a_card_of_ones_own_without_pages_is_not_enough(tmp_path: Path) -> None:
    write_card(tmp_path)
    result = verb(tmp_path, "check", "demo")
    assert result.exit_code == 1
    assert "sources preview demo --save" in result.output
    folder = saved(tmp_path)
    (folder / "a.yml").unlink()
    assert "a.yml: No such file" in verb(tmp_path, "check", "demo").output


def test_a_broken_card_does_not_hide_the_others(tmp_path: Path) -> None:
    write_card(tmp_path, "id: [", "broken")
    write_card(tmp_path)
    saved(tmp_path)
    result = verb(tmp_path, "check", "--json")
    told = {one["source"]: one for one in json.loads(result.stdout)["sources"]}
    assert result.exit_code == 1
    assert told["broken"]["wrong"] != []
    assert (told["demo"]["wrong"], told["demo"]["pages"], told["suzhou"]["wrong"]) == ([], 1, [])


def test_two_cards_with_one_id(tmp_path: Path) -> None:
    write_card(tmp_path)
    write_card(tmp_path, name="twin")
    saved(tmp_path)
    result = verb(tmp_path, "check", "demo")
    assert result.exit_code == 1
    assert "the id demo is taken by" in result.output


def test_a_source_that_there_is_not(tmp_path: Path) -> None:
    result = verb(tmp_path, "check", "atlantis")
    assert result.exit_code == 2
    assert result.output.startswith("error: no source atlantis; there are achie,")


def test_the_list_has_all_sources_and_what_lies_with_them_is_none(tmp_path: Path) -> None:
    write_card(tmp_path, CARD + "verified: 2025-12-24\nenabled: false\n")
    saved(tmp_path)
    told = {one["id"]: one for one in json.loads(verb(tmp_path, "list", "--json").stdout)["sources"]}
    assert told["demo"] == {
        "id": "demo",
        "title": "示例市人民政府",
        "division": None,
        "platform": "trs",
        "columns": 1,
        "enabled": False,
        "verified": "2025-12-24",
    }
    assert told["suzhou"]["verified"] is None
    shown = verb(tmp_path, "list").output
    assert "2025-12-24" in shown
    assert "off, 1" in shown
    assert "not yet" in shown

"""Blocks as those of HTML; titles and names of files."""

from __future__ import annotations

import pytest

from pipeline.extract.files.cell import Cell
from pipeline.extract.files.names import repaired, title_from
from pipeline.extract.files.paper import Paper
from pipeline.extract.html.read import extract_html


def test_a_table_is_the_one_that_html_gives() -> None:
    paper = Paper()
    paper.add("前言")
    paper.table(
        [
            [Cell("附表", columns=3)],
            [Cell("地区", rows=2), Cell("资金", columns=2)],
            [Cell("上年"), Cell("本\n年")],
            [Cell("甲"), Cell("1"), Cell("2")],
            [Cell("注：含|市本级", columns=3)],
        ]
    )
    html = (
        "<p>前言</p><table border=1><tr><td colspan=3>附表<tr><td rowspan=2>地区<td colspan=2>资金<tr><td>上年<td>"
        "本<br>年<tr><td>甲<td>1<td>2<tr><td colspan=3>注：含|市本级</table>"
    )
    found = extract_html(f"<html><body>{html}</body></html>")
    assert [(block.text, block.kind, block.merged) for block in paper.blocks] == [
        (block.text, block.kind, block.merged) for block in found.blocks
    ]
    assert [block.line for block in paper.blocks] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "heading",
    [["字段", "类型", "注释"], ["字段名", "数据类型", "备注"], ["名称", "类型", "说明"], ["标题", "发文字号", "备注"]],
)
@pytest.mark.parametrize("at", [0, 2])
def test_a_table_that_speaks_of_facts_is_no_table_of_facts(heading: list[str], at: int) -> None:
    rows = [["a", "int", ""], ["b", "text", ""], ["c", "text", ""]]
    for row, label in zip(rows, ["索引号", "发文机关", "发文字号"], strict=True):
        row[at] = label
    paper = Paper()
    paper.table([[Cell(text) for text in row] for row in (heading, *rows)])
    assert [block.kind for block in paper.blocks] == ["table"]


@pytest.mark.parametrize(
    "rows",
    [
        [["索引号", "0123/2022-1"], ["发文机关", "青屿市人民政府"]],
        [
            ["索引号", "0123/2022-1", "主题", "防汛"],
            ["发文机关", "青屿市人民政府", "成文日期", "2022-05-19"],
            ["发文字号", "青政发〔2022〕3号", "有效性", "有效"],
        ],
    ],
)
def test_a_table_of_facts_is_one_in_a_file_too(rows: list[list[str]]) -> None:
    paper = Paper()
    paper.table([[Cell(text) for text in row] for row in rows])
    assert {block.kind for block in paper.blocks} == {"paragraph"}


def test_characters_that_no_text_may_hold_are_left_out() -> None:
    paper = Paper()
    paper.add("甲\x0c\x00\x13乙")
    paper.table([[Cell("a\x01"), Cell("b")], [Cell("\ud800c"), Cell("d")]])
    assert [block.text for block in paper.blocks] == ["甲乙", "| a | b |\n| --- | --- |\n| c | d |"]


@pytest.mark.parametrize("right", ["utf-8", "gbk"])
@pytest.mark.parametrize("wrong", ["latin-1", "cp437"])
def test_names_are_read_again(right: str, wrong: str) -> None:
    assert repaired("应急预案（试行）.doc".encode(right).decode(wrong)) == "应急预案（试行）.doc"


@pytest.mark.parametrize("name", ["Résumé.doc", "附件.doc", "a.pdf", "naïve café.txt", "ß.txt"])
def test_names_that_are_right_stay(name: str) -> None:
    assert repaired(name) == name


@pytest.mark.parametrize(
    ("link", "address", "title"),
    [
        ("附件1：青屿市防汛应急预案.docx", "http://a.gov.cn/P020.docx", "青屿市防汛应急预案"),
        ("点击下载", "http://a.gov.cn/%E9%98%B2%E6%B1%9B%E9%A2%84%E6%A1%88.pdf", "防汛预案"),
        ("附件", "http://a.gov.cn/%B7%C0%D1%B4%D4%A4%B0%B8.pdf", "防汛预案"),
        ("附件1.doc", "http://a.gov.cn/W020220519.doc", None),
        ("", "urn:zhengce:demo/%E9%99%84%E4%BB%B6/%E9%A2%84%E6%A1%88.txt", "预案"),
    ],
)
def test_a_title_from_the_link_or_the_address(link: str, address: str, title: str | None) -> None:
    assert title_from(link, address) == title

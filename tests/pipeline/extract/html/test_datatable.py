"""Tables of a page: what their cells say, what stands above and below them, and that no letter is lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.extract.html.datatable import joined
from pipeline.extract.html.page import page_lines
from pipeline.extract.html.read import extract_html
from pipeline.extract.tables.markdown import read_back
from pipeline.text import letters

if TYPE_CHECKING:
    from pipeline.extract.html.page import Line

HEAD = "<tr><td>序号<td>任务<td>单位"
BODY = "<tr><td>1<td>甲<td>市科技局<tr><td>2<td>乙<td>市财政局"
WORD = """<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;height:20.0pt'>
  <td width=91 rowspan=2 valign=top style='border:solid windowtext 1.0pt'><p class=MsoNormal align=center><span
  lang=EN-US><o:p>&nbsp;</o:p></span><b><span style='font-family:宋体'>地
  区</span></b></p></td>
  <td width=189 colspan=2><p class=MsoNormal><span>任</span><span>务</span></p>
  <p class=MsoNormal><span>面积</span></p></td>
 </tr>
 <tr><td><p class=MsoNormal>新建<span lang=EN-US>GB/T</span></p><p><span>50265</span></p></td><td>改造</td></tr>
 <tr><td><st1:place>甲</st1:place><o:p></o:p></td><td>1<sup>②</sup></td><td>2|3</td></tr>
 <![if !supportMisalignedColumns]>
 <tr height=0><td width=91 style='border:none'></td><td width=94></td><td width=95></td></tr>
 <![endif]>
</table>"""


def lines(inner: str, attributes: str = "border=1") -> tuple[Line, ...]:
    return page_lines(html.document_fromstring(f"<body><table {attributes}>{inner}</table></body>")).lines


def rows_of(line: Line) -> list[tuple[str, ...]]:
    assert line.table
    header, rows = read_back(line.text, line.table.merged)
    return [header, *rows]


def only(inner: str, attributes: str = "border=1") -> list[tuple[str, ...]]:
    (line,) = lines(inner, attributes)
    return rows_of(line)


def test_a_table_is_one_line_merged_cells_blank_and_filled_when_read_back() -> None:
    (line,) = lines(HEAD + "<tr><td>1<td rowspan=2>甲<td>市科技局<tr><td>2<td>市财政局")
    assert line.text.splitlines()[2:] == ["| 1 | 甲 | 市科技局 |", "| 2 |  | 市财政局 |"]
    assert rows_of(line)[2] == ("2", "甲", "市财政局")


def test_a_blank_that_is_merely_blank_stays_blank() -> None:
    assert only("<tr><td>序号<td><td>备注<tr><td>1<td>甲<td>无<tr><td>2<td><td>") == [
        *(("序号", "", "备注"), ("1", "甲", "无"), ("2", "", ""))
    ]


def test_a_table_out_of_word() -> None:
    (line,) = page_lines(html.document_fromstring(WORD)).lines
    assert rows_of(line) == [
        ("地区", "任务面积", "任务面积"),
        ("地区", "新建GB/T 50265", "改造"),
        ("甲", "1②", "2|3"),
    ]


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["市工业和信息", "化局"], "市工业和信息化局"),
        (["符合GB/T", "50265"], "符合GB/T 50265"),
        (["1.制定；", "2.发布。"], "1.制定；2.发布。"),
        (["2022年", "12月"], "2022年12月"),
        (["（含", "15%）"], "（含15%）"),
        (["", "甲"], "甲"),
        ([], ""),
    ],
)
def test_the_lines_of_a_cell_are_one_text(parts: list[str], whole: str) -> None:
    assert joined(parts) == whole


@pytest.mark.parametrize("brk", ["<br>", "<p>", "<div>", "\n    "])
def test_a_wrap_inside_a_cell_is_no_blank(brk: str) -> None:
    assert only(HEAD + f"<tr><td>1<td>实施{brk}攻关<td>市科技局")[1][1] == "实施攻关"


@pytest.mark.parametrize(
    ("first", "above"),
    [
        ("<caption>任务分工表</caption>", ["任务分工表"]),
        ("<tr><td colspan=3>任务分工表", ["任务分工表"]),
        ("<tr><td colspan=9>任务分工表<tr><td colspan=3>单位：万元", ["任务分工表", "单位：万元"]),
        ("<tr><td><td><td>单位：万元", ["单位：万元"]),
        ("<tr><td>填报单位：市科技局<td><td>单位：万元", ["填报单位：市科技局单位：万元"]),
        ("<tr><td>附件1<td><td>", ["附件1"]),
        ("<thead><tr><th colspan=3>任务分工表</thead>", ["任务分工表"]),
        ("<p>任务分工表</p>", ["任务分工表"]),
    ],
)
def test_the_title_and_the_unit_stand_above_the_heading(first: str, above: list[str]) -> None:
    *before, table = lines(first + HEAD + BODY)
    assert [line.text for line in before] == above
    assert rows_of(table) == [("序号", "任务", "单位"), ("1", "甲", "市科技局"), ("2", "乙", "市财政局")]


def test_a_group_that_spans_all_columns_below_the_heading_is_a_row() -> None:
    assert only(HEAD + "<tr><td colspan=3>一、重点任务" + BODY)[1] == ("一、重点任务",) * 3


def test_a_unit_that_heads_a_column_is_a_heading() -> None:
    assert only("<tr><td>项目<td>单位：万元<tr><td>甲<td>1<tr><td>乙<td>2")[0] == ("项目", "单位：万元")


def test_a_note_at_the_bottom_stands_below_the_table() -> None:
    table, note = lines(HEAD + BODY + "<tr><td colspan=3>注：以实际为准。")
    assert note.text == "注：以实际为准。"
    assert len(rows_of(table)) == 3
    assert only(HEAD + BODY + "<tr><td colspan=3>合计2项")[-1] == ("合计2项",) * 3


def test_rows_that_hold_nothing_are_left_out() -> None:
    assert only(HEAD + "<tr><td>&nbsp;<td> <td>" + BODY) == only(HEAD + BODY)
    form = "<tr><td>组长<td>姓名<td>职务<tr><td rowspan=2>成员<td>张三<td>局长<tr><td>&nbsp;<td>"
    assert only(form)[2] == ("成员", "", "")


def test_gaps_between_columns_are_left_out_and_blanks_to_fill_in_are_not() -> None:
    gaps = "<tr><td>地区<td><td>名额<td><tr><td>甲市<td><td>18<td><tr><td>乙市<td><td>14<td>"
    assert only(gaps, "border=0") == [("地区", "名额"), ("甲市", "18"), ("乙市", "14")]
    form = "<tr><td>姓名<td><td>性别<td><tr><td>住址<td colspan=3>"
    assert only(form) == [("姓名", "", "性别", ""), ("住址", "", "", "")]


def test_a_table_inside_a_cell_is_its_text_if_it_only_arranges_it() -> None:
    inside = "<table><tr><td>市科技局、<tr><td>市财政局</table>"
    assert only(HEAD + f"<tr><td>1<td>甲<td>{inside}")[1] == ("1", "甲", "市科技局、市财政局")


def test_a_table_inside_a_table_that_arranges_the_page_is_a_table() -> None:
    data = f"<table border=1>{HEAD}{BODY}</table>"
    found = lines(f"<tr><td>现予公布。<tr><td>{data}<tr><td>特此公告。", "border=0")
    assert [line.is_table for line in found] == [False, True, False]
    side = lines(f"<tr><td>栏目<td>位置<tr><td>公告<td>{data}", "border=1")
    assert [line.text for line in side if not line.is_table] == ["栏目", "位置", "公告"]


def test_two_tables_in_a_row_stay_two() -> None:
    table = f"<table border=1>{HEAD}{BODY}</table>"
    blocks = extract_html(f"<body><div id=zoom><p>现将名单公布如下。</p>{table}{table}</div>").blocks
    assert [block.kind for block in blocks] == ["paragraph", "table", "table"]


def test_a_merged_cell_reaches_the_record_exactly() -> None:
    source = "<tr><td rowspan=2>甲<td>一<td rowspan=2>局<tr><td>二<tr><td>乙<td>三<td>"
    page = f"<body><div id=zoom><p>现将名单公布如下。</p><table border=1>{HEAD}{source}</table></div>"
    block = extract_html(page).blocks[-1]
    assert read_back(block.text, block.merged)[1] == (("甲", "一", "局"), ("甲", "二", "局"), ("乙", "三", ""))


def test_links_in_a_table_are_counted_and_hidden_text_is_told() -> None:
    head, body = HEAD, "<tr><td>1<td><a href=a>甲文</a><td>局<tr style='display:none'><td>3<td>丙<td>厅" + BODY
    table, *hidden = lines(head + body)
    assert table.linked == 2
    assert [line.text for line in hidden if line.hidden] == ["3", "丙", "厅"]
    assert "丙" not in table.text


TAGS = st.sampled_from(
    (
        *("<tr>", "</tr>", "<td>", "<td rowspan=2>", "<td colspan=3>", "<td rowspan=0 colspan=2>", "</td>", "<th>"),
        *("<tbody>", "</tbody>", "<thead>", "<tfoot>", "<caption>", "</caption>", "<p>", "<br>", "<span>", "</span>"),
        *("<table>", "<table border=1>", "</table>", "<div>", "</div>", "<a href=x>", "</a>", "<!-- 注 -->", "<form>"),
        *("<td style='display:none'>", "<span style='display:none'>", "<noscript>", "</noscript>", "<tr hidden>"),
    )
)
WORDS = st.sampled_from(
    ("甲", "任务", "市科技局、", "1", "A b", "单位：万元", "注：丁", "索引号", "文号", "2022年5月1日")
)


@given(st.lists(TAGS | WORDS, max_size=40), st.sampled_from(("", "border=1")))
def test_no_letter_of_any_table_is_lost(parts: list[str], attributes: str) -> None:
    tree = html.document_fromstring(f"<body><table {attributes}>{' '.join(parts)}</table>")
    for silent in tree.iter("noscript"):
        silent.text = None
        for child in list(silent):
            silent.remove(child)
    shown = letters("".join(str(text) for text in tree.xpath("//body//text()")))
    found = letters("".join(line.text for line in page_lines(tree).lines))
    assert Counter(found) == Counter(shown)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=5), st.data())
def test_the_letters_of_plain_rows_keep_their_order(rows: list[list[str]], data: st.DataObject) -> None:
    span = st.sampled_from(("", " rowspan=2", " colspan=2", " rowspan=0", " colspan=9"))
    source = "".join("<tr>" + "".join(f"<td{data.draw(span)}>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    found = "".join(line.text for line in lines(source))
    assert letters(found) == letters("".join(cell for row in rows for cell in row))

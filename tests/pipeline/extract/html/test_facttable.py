"""信息公开 fact tables in whatever markup: a label, its value, and nothing of the text around them."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.facttable import read_fact_tables
from pipeline.extract.html.page import Line, page_lines

TEXT = "各单位要加强组织领导，压实工作责任，确保各项任务按期完成。"
PAIRS = [
    ("索 引 号：", "014150319/2022-00033"),
    ("主题分类：", "工业、交通"),
    ("发文机关：", "示例市人民政府"),
    ("成文日期：", "2022年05月19日"),
    ("有 效 性：", ""),
    ("主题词：", "制造"),
]
FACTS = [
    ("index_number", "014150319/2022-00033"),
    ("theme", "工业、交通"),
    ("issuer", "示例市人民政府"),
    ("written", "2022年05月19日"),
]


def lines(inner: str) -> tuple[Line, ...]:
    return page_lines(html.document_fromstring(f"<body>{inner}</body>")).lines


def facts(inner: str, *, below: str = f"<div><p>{TEXT}</p></div>") -> list[tuple[str, str]]:
    """Field and value of each fact; those in the body or in text below it do not count."""
    page = lines(f"<div>{inner}</div>{below}")
    text = next((at for at, line in enumerate(page) if line.text == TEXT), len(page))
    found = read_fact_tables(page, range(text, len(page)), range(text, len(page)))
    told = [fact for _, _, several in found.values() for fact in several]
    assert all(fact.where == "header_table" and fact.line for fact in told)
    return [(fact.field, fact.value) for fact in told]


def rows(row: str, around: str = "{}") -> str:
    return around.format("".join(row.format(*pair) for pair in PAIRS))


@pytest.mark.parametrize(
    "table",
    [
        rows("<tr><td>{}</td><td>{}</td></tr>", "<table>{}</table>"),
        rows("<tr><th>{}<td>{}", "<table border=1>{}</table>"),
        rows("<td>{}<td>{}", "<table><tr>{}</table>"),
        rows("<dt>{}</dt><dd>{}</dd>", "<dl>{}</dl>"),
        rows("<li><div>{}</div><div>{}</div></li>", "<ul>{}</ul>"),
        rows("<div class=row><div class=l><b>{}</b></div><div class=r><p>{}</p></div></div>"),
        rows("<p>{}</p><p>{}</p>"),
    ],
    ids=["table", "ruled", "one row", "dl", "ul of boxes", "boxes in boxes", "paragraphs"],
)
def test_the_facts_are_read_in_any_markup_and_an_empty_value_takes_none(table: str) -> None:
    assert facts(table) == FACTS


@pytest.mark.parametrize(
    "row", ["<div><span>{}</span><span>{}</span></div>", "<li><b>{}</b> <em>{}</em>", "<font>{}</font><i>{}</i><br>"]
)
def test_labels_without_a_colon_and_values_in_adjacent_spans_are_read(row: str) -> None:
    pairs = [
        ("索 引 号", "甲-1/2022"),
        ("发文机关", "示例市人民政府"),
        ("发文字号", ""),
        ("成文日期", "2022年05月19日"),
    ]
    assert facts("".join(row.format(*pair) for pair in pairs)) == [
        *(("index_number", "甲-1/2022"), ("issuer", "示例市人民政府"), ("written", "2022年05月19日"))
    ]


def test_the_fact_knows_its_line_and_every_line_of_the_table_is_explained() -> None:
    page = lines(f"<dl>{''.join(f'<dt>{label}<dd>{value}' for label, value in PAIRS)}</dl><p>{TEXT}")
    found = read_fact_tables(page, {len(page) - 1}, [len(page) - 1])
    assert set(found) == set(range(len(page) - 1))
    assert {rule for rule, _, _ in found.values()} == {"lift.labels"}
    assert [(at, fact.line) for at, (_, _, several) in found.items() for fact in several] == [
        (1, 2),
        (3, 4),
        (5, 6),
        (7, 8),
    ]
    assert (
        found[page.index(next(line for line in page if line.text == "制造"))][1] == "fact table: no fact of the record"
    )


def test_the_body_that_gave_the_document_out_is_kept_apart() -> None:
    found = facts("<dl><dt>索引号<dd>甲-1/2022<dt>发布机构<dd>示例市财政局<dt>发布日期<dd>2022-05-19</dl>")
    assert found[1:3] == [("publisher", "示例市财政局"), ("issuing", "示例市财政局")]


@pytest.mark.parametrize(
    "inner",
    [
        "<p>名称</p><p>甲</p><p>分类</p><p>乙</p>",
        "<p>索引号</p><p>甲-1/2022</p>",
        "<p>索引号</p><p>甲-1/2022</p>" + "<p>首页</p>" * 9 + "<p>发文机关</p><p>示例市财政局</p>",
        "<p>发文机关示例市财政局</p><p>成文日期2022年5月19日</p>",
        "",
    ],
    ids=["weak labels", "one label", "far apart", "no labels", "nothing"],
)
def test_one_label_alone_proves_nothing(inner: str) -> None:
    assert facts(inner) == []


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("成文日期", "另行通知"),
        ("索引号", "见《公开目录》"),
        ("索引号", "甲"),
        ("文号", "无"),
        ("文号", "--"),
        ("有效期", "暂无"),
        ("标题", "甲" * 201),
    ],
)
def test_a_value_that_does_not_fit_is_no_fact(label: str, value: str) -> None:
    table = f"<dl><dt>发文机关<dd>示例市财政局<dt>{label}<dd>{value}<dt>发布日期<dd>2022-05-19</dl>"
    assert facts(table) == [("issuer", "示例市财政局"), ("published", "2022-05-19")]


def test_an_empty_cell_does_not_take_the_addressee_or_the_title() -> None:
    table = "<table><tr><td>索引号<td>甲-1/2022<tr><td>发布日期<td>2022-05-19<tr><td>文号<td></table>"
    addressee = f"<div><p>各区人民政府：</p><p>{TEXT}</p></div>"
    for between in ("", "<h1>关于做好防汛工作的通知</h1>", "<div><h1>关于做好防汛工作的通知</h1></div>"):
        assert facts(table, below=between + addressee) == [("index_number", "甲-1/2022"), ("published", "2022-05-19")]


def test_a_label_does_not_reach_into_the_box_that_holds_the_text() -> None:
    page = f"<p>索引号</p><p>甲-1/2022</p><p>发布日期</p><p>2022-05-19</p><p>文号</p><p>各区人民政府：</p><p>{TEXT}</p>"
    read = lines(f"<div>{page}</div>")
    assert read[-1].text == TEXT
    assert read_fact_tables(read, {len(read) - 2, len(read) - 1}, [len(read) - 2, len(read) - 1]).keys() <= set(
        range(len(read) - 2)
    )


def test_a_value_of_several_lines_is_one_cell() -> None:
    page = lines("<dl><dt>索引号<dd>甲-1/2022<dt>标题<dd>关于防汛的通知<br>（修订）<dt>文号<dd>〔2022〕3号</dl>")
    found = read_fact_tables(page, (), ())
    assert set(found) == set(range(len(page)))
    assert [fact.value for _, _, several in found.values() for fact in several] == [
        *("甲-1/2022", "关于防汛的通知", "〔2022〕3号")
    ]


def test_the_labels_of_a_data_table_are_its_own() -> None:
    rows = "<tr><td>序号<td>文件名称<td>文号<td>发文机关<tr><td>1<td>甲办法<td>〔2009〕1号<td>市科技局"
    assert facts(f"<table border=1>{rows}</table>") == []


def test_label_and_value_on_one_line_are_left_to_the_header() -> None:
    assert facts("<p>索引号：甲-1/2022</p><p>发文机关：示例市财政局</p><p>成文日期：2022-05-19</p>") == []


STRONG = "<tr><td>{}<td>甲-1/2022<tr><td>发文机关<td>示例市财政局<tr><td>文号<td>〔2022〕3号"


def test_a_table_that_is_all_the_text_is_no_fact_table() -> None:
    page = lines(f"<div id=zoom><table>{STRONG.format('许可编号')}</table></div>")
    assert read_fact_tables(page, range(len(page)), ()) == {}
    more = lines(f"<div id=zoom><table>{STRONG.format('许可编号')}</table><p>任命王伟为局长</p></div>")
    assert read_fact_tables(more, range(len(more)), ())


@pytest.mark.parametrize(("label", "read"), [("索引号", True), ("登记号", False)])
def test_below_the_text_a_fact_table_has_an_index_number(label: str, read: bool) -> None:
    page = lines(f"<div id=zoom><p>{TEXT}</p><table>{STRONG.format(label)}</table></div>")
    assert bool(read_fact_tables(page, range(len(page)), [0])) == read


@pytest.mark.parametrize(
    ("above", "called", "read"),
    [
        ("", "关于防汛工作的通知", True),
        ("<p>相关文件</p>", "关于防汛工作的通知", False),
        ("", "示例市财政预算编制办法", False),
    ],
)
def test_the_facts_of_another_document_are_none_of_the_page(above: str, called: str, read: bool) -> None:
    title = "<tr><td>标题<td>示例市关于防汛工作的通知"
    page = lines(f"<h1>{called}</h1><p>{TEXT}</p>{above}<table>{STRONG.format('索引号')}{title}</table>")
    assert bool(read_fact_tables(page, {1}, [1], [0])) == read

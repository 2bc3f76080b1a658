"""Tables that hold data, told from those that arrange a page."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.page import page_lines

LONG = "加强组织领导，压实工作责任，确保各项任务按期完成。" * 80
DATA = "<tr><td>地区<td>名额<tr><td>甲市<td>18<tr><td>乙市<td>14"
FACTS = "<tr><td>索引号<td>X/2022-1<td>分类<td>通知<tr><td>发布机构<td>市科技局<td>成文日期<td>2022-05-19"


def is_data(inner: str, attributes: str = "") -> bool:
    found = page_lines(html.document_fromstring(f"<body><table {attributes}>{inner}</table></body>")).lines
    return any(line.is_table for line in found)


@pytest.mark.parametrize(
    "attributes", ["", "border=0", "border=1", "class=MsoTableGrid", "class='table table-bordered'"]
)
def test_short_cells_in_rows_and_columns_are_data(attributes: str) -> None:
    assert is_data(DATA, attributes)


@pytest.mark.parametrize(
    "inner",
    [
        "<tr><td>甲<td>乙<td>丙",
        "<tr><td>甲<tr><td>乙<tr><td>丙",
        "<tr><td colspan=2>甲<tr><td colspan=2>乙<tr><td>丙<td>丁",
        "<tr><td>甲<td>&nbsp;<tr><td>乙<td> ",
        "",
    ],
    ids=["one row", "one column", "one row with two cells", "a blank column", "nothing"],
)
@pytest.mark.parametrize("attributes", ["", "border=0"])
def test_one_row_or_one_column_arranges(inner: str, attributes: str) -> None:
    assert not is_data(inner, attributes)


def test_a_box_around_the_document_arranges_ruled_or_not() -> None:
    box = f"<tr><td>栏目<td>日期<tr><td>甲<td>{LONG * 5}"
    assert not is_data(box)
    assert not is_data(box, "border=1")


def test_a_long_cell_of_a_ruled_table_is_data() -> None:
    measures = f"<tr><td>任务<td>{LONG}<tr><td>甲<td>{LONG}<tr><td>乙<td>{LONG}"
    assert is_data(measures, "border=1")
    assert is_data(measures.replace("<tr><td>", "<tr><th>"))
    assert is_data(measures.replace("<td>", "<td style='border:solid windowtext 1.0pt'>"))
    assert not is_data(measures)
    assert not is_data(measures.replace("<td>", "<td style='border:none'>"), "border=0 class=noborder")


def test_long_cells_under_short_headings_are_data() -> None:
    heads, row = "<tr><td>任务<td>措施<td>单位", f"<tr><td>甲<td>{LONG}<td>{LONG}"
    assert is_data(heads + row + row)
    assert not is_data(heads.replace("单位", "") + row + row)
    assert not is_data(row + row)


def test_the_columns_of_a_page_arrange_though_short_texts_stand_above_them() -> None:
    page = f"<tr><td>市财政局<td>2022年5月19日<tr><td>首页<td>{'<p>各区财政局。' * 9}<tr><td>公开<td>版权所有"
    assert not is_data(page)
    assert is_data(page.replace("<p>", ""))


def test_paragraphs_side_by_side_arrange() -> None:
    paragraph = "各区人民政府要加强组织领导，压实工作责任，确保各项任务按期完成，重大事项及时报告。"
    assert not is_data(f"<tr><td>{paragraph}<td>{paragraph}<tr><td>{paragraph}<td>{paragraph}")


@pytest.mark.parametrize(
    "inner",
    [
        "<tr><td><a href=1>关于甲的通知</a><td>2022-05-19<tr><td><a href=2>关于乙的通知和公告</a><td>2022-05-18",
        "<tr><td>序号<td>标题<tr><td>1<td><a href=1>关于甲的通知</a><tr><td>2<td><a href=2>关于乙的通知</a>",
        "<tr><td><a href=1>首页</a><td><a href=2>要闻</a><tr><td><a href=3>公开</a><td><a href=4>服务</a>",
    ],
    ids=["titles and dates", "with a heading", "a menu"],
)
@pytest.mark.parametrize("attributes", ["", "border=1"])
def test_lists_of_links_arrange(inner: str, attributes: str) -> None:
    assert not is_data(inner, attributes)


def test_a_table_of_documents_is_data_though_their_names_are_links() -> None:
    row = "<tr><td>{0}<td><a href={0}>市政府关于加强管理的通知</a><td>废止"
    rows = "".join(row.format(number) for number in range(1, 4))
    assert is_data("<tr><td>序号<td>文件名称<td>处理意见" + rows, "border=1")


@pytest.mark.parametrize("attributes", ["", "border=1"])
def test_the_fact_table_stays_lines(attributes: str) -> None:
    assert not is_data(FACTS, attributes)
    assert not is_data(
        "<tr><td>索引号：X/2022-1<td>文号：〔2022〕3号<tr><td>发布机构：市科技局<td>分类：通知", attributes
    )
    assert not is_data(
        "<tr><td>索 引 号：<td>X/2022-1<tr><td>发文字号：<td>〔2022〕3号<tr><td>标题<td>通知", attributes
    )


@pytest.mark.parametrize(
    "inner",
    [
        "<tr><td>序号<td>文件名称<td>文号<td>发文机关<tr><td>1<td>甲办法<td>〔2009〕1号<td>市科技局",
        "<tr><td>名称<td>分类<tr><td>甲<td>一类<tr><td>乙<td>二类",
        "<tr><td>文号<td>发文机关<tr><td>一<td>甲局<tr><td>文号<td>发文机关<tr><td>二<td>乙局",
        "<tr><td>姓名<td><td>性别<td><tr><td>名称<td><td>日期<td>",
    ],
    ids=["labels in the heading", "weak labels", "the heading again", "a form"],
)
def test_words_of_the_fact_table_elsewhere_are_data(inner: str) -> None:
    assert is_data(inner, "border=1")


def test_signatures_and_imprints_arrange() -> None:
    assert not is_data("<tr><td>市财政局<td>市税务局<tr><td>2022年5月19日<td>2022年5月19日")
    assert not is_data("<tr><td colspan=2>抄送：市委办。<tr><td>抄送：市纪委<td>甲<tr><td>市府办<td>印发", "border=1")
    assert is_data("<tr><td>事项<td>日期<tr><td>报名<td>2022年5月19日", "border=1")


def test_fields_to_fill_in_on_the_page_arrange() -> None:
    assert not is_data("<tr><td>姓名<td><input name=a>甲<tr><td>电话<td><input name=b>乙", "border=1")
    assert is_data(DATA + "<input type=hidden value=x>", "border=1")


def test_a_form_that_holds_tables_is_data_and_a_page_of_tables_is_not() -> None:
    inside = "<table><tr><td>一<td>二<tr><td>三<td>四</table>"
    form = f"<tr><td>姓名<td>性别<td>民族<tr><td>张三<td>男<td>汉<tr><td>住址<td>甲市乙区<td>{inside}"
    assert is_data(form, "border=1")
    page = page_lines(html.document_fromstring(f"<table border=0>{form}</table>")).lines
    assert [line.text for line in page if line.is_table] == ["| 一 | 二 |\n| --- | --- |\n| 三 | 四 |"]


def test_a_table_around_very_many_tables_is_a_page() -> None:
    inside = "<table border=1><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    page = f"<table border=1><tr><td>一<td>二<td>三<tr><td>四<td>五<td>{inside * 60}<tr><td>六<td>七<td>八</table>"
    assert sum(line.is_table for line in page_lines(html.document_fromstring(page)).lines) == 60


def test_a_record_with_two_of_the_labels_is_data() -> None:
    record = "<tr><td>处罚名称<td>无照经营<tr><td>处罚类别<td>罚款<tr><td>文号<td>〔2022〕8号<tr><td>发文机关<td>某局"
    assert is_data(record)
    assert not is_data(record + "<tr><td>索引号<td>X/2022-1")

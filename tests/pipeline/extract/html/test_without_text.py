"""Pages whose text is a picture or a file, and lists of links."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.html.page import Line, page_lines
from pipeline.extract.html.without_text import is_list, is_without_text

SENTENCE = "各单位要加强组织领导，压实工作责任，确保各项任务按期完成。"
TITLES = [f"关于公布第{n}批绿色工厂名单的通知" for n in range(1, 8)]


def lines(inner: str) -> tuple[Line, ...]:
    return page_lines(html.document_fromstring(f"<body>{inner}</body>")).lines


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "<p>&nbsp;</p>",
        "<img src=1.jpg><img src=2.jpg>",
        "<p><a href=a.pdf>示例市规划（全文）.pdf</a></p>",
        "<p>扫一扫在手机打开当前页</p><p>上一篇：关于开展第三批绿色工厂申报工作的通知和公告</p>",
        "<p>来源：示例市人民政府办公室 时间：2022-05-19 09:00 浏览次数：10</p><p>见附件</p>",
    ],
)
def test_a_body_with_a_few_letters_is_without_text(inner: str) -> None:
    assert is_without_text(lines(inner))


@pytest.mark.parametrize(
    "inner",
    [
        f"<p>{SENTENCE}{SENTENCE}</p>",
        "<p>经研究，同意你局关于设立示例市职业技能鉴定中心的请示，特此批复，请遵照执行。</p>",
        f"<p>来源：{SENTENCE * 12}</p>",
        f"<table border=1><tr><td>任务<td>单位<tr><td>{SENTENCE}<td>市水务局<tr><td>甲<td>乙",
    ],
)
def test_a_short_text_is_a_text(inner: str) -> None:
    assert not is_without_text(lines(inner))


def listing(*more: str, dates: bool = True) -> tuple[Line, ...]:
    entries = [f"<li><a href={n}>{title}</a>{'<i>2022-05-19</i>' if dates else ''}" for n, title in enumerate(TITLES)]
    return lines("".join((*entries, *more)))


@pytest.mark.parametrize("dates", [True, False])
def test_many_links_and_no_sentence_are_a_list(dates: bool) -> None:
    assert is_list(listing(dates=dates), 7)
    assert is_list(listing("<p><a href=x>本市召开会议。</a></p>", dates=dates), 7)


def test_few_links_are_none() -> None:
    assert not is_list(listing(), 4)
    assert not is_list((), 0)


def test_a_text_with_links_is_none() -> None:
    assert not is_list(listing(f"<p>{SENTENCE}</p>"), 7)
    assert not is_list(listing(f"<p>{'甲、乙、丙、' * 60}</p>"), 7)


def test_a_sentence_in_a_table_is_no_text_beside_the_links() -> None:
    rows = "".join(f"<tr><td>{n}<td><a href={n}>{title}</a><td>废止。" for n, title in enumerate(TITLES))
    found = lines(f"<table border=1><tr><td>序号<td>文件名称<td>意见{rows}</table>")
    assert [line.is_table for line in found] == [True]
    assert is_list(found, 7)

"""Every page has one tree, however it was glued together."""

from __future__ import annotations

import pytest

from pipeline.extract.html.page import page_lines
from pipeline.extract.html.tree import parse


def read(page: str) -> list[str]:
    tree = parse(page)
    assert tree is not None
    return [line.text for line in page_lines(tree).lines]


@pytest.mark.parametrize("end", ["</html>", "</body></html>", "</BODY>\n</HTML >", "</body>"])
def test_what_follows_the_end_of_an_included_header_belongs_to_the_page(end: str) -> None:
    for text in ("正文", "正文" * 500):
        assert read(f"<html><body><p>首页</p>{end}<div><p>{text}</p></div>") == ["首页", text]
        assert read(f"<html><body><p>首页</p>{end}<div><p>{text}</p></div></body></html>\n") == ["首页", text]


@pytest.mark.parametrize("size", range(60, 100))
def test_an_end_is_seen_wherever_it_stands(size: int) -> None:
    text = "正" * size
    assert read(f"<html><body>{'<p>首页</p>' * 9}</body></html><p>{text}</p>{'<i></i>' * 14}")[-1] == text


def test_two_whole_pages_in_one_file_are_read_as_one() -> None:
    one = "<html><head><meta charset=gbk></head><body><p>{}</p></body></html>"
    assert read(one.format("一") + "\r\n" + one.format("二")) == ["一", "二"]


@pytest.mark.parametrize("page", ["", " \n ", "<!-- 无 -->"])
def test_a_page_without_any_element_has_no_tree(page: str) -> None:
    assert parse(page) is None


def test_plain_text_and_broken_markup_have_one() -> None:
    assert read("各区人民政府：") == ["各区人民政府："]
    assert read("<p>甲</div></span><p>乙<li>丙</td>") == ["甲", "乙", "丙"]


def test_the_text_is_decoded_already_whatever_the_page_declares() -> None:
    assert read('<?xml version="1.0" encoding="gb2312"?><meta charset=gb2312><p>镕基</p>') == ["镕基"]


def test_a_lone_surrogate_costs_one_character_and_not_the_page() -> None:
    assert read("<p>甲\ud800乙</p>") == ["甲?乙"]


def test_a_page_nested_deeper_than_parsers_like_is_read() -> None:
    assert read("<div>" * 2000 + "正文" + "</div>" * 2000 + "<p>尾</p>") == ["正文", "尾"]

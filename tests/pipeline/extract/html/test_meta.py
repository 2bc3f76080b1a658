"""Facts of the head and of the address of a page."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.draft import Fact
from pipeline.extract.html.meta import META, head_facts

URL = "http://www.example.gov.cn/zwgk/202205/t20220519_88341.html"


def facts(head: str, url: str = "") -> list[tuple[str, str, str]]:
    tree = html.document_fromstring(f"<html><head>{head}</head><body><p>正文</p></body></html>")
    return [(fact.field, fact.value, fact.where) for fact in head_facts(tree, url)]


@pytest.mark.parametrize("name", ["ArticleTitle", "articletitle", " ARTICLETITLE "])
def test_the_names_of_meta_tags_are_folded_and_others_ignored(name: str) -> None:
    page = f'<meta name="{name}" content=" 甲 乙 "><meta name="keywords" content="丙"><meta name="PubDate" content="">'
    assert facts(page) == [("title", "甲 乙", "meta")]
    assert META["pubdate"] == "published"


def test_the_tags_of_the_government_guide_are_read_in_their_order() -> None:
    names = {
        "SiteName": "site_name",
        "ColumnName": "column",
        "ArticleTitle": "title",
        "PubDate": "published",
        "ContentSource": "publisher",
    }
    page = "".join(f'<meta name="{name}" content="{name}甲">' for name in names)
    assert facts(page) == [(field, f"{name}甲", "meta") for name, field in names.items()]


@pytest.mark.parametrize("name", ["lastmodifiedtime", "createDate", "MakeTime", "description", "title", ""])
def test_what_says_when_the_page_was_built_is_no_fact(name: str) -> None:
    assert facts(f'<meta name="{name}" content="2022-05-19">') == []


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("关于印发&lt;br&gt;方案的通知", "关于印发方案的通知"),
        ("&lt;font color='red'&gt;关于&amp;nbsp;印发&lt;/font&gt;", "关于印发"),
        ("产值 &lt; 5 亿元的通知", "产值 < 5 亿元的通知"),
        ("  关于\n 印发 ", "关于 印发"),
    ],
)
def test_the_markup_that_templates_copy_is_no_title(content: str, value: str) -> None:
    assert facts(f'<meta name="ArticleTitle" content="{content}">') == [("title", value, "meta")]


def test_a_tag_with_nothing_but_markup_is_empty() -> None:
    assert facts('<meta name="ArticleTitle" content="&lt;br&gt; &amp;nbsp;"><meta name="PubDate">') == []


def test_a_fact_knows_its_line() -> None:
    tree = html.document_fromstring('<html>\n<head>\n<meta name="PubDate" content="2022-05-19">')
    assert head_facts(tree, "") == (Fact("published", "2022-05-19", "meta", 3),)


def test_the_day_of_the_address_is_the_last_evidence() -> None:
    page = '<meta name="PubDate" content="2022-05-23">'
    assert facts(page, URL) == [("published", "2022-05-23", "meta"), ("published", "2022-05-19", "url")]
    assert facts("", "http://www.example.gov.cn/a.html") == []


def test_the_title_of_the_window_counts_if_it_is_one_and_no_tag_names_another() -> None:
    window = "<title>关于印发绿色制造实施方案的通知</title>"
    assert facts(window) == [("title", "关于印发绿色制造实施方案的通知", "file")]
    assert facts(window + '<meta name="ArticleTitle" content="别的">') == [("title", "别的", "meta")]
    assert facts("<title>示例市人民政府门户网站</title>") == []


def test_a_shared_title_counts_where_no_tag_of_the_guide_names_one() -> None:
    shared = '<meta property="og:title" content="关于做好防汛工作的通知">'
    assert facts(shared) == [("title", "关于做好防汛工作的通知", "meta")]
    assert facts(f'{shared}<meta name="ArticleTitle" content="防汛值班">') == [("title", "防汛值班", "meta")]
    assert facts('<meta property="og:title" content="青屿市人民政府">') == []

"""HTML: facts from the meta tags, the body, and a list of all that stands outside it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from lxml import html
from pagemaker import record, undone

from pipeline.extract.html import META, extract_html, page_lines
from pipeline.steps import clean
from pipeline.text import letters

PAGE = (Path(__file__).parents[2] / "pages" / "portal" / "notice.html").read_text(encoding="utf-8")
URL = "https://www.example.gov.cn/notice.html"


def lines(page: str) -> list[str]:
    return list(page_lines(html.document_fromstring(page)))


def test_the_meta_tags_become_facts() -> None:
    facts = {fact.field: fact for fact in extract_html(PAGE).facts}
    assert {fact.where for fact in facts.values()} == {"meta"}
    assert facts["title"].value == "示例市人民政府关于印发示例市绿色制造体系建设实施方案的通知"
    assert facts["published"].value == "2022-05-23 09:00"
    assert facts["publisher"].value == "示例市人民政府办公室"


@pytest.mark.parametrize("name", ["ArticleTitle", "articletitle", " ARTICLETITLE "])
def test_the_names_of_meta_tags_are_folded_and_others_ignored(name: str) -> None:
    page = f'<meta name="{name}" content=" 甲 乙 "><meta name="keywords" content="丙"><meta name="PubDate" content="">'
    assert [(fact.field, fact.value) for fact in extract_html(page + "<p>正文</p>").facts] == [("title", "甲 乙")]
    assert META["pubdate"] == "published"


def test_the_body_is_found_and_the_rest_is_listed() -> None:
    found = extract_html(PAGE)
    assert found.extractor == "trafilatura"
    body = letters("".join(block.text for block in found.blocks))
    for line in (
        "现将《示例市绿色制造体系建设实施方案》印发给你们",
        "绿色工厂120家",
        "确保各项任务按期完成",
        "创建绿色工厂",
    ):
        assert letters(line) in body
    outside = [removal.evidence for removal in found.removals]
    assert {removal.rule for removal in found.removals} == {"extract.outside_body"}
    for line in lines(PAGE):
        assert letters(line) in body or line in outside


def test_no_script_or_style_is_text() -> None:
    assert "count" not in "".join(lines(PAGE))
    assert "indent" not in "".join(lines(PAGE))


def test_the_whole_page_becomes_a_document() -> None:
    page = clean(record(PAGE, media_type="text/html", url=URL))
    found = page.document
    assert found
    assert found.title == "示例市人民政府关于印发示例市绿色制造体系建设实施方案的通知"
    assert found.doc_number == "示府〔2022〕33号"
    assert found.issuer == "示例市人民政府"
    assert found.published == datetime(2022, 5, 23, 9, 0)
    assert found.written == date(2022, 5, 19)
    assert found.source_kind == "origin"
    assert dict(found.provenance)["published"] == "meta"
    assert found.text.startswith("各县（区）人民政府，市政府各部门，各直属单位：\n现将《示例市")
    assert found.text.endswith("示例市人民政府\n2022年5月19日")
    assert [section.heading for section in found.sections if section.level == 1] == ["总体要求", "主要任务", "保障措施"]
    assert [row for table in found.tables for row in table.rows] == [
        ("1", "创建绿色工厂", "市工信局"),
        ("2", "建设绿色园区", "市发改委"),
    ]


def test_nothing_visible_vanishes() -> None:
    page = clean(record(PAGE, media_type="text/html", url=URL))
    kept = letters(undone(page)) + "".join(letters(removal.evidence) for removal in page.removals)
    for line in lines(PAGE):
        assert letters(line) in kept


def test_a_page_with_little_text_is_read_line_by_line() -> None:
    found = extract_html("<title>无</title><div>甲</div><p>乙<b>丙</b>丁<br>戊</p><script>x</script>")
    assert found.extractor == "lines"
    assert [(block.text, block.line) for block in found.blocks] == [("甲", 1), ("乙丙丁", 2), ("戊", 3)]


@pytest.mark.parametrize("page", ["", "   ", "<!-- -->", "<html></html>"])
def test_a_page_with_nothing_gives_nothing(page: str) -> None:
    assert extract_html(page).blocks == ()


def test_the_declared_encoding_of_decoded_text_is_history() -> None:
    page = PAGE.replace("charset=utf-8", "charset=gb2312")
    assert [block.text for block in extract_html(page).blocks] == [block.text for block in extract_html(PAGE).blocks]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_the_same_page_in_another_encoding_is_the_same_document(codec: str) -> None:
    body = PAGE.replace("charset=utf-8", f"charset={codec}").encode(codec)
    one = clean(record(body, media_type="text/html", url=URL)).document
    other = clean(record(PAGE, media_type="text/html", url=URL)).document
    assert one
    assert other
    assert one.content_hash == other.content_hash

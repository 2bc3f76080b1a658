"""HTML in, lines of the document out, with a fact, a file or a removal for every line that is none of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from pagemaker import record, undone

from crawler.source import Rule
from pipeline.extract.encoding.decode import decode
from pipeline.extract.html.body import read_page
from pipeline.extract.html.read import extract_html
from pipeline.extract.html.tree import parse
from pipeline.steps import clean
from pipeline.text import letters

if TYPE_CHECKING:
    from pipeline.extract.html.page import Line
    from pipeline.extract.html.read import Extracted

PAGES = Path(__file__).parents[3] / "pages"
PAGE = (PAGES / "portal" / "notice.html").read_text(encoding="utf-8")
URL = "https://www.example.gov.cn/notice.html"
TITLE = "关于做好2022年防汛抗旱工作的通知"
SENTENCE = "各单位要加强组织领导，压实工作责任，确保各项任务按期完成。"
TEXT = f"<p>各区人民政府：</p><p>{SENTENCE}</p><p>{SENTENCE}</p>"
BODY = ["各区人民政府：", SENTENCE, SENTENCE]
MENU = "<div class=nav>" + "".join(f"<p><a href={n}>栏目之{n}的名称</a>" for n in range(9)) + "</div>"


def page_of(body: str, title: str = f"{TITLE}_青屿市应急管理局") -> str:
    return f"<html><head><title>{title}</title></head><body>{MENU}{body}</body></html>"


def read(body: str) -> Extracted:
    return extract_html(page_of(body), URL)


def texts(found: Extracted) -> list[str]:
    return [block.text for block in found.blocks]


def removed(found: Extracted) -> dict[str, list[str]]:
    """Evidence of the removals by rule."""
    told: dict[str, list[str]] = {}
    for removal in found.removals:
        told.setdefault(removal.rule, []).append(removal.evidence)
    return told


def facts(found: Extracted, field: str) -> list[tuple[str, str]]:
    return [(fact.value, fact.where) for fact in found.facts if fact.field == field]


def lines(page: str) -> tuple[Line, ...]:
    tree = parse(page)
    return () if tree is None else read_page(tree).page.lines


def assert_every_line_is_somewhere(page: str, url: str) -> None:
    found = extract_html(page, url)
    told = [(block.line, block.text) for block in found.blocks]
    told += [(removal.line, removal.evidence) for removal in found.removals if removal.line]  # 0: of the head
    assert sorted(told) == [(number, line.text) for number, line in enumerate(lines(page), 1)]
    assert [block.line for block in found.blocks] == sorted(block.line for block in found.blocks)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*/*.html")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_line_of_every_page_is_kept_or_removed_exactly_once(path: Path) -> None:
    gold = path.with_suffix(".yml")
    said = yaml.safe_load(gold.read_text(encoding="utf-8")) if gold.exists() else {}
    declared = {name.lower(): value for name, value in (said.get("headers") or {}).items()}.get("content-type", "")
    assert_every_line_is_somewhere(decode(path.read_bytes(), declared).text, said.get("url", URL))


def test_every_line_is_somewhere_whatever_the_head_and_the_body_hold() -> None:
    table = "<table><tr><td>索引号<td>甲-1/2022<tr><td>文号<td><tr><td>发布日期<td>2022-05-19</table>"
    related = "<p>政策解读：<a href=a>关于方案的解读</a></p>"
    for body in (
        f"{table}<h1>{TITLE}</h1><div id=zoom>{TEXT}</div>",
        f"<div id=zoom>{table}<h1>{TITLE}</h1>{TEXT}{table}<span hidden>票</span></div>",
        f"<h1>{TITLE}</h1>{related}{TEXT}{related}",
        f"<h1>{TITLE}</h1>",
        f"<div class=zoom>{TEXT}</div><div class=zoom>{TEXT}</div>",
        "",
    ):
        assert_every_line_is_somewhere(page_of(body), URL)


def test_the_body_is_found_and_the_rest_is_listed() -> None:
    found = extract_html(PAGE)
    assert found.extractor == "container"
    assert [block.text for block in found.blocks[:3]] == [
        "示府〔2022〕33号",
        "各县（区）人民政府，市政府各部门，各直属单位：",
        "现将《示例市绿色制造体系建设实施方案》印发给你们，请结合实际认真贯彻执行。",
    ]
    assert found.blocks[-1].text == "2022年5月19日"
    assert [block.kind for block in found.blocks].count("table") == 1
    told = removed(found)
    assert told["lift.title"] == ["示例市人民政府关于印发示例市绿色制造体系建设实施方案的通知"]
    assert told["extract.outside_body"][-2:] == ["主办单位：示例市人民政府办公室", "网站标识码：0000000000"]
    assert {fact.field: fact.value for fact in found.facts if fact.where == "meta"}["published"] == "2022-05-23 09:00"


def test_no_script_or_style_is_text() -> None:
    said = "".join(line.text for line in lines(PAGE))
    assert "count" not in said
    assert "indent" not in said


def test_the_whole_page_becomes_a_document() -> None:
    found = clean(record(PAGE, media_type="text/html", url=URL)).document
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
        assert letters(line.text) in kept


def test_a_page_with_little_text_is_read_line_by_line() -> None:
    found = extract_html("<title>无</title><div>甲</div><p>乙<b>丙</b>丁<br>戊</p><script>x</script>")
    assert found.extractor == "lines"
    assert [(block.text, block.line) for block in found.blocks] == [("甲", 1), ("乙丙丁", 2), ("戊", 3)]


@pytest.mark.parametrize("page", ["", "   ", "<!-- -->", "<html></html>"])
def test_a_page_with_nothing_gives_nothing(page: str) -> None:
    found = extract_html(page)
    assert (found.blocks, found.facts, found.removals, found.is_list) == ((), (), (), False)


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


def test_lines_above_the_body_that_hold_facts_go_to_the_header_and_others_do_not() -> None:
    head = (
        "<p>欢迎访问本站</p><p><a href=x>青政发〔2021〕1号</a></p><p>青政发〔2022〕33号</p>"
        "<p>来源：青屿市应急管理局 时间：2022-05-19 字体：大 中 小</p>"
    )
    found = read(
        f"{head}<h1>{TITLE}</h1><p>2022-05-20 09:00</p><p>编者</p><div id=zoom>{TEXT}</div><p>青政发〔2022〕34号</p>"
    )
    assert texts(found) == [
        *("青政发〔2022〕33号", "来源：青屿市应急管理局 时间：2022-05-19 字体：大 中 小", "2022-05-20 09:00", *BODY)
    ]
    outside = removed(found)["extract.outside_body"]
    assert outside[-4:] == ["欢迎访问本站", "青政发〔2021〕1号", "编者", "青政发〔2022〕34号"]
    assert {removal.reason for removal in found.removals if removal.rule == "extract.outside_body"} == {
        "stands outside the element that holds the body (div zoom)"
    }


def test_the_title_is_lifted_once_and_known_by_its_place() -> None:
    found = read(f"<h1>关于做好2022年<br>防汛抗旱工作的通知</h1><div id=zoom>{TEXT}</div>")
    assert facts(found, "title") == [(TITLE, "file"), (TITLE, "body")]
    assert removed(found)["lift.title"] == ["关于做好2022年", "防汛抗旱工作的通知"]
    assert {removal.field for removal in found.removals if removal.rule == "lift.title"} == {"title"}
    assert texts(found) == BODY


def test_the_title_repeated_under_an_order_stays_in_the_text() -> None:
    title = "青屿市城市管理办法"
    order = ["现公布《青屿市城市管理办法》，自公布之日起施行。", "市长 甲", title, "第一条 为了规范管理，制定本办法。"]
    plan = "".join(f"<p>{line}</p>" for line in order)
    body = f"<div id=zoom><p>青屿市人民政府令</p><p>第58号</p>{plan}</div>"
    found = extract_html(page_of(body, f"{title}_青屿市人民政府"), URL)
    assert texts(found)[-4:] == order
    shown = extract_html(page_of(f"<h1>{title}</h1>{body}", f"{title}_青屿市人民政府"), URL)
    assert texts(shown).count(title) == 1
    assert removed(shown)["lift.title"] == [title]
    document = clean(record(page_of(f"<h1>{title}</h1>{body}", title), media_type="text/html", url=URL)).document
    assert document
    assert document.title == title
    assert document.text.splitlines().count(title) == 1


def test_a_fact_table_inside_the_body_is_read_and_its_empty_label_takes_nothing() -> None:
    table = "<table><tr><td>索引号<td>甲-1/2022<tr><td>发布日期<td>2022-05-19<tr><td>文号<td></table>"
    found = read(f"<div id=zoom>{table}<h1>{TITLE}</h1>{TEXT}</div>")
    assert texts(found) == BODY
    assert facts(found, "index_number") == [("甲-1/2022", "header_table")]
    assert facts(found, "published") == [("2022-05-19", "header_table")]
    assert facts(found, "doc_number") == []
    assert removed(found)["lift.labels"] == ["索引号", "甲-1/2022", "发布日期", "2022-05-19", "文号"]


def test_hidden_words_are_removed_and_said_to_be_hidden() -> None:
    found = read(
        f"<h1>{TITLE}</h1><div id=zoom><p>各区<span style='display:none'>博彩</span>人民政府：</p>{TEXT}</div>"
    )
    assert texts(found) == ["各区人民政府：", *BODY]
    assert removed(found)["extract.hidden"] == ["博彩"]


def test_a_text_cut_into_pages_is_one() -> None:
    found = read(f"<h1>{TITLE}</h1><div id=zoom>{TEXT}#PAGE_BREAK#{TEXT}<pagebreak></pagebreak>{TEXT}</div>")
    assert texts(found) == BODY * 3
    assert removed(found)["extract.hidden"] == ["#PAGE_BREAK#"]


def test_a_page_that_ends_in_the_middle_goes_on() -> None:
    included = "<html><body><p>首页</p></body></html>"
    assert texts(extract_html(included + page_of(f"<h1>{TITLE}</h1><div id=zoom>{TEXT}</div>"), URL))[-3:] == BODY


def test_the_addressee_and_signature_in_boxes_of_their_own_come_along() -> None:
    found = read(
        f"<h1>{TITLE}</h1><div>各区人民政府，各有关单位：</div><div id=zoom><p>{SENTENCE}</p><p>{SENTENCE}</p></div>"
        "<div>青屿市应急管理局</div><div>2022年5月19日</div><div>打印</div>"
    )
    assert texts(found) == ["各区人民政府，各有关单位：", SENTENCE, SENTENCE, "青屿市应急管理局", "2022年5月19日"]


def test_lists_under_the_text_are_relations_and_their_lines_are_removed() -> None:
    found = read(
        f"<h1>{TITLE}</h1><div id=zoom>{TEXT}<p>政策解读：<a href=/j.html>防汛抗旱方案解读</a></p></div>"
        "<div><h3>相关文件</h3><ul><li><a href=/k.html>关于防汛值班的通知</a></ul></div>"
        "<p>上一篇：<a href=/l.html>关于抗旱的通知</a></p><div><p>友情链接</p><a href=//www.gov.cn>中国政府网</a></div>"
    )
    assert [(one.type, one.target_title) for one in found.relations] == [
        *(("interpreted_by", "防汛抗旱方案解读"), ("related", "关于防汛值班的通知"), ("previous", "关于抗旱的通知"))
    ]
    assert removed(found)["extract.related"] == ["政策解读：防汛抗旱方案解读"]
    assert texts(found) == BODY


def test_a_scan_is_flagged_and_its_pictures_are_attached() -> None:
    scan = f"<h1>{TITLE}</h1><div id=zoom><p><img src=/1.jpg></p><p><img src=/2.jpg></p></div>"
    found = read(scan)
    assert found.flags == {"needs_ocr"}
    assert [one.url for one in found.attachments] == [
        "https://www.example.gov.cn/1.jpg",
        "https://www.example.gov.cn/2.jpg",
    ]
    assert texts(found) == []
    illustrated = read(f"<h1>{TITLE}</h1><div id=zoom>{TEXT}<p><img src=/1.jpg></p></div>")
    assert (illustrated.flags, illustrated.attachments) == (frozenset(), ())


def test_a_page_whose_text_is_a_file_is_flagged() -> None:
    found = read(f"<h1>{TITLE}</h1><div id=zoom><p><a href=/1.pdf>{TITLE}.pdf</a></p></div>")
    assert found.flags == {"body_in_attachment"}
    assert [one.url for one in found.attachments] == ["https://www.example.gov.cn/1.pdf"]
    with_text = read(f"<h1>{TITLE}</h1><div id=zoom>{TEXT}<p><a href=/1.pdf>附件</a></p></div>")
    assert with_text.flags == frozenset()
    assert len(with_text.attachments) == 1


def test_long_names_of_files_are_no_text() -> None:
    links = "".join(
        f"<p>附件{n}：<a href=/{n}.pdf>青屿市防汛抗旱和防台风应急预案（2022—2025年）第{n}部分.pdf</a></p>"
        for n in range(9)
    )
    found = read(f"<h1>{TITLE}</h1><div id=zoom><p>详情请见附件。</p>{links}<p>2022年5月20日</p></div>")
    assert found.flags == {"body_in_attachment"}
    wrapped = read(f"<h1>{TITLE}</h1><div id=zoom><a href=/1.pdf>{TEXT}</a></div>")
    assert "body_in_attachment" not in wrapped.flags


def test_a_list_of_documents_is_told_from_a_document() -> None:
    entries = "".join(f"<li><a href=/{n}.html>关于公布第{n}批名单的通知</a><i>2022-05-{n}</i>" for n in range(10, 20))
    listing = page_of(f"<h1>通知公告的列表</h1><ul id=zoom>{entries}</ul>", "通知公告的列表")
    assert extract_html(listing, URL).is_list
    assert not read(f"<h1>{TITLE}</h1><div id=zoom>{TEXT}<ul>{entries}</ul></div>").is_list
    refused = clean(record(listing, media_type="text/html", url=URL))
    assert refused.document is None
    assert [(removal.rule, removal.scope) for removal in refused.removals] == [("judge.listing", "page")]


def test_no_date_is_read_off_the_page_at_large() -> None:
    found = read(f"<h1>{TITLE}</h1><div id=zoom>{TEXT}</div><div>今天是2026年1月1日 星期四</div>")
    assert facts(found, "published") == []
    dated = extract_html(
        page_of(f"<h1>{TITLE}</h1><div id=zoom>{TEXT}</div>"), "https://www.example.gov.cn/20220519/a.html"
    )
    assert facts(dated, "published") == [("2022-05-19", "url")]


def test_a_rule_of_the_card_names_the_body_from_its_day_on() -> None:
    new, old = "<div class=new><p>各单位要做好防汛工作。</p></div>", "<div id=zoom><p>旧文，不再适用。</p></div>"
    page = f"<h1>关于防汛的通知</h1>{new}{old}"
    rule = Rule(valid_from=date(2022, 1, 1), body=("div.none", "div.new"))
    found = extract_html(page, "http://www.example.gov.cn/a.html", rule)
    assert ([block.text for block in found.blocks], found.extractor) == (["各单位要做好防汛工作。"], "rule")
    assert extract_html(page, "http://www.example.gov.cn/a.html").extractor == "container"


def test_a_rule_of_the_card_names_the_title() -> None:
    page = "<h1>青屿市水务局</h1><p class=t>防汛值班安排</p><div id=zoom><p>各单位要做好防汛工作。</p></div>"
    rule = Rule(valid_from=date(2022, 1, 1), body=("#zoom",), title=(".t",))
    assert [fact.value for fact in extract_html(page, "", rule).facts if fact.field == "title"] == ["防汛值班安排"]

"""What `clean` promises of any page: nothing lost, nothing added unseen, the same every time, and no page breaks it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pagemaker import FILE, cleaned, counted, is_subsequence, messy_pages, record, undone

from crawler.source import Source
from pipeline.extract.lines import blocks_of
from pipeline.steps import RULES, STEPS, clean
from pipeline.text import letters

if TYPE_CHECKING:
    from crawler.page import RawRecord
    from pipeline.model import Cleaned

NOTICE = (
    "苏州市人民政府关于印发苏州市绿色制造实施方案的通知",
    "苏府〔2022〕33号",
    "各县级市(区)人民政府,各直属单位:",
    "现将方案印发给你们,请结合实际,认真贯彻执行。",
    "苏州市人民政府",
    "2022年5月19日",
)
SAME_LETTERS = ("width", "lost_space", "hard_wrap", "tab", "script")
"""Rules that move or restyle characters but neither add nor take a letter. So do the table.* rules, but for a heading
that stands once where the page printed it again after a page break.
"""


def whole(page: str) -> str:
    """The letters of a page in their order."""
    return "".join(letters(line) for line in page.splitlines())


def check_account(page: str) -> None:
    """Every letter of the page stands in the undone text or in one removal, and the text keeps the page's order."""
    found = clean(record(page))
    before = undone(found)
    assert counted(before, *(removal.evidence for removal in found.removals)) == counted(page)
    assert is_subsequence(whole(before), whole(page))


def check_sound(found: Cleaned) -> None:
    """A document, or a removal that refuses the page; every string can be written as UTF-8, every repair undone."""
    if found.document is None:
        assert [removal.scope for removal in found.removals].count("page") == 1
    else:
        assert found.document.text.strip() or "body_in_attachment" in found.document.flags
        assert all(removal.scope != "page" for removal in found.removals)
    undone(found)
    repr(found).encode()
    for removal in found.removals:
        assert removal.rule
        assert removal.reason
        removal.evidence.encode()
    if found.document:
        found.document.text.encode()


@given(messy_pages())
@example("为贯彻落实国务院关于促进产业发展的精神，结合我市实际，\n&ldquo;十四五&rdquo;期间推进重点任务建设。")
@example("?ldquo;一事一议?rdquo;")
def test_every_letter_is_accounted_for(page: str) -> None:
    check_account(page)


@pytest.mark.soak
@settings(max_examples=3000)
@given(messy_pages())
def test_every_letter_is_accounted_for_in_thousands_of_pages(page: str) -> None:
    check_account(page)


def test_the_account_notices_a_lost_letter() -> None:
    page = "\n".join(NOTICE)
    found = clean(record(page))
    short = replace(found, removals=found.removals[1:])
    assert counted(undone(short), *(removal.evidence for removal in short.removals)) != counted(page)
    assert not is_subsequence("政府市", "市政府")


def test_a_refused_page_keeps_what_was_repaired_before_it_was_refused() -> None:
    check_account("發(fā)展(zhǎn)政(zhèng)府")


def test_two_flattened_tables_in_a_row_are_both_kept() -> None:
    first = "序号 具体工作 1 2 3 4 推进第4项 重点工作 5 第5组工程 推进第5项工作 6 推进第6项工作"
    second = "重点任务 序号 具体工作 第1组工程 1 2 3 4 第5组工程 5 重点工作 6"
    check_account("\n".join(f"{first} {second}".split()))


def check_repairs(page: str) -> None:
    found = clean(record(page)).document
    if found is None:
        return
    for repair in found.repairs:
        if repair.rule in SAME_LETTERS:
            assert counted(repair.before) == counted(repair.after), repair
        if repair.rule.startswith("table."):
            # `before` is what stood on the page, entities unread
            stood = "\n".join(block.text for block in blocks_of(repair.before))
            assert not counted(repair.after) - counted(stood), repair
            again = counted(stood) - counted(repair.after)
            assert set(again) <= set(counted(repair.after.partition("\n")[0])), repair
        if repair.rule == "script":
            assert len(repair.before) == len(repair.after)
        if repair.rule == "pinyin":
            assert repair.after == ""
    added = Counter(letter for repair in found.repairs for letter in letters(repair.after))
    assert not counted(found.text) - counted(page) - added


@given(messy_pages())
def test_no_repair_of_form_changes_a_letter(page: str) -> None:
    check_repairs(page)


@pytest.mark.soak
@settings(max_examples=3000)
@given(messy_pages())
def test_no_repair_of_form_changes_a_letter_in_thousands_of_pages(page: str) -> None:
    check_repairs(page)


@given(messy_pages(), st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_the_same_page_gives_the_same_document_whenever_it_was_fetched(page: str, moment: datetime) -> None:
    first = clean(record(page))
    assert clean(record(page)) == first
    later = clean(record(page, captured=moment.replace(microsecond=0, tzinfo=UTC)))
    assert later.document == first.document
    assert later.removals == first.removals
    assert later.relations == first.relations


def test_the_source_name_is_no_evidence() -> None:
    one = clean(record("\n".join(NOTICE), source="suzhou")).document
    other = clean(record("\n".join(NOTICE), source="elsewhere")).document
    assert one
    assert other
    assert one.id == other.id
    assert replace(other, source="suzhou") == one


def test_the_content_hash_follows_content_and_not_the_address() -> None:
    here = clean(record("\n".join(NOTICE), url="https://www.suzhou.gov.cn/a.html")).document
    there = clean(record("\n".join(NOTICE), url="https://www.suzhou.gov.cn/b.html")).document
    edited = clean(record("\n".join(NOTICE).replace("方案印发", "办法印发"))).document
    assert here
    assert there
    assert edited
    assert here.id != there.id
    assert here.content_hash == there.content_hash != edited.content_hash


def test_http_and_https_are_one_document() -> None:
    assert (
        clean(record("政策", url="http://www.suzhou.gov.cn/a.html")).id
        == clean(record("政策", url="https://www.suzhou.gov.cn/a.html")).id
    )


def test_a_card_gives_division_and_kind() -> None:
    card = Source(id="test", title="测试", division="320583", kind="repost")
    found = cleaned(*NOTICE, card=card).document
    assert found
    assert (found.division, found.source_kind) == ("320583", "repost")
    bare = cleaned(*NOTICE).document
    assert bare
    assert (bare.division, bare.source_kind) == ("320500", "file")


def test_hints_of_a_list_row_fill_what_the_page_lacks() -> None:
    body = "各县级市人民政府：\n现将方案印发给你们，请结合实际，认真贯彻执行。"
    hints = (("title", "关于印发绿色制造方案的通知"), ("published", "2022-05-23"), ("url", ""))
    found = clean(record(body, hints=hints)).document
    assert found
    assert found.title == "关于印发绿色制造方案的通知"
    assert found.published == datetime(2022, 5, 23)
    assert dict(found.provenance).items() >= {"title": "list_row", "published": "list_row:date"}.items()


def check_any_bytes(body: bytes, media_type: str, content_type: str) -> None:
    check_sound(clean(record(body, media_type=media_type, headers=(("Content-Type", content_type),))))


MEDIA = st.sampled_from(("text/plain", "text/html"))
CHARSETS = st.sampled_from(("", "charset=gbk", "charset=utf-8", "charset=utf-16", "charset=big5", "charset=bogus"))


@given(st.binary(max_size=300), MEDIA, CHARSETS)
def test_no_bytes_break_it(body: bytes, media_type: str, content_type: str) -> None:
    check_any_bytes(body, media_type, content_type)


@pytest.mark.soak
@settings(max_examples=3000)
@given(st.binary(max_size=2000), MEDIA, CHARSETS)
def test_no_bytes_break_it_in_thousands(body: bytes, media_type: str, content_type: str) -> None:
    check_any_bytes(body, media_type, content_type)


WRITABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(WRITABLE, MEDIA)
def test_no_text_breaks_it(text: str, media_type: str) -> None:
    check_sound(clean(record(text, media_type=media_type)))


@pytest.mark.soak
@settings(max_examples=3000)
@given(WRITABLE, MEDIA)
def test_no_text_breaks_it_in_thousands(text: str, media_type: str) -> None:
    check_sound(clean(record(text, media_type=media_type)))


@given(messy_pages())
def test_a_messy_page_as_html_breaks_nothing(page: str) -> None:
    check_sound(clean(record(page, media_type="text/html")))


ODD = {
    "nothing": "",
    "blanks": " \n\u3000\n\u00a0\n",
    "only tabs": "\t\n\t\t\n" * 200,
    "one line of tabs": "\t" * 5000,
    "one huge line": "现将方案印发给你们，请结合实际，认真贯彻执行。" * 3000,
    "digits": "1" * 20000,
    "brackets": "(" * 5000 + "政" + ")" * 5000,
    "bars": "|" * 5000,
    "question marks": "?" * 5000 + "政策",
    "zero bytes": "政策\0" * 100,
    "surrogates by name": "请认真贯彻执行各项政策&#55296;&#xD800;&#99999;&#x1F600;落实到位。",
    "control characters": "".join(map(chr, range(32))) + "请认真贯彻执行各项政策落实到位。",
    "separators": "请认真贯彻\u2028执行各项政策\u2029落实到位\x85好。",
    "digits of other scripts": "苏府〔٢٠٢٢〕٣号\n各县人民政府：\n自٢٠٢٢年٥月١٩日起施行，有效期٣年，请认真贯彻执行。",
    "superscripts": "序号\n任务\n1\n²\n2\n③\n3\n甲\n4\n乙",
    "a term of odd words": "本办法自2022年1月1日起施行，有效期三两年，请认真贯彻执行。",
    "an endless term": "本办法自2022年1月1日起施行，有效期999年，自公布之日起999个月后施行，请认真贯彻执行。",
    "a day that no calendar has": "二〇二二年十十十月三十日\n2022年13月45日\n请认真贯彻执行各项政策落实到位。",
    "deep": "<div>" * 3000 + "请认真贯彻执行各项政策落实到位。" + "</div>" * 3000,
    "unclosed": "<table><tr><td>请认真贯彻<p>执行各项政策<!-- 落实到位",
}


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
@pytest.mark.parametrize("name", ODD)
def test_an_odd_page_breaks_nothing(name: str, media_type: str) -> None:
    check_sound(clean(record(ODD[name], media_type=media_type)))


def test_an_empty_page_is_refused_and_says_so() -> None:
    found = clean(record(b""))
    assert found.document is None
    assert [(removal.rule, removal.scope) for removal in found.removals] == [("judge.empty", "page")]


def test_an_address_without_a_host_breaks_nothing() -> None:
    for url in ("https://", "http:///x", FILE):
        check_sound(clean(record("\n".join(NOTICE), url=url)))


def test_removals_stand_in_the_order_of_the_page() -> None:
    lines = [removal.line for removal in cleaned("首页 > 政策文件", *NOTICE, "分享:", "版权所有:某某网").removals]
    assert lines == sorted(lines)
    assert len(lines) >= 4


def test_the_steps_are_named_functions_and_the_rules_have_a_digest() -> None:
    assert {"read", "drop_spam", "lift_header", "cut_tail"} <= {step.__name__ for step in STEPS}
    assert len({step.__name__ for step in STEPS}) == len(STEPS)
    assert len(RULES) == 64


def test_the_record_says_what_the_bytes_were_read_as_unless_it_was_plain_utf8() -> None:
    page = "\n".join(NOTICE)
    told = {
        encoding: dict(document.provenance).get("text")
        for encoding in ("utf-8", "gb18030", "utf-16")
        if (document := clean(replace_body(page.encode(encoding))).document)
    }
    assert told["utf-8"] is None
    assert str(told["gb18030"]).startswith("gb18030: ")
    assert str(told["utf-16"]).startswith("utf-16")


def replace_body(body: bytes) -> RawRecord:
    found = record("")
    return replace(found, page=replace(found.page, body=body))

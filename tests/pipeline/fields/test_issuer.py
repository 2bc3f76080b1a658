"""Who issued a document, and whose page it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pagemaker import draft, record

from crawler.source import Source
from pipeline.draft import Draft, Fact
from pipeline.fields.issuer import is_organisation, learn_issuer, signature, source_kind
from pipeline.model import Removal

SENTENCE = "现将方案印发给你们，请结合实际，认真贯彻执行。"


@pytest.mark.parametrize(
    "name",
    [
        *("苏州市人民政府", "苏州市人民政府办公室", "昆山市工业和信息化局", "中共苏州市委办公室", "国务院办公厅"),
        *("浦东新区人民政府办公室", "江苏省发展和改革委员会", "苏州市人民代表大会常务委员会"),
    ],
)
def test_public_bodies_are_organisations(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name", ["市政府", "张三", "苏州市", "2022年5月19日", "加强组织领导", SENTENCE, "", "苏州工业园区"]
)
def test_other_words_are_not(name: str) -> None:
    assert not is_organisation(name)


@pytest.mark.parametrize(
    ("lines", "who", "day"),
    [
        ([SENTENCE, "苏州市人民政府", "2022年5月19日"], "苏州市人民政府", date(2022, 5, 19)),
        ([SENTENCE, "苏州市人民政府 2022年5月19日"], "苏州市人民政府", date(2022, 5, 19)),
        (
            [SENTENCE, "昆山市财政局", "昆山市税务局", "二〇二二年五月十九日"],
            "昆山市财政局、昆山市税务局",
            date(2022, 5, 19),
        ),
        ([SENTENCE, "2022年5月19日"], None, date(2022, 5, 19)),
        ([SENTENCE, "苏州市人民政府"], None, None),
        ([SENTENCE, "联系人：王同志", "2022年5月19日"], None, date(2022, 5, 19)),
    ],
)
def test_the_signature_and_its_date(lines: list[str], who: str | None, day: date | None) -> None:
    assert signature(draft(*lines))[:2] == (who, day)


def issuers(page: Draft, title: str | None, kind: str = "file") -> list[tuple[str, str]]:
    learnt = learn_issuer(page, title, kind)  # type: ignore[arg-type]
    return [(fact.value, fact.where) for fact in learnt.facts if fact.field == "issuer"]


def test_the_title_names_its_issuer() -> None:
    assert issuers(draft(SENTENCE), "苏州市人民政府关于印发方案的通知") == [("苏州市人民政府", "body")]
    assert issuers(draft(SENTENCE), "市政府关于印发方案的通知") == []
    assert issuers(draft(SENTENCE), None) == []


def test_the_signature_goes_before_the_title() -> None:
    page = draft(SENTENCE, "苏州市人民政府", "2022年5月19日")
    assert issuers(page, "苏州市人民政府办公室关于印发方案的通知")[0] == ("苏州市人民政府", "body")


def test_the_source_line_names_the_issuer_on_a_repost_only() -> None:
    page = draft(SENTENCE).learn(Fact("publisher", "烟台市人民政府", "body", 9))
    assert issuers(page, None, "repost") == [("烟台市人民政府", "body")]
    assert issuers(page, None, "origin") == []
    website = draft(SENTENCE).learn(Fact("publisher", "高新院 achie.org", "body", 9))
    assert issuers(website, None, "repost") == []


def page_with(*furniture: str, url: str = "urn:zhengce:test/a.txt", rule: str = "furniture.tail") -> Draft:
    removals = tuple(Removal(rule, "a test", line) for line in furniture)
    return Draft(raw=record("", url=url), removals=removals)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (page_with(), "file"),
        (page_with(url="https://www.suzhou.gov.cn/a.html"), "origin"),
        (page_with(url="https://www.example.com/a.html"), "repost"),
        (page_with("主办单位：苏州市人民政府办公室"), "origin"),
        (page_with("网站标识码：3205000006"), "origin"),
        (page_with("首页 > 政务公开 > 市政府文件"), "origin"),
        (page_with("Copyright © 深圳前瞻资讯股份有限公司"), "repost"),
        (page_with("本文来自网络，如有侵权请联系删除"), "repost"),
        (page_with("主办单位：苏州市人民政府办公室", "技术支持：某某科技有限公司"), "origin"),
        (page_with().flag("compromised"), "mirror"),
        (page_with("网站标识码：3205000006").flag("traditional_mirror"), "mirror"),
        (page_with().learn(Fact("publisher", "高新院 achie.org", "body")), "repost"),
    ],
)
def test_whose_page_it_is(page: Draft, kind: str) -> None:
    assert source_kind(page) == kind


def test_the_card_knows_better_than_the_page_and_spam_better_than_the_card() -> None:
    card = Source(id="test", title="测试", kind="repost")
    assert source_kind(replace(page_with("网站标识码：3205000006"), card=card)) == "repost"
    assert source_kind(replace(page_with().flag("compromised"), card=card)) == "mirror"


def test_what_spam_says_is_no_evidence() -> None:
    assert source_kind(page_with("主办单位：苏州市人民政府办公室", rule="spam.link_pool")) == "file"

"""Who issued a document, and whose page it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pagemaker import draft, record

from crawler.source import Source
from pipeline.draft import Draft, Fact
from pipeline.fields.issuer import learn_issuer, signature, source_kind
from pipeline.model import Removal

STAMPS = ("2022-05-09", "2022.5.9", "（2022年5月9日）")
SENTENCE = "现将方案印发给你们，请结合实际，认真贯彻执行。"


@pytest.mark.parametrize(
    ("lines", "who", "day"),
    [
        ([SENTENCE, "青屿区南塘街道办事处", "2024年2月26日"], "青屿区南塘街道办事处", date(2024, 2, 26)),
        ([SENTENCE, "青屿县防汛抗旱指挥部", "2021年7月18日16时"], "青屿县防汛抗旱指挥部", date(2021, 7, 18)),
        (
            [SENTENCE, "东湖湾高新技术产业开发区管理委员会", "科技创新局", "2023年5月24日"],
            "东湖湾高新技术产业开发区管理委员会科技创新局",
            date(2023, 5, 24),
        ),
        (["——2024年1月16日在青屿市第十六届人民代表大会第四次会议上", "各位代表：", SENTENCE], None, date(2024, 1, 16)),
        ([SENTENCE, "2023年4月19日", "备注：投标人须先登记。"], None, date(2023, 4, 19)),
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
        *(([SENTENCE, "苏州市人民政府", day], "苏州市人民政府", date(2022, 5, 9)) for day in STAMPS),
        *(([SENTENCE, day], None, None) for day in STAMPS),
        ([SENTENCE, "苏州市人民政府", "2022年5月"], None, None),
        ([SENTENCE, "中华人民共和国", "商务部", "2022年5月9日"], "中华人民共和国商务部", date(2022, 5, 9)),
        (
            [SENTENCE, "附件：", "苏州市财政局", "苏州市税务局", "2022年5月9日"],
            "苏州市财政局、苏州市税务局",
            date(2022, 5, 9),
        ),
    ],
)
def test_the_signature_and_its_date(lines: list[str], who: str | None, day: date | None) -> None:
    assert signature(draft(*lines))[:2] == (who, day)


@pytest.mark.parametrize(
    "lines",
    [
        [SENTENCE, "会议时间：", "2022年5月9日", "特此通知。"],
        [SENTENCE, "会议时间：", "2022年5月9日"],
        [SENTENCE, "一、时间", "2022年5月9日", "二、地点", "苏州市会议中心"],
        [SENTENCE, "苏州市财政局", "苏州市审计局", "2022年5月9日", "苏州市会议中心", "特此通知。"],
        [SENTENCE, "苏州市财政局", "2022年5月9日", "苏州市审计局", "2022年5月9日", "特此通知。"],
    ],
    ids=["an event", "an event at the end", "headings", "a list", "a schedule"],
)
def test_a_date_inside_the_text_signs_nothing(lines: list[str]) -> None:
    assert signature(draft(*lines))[:2] == (None, None)


@pytest.mark.parametrize(
    "below",
    [
        "（此件公开发布）",
        "附件：1.任务清单",
        "抄送：市委办公室。",
        "苏州市供水管理办法",
        "第一章 总则",
        "联系人：王同志",
    ],
)
def test_what_stands_below_a_date_without_a_name(below: str) -> None:
    assert signature(draft(SENTENCE, "市长 王建国", "2022年5月9日", below))[1] == date(2022, 5, 9)


def test_of_a_list_under_a_label_the_last_body_signs() -> None:
    lines = [SENTENCE, "参加单位：", "苏州市财政局", "苏州市审计局", "苏州市司法局", "2022年5月9日"]
    assert signature(draft(*lines))[0] == "苏州市司法局"


def test_a_date_right_under_the_title_is_the_documents() -> None:
    assert signature(draft("2022年5月9日", SENTENCE))[:2] == (None, date(2022, 5, 9))


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


def test_the_body_that_gave_it_out_is_the_issuer_on_its_own_site_where_nothing_better_names_one() -> None:
    page = draft(SENTENCE).learn(Fact("issuing", "苏州市财政局", "header_table", 3))
    assert issuers(page, None, "origin") == [("苏州市财政局", "header_table")]
    assert issuers(page, None, "repost") == issuers(page, None, "file") == []
    assert issuers(page, "苏州市人民政府关于印发方案的通知", "origin") == [("苏州市人民政府", "body")]
    named = page.learn(Fact("issuer", "苏州市税务局", "header_table", 2))
    assert issuers(named, None, "origin") == [("苏州市税务局", "header_table")]
    nobody = draft(SENTENCE).learn(Fact("issuing", "某某日报", "header_table", 3))
    assert issuers(nobody, None, "origin") == []


def test_the_issuer_of_an_order_is_named_by_the_text_wherever_its_number_stood() -> None:
    page = draft(SENTENCE).learn(Fact("doc_number", "苏州市人民政府令第58号", "header_table", 3))
    assert issuers(page, None) == [("苏州市人民政府", "body")]


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

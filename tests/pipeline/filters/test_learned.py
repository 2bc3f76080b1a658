"""What was learned of a site goes from its head and foot; what a document may own stays, learned or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pagemaker import draft, record, rules, texts

from crawler.source import Furniture, Limits, Source
from pipeline.filters.learned import drop_learned
from pipeline.steps import clean
from pipeline.text import fold

if TYPE_CHECKING:
    from pipeline.draft import Draft

LIMITS = Limits(pages=5, share=30, border=40, beside=90)
BODY = (
    "各县（区）人民政府，市政府各部门：",
    "现将《绿色制造体系建设实施方案》印发给你们，请认真贯彻执行。",
    "一、总体要求",
    "以绿色发展理念为引领，加快构建高效、清洁、低碳的绿色制造体系。",
)
TITLE = "苏州市人民政府关于印发绿色制造体系建设实施方案的通知"


def card(head: dict[str, int] | None = None, foot: dict[str, int] | None = None) -> Source:
    """A source of which 20 pages were read."""
    lines = [{fold(text): pages for text, pages in (place or {}).items()} for place in (head, foot)]
    learned = Furniture(source="suzhou", of=20, newest=date(2026, 1, 1), limits=LIMITS, head=lines[0], foot=lines[1])
    return Source(id="suzhou", title="苏州市人民政府", furniture=learned)


def cleaned(source: Source, *lines: str) -> Draft:
    return drop_learned(replace(draft(*lines), card=source))


def test_head_and_foot_go_with_their_counts() -> None:
    site = card({"智慧云桌面": 20, "站群导航": 19}, {"站群服务台": 20, "页脚标识": 8})
    found = cleaned(site, "智慧云桌面", "站群导航", TITLE, *BODY, "站群服务台", "页脚标识")
    assert texts(found) == [TITLE, *BODY]
    assert [(removal.rule, removal.evidence, removal.line) for removal in found.removals][:2] == [
        ("furniture.learned", "站群导航", 2),
        ("furniture.learned", "智慧云桌面", 1),
    ]
    assert found.removals[0].reason == "stands in the head of 19 of 20 pages of suzhou (95 %)"


def test_without_learned_lines_nothing_happens() -> None:
    page = draft("智慧云桌面", *BODY)
    assert drop_learned(page) is page
    unlearned = replace(page, card=Source(id="suzhou", title="苏州市人民政府"))
    assert drop_learned(unlearned) is unlearned


def test_a_line_goes_only_where_it_was_learned() -> None:
    site = card({"智慧云桌面": 20}, {"站群服务台": 20})
    lines = ["站群服务台", *BODY, "智慧云桌面"]
    assert texts(cleaned(site, *lines)) == lines


def test_nothing_goes_between_lines_of_the_document() -> None:
    site = card({"智慧云桌面": 20}, {"智慧云桌面": 20})
    lines = [*BODY, "智慧云桌面", *BODY]
    assert texts(cleaned(site, *lines)) == lines


def test_the_head_ends_at_the_title() -> None:
    site = card({"背景依据": 20, "智慧云桌面": 20})
    found = cleaned(site, "智慧云桌面", TITLE, "背景依据", *BODY)
    assert texts(found) == [TITLE, "背景依据", *BODY]


@pytest.mark.parametrize(
    "line",
    [
        *("特此通知。", "（此件公开发布）", "2025年3月12日", "二〇二五年三月十二日", "附件：绿色工厂申报表", "附件"),
        *("抄送：市委各部门，市人大常委会办公室。", "苏州市人民政府办公室2025年3月12日印发", "| 合计 | 100 |"),
        *("苏州市人民政府", "市科技局政策法规科", "本办法自公布之日起施行。", "联系电话：0512-12345678", "年 月 日"),
        *("局长 李明", "注：数据为初步统计数。", "苏州市", "单位（盖章）：", "12345"),
    ],
)
def test_what_may_end_a_document_is_never_the_innermost_line(line: str) -> None:
    foot = {line: 20, "站群服务台": 20}
    assert texts(cleaned(card(foot=foot), *BODY, line, "站群服务台")) == [*BODY, line]
    assert texts(cleaned(card(foot=foot), *BODY, line)) == [*BODY, line]


@pytest.mark.parametrize(
    "line",
    [
        "各县（区）人民政府，市政府各部门：",
        "第一章 总则",
        "一、总体要求",
        "（一）指导思想",
        "目 录",
        "苏府〔2025〕11号",
    ],
)
def test_what_may_begin_a_document_is_never_the_innermost_line(line: str) -> None:
    found = cleaned(card({line: 20, "智慧云桌面": 20}), "智慧云桌面", line, *BODY)
    assert texts(found) == [line, *BODY]


def test_an_element_of_a_document_ends_the_region() -> None:
    site = card(foot={"申报流程图": 20, "特此公告": 20, "站群服务台": 20})
    assert texts(cleaned(site, *BODY, "申报流程图", "特此公告", "站群服务台")) == [*BODY, "申报流程图", "特此公告"]


def test_a_name_goes_among_lines_of_the_site_and_stays_under_a_text() -> None:
    site = card(foot={"站群服务台": 20, "南京市人民政府": 20, "无锡市人民政府": 20, "页脚标识": 20})
    links = ["站群服务台", "南京市人民政府", "无锡市人民政府", "页脚标识"]
    assert texts(cleaned(site, *BODY, *links)) == list(BODY)
    assert texts(cleaned(site, *BODY, "南京市人民政府", "站群服务台", "页脚标识")) == [*BODY, "南京市人民政府"]


def test_the_name_above_a_broken_title_stays() -> None:
    site = card({"智慧云桌面": 20, "苏州市财政局": 20})
    lines = ["智慧云桌面", "苏州市财政局", "关于做好预算编制工作的通知", *BODY]
    assert texts(cleaned(site, *lines)) == lines[1:]


def test_the_line_next_to_the_document_is_as_common_as_the_line_outside_it() -> None:
    lines = [*BODY, "持续推进", "站群服务台"]
    assert texts(cleaned(card(foot={"持续推进": 14, "站群服务台": 20}), *lines)) == [*BODY, "持续推进"]
    assert texts(cleaned(card(foot={"持续推进": 19, "站群服务台": 20}), *lines)) == list(BODY)


def test_the_line_next_to_the_document_is_common() -> None:
    rare = card({"智慧云桌面": 7, "站群导航": 7})
    assert texts(cleaned(rare, "智慧云桌面", "站群导航", *BODY)) == ["智慧云桌面", "站群导航", *BODY]


def test_facts_are_passed_over_and_stay() -> None:
    facts = ["发布机构：", "苏州市人民政府办公室", "来源：市政府办公室"]
    site = card({"智慧云桌面": 20, "站群导航": 20, **dict.fromkeys(facts, 20)})
    found = cleaned(site, "智慧云桌面", *facts, "站群导航", TITLE, *BODY)
    assert texts(found) == [*facts, TITLE, *BODY]


def test_a_value_under_its_label_is_a_fact_whatever_it_looks_like() -> None:
    site = card({"智慧云桌面": 20, "工业 交通": 20, "站群导航": 20})
    found = cleaned(site, "智慧云桌面", "主题分类：", "工业 交通", "站群导航", *BODY)
    assert texts(found) == ["主题分类：", "工业 交通", *BODY]


def test_lines_that_other_rules_know_are_left_to_them() -> None:
    known = {"版权所有：苏州市人民政府": 20, "扫一扫在手机打开当前页": 20, "页脚标识": 20}
    found = cleaned(card(foot=known), *BODY, *known)
    assert texts(found) == [*BODY, "版权所有：苏州市人民政府", "扫一扫在手机打开当前页"]


def test_the_whole_pipeline_uses_it() -> None:
    page = "\n".join(["智慧云桌面", TITLE, *BODY, "申报流程图", "站群服务台", "页脚标识"])
    site = card({"智慧云桌面": 20}, {"申报流程图": 20, "站群服务台": 20, "页脚标识": 20})
    before, after = clean(record(page)).document, clean(record(page), site)
    assert before is not None
    assert after.document is not None
    assert before.text.splitlines()[-3:] == ["申报流程图", "站群服务台", "页脚标识"]
    assert after.document.text.splitlines() == before.text.splitlines()[:-3]
    assert after.document.title == before.title == TITLE
    assert [removal.rule for removal in after.removals].count("furniture.learned") == 4


def test_a_page_of_nothing_else_is_refused_with_its_evidence() -> None:
    site = card({"智慧云桌面": 20, "站群导航": 20})
    found = clean(record("智慧云桌面\n站群导航"), site)
    assert found.document is None
    assert [removal.rule for removal in found.removals].count("furniture.learned") == 2


def test_rules_of_a_page_are_counted_once() -> None:
    site = card({"智慧云桌面": 20}, {"智慧云桌面": 20})
    assert rules(cleaned(site, "智慧云桌面")) == ["furniture.learned"]

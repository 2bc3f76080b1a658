"""Cover, payload and annexes share the text out; elements lie inside them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import HEADINGS, SENTENCES

from pipeline.extract.structure.annexes import annex_lists, annex_starts
from pipeline.extract.structure.parts import parts
from pipeline.model import Part

SHARES = ("cover", "payload", "annex")
COVER = ("各区人民政府：", "现将方案印发给你们。", "苏州市人民政府", "2022年5月19日")
PLAN = ("苏州市绿色制造实施方案", "为推进绿色制造，制定本方案。")
ISSUES = "关于印发苏州市绿色制造实施方案的通知"


def placed(*lines: str) -> tuple[list[tuple[int, str]], int]:
    """Paragraphs with their places in the text they make, and its length."""
    found, at = [], 0
    for line in lines:
        found.append((at, line))
        at += len(line) + 1
    return found, max(0, at - 1)


def named(title: str | None, *lines: str) -> list[tuple[str, str]]:
    """(kind, text) of each part."""
    paragraphs, end = placed(*lines)
    text = "\n".join(lines)
    return [(part.kind, text[part.start : part.end].rstrip("\n")) for part in parts(title, paragraphs, end)]


@pytest.mark.parametrize(
    ("title", "lines", "kinds"),
    [
        (ISSUES, (*COVER, *PLAN), ["cover", "payload"]),
        ("关于印发《苏州市绿色制造实施方案》的通知", (*COVER, *PLAN), ["cover", "payload"]),
        (ISSUES, (*COVER, "苏州市绿色制造", "实施方案", PLAN[1]), ["cover", "payload"]),
        (ISSUES, (*COVER, "绿色制造方案", PLAN[1]), ["cover", "payload"]),
        (ISSUES, (*COVER, "（此件公开发布）", "【字号】", *PLAN), ["cover", "payload"]),
        (ISSUES, (*COVER, *PLAN, "附件", "清单"), ["cover", "payload", "annex"]),
        ("苏州市绿色制造若干措施", PLAN, ["payload"]),
        ("苏州市绿色制造若干措施", (*PLAN, "附件1", "清单", "附件2", "名单"), ["payload", "annex", "annex"]),
        ("苏州市绿色制造若干措施", (*PLAN, "附表", "清单"), ["payload", "annex"]),
        ("苏州市绿色制造若干措施", (*PLAN, "附：", "清单", "附表1", "名单"), ["payload", "annex"]),
        (None, COVER, ["payload"]),
        (ISSUES, COVER, ["payload"]),
        ("关于贯彻《绿色制造法》的通知", (*COVER, "相关附件", "下载之后打开。"), ["payload"]),
    ],
)
def test_the_shares_of_a_document(title: str | None, lines: tuple[str, ...], kinds: list[str]) -> None:
    paragraphs, end = placed(*lines)
    found = [part for part in parts(title, paragraphs, end) if part.kind in SHARES]
    assert [part.kind for part in found] == kinds
    assert found[0].start == 0
    assert found[-1].end == end
    assert all(one.end == after.start for one, after in itertools.pairwise(found))


def test_a_decree_is_the_cover_of_the_regulation_that_it_carries() -> None:
    lines = (
        "《用水条例》已经国务院常务会议通过，现予公布。",
        "总理 张某",
        "2024年2月26日",
        "用水条例",
        "第一条 为了节水。",
    )
    found = named("用水条例", *lines)
    assert [text.split("\n")[0] for kind, text in found if kind in SHARES] == [lines[0], "用水条例"]
    assert ("signature", "总理 张某") in found


def test_two_plans_are_two_payloads() -> None:
    opening = "《企业改制的规定》和《企业发展的规定》已经市政府同意，现印发给你们。"
    plans = ("企业改制的", "规定", "为推进改制，制定本规定。", "企业发展的规定", "为促进发展，制定本规定。")
    found = named("关于印发两个规定的通知", opening, "苏州市人民政府", "2022年5月19日", *plans)
    assert [text.split("\n")[0] for kind, text in found if kind == "payload"] == ["企业改制的", "企业发展的规定"]


def test_what_stands_behind_a_notice_that_carries_nothing_is_no_payload() -> None:
    found = named("关于加强绿色制造的通知", *COVER, "绿色制造手册", "手册可以领取。")
    assert [kind for kind, _ in found if kind in SHARES] == ["payload"]


def test_a_text_that_is_an_annex_is_nothing_else() -> None:
    paragraphs, end = placed("附件", "重点工作清单", "一、任务")
    assert parts(None, paragraphs, end) == (Part("annex", 0, end),)


@pytest.mark.parametrize(
    ("lines", "lists", "starts"),
    [
        (("附件：1.清单", "2.名单", "附件1", "清单", "附件2", "名单"), [range(2)], ["附件1", "附件2"]),
        (("附件：清单", "正文。", "附件：清单", "内容。"), [range(1), range(2, 3)], ["附件：清单"]),
        (("附件1：清单", "附件2：名单", "2022年5月19日"), [range(2)], []),
        (("附件1：清单", "| 序号 |"), [range(1)], ["附件1：清单"]),
        (("附件", "1.申请表", "2.2022年申报表", "苏州市财政局"), [range(3)], []),
        (("附件", "1.总体要求", "坚持。"), [], ["附件"]),
        (("附件所列企业如下。", "附件一", "名单"), [], ["附件一"]),
    ],
)
def test_lists_of_annexes_and_annexes(lines: tuple[str, ...], lists: list[range], starts: list[str]) -> None:
    paragraphs, _ = placed(*lines)
    assert annex_lists(paragraphs) == lists
    assert [dict(paragraphs)[start] for start in annex_starts(paragraphs)] == starts


MARKS = ("附件", "附件：1.清单", "2.名单", "（此件公开发布）", *COVER, *PLAN)


@given(st.sampled_from((None, ISSUES)), st.lists(st.sampled_from((*MARKS, *HEADINGS, *SENTENCES)), min_size=1))
def test_shares_cover_any_text_and_hold_every_element(title: str | None, lines: list[str]) -> None:
    paragraphs, end = placed(*lines)
    found = parts(title, paragraphs, end)
    shares = [part for part in found if part.kind in SHARES]
    assert [shares[0].start, shares[-1].end] == [0, end]
    assert all(one.end == after.start for one, after in itertools.pairwise(shares))
    assert list(found) == sorted(found, key=lambda part: (part.start, -part.end))
    assert all(any(share.start <= part.start < part.end <= share.end for share in shares) for part in found)

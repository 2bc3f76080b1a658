"""The elements of GB/T 9704: addressee, list of annexes, signature, date, note, imprint."""

from __future__ import annotations

import pytest

from pipeline.extract.structure.parts import parts


def inside(title: str | None, *lines: str) -> list[tuple[str, str]]:
    """(kind, text) of each part that is no cover, payload or annex."""
    blocks, at = [], 0
    for line in lines:
        blocks.append((at, line))
        at += len(line) + 1
    text = "\n".join(lines)
    found = parts(title, blocks, len(text))
    shares = ("cover", "payload", "annex")
    return [(part.kind, text[part.start : part.end]) for part in found if part.kind not in shares]


def test_the_elements_of_a_sheet_in_their_order() -> None:
    body = "现将有关事项通知如下，请认真执行。"
    lists = ("附件：1.任务清单", "2.2022年项目表")
    lines = ("各区人民政府，市各委办局：", body, *lists, "苏州市财政局", "苏州市科学技术局", "2022年5月19日")
    last = ("（此件公开发布）", "抄送：市委办公室。", "苏州市财政局办公室 2022年5月20日印发")
    assert inside(None, *lines, *last) == [
        ("addressee", lines[0]),
        ("annex_list", "\n".join(lists)),
        ("signature", "苏州市财政局\n苏州市科学技术局"),
        ("date", "2022年5月19日"),
        ("note", last[0]),
        ("imprint", last[1]),
        ("imprint", last[2]),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "各县级市（区）人民政府，苏州工业园区、太仓港口管委会；市各委办局，各直属单位：",
        "各镇（街道），区级各部门：",
        "各省、自治区、直辖市人民政府，国务院各部委、各直属机构:",
        "教育部：",
        "各有关企业：",
        "王某代表：",
        "各市、县：",
    ],
)
def test_an_addressee(line: str) -> None:
    assert inside(None, line, "现通知如下。") == [("addressee", line)]


@pytest.mark.parametrize(
    "line",
    [
        "牵头单位：",
        "组成人员：",
        "为了加强管理，现将有关事项通知各单位：",
        "一、责任单位：",
        "各区人民政府。",
        "根据《节约用水条例》，通告各企业：",
        "报名时间：各区人民政府：",
    ],
)
def test_other_lines_with_a_colon_are_no_addressee(line: str) -> None:
    assert inside(None, line, "现通知如下。") == []


def test_an_addressee_stands_before_any_sentence_and_above_something() -> None:
    assert inside(None, "现通知如下。", "各区人民政府：", "抓好落实。") == []
    assert inside(None, "各区人民政府：") == []


@pytest.mark.parametrize(
    ("lines", "signature", "date"),
    [
        (("苏州市人民政府", "2022年5月19日"), "苏州市人民政府", "2022年5月19日"),
        (("国务院", "二〇二二年五月十九日"), "国务院", "二〇二二年五月十九日"),
        (("苏州市人民政府 2022年5月19日",), "苏州市人民政府", "2022年5月19日"),
        (("苏州市财政局 苏州市科学技术局", "2022年5月19日"), "苏州市财政局 苏州市科学技术局", "2022年5月19日"),
        (("市长 张某", "2022年5月19日", "某某方案"), "市长 张某", "2022年5月19日"),
        (
            ("名单如下：", "苏州市人民医院", "苏州市卫生健康委员会", "2022年5月19日"),
            "苏州市卫生健康委员会",
            "2022年5月19日",
        ),
    ],
)
def test_who_signs_and_when(lines: tuple[str, ...], signature: str, date: str) -> None:
    assert inside(None, "特此通知。", *lines) == [("signature", signature), ("date", date)]


def test_a_date_alone_is_the_date_of_the_document_where_nothing_follows() -> None:
    assert inside(None, "特此通知。", "2022年5月19日", "（此件公开发布）") == [
        ("date", "2022年5月19日"),
        ("note", "（此件公开发布）"),
    ]
    assert inside(None, "会议时间", "2022年5月19日", "会议在苏州召开。") == []


@pytest.mark.parametrize("line", ["（此条适用于企业）", "此件公开发布", "2022年5月20日印发", "方案2022年5月20日印发"])
def test_other_closing_lines_are_no_elements(line: str) -> None:
    assert inside(None, "特此通知。", line) == []


def test_forms_in_an_annex_sign_nothing() -> None:
    assert inside(None, "特此通知。", "附件", "申请表", "苏州市财政局", "2022年5月19日") == []

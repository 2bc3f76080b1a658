"""What a site prints around a document goes; the same words inside a document stay."""

from __future__ import annotations

import pytest
from pagemaker import draft, rules, texts

from pipeline.draft import Block
from pipeline.filters.furniture import drop_tools, is_breadcrumb, is_certain_tool, is_strong, is_sure, is_tool
from pipeline.text import fold

SENTENCE = "各地各部门要加强组织领导，落实工作责任，确保各项任务按期完成。"


@pytest.mark.parametrize(
    "line",
    [
        *("字号:", "字号：大 中 小", "【打印】【关闭】", "分享:", "分享到：", "扫一扫在手机打开当前页", "在线咨询"),
        *("打印本页", "关闭窗口", "收藏", "返回顶部", "我要纠错", "字体：【大 中 小】", "浏览次数：1024"),
        *("上一篇：关于某事的通知", "您是第1024位访问者", "语音播报", "二维码"),
    ],
)
def test_tools_are_tools(line: str) -> None:
    assert is_certain_tool(fold(line))


@pytest.mark.parametrize(
    "line",
    ["正常", "大", "列表", "市工信局", "打印设备采购清单", "收藏家协会", "分享经济发展方案", "关闭煤矿名单", "转发"],
)
def test_words_of_documents_are_no_certain_tools(line: str) -> None:
    assert not is_certain_tool(fold(line))


@pytest.mark.parametrize(
    "line",
    [
        "当前位置: 首页 > 政务公开 > 政府信息公开专栏 > 市政府文件",
        "您所在的位置：首页>政策文件>正文",
        "首页 » 政务公开 » 文件",
        "首页>信息公开",
    ],
)
def test_breadcrumbs_are_breadcrumbs(line: str) -> None:
    assert is_breadcrumb(fold(line))


@pytest.mark.parametrize(
    "line", ["首页设计方案由市大数据局负责。", "新增企业>5家。", "位置偏远地区补助办法", "监测pH值>7的水体，做好记录"]
)
def test_sentences_are_no_breadcrumbs(line: str) -> None:
    assert not is_breadcrumb(fold(line))


@pytest.mark.parametrize(
    "line",
    [
        "版权所有：苏州市人民政府",
        "苏ICP备05007022号-1",
        "苏公网安备 32050802010123号",
        "网站标识码：3205000006",
        "主办单位：苏州市人民政府办公室",
        "Copyright © 1998-2024 All rights reserved.",
        "相关链接",
        "来源:烟台市人民政府",
        "责任编辑：张三",
    ],
)
def test_lines_of_a_footer_are_known(line: str) -> None:
    assert is_strong(fold(line))


@pytest.mark.parametrize(
    "line",
    ["一、总体要求", "苏州市人民政府", "（联系人：王同志）", SENTENCE, "附件：1.重点工作清单", "加强版权保护工作"],
)
def test_lines_of_a_document_are_not(line: str) -> None:
    assert not is_strong(fold(line))


def test_tool_lines_and_page_numbers_go_wherever_they_stand() -> None:
    page = drop_tools(draft("字号:", SENTENCE, "— 1 —", SENTENCE, "第2页 共3页", "分享:", SENTENCE))
    assert texts(page) == [SENTENCE] * 3
    assert sorted(rules(page)) == ["furniture.page_number"] * 2 + ["furniture.tool"] * 2


def test_bare_numbers_that_rise_through_a_document_are_page_numbers() -> None:
    lines = [line for number in range(1, 5) for line in (*[SENTENCE] * 20, str(number))]
    page = drop_tools(draft(*lines))
    assert texts(page) == [SENTENCE] * 80
    assert [removal.evidence for removal in page.removals] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "lines",
    [
        ["1", "2", "3", "4"],
        [SENTENCE, "应当具备下列条件：", "1", "甲乙丙丁", "2", "戊己庚辛"],
        [SENTENCE, "5", SENTENCE, SENTENCE, SENTENCE, SENTENCE, "3"],
        [SENTENCE, "2022", SENTENCE],
    ],
    ids=["cells", "a list", "no series", "a year"],
)
def test_other_bare_numbers_stay(lines: list[str]) -> None:
    assert texts(drop_tools(draft(*lines))) == lines


def test_numbers_in_a_table_stay() -> None:
    table = Block("| 1 |\n| --- |\n| 2 |", 1, "table")
    page = draft("x").amend(lambda _: table)
    assert drop_tools(page).blocks == (table,)


@pytest.mark.parametrize(
    ("line", "sure"),
    [(SENTENCE, True), ("一、总体要求", True), ("2022年5月19日", True), ("相关阅读", False), ("苏州市人民政府", False)],
)
def test_what_surely_belongs_to_a_document(line: str, sure: bool) -> None:
    assert is_sure(Block(line, 1)) == sure


def test_a_word_like_any_other_may_be_a_tool_without_being_certain() -> None:
    assert is_tool("转发")
    assert not is_certain_tool("转发")


@pytest.mark.parametrize("line", ["1 2 下一页", "首页 上一页 1 2 3 下一页 尾页", "共3页 [1] [2] 下页"])
def test_pagers_are_tools(line: str) -> None:
    assert is_certain_tool(fold(line))


@pytest.mark.parametrize("line", ["第2页", "扫码填写问卷", "请扫描下方二维码报名"])
def test_what_only_looks_like_a_pager_or_a_code_is_none(line: str) -> None:
    assert not is_certain_tool(fold(line))

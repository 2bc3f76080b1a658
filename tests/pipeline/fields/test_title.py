"""Which line is a title, what kind of document it names, and what was stuck on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import HEAD_LINES, SENTENCES, blocks

from pipeline.fields.title import day_behind, genre, score, trim, undated
from pipeline.fields.titlelines import same_title, title_lines


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("最高奖补1000万元!《沈阳市生物医药产业集群高质量发展工作措施》", "沈阳市生物医药产业集群高质量发展工作措施"),
        ("重磅！《苏州市绿色制造若干措施》发布", "苏州市绿色制造若干措施"),
        ("重磅！《苏州市供水管理办法》解读来了", "苏州市供水管理办法"),
        ("市政府关于印发绿色制造实施方案的通知--苏州市水务局网", "市政府关于印发绿色制造实施方案的通知"),
        ("烟台市:关于促进全市生物医药产业高质量发展的若干意见", "关于促进全市生物医药产业高质量发展的若干意见"),
        ("山东省烟台市：关于促进产业发展的意见", "关于促进产业发展的意见"),
        ("市政府关于印发绿色制造实施方案的通知_苏州市人民政府", "市政府关于印发绿色制造实施方案的通知"),
        ("市政府关于印发绿色制造实施方案的通知 - 苏州市人民政府网站", "市政府关于印发绿色制造实施方案的通知"),
        ("市政府关于印发绿色制造实施方案的通知（附全文）", "市政府关于印发绿色制造实施方案的通知"),
        ("市政府关于印发绿色制造实施方案的通知（2022-05-19）", "市政府关于印发绿色制造实施方案的通知"),
        ("市政府关于印发绿色制造实施方案的通知 （ 2022年5月19日 ）", "市政府关于印发绿色制造实施方案的通知"),
        ("【通知公告】市政府关于印发绿色制造实施方案的通知", "市政府关于印发绿色制造实施方案的通知"),
        ("重磅！《苏州市绿色制造若干措施》印发", "苏州市绿色制造若干措施"),
    ],
)
def test_what_was_stuck_on_a_title_is_cut(printed: str, title: str) -> None:
    assert trim(printed) == title


@pytest.mark.parametrize(
    "title",
    [
        "市政府关于印发苏州市生物医药产业创新集群建设实施方案的通知",
        "关于印发《浦东新区生物医药产业高质量发展行动方案（2022-2024年）》的通知",
        "国务院关于修改《行政法规制定程序条例》的决定",
        "昆山市小核酸及生物医药产业创新集群建设重点工作清单",
        "苏州市人民政府办公室关于转发市工信局《绿色制造实施方案》的通知",
        "绿色制造实施办法（试行）",
        "《中华人民共和国环境保护税法》解读",
        *("《苏州市供水管理办法》解读", "《苏州市供水管理办法》政策解读", "《苏州市供水管理办法》解读（二）"),
        *("关于《苏州市供水管理办法》的政策解读", "《苏州市供水管理办法》图解", "苏州市规划——水利专项规划"),
        "长三角G60科创走廊建设方案",
        "苏州市人民政府转发《绿色制造实施方案》",
        "批转《绿色制造实施方案》",
        "【2022年绿色制造】实施方案",
        "绿色制造实施方案（2022—2024年）",
        "苏州市2022-2024年绿色制造实施中心",
        *("一图读懂《苏州市供水管理条例》", "图解：《苏州市供水管理条例》"),
    ],
)
def test_a_clean_title_is_left_as_it_is(title: str) -> None:
    assert trim(title) == title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("市政府关于印发苏州市实施方案的通知", "通知"),
        ("关于促进产业发展的若干意见", "意见"),
        ("绿色制造行动方案（2022—2024年）", "方案"),
        ("苏州市绿色制造管理办法（试行）", "办法"),
        ("苏州市人民政府令", "命令"),
        ("关于同意设立高新区的批复", "批复"),
        ("国务院关于修改条例的决定", "决定"),
        ("重点工作清单", "清单"),
        ("关于王同志任职的函", "函"),
        ("苏州市概况", None),
        ("绿色工厂申报表", None),
        ("惠企政策15条", None),
        ("支持绿色制造二十条", None),
        ("绿色制造管理条例", "条例"),
        ("各级人民政府", None),
        ("", None),
    ],
)
def test_the_kind_of_document_stands_at_the_end(title: str, kind: str | None) -> None:
    assert genre(title) == kind


@pytest.mark.parametrize("line", [line for line in HEAD_LINES if line.startswith(("市政府关于", "烟台市", "最高"))])
def test_titles_look_like_titles(line: str) -> None:
    assert score(line) >= 3


@pytest.mark.parametrize(
    "line",
    [
        *(sentence for sentence in SENTENCES if "。" in sentence),
        *(
            "首页",
            "苏州市人民政府",
            "当前位置: 首页 > 政务公开 > 市政府文件",
            "附件：重点工作清单",
            "2022年5月19日",
            "",
            "一、通知",
        ),
    ],
)
def test_other_lines_do_not(line: str) -> None:
    assert score(line) < 3


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("关于防汛的通知（2022-05-19）", "关于防汛的通知"),
        ("关于防汛的通知(2022.5.19)", "关于防汛的通知"),
        ("关于防汛的通知（2022年5月19日）", "关于防汛的通知"),
        ("关于防汛的通知（2022年）", "关于防汛的通知（2022年）"),
        ("防汛方案（2022-2024年）", "防汛方案（2022-2024年）"),
        ("关于2022-05-19会议的通知", "关于2022-05-19会议的通知"),
    ],
)
def test_the_day_that_a_template_sets_behind_a_title_goes(text: str, bare: str) -> None:
    assert undated(text) == bare


def test_the_same_title_again_whole_in_part_or_with_more() -> None:
    title = "市政府关于印发绿色制造实施方案的通知"
    for line in (title, title + "_苏州市人民政府", "关于印发绿色制造实施方案的通知"):
        assert same_title(line, title)
        assert same_title(line, title, exact=True)
    assert same_title(title + "政策解读", title)
    assert not same_title(title + "政策解读", title, exact=True)
    for other in ("关于印发防汛方案的通知", title + ".pdf", "通知", ""):
        assert not same_title(other, title)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (["2021年度医疗基金和", "饮水安全工程资金审计结果公告"], "2021年度医疗基金和饮水安全工程资金审计结果公告"),
        (["政务公开专栏", "饮水安全工程资金审计结果公告"], "饮水安全工程资金审计结果公告"),
        (["政务公开和", "网站首页", "饮水安全工程资金审计结果公告"], "饮水安全工程资金审计结果公告"),
        (["青屿市水务局", "关于印发", "防汛应急预案的通知"], "青屿市水务局关于印发防汛应急预案的通知"),
    ],
    ids=["ends in the middle", "a menu", "a menu between", "关于"],
)
def test_a_title_begins_above_where_a_line_ends_in_the_middle(head: list[str], title: str) -> None:
    assert "".join(block.text for block in title_lines(blocks(*head), ())) == title


@given(st.text(alphabet="关于印发通知方案《》:_-!（）苏州市 ", max_size=40))
def test_trimming_adds_nothing(line: str) -> None:
    trimmed = trim(line)
    assert set(trimmed) <= set(line)
    assert len(trimmed) <= len(line)
    assert trimmed == trimmed.strip()


def test_the_day_behind_a_title() -> None:
    assert day_behind("关于防汛的通知（2023-03-15）") == "2023-03-15"
    assert day_behind("关于防汛的通知（试行）") is None

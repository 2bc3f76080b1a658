"""A summary that is the beginning of the text goes; a line that is more than that stays."""

from __future__ import annotations

from pagemaker import draft

from pipeline.filters.summary import drop_summary

FIRST = "根据省、市统计局统一部署，我局组织开展了夏粮产量抽样调查，现将调查结果报告如下："
SECOND = "全县夏粮播种面积31285亩，比上年增加199亩。"


def test_the_beginning_of_the_text_stands_once() -> None:
    for summary in (FIRST[:30], FIRST.rstrip("："), FIRST + SECOND[:9]):
        left = drop_summary(draft(summary, "县政府：", FIRST, SECOND))
        assert [block.text for block in left.blocks] == ["县政府：", FIRST, SECOND]
        assert [(removal.rule, removal.evidence) for removal in left.removals] == [("furniture.summary", summary)]


def test_other_first_lines_stay() -> None:
    for lines in ((FIRST, SECOND, SECOND), (SECOND[:12], SECOND), (FIRST[:30] + "等", FIRST), (FIRST,)):
        assert drop_summary(draft(*lines)).blocks == draft(*lines).blocks

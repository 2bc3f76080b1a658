"""What stands above a table is its caption only if it names a table."""

from __future__ import annotations

import pytest

from pipeline.extract.tables.caption import caption, is_unit


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (["现予公布。", "2022年资金分配表"], "2022年资金分配表"),
        (["资金分配表（2022年）", "单位：万元"], "资金分配表（2022年）"),
        (["附表1 重点任务", "填报单位：市科技局", "（金额单位：万元）"], "附表1 重点任务"),
        (["重点任务分工方案"], "重点任务分工方案"),
        (["具体指标如下："], None),
        (["责任分工见下表。"], None),
        (["苏州市人民政府"], None),
        (["市科技局负责统筹" * 9 + "分配表"], None),
        (["单位：万元"], None),
        ([], None),
    ],
)
def test_a_caption_names_a_table_and_is_no_sentence(above: list[str], name: str | None) -> None:
    assert caption(above) == name


@pytest.mark.parametrize("line", ["单位：万元", "（单位：元/吨）", "计量单位: 公顷", "填报单位：市科技局"])
def test_a_unit_is_told_by_its_label(line: str) -> None:
    assert is_unit(line)


@pytest.mark.parametrize("line", ["责任单位：市科技局", "单位", "各单位：", "单位：" + "甲" * 50])
def test_other_units_are_text(line: str) -> None:
    assert not is_unit(line)

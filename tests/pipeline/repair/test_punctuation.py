"""Folded punctuation is restored in Chinese context and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import SENTENCES, draft, texts

from pipeline.repair.punctuation import edits, restore, restore_width

FOLDED = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
"""What NFKC-minded scrapers do to FF01–FF5E."""
CLEAN = (
    "各县级市（区）人民政府，苏州工业园区、苏州高新区管委会；市各委办局，各直属单位：",
    "《方案》（2022—2024年）已经同意，现印发给你们，请认真执行！",
    "（一）指导思想。坚持“一事一议”，统筹推进：建链、补链；强链。",
    "BT（生物技术）+IT（信息技术）融合；支持CRO、CDMO（合同研发）等。",
    "是否符合条件？由市科技局（牵头）、市财政局负责；经费5万元（含）以上，按1:3配套。",
    "会议于5月19日09:00召开，共1,000人参加（见http://www.suzhou.gov.cn/a,b;c?d=1）。",
    "联系人：王同志，邮箱：wjw@suzhou.gov.cn，传真：0512-65221234（工作日）。",
    "“保险+服务”模式，产值占比提高5个百分点（约3,300亿元）。",
)


@pytest.mark.parametrize("line", CLEAN)
def test_folding_and_restoring_gives_the_same(line: str) -> None:
    folded = line.translate(FOLDED)
    assert folded != line
    assert restore(folded) == line


@pytest.mark.parametrize("line", CLEAN)
def test_a_clean_text_is_left_as_it_is(line: str) -> None:
    assert restore(line) == line
    assert edits(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "09:00",
        "2022-05-23 09:00",
        "时间09:00至17:30",
        "1:3",
        "按1:3配套",
        "1,000",
        "共1,000,000元",
        "http://www.suzhou.gov.cn/a,b;c:d?x=(1)",
        "https://a.gov.cn:8080/?a=1",
        "wjw@suzhou.gov.cn",
        "First-in-class (FIC), best-in-class (BIC); see Annex: A",
        "f(x), g(y)",
        "COVID-19: a review",
        "",
    ],
)
def test_numbers_addresses_and_latin_are_untouched(line: str) -> None:
    assert restore(line) == line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("政策,措施", "政策，措施"),
        ("CAR-T细胞,DNA疫苗", "CAR-T细胞，DNA疫苗"),
        ("平台(CDMO)建设", "平台（CDMO）建设"),
        ("(一)总体要求", "（一）总体要求"),
        ("(2021—2023)年度计划", "（2021—2023）年度计划"),
        ("第1条:目的", "第1条：目的"),
        ("((试行))办法", "（（试行））办法"),
        ("甲“乙”,丙", "甲“乙”，丙"),
        ("什么是政策?", "什么是政策？"),
    ],
)
def test_marks_beside_chinese_are_chinese(line: str, expected: str) -> None:
    assert restore(line) == expected


@given(st.lists(st.sampled_from((*CLEAN, *SENTENCES)), min_size=1, max_size=4))
def test_restoring_twice_changes_nothing_and_the_length_stays(lines: list[str]) -> None:
    once = restore("".join(lines).translate(FOLDED))
    assert restore(once) == once
    assert len(once) == len("".join(lines))


@given(st.text("政策,;:()?! 1a|\n。、“”", max_size=30))
def test_only_marks_change_and_brackets_go_in_pairs(text: str) -> None:
    changed = restore(text)
    assert changed.translate(FOLDED) == text.translate(FOLDED)
    assert changed.count("（") == changed.count("）")


def test_cells_of_a_table_do_not_lend_each_other_their_context() -> None:
    assert restore("| 政策 | a, b |") == "| 政策 | a, b |"
    assert restore("| 政策,措施 | 1,000 |") == "| 政策，措施 | 1,000 |"


def test_every_mark_is_a_repair_of_its_own() -> None:
    (block,) = restore_width(draft("甲,乙(丙)")).blocks
    assert texts(restore_width(draft("甲,乙(丙)"))) == ["甲，乙（丙）"]
    assert [(repair.rule, repair.start, repair.before) for repair in block.repairs] == [
        ("width", 1, ","),
        ("width", 3, "("),
        ("width", 5, ")"),
    ]

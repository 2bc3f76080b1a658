"""Syllables that mirrors inject."""

from __future__ import annotations

import pytest
from pagemaker import draft, texts

from pipeline.repair.pinyin import drop_pinyin

INJECTED = "深入貫徹發(fā)展(zhǎn)理念，政(zheng)(zheng)府推動(dòng )產(chǎn)業(yè)升級。"


def test_injected_syllables_go_and_the_page_is_flagged() -> None:
    page = drop_pinyin(draft(INJECTED))
    assert texts(page) == ["深入貫徹發展理念，政府推動產業升級。"]
    assert page.flags == {"compromised"}
    assert {repair.rule for repair in page.blocks[0].repairs} == {"pinyin"}
    assert [repair.before for repair in page.blocks[0].repairs][2] == "(zheng)(zheng)"


@pytest.mark.parametrize(
    "lines",
    [
        ["䶮(yǎn)字读音等两例，璟(jǐng)字亦然，其余文字按照通用规范汉字表执行。"],
        ["生物医药(CXO)、细胞治疗(CAR)、数据中心(IDC)和合同组织(CRO)。" * 3],
        ["氢(H)能源、碳(co2)排放、氧(o2)气、钠(na1)离子"] * 3,
        ["加强领导（一）落实责任（二）保障经费（三）加强宣传（四）"],
        ["甲(a)乙(b)丙(c)丁(d)选项按照说明填写。" + "各单位应当认真填写申报材料并按期报送。" * 120],
    ],
    ids=["a reading or two", "abbreviations", "formulae", "numbers", "options of one form in a long text"],
)
def test_other_brackets_stay(lines: list[str]) -> None:
    page = draft(*lines)
    assert drop_pinyin(page) is page


def test_latin_in_capitals_is_no_pinyin_even_on_a_mirror() -> None:
    page = drop_pinyin(draft(INJECTED, "細胞治療(CXO)和氫(H2)能源"))
    assert texts(page)[1] == "細胞治療(CXO)和氫(H2)能源"

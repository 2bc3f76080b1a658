"""Mirrors become Simplified; what is Traditional by right stays."""

from __future__ import annotations

import pytest
from pagemaker import cleaned, draft, texts

from pipeline.repair.script import convert, is_mirror, share_traditional, to_simplified

MIRROR = (
    "浦東新區人民政府辦公室關于印發行動方案的通知",
    "以習近平新時代中國特色社會主義思想為指導，著力打造產業高地，著眼薄弱環節，顯著提升創新能級。",
    "扶持著名企業，推進制造業發展，會后由區發改委匯總。",
)
HONG_KONG = (
    "立法會財務委員會討論文件",
    "香港特別行政區政府於二零二三年發表施政報告，行政長官責成勞工處檢討有關條例，於憲報刊登後生效。",
    "撥款五億港幣，製作宣傳資料。",
)
TAIWAN = (
    "行政院公報",
    "中華民國112年5月19日，經濟部依據立法院三讀通過之條例，修正發布補助辦法，其後由內政部辦理。",
    "補助新台幣五千萬元，於新北市、高雄市設置製造中心。",
)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("著力打造", "着力打造"),
        ("著眼長遠", "着眼长远"),
        ("著名企業", "著名企业"),
        ("顯著提升", "显著提升"),
        ("專著、編著、譯著", "专著、编著、译著"),
        ("成效卓著", "成效卓著"),
        ("著作權", "著作权"),
        ("若干幹部", "若干干部"),
        ("乾坤", "乾坤"),
        ("發展髮廊", "发展发廊"),
        ("關于制造業", "关于制造业"),
    ],
)
def test_characters_are_converted_by_phrase(traditional: str, simplified: str) -> None:
    assert convert(traditional) == simplified


def test_a_mirror_becomes_simplified_and_is_flagged() -> None:
    page = to_simplified(draft(*MIRROR))
    assert page.flags == {"traditional_mirror"}
    assert texts(page)[1] == (
        "以习近平新时代中国特色社会主义思想为指导，着力打造产业高地，着眼薄弱环节，显著提升创新能级。"
    )
    assert texts(page)[2] == "扶持著名企业，推进制造业发展，会后由区发改委汇总。"
    assert [len(block.repairs) for block in page.blocks] == [1, 1, 1]
    assert share_traditional("".join(texts(page))) == 0


@pytest.mark.parametrize("lines", [HONG_KONG, TAIWAN], ids=["Hong Kong", "Taiwan"])
def test_a_text_that_is_traditional_by_right_stays(lines: tuple[str, ...]) -> None:
    page = to_simplified(draft(*lines))
    assert page.flags == {"traditional_original"}
    assert texts(page) == list(lines)
    found = cleaned(*lines).document
    assert found
    assert "traditional_original" in found.flags
    assert lines[1] in found.text


@pytest.mark.parametrize(
    "line",
    [
        "坚持以习近平新时代中国特色社会主义思想为指导，着力打造产业高地。",
        "《顏氏家訓》等古籍的保护" + "由市文化广电和旅游局负责，各单位应当加强古籍保护工作，不得损毁。" * 4,
        "张喆、陶鎔基等同志任职，发展乾元、瞭望等著名品牌。",
    ],
)
def test_a_simplified_text_is_left_alone(line: str) -> None:
    page = draft(line)
    assert to_simplified(page) is page


def test_the_share_of_traditional_characters() -> None:
    assert share_traditional("東西") == 0.5
    assert share_traditional("着力著名") == 0
    assert share_traditional("") == 0


def test_a_mirror_is_known_by_its_institutions_and_its_table() -> None:
    assert is_mirror("\n".join(MIRROR))
    assert not is_mirror("\n".join(HONG_KONG))
    assert not is_mirror("\n".join(TAIWAN))

"""Which lines 第X条 are articles: every one, and no line that only speaks of one."""

from __future__ import annotations

import pytest

from pipeline.extract.structure.numbering import read_mark
from pipeline.extract.structure.sections import sections

LAST = 130


def numbers(*lines: str) -> list[str]:
    paragraphs, at = [], 0
    for line in lines:
        paragraphs.append((at, line))
        at += len(line) + 1
    return [section.number for section in sections(paragraphs, (), max(0, at - 1)) if "条" in section.number]


def numeral(value: int) -> str:
    """1 -> 一, 12 -> 十二, 101 -> 一百零一, 120 -> 一百二十."""
    digits = "零一二三四五六七八九"
    if value < 20:
        return ("十" if value >= 10 else "") + (digits[value % 10] if value % 10 else "")
    if value < 100:
        return digits[value // 10] + numeral(10 + value % 10)
    rest = value % 100
    if rest == 0:
        return digits[value // 100] + "百"
    return f"{digits[value // 100]}百" + (
        f"零{digits[rest]}" if rest < 10 else digits[rest // 10] + numeral(10 + rest % 10)
    )


@pytest.mark.parametrize(
    "form", ["第{}条 适用。", "第{}条　适用。", "第{}条适用。", "**第{}条** 适用。", "### 第{}条 适用。"]
)
def test_a_long_law_is_complete(form: str) -> None:
    names = [numeral(value) for value in range(1, LAST + 1)]
    assert numbers(*(form.format(name) for name in names)) == [f"第{name}条" for name in names]


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("第十条", (10, 0)),
        ("第二十条之一", (20, 1)),
        ("第一百零一条", (101, 0)),
        ("第一百二十条之十二", (120, 12)),
        ("第一千二百六十条", (1260, 0)),
        ("第一二〇条", (120, 0)),
        ("第１２条", (12, 0)),
    ],
)
def test_a_number_has_its_value(number: str, value: tuple[int, int]) -> None:
    mark = read_mark(f"{number} 适用。")
    assert mark
    assert (mark.number, mark.value) == (number, value)


@pytest.mark.parametrize("number", ["第十百条", "第条", "第二一十条"])
def test_a_damaged_number_is_none(number: str) -> None:
    assert read_mark(f"{number} 适用。") is None


REFERENCES = (
    "第三条规定的期限，自受理之日起计算。",
    "第三条规定期限届满的，应当报告。",
    "第三条第二款规定的情形除外。",
    "第八条、第九条的规定，参照执行。",
    "第十二条所称企业，包括个体工商户。",
    "第四十四条修改为：",
    "第五条至第八条不适用。",
    "第三十八条给予处罚。",
)


@pytest.mark.parametrize("line", REFERENCES)
def test_a_line_that_speaks_of_an_article_is_none(line: str) -> None:
    for blank in ("", " "):
        law = [f"第{name}条{blank}本市适用。" for name in "一二三四"]
        assert numbers(*law[:2], line, *law[2:]) == ["第一条", "第二条", "第三条", "第四条"]


def test_articles_may_begin_with_the_words_of_a_reference() -> None:
    lines = [
        "第一条为了节水。",
        "第二条增加用水的，应当申请。",
        "第三条规定用水定额。",
        "第四条作为处罚的依据。",
        "第五条施行。",
    ]
    assert len(numbers(*lines)) == 5
    assert len(numbers("第一条 为了节水。", "第二条 修改章程，应当备案。", "第三条 作为依据。")) == 3


def test_a_gap_of_the_page_stays_a_gap() -> None:
    assert numbers("第一条 甲。", "第三条 乙。", "第四条 丙。") == ["第一条", "第三条", "第四条"]
    assert numbers("第一条甲。", "第三条乙。", "第四条丙。") == ["第一条", "第三条", "第四条"]


def test_a_second_regulation_is_counted_anew() -> None:
    assert numbers("第一条甲。", "第二条乙。", "第一条丙。", "第二条丁。") == ["第一条", "第二条", "第一条", "第二条"]


def test_inserted_articles_keep_their_place() -> None:
    lines = ["第一条甲。", "第二条乙。", "第二条之一丙。", "第二条之二丁。", "第三条戊。"]
    assert numbers(*lines) == ["第一条", "第二条", "第二条之一", "第二条之二", "第三条"]


def test_what_an_amendment_quotes_is_no_article_of_it() -> None:
    decision = ["一、将第三条修改为：“第三条 本市适用。", "第四条 施行。”", "二、第五条改为第六条。", "第七条修改为："]
    quoted = ["“第七条 有下列情形：", "（一）甲；", "（二）乙。”", "三、删去第八条。"]
    law = ["节水条例", "第一条 为了节水。", "第二条 施行。"]
    assert numbers(*decision, *quoted, *law) == ["第一条", "第二条"]


def test_a_quotation_without_its_end_hides_nothing() -> None:
    assert numbers("将第三条修改为：“第三条 本市适用。", "第一条 甲。", "第二条 乙。") == ["第一条", "第二条"]


def test_articles_that_a_page_put_into_one_paragraph_are_found() -> None:
    paragraph = "第一条 为了节水，制定本条例。 第二条 本市适用。 第三条 依照第九条 的规定。 第五条 另定。"
    assert numbers(paragraph, "第四条 施行。") == ["第一条", "第二条", "第三条", "第四条"]
    assert numbers("第一条 为了节水。第二条的规定除外。 第三条 另定。") == ["第一条"]

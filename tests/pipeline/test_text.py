"""Folding and counting: what rules compare, and what conservation counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import count_cjk, fold, is_cjk, letters, simplified_table, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("索 引 號：", "索引号:"),
        ("（此件公开发布）", "(此件公开发布)"),
        ("著力", "着力"),
        ("ＡＢＣ１２", "abc12"),
        ("２０２２年\u3000５月", "2022年5月"),
        ("a\u00a0b\tc\n", "ABC"),
    ],
)
def test_two_ways_of_printing_fold_into_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("苏府", "苏州"), ("1,000", "1000"), ("一、", "一"), ("2022", "二〇二二")])
def test_what_reads_differently_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_letters_forget_punctuation_and_keep_every_letter_and_digit() -> None:
    assert letters("（一）BT+IT，占比１０％。") == "一btit占比10"
    assert letters("|---|、。《》“”?? ") == ""
    assert letters("甲|乙") == "甲乙"


@given(st.text(alphabet="政策著東ＡａＺ１²①，。?| \u3000", max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert letters(letters(text)) == letters(text)


@pytest.mark.parametrize("character", "政〇○㐀豈")
def test_chinese_characters_are_chinese(character: str) -> None:
    assert is_cjk(character)


@pytest.mark.parametrize("character", "aＡ1，。、《 ①ァ")
def test_other_characters_are_not(character: str) -> None:
    assert not is_cjk(character)


def test_counting_chinese_characters() -> None:
    assert count_cjk("AI赋能，2022年") == 3
    assert count_cjk("") == 0


def test_tidy_makes_one_line_without_outer_space() -> None:
    assert tidy(" \u3000苏州市\u00a0\t 人民\n政府\u200b\ufeff ") == "苏州市 人民 政府"


def test_the_table_goes_one_character_to_one() -> None:
    table = simplified_table()
    assert table[ord("東")] == "东"
    assert table[ord("著")] == "着"
    assert ord("东") not in table

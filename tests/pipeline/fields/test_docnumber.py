"""发文字号 in every form they are printed, cited and damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fields.docnumber import find_all, normalize, of_title, serial_number, unclosed


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "苏府〔2022〕33号",
            "苏府[2022]33号",
            "苏府［2022］33号",
            "苏府(2022)33号",
            "苏府（2022）33号",
            "苏府【2022】33号",
        ),
        *("苏府〔2022〕033号", "苏府 〔2022〕 33 号", "苏府〔2022年〕33号", "蘇府〔2022〕33號", "（苏府〔2022〕33号）"),
        *("苏府〔2022〕第33号", "苏府﹝2022﹞33号", "苏府〈2022〉33号"),
    ],
)
def test_every_form_becomes_the_standard_one(printed: str) -> None:
    assert normalize(printed) == "苏府〔2022〕33号"


@pytest.mark.parametrize(
    "number", ["浦府办〔2022〕2号", "国办发〔2017〕47号", "京政办发〔2019〕1号", "苏府规字〔2023〕5号"]
)
def test_the_standard_form_is_its_own(number: str) -> None:
    assert normalize(number) == number


@pytest.mark.parametrize(
    "line",
    [
        *(
            "苏府2022年33号",
            "〔2022〕33号",
            "苏府〔22〕33号",
            "苏府〔2022〕号",
            "苏府〔1822〕3号",
            "2022年第3号",
            "苏州市人民政府",
            "",
        ),
        "按照苏府〔2022〕33号文件执行",
    ],
)
def test_other_lines_are_no_number(line: str) -> None:
    assert normalize(line) is None


def test_every_cited_number_is_found_with_its_place() -> None:
    text = "根据《意见》（国发〔2021〕5号）和苏府办[2022]08号文件精神，参照沪府〔2020〕1号执行。"
    found = find_all(text)
    assert [number for number, _, _ in found] == ["国发〔2021〕5号", "苏府办〔2022〕8号", "沪府〔2020〕1号"]
    assert text[found[0][1] : found[0][2]] == "国发〔2021〕5号"
    assert all(text[start:end].endswith("号") for _, start, end in found)


@pytest.mark.parametrize("before", ["……", "①", "㎡", "½", "（一）", "㍿"])
def test_characters_that_fold_into_several_do_not_move_the_place(before: str) -> None:
    text = f"{before}，国发〔2022〕1号。"
    ((number, start, end),) = find_all(text)
    assert number == "国发〔2022〕1号"
    assert text[start:end] == "国发〔2022〕1号"


def test_no_number_is_found_where_none_is() -> None:
    assert find_all("到2022年（含2022年）新增33号地块。") == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("昆山市人民政府公告 2023年第5号", "昆山市人民政府公告2023年第5号"),
        ("第278号", "第278号"),
        ("第007号", "第7号"),
        ("2023年第5号", "2023年第5号"),
        ("苏州市人民政府令第150号", "苏州市人民政府令第150号"),
        ("苏州市人民政府令 第 150 号", "苏州市人民政府令第150号"),
    ],
)
def test_numbers_of_orders_and_announcements(line: str, number: str) -> None:
    assert serial_number(line) == number


@pytest.mark.parametrize("line", ["第三十三号", "33号", "根据苏州市人民政府令第150号，制定本办法", "人民路第5号", ""])
def test_other_numbers_are_none(line: str) -> None:
    assert serial_number(line) is None


@pytest.mark.parametrize(
    ("line", "number"), [("张政办〔202286", "张政办〔2022〕86号"), ("张政办〔2022〕86", "张政办〔2022〕86号")]
)
def test_a_number_that_lost_its_end_has_one_reading(line: str, number: str) -> None:
    assert unclosed(line) == number


@pytest.mark.parametrize(
    "line", ["张政办〔2022", "张政办202286", "张政办〔2022086", "见张政办〔202286文", "张政办〔182286"]
)
def test_a_number_with_more_readings_is_left(line: str) -> None:
    assert unclosed(line) is None


@given(
    st.sampled_from(("苏府", "国办发", "浦府办")),
    st.integers(1950, 2049),
    st.integers(1, 99999),
    st.sampled_from("〔[（(【"),
)
def test_any_number_is_normal_once_it_is_normal(code: str, year: int, serial: int, bracket: str) -> None:
    close = dict(zip("〔[（(【", "〕]）)】", strict=True))[bracket]
    number = normalize(f"{code}{bracket}{year}{close}{serial}号")
    assert number == f"{code}〔{year}〕{serial}号"
    assert normalize(number) == number


@pytest.mark.parametrize(
    "line",
    [
        *(
            "特急 苏府〔2022〕33号",
            "特急苏府〔2022〕33号",
            "苏府〔2022〕33号　　　　特急",
            "机密★1年 加急 苏府〔2022〕33号",
        ),
        *("000012 秘密★长期 苏府〔2022〕33号", "苏府〔2022〕33 号        签发人：王建国"),
        *(
            "苏府〔2022〕33号（联合苏水发〔2022〕3号）",
            "苏府〔2022〕33号  QYFS01-2022-0015",
            "苏府〔2022〕33号 HNPR—2022—01001",
        ),
        *("2022年5月9日 苏府〔2022〕33号", "（苏府〔2022〕33号　2022年5月9日）"),
    ],
)
def test_what_a_sheet_prints_beside_its_number_is_no_part_of_it(line: str) -> None:
    assert normalize(line) == "苏府〔2022〕33号"


@pytest.mark.parametrize(
    "line",
    [
        *("特急", "机密★1年", "签发人：王建国", "QYFS01-2022-0015", "根据 苏府〔2022〕33号（联合苏水发〔2022〕3号）"),
        *(
            "关于防汛的通知 苏府〔2022〕33号 2022年5月9日",
            "苏府〔2022〕33号 请签发人：王建国审核",
            "2022年5月9日苏府印发〔2022〕号",
        ),
    ],
)
def test_other_words_beside_a_number_are_not_dropped(line: str) -> None:
    assert normalize(line) is None
    assert serial_number(line) is None


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("关于印发《青屿市供水办法》的通知（青政发〔2022〕3号）", "青政发〔2022〕3号"),
        ("青屿市水务局公告（2022年第5号）", "2022年第5号"),
        ("青屿市人民政府令第12号", "青屿市人民政府令第12号"),
        ("关于贯彻《青屿市供水办法》（青政发〔2022〕3号）", None),
        ("青屿市供水办法政策解读（青政发〔2022〕3号）", None),
        ("关于废止青屿市人民政府令第12号", None),
        ("第七次全国人口普查公报（第1号）", None),
        ("青屿市供水办法（试行）", None),
    ],
)
def test_a_title_may_be_a_number_or_end_in_its_own(title: str, number: str | None) -> None:
    assert of_title(title) == number


def test_the_class_of_an_answer_is_no_part_of_its_number() -> None:
    assert normalize("东文旅提〔2024〕29号（A）") == "东文旅提〔2024〕29号"
    assert normalize("没有任何数字的一行") is None

"""Names of places and their GB/T 2260 codes."""

from __future__ import annotations

import pytest

from pipeline.fields.division import find, leading_place


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("苏州市人民政府", "320500"),
        ("江苏省苏州市人民政府办公室", "320500"),
        ("昆山市小核酸及生物医药产业创新集群建设重点工作清单", "320583"),
        ("浦东新区人民政府办公室", "310115"),
        ("浦東新區人民政府辦公室", "310115"),
        ("烟台市", "370600"),
        ("沈阳市生物医药产业工作措施", "210100"),
        ("北京市人民政府", "110000"),
        ("江苏省人民政府", "320000"),
        ("新疆维吾尔自治区人民政府", "650000"),
        ("延边朝鲜族自治州人民政府", "222400"),
        ("国家税务总局宁波市税务局", "330200"),
        ("中共苏州市委办公室", "320500"),
        ("2022年苏州市政府工作报告", "320500"),
        ("苏州工业园区管委会", "320500"),
        ("香港特别行政区政府", "810000"),
    ],
)
def test_the_place_a_name_begins_with(name: str, code: str) -> None:
    assert find(name) == code


@pytest.mark.parametrize(
    "name", ["国务院办公厅", "市政府关于印发方案的通知", "财政部", "", "长江经济带发展规划", "关于苏州市的方案"]
)
def test_names_without_a_place_have_no_code(name: str) -> None:
    assert find(name) is None


def test_a_name_that_many_places_have_needs_its_page() -> None:
    assert find("朝阳区人民政府") is None
    assert find("朝阳区人民政府", "北京市朝阳区") == "110105"
    assert find("朝阳区人民政府", "吉林省长春市") == "220104"
    assert find("鼓楼区人民政府", "江苏省南京市与福建省福州市") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("江苏省苏州市人民政府", "江苏省苏州市"),
        ("苏州市", "苏州市"),
        ("江苏产业", "江苏"),
        ("市政府", None),
        ("", None),
    ],
)
def test_the_chain_of_places_in_front(text: str, place: str | None) -> None:
    assert leading_place(text) == place

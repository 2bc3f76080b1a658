"""Names of public bodies, told from what only ends like them."""

from __future__ import annotations

import pytest

from pipeline.fields.organisation import is_body, is_organisation, is_part

SENTENCE = "现将方案印发给你们，请结合实际，认真贯彻执行。"


@pytest.mark.parametrize(
    "name",
    [
        *("苏州市人民政府", "苏州市人民政府办公室", "昆山市工业和信息化局", "中共苏州市委办公室", "国务院办公厅"),
        *("浦东新区人民政府办公室", "江苏省发展和改革委员会", "苏州市人民代表大会常务委员会"),
        *(
            "苏州市人民政府办公厅",
            "江苏省水利厅",
            "江苏省文化和旅游厅",
            "国务院",
            "财政部",
            "审计署",
            "生态环境部",
            "住房和城乡建设部",
            "国家发展改革委",
        ),
        *("苏州市“扫黄打非”工作领导小组", "中共中央办公厅", "红棉区南塘街道办事处", "国家统计局望海调查队"),
        *("青屿县防汛抗旱指挥部", "中华人民共和国南京海关", "望海市房屋征收管理处", "东江省供销合作社"),
    ],
)
def test_public_bodies_are_organisations(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "市政府",
            "张三",
            "苏州市",
            "2022年5月19日",
            "加强组织领导",
            SENTENCE,
            "",
            "苏州工业园区",
            "部",
            "宣传部",
            "外部",
        ),
        *("青屿汽车站", "安全生产工作场所", "工作人员之处"),
        *("市会议中心一楼报告厅", "苏州市政务服务大厅", "苏州市文化馆展览厅"),
    ],
)
def test_other_words_are_not(name: str) -> None:
    assert not is_organisation(name)


def test_a_part_has_no_place_of_its_own() -> None:
    assert is_part("科技创新局")
    assert is_body("市政府")
    assert not is_part("苏州市科技创新局")
    assert not is_part("国家统计局")
    assert not is_part("第三条")

"""Which 《titles》 and numbers of a text name documents."""

from __future__ import annotations

import pytest

from pipeline.fields.relations_cited import find_mentions, is_document
from pipeline.fields.relations_orders import find_orders


@pytest.mark.parametrize(
    "title",
    ["中华人民共和国公司法", "宪法", "中华人民共和国立法法", "预算法", "旅行社条例", "机动车登记规定",
     "某省十四五规划和二〇三五年远景目标纲要", "某市供水办法（试行）", "关于中等职业教育的请示", "〈某条例〉实施细则",
     "科研诚信行动计划（2021—2025年）", "安全生产培训管理办法"],
)  # fmt: skip
def test_documents(title: str) -> None:
    assert is_document(title)


@pytest.mark.parametrize(
    "title",
    ["人民日报", "红楼梦", "医疗机构执业许可证", "某省项目申报书", "条例", "实施方案", "奖励办法", "若干措施",
     "工作方法", "某市供水条例（征求意见稿）", "不予受理通知书", "政府采购合同"],
)  # fmt: skip
def test_books_forms_drafts_and_short_names_are_none(title: str) -> None:
    assert not is_document(title)


def numbered(text: str) -> list[tuple[str | None, str | None]]:
    return [(one.title, one.number) for one in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《某市供水办法》（某政发〔2009〕3号）", [("某市供水办法", "某政发〔2009〕3号")]),
        ("《某市供水办法》(１９９８年10月30日某政发[1998]425号)", [("某市供水办法", "某政发〔1998〕425号")]),
        ("《某市供水办法》（以下简称《办法》，某政发〔2009〕3号）", [("某市供水办法", "某政发〔2009〕3号")]),
        ("| 《某市供水办法》 | 某政发〔2009〕3号 |", [("某市供水办法", "某政发〔2009〕3号")]),
        ("某政发〔2009〕3号《某市供水办法》", [("某市供水办法", "某政发〔2009〕3号")]),
        ("2012年市人民政府令第97号公布的《某市供水办法》", [("某市供水办法", "市人民政府令第97号")]),
        ("《社会力量办学条例》（国务院令第226号）", [("社会力量办学条例", "国务院令第226号")]),
        ("《某省供水条例》和某政发〔2009〕3号", [("某省供水条例", None), (None, "某政发〔2009〕3号")]),
        ("《转发《某市供水办法》的通知》", [("转发《某市供水办法》的通知", None)]),
        ("《〈某条例〉实施细则》", [("〈某条例〉实施细则", None)]),
    ],
)  # fmt: skip
def test_a_title_and_its_number_are_one(text: str, found: list[tuple[str | None, str | None]]) -> None:
    assert numbered(text) == found


def test_a_short_name_is_the_document_it_stands_for() -> None:
    text = "《某省供水条例》（以下简称《条例》）规定。违反《条例》的"
    assert [(one.title, text[one.start : one.end]) for one in find_mentions(text)] == [
        ("某省供水条例", "《某省供水条例》"),
        ("某省供水条例", "《条例》"),
    ]


@pytest.mark.parametrize(
    "text",
    ["填写《某市供水管理规定》（见附件1）", "附件：《某市供水管理规定》", "附件：1.《某市供水管理规定》",
     "根据2014年省政府令〔2014〕第2号第四次修订", "1994年6月1日某省人民政府令第99号公布", "《未完的标题\n第二行办法》"],
)  # fmt: skip
def test_own_annexes_and_the_texts_own_history_are_none(text: str) -> None:
    assert numbered(text) == []


def test_orders_alone() -> None:
    text = "根据国务院令第451号和公安部第82号令、中华人民共和国主席令第四十七号及第5号令"
    assert [number for number, _, _ in find_orders(text)] == [
        "国务院令第451号",
        "公安部令第82号",
        "中华人民共和国主席令第47号",
    ]
    assert [text[start:end] for _, start, end in find_orders(text)][1] == "公安部第82号令"

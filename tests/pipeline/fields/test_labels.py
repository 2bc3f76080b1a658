"""Labels and their values."""

from __future__ import annotations

import pytest

from pipeline.fields.labels import ISSUING, PRINTED, is_counter, is_label, label_of, labelled, opens_label
from pipeline.text import fold


def test_the_line_under_a_title() -> None:
    found = labelled("时间: 2022-05-23 09:00 来源: 苏州市人民政府办公室 访问量:")
    assert found
    assert found.prefix == ""
    assert found.pairs == (("published", "2022-05-23 09:00"), ("publisher", "苏州市人民政府办公室"), ("", ""))


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        (
            "来源:高新院 achie.org 日期:2024-09-29 点击:次",
            (("publisher", "高新院 achie.org"), ("published", "2024-09-29"), ("", "次")),
        ),
        ("索 引 号：014150319/2022-00033", (("index_number", "014150319/2022-00033"),)),
        ("發文字號：蘇府〔2022〕33號", (("doc_number", "苏府〔2022〕33号"),)),
        ("[成文日期]2022-05-19 [发布日期]2022-05-23", (("written", "2022-05-19"), ("published", "2022-05-23"))),
        ("发布机构∶市工信局", (("publisher", "市工信局"),)),
        ("有效性：有效", (("validity", "有效"),)),
    ],
)
def test_values_go_with_their_labels(line: str, pairs: tuple[tuple[str, str], ...]) -> None:
    found = labelled(line)
    assert found
    assert found.pairs == pairs


def test_what_stands_before_the_first_label_is_kept() -> None:
    found = labelled("苏府〔2022〕33号 | 来源：市政府")
    assert found
    assert found.prefix == "苏府〔2022〕33号"


@pytest.mark.parametrize(
    "line", ["各直属单位：", "主要目标：到2025年", "资金来源渠道：财政拨款", "请认真执行。", "", "时间安排"]
)
def test_lines_without_a_label_are_none(line: str) -> None:
    assert labelled(line) is None


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("索 引 号：", "index_number"),
        ("发文机关", "issuer"),
        ("【主题分类】", "theme"),
        ("主题词：", ""),
        ("文號:", "doc_number"),
        ("一级主题", "theme"),
        ("主题（一级）：", "theme"),
        ("主题（二级）:", ""),
        ("题名", "title"),
        ("发布单位：", "publisher"),
        ("签署日期", "written"),
    ],
)
def test_a_label_alone_on_its_line(line: str, field: str) -> None:
    assert label_of(line) == field


@pytest.mark.parametrize("line", ["各直属单位：", "苏州市人民政府", "标题党整治", ""])
def test_other_lines_are_no_label(line: str) -> None:
    assert label_of(line) is None


@pytest.mark.parametrize("line", ["浏览次数：1024", "点击：12次", "阅读量", "访问量:", "（浏览量：5）"])
def test_counters_count(line: str) -> None:
    assert is_counter(fold(line))


@pytest.mark.parametrize("line", ["浏览器", "阅读推广活动方案", "1024", "访问企业12家", "点击进入"])
def test_other_lines_do_not(line: str) -> None:
    assert not is_counter(fold(line))


@pytest.mark.parametrize(
    "text", ["来源：某局", "时 间: 2022-05-19", " 索引号：", "文號：青政发〔2022〕3号", "发布时间:"]
)
def test_a_text_that_opens_with_a_label_and_its_colon(text: str) -> None:
    assert opens_label(text)


@pytest.mark.parametrize(
    "text", ["来源", "各区人民政府：", "资金来源：财政", "关于时间安排的通知：", "：来源", "见来源：某局", ""]
)
def test_other_texts_do_not_open_with_one(text: str) -> None:
    assert not opens_label(text)


@pytest.mark.parametrize("text", ["索 引 号", "文号", "发文机关", "成文日期", "發布日期", "主题分类", "有效期限"])
def test_a_whole_label_that_no_text_would_hold(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize(
    "text",
    ["标题", "分类", "主题", "名称", "状态", "来源", "成文日期：", "索引号0123", "有 效 期 限 以 通 知 为 准", ""],
)
def test_words_of_texts_and_labels_with_more_are_none(text: str) -> None:
    assert not is_label(text)


def test_labels_of_the_body_that_gave_a_document_out_are_not_those_of_its_issuer() -> None:
    assert {"发布机构", "发布单位"} <= ISSUING
    assert "issuer" not in {PRINTED.get(label) for label in ISSUING}

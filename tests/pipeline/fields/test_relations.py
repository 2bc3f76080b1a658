"""What a document says about others: one relation for each, the strongest, at its place."""

from __future__ import annotations

import pytest

from pipeline.fields.relations import find_relations

TITLE = "市政府关于印发《绿色制造实施方案》的通知"


def said(text: str, title: str | None = None, number: str | None = None) -> list[tuple[str, str | None, str | None]]:
    return [(one.type, one.target_title, one.target_number) for one in find_relations(title, text, number)]


@pytest.mark.parametrize("start", ["", "……", "①㎡", "０１"])
def test_citations_have_their_place_name_and_number(start: str) -> None:
    text = f"{start}根据《国务院关于绿色发展的指导意见》（国发〔2021〕4号）和苏府办〔2022〕8号文件精神。"
    found = find_relations(None, text, None)
    assert [(relation.type, relation.target_number, relation.target_title) for relation in found] == [
        ("cites", "国发〔2021〕4号", "国务院关于绿色发展的指导意见"),
        ("cites", "苏府办〔2022〕8号", None),
    ]
    assert text[found[0].start : found[0].end] == "《国务院关于绿色发展的指导意见》（国发〔2021〕4号"
    assert text[found[1].start : found[1].end] == "苏府办〔2022〕8号"


def test_the_document_itself_is_no_relation() -> None:
    assert find_relations(None, "见苏府〔2022〕33号", "苏府〔2022〕33号") == ()
    assert len(find_relations(None, "见苏府〔2022〕33号", "苏府〔2022〕34号")) == 1
    assert find_relations("某省供水条例", "《某省供水条例》规定", None) == ()


def test_what_stands_below_under_its_title_is_none() -> None:
    text = "制定《某市重点工作清单》。\n{}\n一、供水"
    assert said(text.format("某市重点工作清单")) == []
    assert said(text.format("某市其他清单")) == [("cites", "某市重点工作清单", None)]


def test_its_own_number_at_the_head_of_the_text_is_none() -> None:
    assert said("冀科平〔2018〕16号\n各市人民政府：") == []
    assert said("的通知 冀科平〔2018〕16号各市人民政府：") == []


def test_a_document_stands_once_with_the_strongest_word_and_the_number_told_anywhere() -> None:
    text = "依据《某市供水办法》（某政发〔2009〕3号）。\n《某市供水办法》同时废止。\n某政发〔2009〕3号文另见。"
    assert said(text) == [("repeals", "某市供水办法", "某政发〔2009〕3号")]


def test_the_same_title_with_two_numbers_is_two_documents() -> None:
    text = "《某市供水办法》（某政发〔2009〕3号）和《某市供水办法》（某政发〔2015〕8号）。《某市供水办法》"
    assert said(text) == [
        ("cites", "某市供水办法", "某政发〔2009〕3号"),
        ("cites", "某市供水办法", "某政发〔2015〕8号"),
        ("cites", "某市供水办法", None),
    ]


def test_what_is_issued_is_not_its_namesake_that_ends() -> None:
    title = "关于印发《某市供水办法》的通知"
    text = "现将《某市供水办法》印发给你们。2009年印发的《某市供水办法》（某政发〔2009〕3号）同时废止。"
    assert said(text, title) == [("issues", "某市供水办法", None), ("repeals", "某市供水办法", "某政发〔2009〕3号")]
    bare = "现将《某市供水办法》印发给你们。2009年印发的《某市供水办法》同时废止。"
    assert said(bare, title) == [("issues", "某市供水办法", None), ("repeals", "某市供水办法", None)]


def test_relations_stand_in_the_order_of_the_page_those_of_the_title_first() -> None:
    found = find_relations(TITLE, "按照《某省供水条例》和《某省节水条例》执行", None)
    assert [one.target_title for one in found] == ["绿色制造实施方案", "某省供水条例", "某省节水条例"]
    assert (found[0].start, found[0].end) == (0, 0)
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_a_page_without_title_and_text_says_nothing() -> None:
    assert find_relations(None, "", None) == ()

"""What a document says about others."""

from __future__ import annotations

import pytest

from pipeline.fields.relations import find_relations

TITLE = "市政府关于印发《绿色制造实施方案》的通知"


@pytest.mark.parametrize(
    ("title", "kind", "target"),
    [
        (TITLE, "issues", "绿色制造实施方案"),
        ("市政府办公室转发市工信局《绿色制造实施方案》的通知", "forwards", "绿色制造实施方案"),
        ("关于印发《〈条例〉实施细则》的通知", "issues", "〈条例〉实施细则"),
    ],
)
def test_the_title_says_what_it_carries(title: str, kind: str, target: str) -> None:
    (found,) = find_relations(title, "", None)
    assert (found.type, found.target_title, found.target_number, found.start, found.end) == (kind, target, None, 0, 0)


@pytest.mark.parametrize("title", [None, "绿色制造实施方案", "关于《绿色制造实施方案》的解读", "关于印发方案的通知"])
def test_other_titles_carry_nothing(title: str | None) -> None:
    assert find_relations(title, "", None) == ()


@pytest.mark.parametrize("start", ["", "……", "①㎡"])
def test_cited_numbers_have_their_place_and_name(start: str) -> None:
    text = f"{start}根据《国务院关于绿色发展的指导意见》（国发〔2021〕4号）和苏府办〔2022〕8号文件精神。"
    found = find_relations(None, text, None)
    assert [(relation.type, relation.target_number, relation.target_title) for relation in found] == [
        ("cites", "国发〔2021〕4号", "国务院关于绿色发展的指导意见"),
        ("cites", "苏府办〔2022〕8号", None),
    ]
    assert text[found[0].start : found[0].end] == "国发〔2021〕4号"
    assert text[found[1].start : found[1].end].endswith("苏府办〔2022〕8号")


def test_the_documents_own_number_is_no_relation() -> None:
    assert find_relations(None, "苏府〔2022〕33号", "苏府〔2022〕33号") == ()
    assert len(find_relations(None, "苏府〔2022〕33号", "苏府〔2022〕34号")) == 1

"""Blocks, facts and removals become a document; the better evidence wins."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from pagemaker import cleaned, document, draft, messy_pages, record

from pipeline.assemble import assemble, published_hint
from pipeline.draft import Block, Draft, Fact, Where
from pipeline.steps import clean

SENTENCE = "现将方案印发给你们，请结合实际，认真贯彻执行。"
TABLE = "| 序号 | 任务 |\n| --- | --- |\n| 1 | 甲 |\n| 2 |  |"


def with_facts(*facts: tuple[str, str, Where]) -> Draft:
    return draft(SENTENCE).learn(*(Fact(name, value, where) for name, value, where in facts))


@pytest.mark.parametrize(
    ("better", "worse"),
    [("meta", "header_table"), ("header_table", "body"), ("body", "list_row"), ("list_row", "url"), ("url", "file")],
)
def test_the_better_place_wins_whichever_came_first(better: Where, worse: Where) -> None:
    one, other = ("index_number", "甲-1", better), ("index_number", "乙-2", worse)
    for facts in ((one, other), (other, one)):
        found = assemble(with_facts(*facts))
        assert found.index_number == "甲-1"
        assert dict(found.provenance)["index_number"] == better


def test_two_places_that_disagree_are_flagged() -> None:
    numbers = (("doc_number", "苏府〔2022〕33号", "header_table"), ("doc_number", "苏府〔2022〕34号", "body"))
    assert "conflict_doc_number" in assemble(with_facts(*numbers)).flags  # type: ignore[arg-type]
    same = (("doc_number", "苏府〔2022〕33号", "header_table"), ("doc_number", "苏府[2022]033号", "body"))
    assert "conflict_doc_number" not in assemble(with_facts(*same)).flags  # type: ignore[arg-type]


def test_a_head_that_names_another_title_than_the_page_shows_is_flagged() -> None:
    shown = ("title", "关于做好防汛工作的通知", "body")
    for told, flagged in (
        ("关于撤销通知的公告", True),
        ("关于做好防汛工作的通知_青屿市人民政府", False),
        ("防汛工作的通知", False),
    ):
        found = assemble(with_facts(shown, ("title", told, "file")))  # type: ignore[arg-type]
        assert (found.title, "conflict_title" in found.flags) == (shown[1], flagged)


def test_the_number_in_a_title_counts_where_nothing_else_gives_one() -> None:
    title = ("title", "关于印发供水办法的通知（青政发〔2022〕3号）", "meta")
    found = assemble(with_facts(title))  # type: ignore[arg-type]
    assert (found.doc_number, dict(found.provenance)["doc_number"]) == ("青政发〔2022〕3号", "meta")
    other = assemble(with_facts(title, ("doc_number", "青政发〔2022〕4号", "body")))  # type: ignore[arg-type]
    assert other.doc_number == "青政发〔2022〕4号"
    order = assemble(with_facts(("title", "青屿市人民政府令第12号", "meta")))
    assert (order.doc_number, order.issuer) == ("青屿市人民政府令第12号", "青屿市人民政府")


@pytest.mark.parametrize("value", ["无", "-", "--", "暂无", ""])
def test_a_printed_nothing_is_none(value: str) -> None:
    found = assemble(with_facts(("index_number", value, "header_table"), ("issuer", value, "header_table")))
    assert (found.index_number, found.issuer) == (None, None)


def test_a_value_that_cannot_be_read_is_none_and_not_guessed() -> None:
    found = assemble(
        with_facts(
            ("published", "近日", "meta"),
            ("written", "2022年13月1日", "header_table"),
            ("validity", "不详", "header_table"),
            ("doc_number", "文号待定", "header_table"),
        )
    )
    assert (found.published, found.written, found.validity, found.doc_number) == (None, None, None, None)
    assert found.provenance == ()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        *(("有效", "有效"), ("现行有效", "有效"), ("已废止", "废止"), ("已失效", "失效"), ("是", "有效")),
        *(("2026-11-01 有效", "有效"), ("2026年11月1日有效", "有效"), ("全文废止", "废止"), ("继续有效", "有效")),
        *(("2026-11-01", None), ("有效 2026-11-01", None), ("有效期三年", None)),
    ],
)
def test_validity_has_five_values(printed: str, value: str | None) -> None:
    assert assemble(with_facts(("validity", printed, "header_table"))).validity == value


def test_a_day_without_a_clock_says_so() -> None:
    found = assemble(with_facts(("published", "2022-05-23", "meta")))
    assert found.published == datetime(2022, 5, 23)
    assert dict(found.provenance)["published"] == "meta:date"
    timed = assemble(with_facts(("published", "2022-05-23 09:00", "meta")))
    assert dict(timed.provenance)["published"] == "meta"
    assert published_hint(with_facts(("published", "2022-05-23 09:00", "meta"))) == date(2022, 5, 23)
    assert published_hint(draft(SENTENCE)) is None


def test_offsets_point_into_the_text() -> None:
    page = Draft(
        raw=record(""),
        blocks=(
            Block("一、总体要求", 1),
            Block(TABLE, 2, "table", merged=((2, 1, 1, 1),)),
            Block("甲,乙", 3).edit("width", [(1, 2, "，")]),
        ),
    )
    found = assemble(page)
    (table,) = found.tables
    assert found.text[table.start : table.end] == TABLE
    assert table.rows == (("1", "甲"), ("2", "甲"))
    (repair,) = found.repairs
    assert found.text[repair.start : repair.start + 1] == repair.after == "，"
    (section,) = found.sections
    assert found.text[section.start : section.end] == found.text


def test_a_term_is_counted_on_the_issuers_own_page_only() -> None:
    lines = (
        "苏州市人民政府关于印发方案的通知",
        "各区人民政府：",
        "本办法自印发之日起施行，有效期3年。",
        "苏州市人民政府",
        "2022年5月19日",
    )
    body = "\n".join(lines)
    own = clean(record(body, url="https://www.suzhou.gov.cn/a.html")).document
    copy = clean(record(body, url="https://www.example.com/a.html")).document
    assert own
    assert copy
    assert (own.source_kind, own.effective, own.expires) == ("origin", date(2022, 5, 19), date(2025, 5, 18))
    assert (copy.source_kind, copy.effective, copy.expires) == ("repost", None, None)
    assert "effective_relative" in copy.flags
    assert "effective_relative" not in own.flags


def test_the_place_named_in_the_title_is_the_division_when_nothing_better_is() -> None:
    found = document("市政府关于印发苏州市绿色制造方案的通知", "各区人民政府：", SENTENCE)
    assert found.division == "320500"
    assert document("市政府关于印发绿色制造方案的通知", "各区人民政府：", SENTENCE).division is None


@given(messy_pages())
def test_every_offset_of_any_page_lies_in_its_text(page: str) -> None:
    found = cleaned(page).document
    if found is None:
        return
    size = len(found.text)
    for part in found.parts:
        assert 0 <= part.start < part.end <= size
    for section in found.sections:
        assert 0 <= section.start < section.end <= size
        assert found.text.startswith(section.number, section.start)
    for table in found.tables:
        assert found.text[table.start : table.end].count("\n") == len(table.rows) + 1
        assert {len(row) for row in table.rows} <= {len(table.header)}
    for repair in found.repairs:
        assert 0 <= repair.start <= size
    assert list(found.flags) == sorted(found.flags)
    assert {field for field, _ in found.provenance} == {
        field for field, _ in found.provenance if getattr(found, field) is not None
    }

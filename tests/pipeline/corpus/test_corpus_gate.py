"""The gate: what it lets pass, what it stops, and what it says."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.source import Tolerance
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.findings import Finding, GateError, findings_json, report
from pipeline.corpus.gate import LEAST, SourceFacts, judge

BEFORE = SourceFacts(documents=1000, pages=1100, compromised=11, filled={"doc_number": 900, "title": 1000})
SAME = BEFORE
WHY = "0f3a5c7d9e1b2468"


def found(now: SourceFacts, before: SourceFacts = BEFORE, tolerance: Tolerance | None = None) -> list[tuple[str, int]]:
    """Kind and count of the findings of one source."""
    tolerances = {"suzhou": tolerance} if tolerance else {}
    return [(one.kind, one.count) for one in judge({"suzhou": now}, {"suzhou": before}, tolerances)]


def test_nothing_changed() -> None:
    assert found(SAME) == []


def test_a_first_release_and_a_new_source_have_nothing_to_lose() -> None:
    spoiled = replace(BEFORE, compromised=1000, filled={})
    assert judge({"suzhou": spoiled}, {}, {}) == ()
    assert judge({"suzhou": SAME, "kunshan": spoiled}, {"suzhou": BEFORE}, {}) == ()


@pytest.mark.parametrize("kind", ["lost", "altered"])
def test_two_in_a_hundred_documents_may_go_or_change(kind: str) -> None:
    assert found(replace(SAME, **{kind: 20})) == []
    assert found(replace(SAME, **{kind: 21})) == [(kind, 21)]


@pytest.mark.parametrize("kind", ["lost", "altered"])
def test_the_card_says_what_is_tolerated(kind: str) -> None:
    now = replace(SAME, **{kind: 100})
    assert found(now, tolerance=Tolerance(**{kind: 0.1})) == []
    assert found(now, tolerance=Tolerance(**{kind: 0.09})) == [(kind, 100)]
    assert found(replace(SAME, **{kind: LEAST + 1}), tolerance=Tolerance(**{kind: 0})) == [(kind, LEAST + 1)]


def test_small_numbers_do_not_trip_it() -> None:
    small = SourceFacts(documents=LEAST, pages=LEAST, filled={"doc_number": LEAST})
    gone = SourceFacts(documents=0, pages=0, lost=LEAST)
    spoiled = SourceFacts(documents=LEAST, pages=LEAST, compromised=LEAST, altered=LEAST)
    assert found(gone, small) == []
    assert found(spoiled, small) == []
    assert found(replace(gone, lost=LEAST + 1), replace(small, documents=LEAST + 1)) == [("lost", LEAST + 1)]


def test_many_small_losses_are_one_large_one() -> None:
    before = {f"town-{n:02}": SourceFacts(documents=40, pages=40) for n in range(20)}
    now = {name: replace(facts, lost=2, lost_ids=(WHY,)) for name, facts in before.items()}
    [finding] = judge(now, before, {})
    assert (finding.source, finding.kind, finding.count, finding.total) == (None, "lost", 40, 800)
    assert str(finding).startswith("all sources: 40 of 800 documents (5.0 %) are gone")
    assert judge(now, before, {name: Tolerance(lost=0.05) for name in before}) == ()


def test_what_one_source_explains_is_told_once() -> None:
    before = {"suzhou": BEFORE, "kunshan": BEFORE}
    findings = judge({"suzhou": replace(SAME, lost=900), "kunshan": SAME}, before, {})
    assert [(finding.source, finding.kind) for finding in findings] == [("suzhou", "lost")]


def test_a_source_that_is_not_there_has_lost_everything() -> None:
    [finding] = judge({}, {"suzhou": BEFORE}, {})
    assert (finding.kind, finding.count, finding.total) == ("lost", 1000, 1000)


def test_a_source_whose_documents_stand_under_another_name_has_lost_nothing() -> None:
    assert judge({"suzhou": SourceFacts(documents=0, pages=0), "sz": SAME}, {"suzhou": BEFORE}, {}) == ()


def test_fill_is_held_against_the_share_of_before() -> None:
    def filled(numbers: int) -> SourceFacts:
        return replace(SAME, filled={"doc_number": numbers, "title": 1000})

    assert found(filled(850)) == []
    assert found(filled(849)) == [("fill", 51)]
    assert found(filled(849), tolerance=Tolerance(fill=0.06)) == []
    [finding] = judge({"suzhou": filled(400)}, {"suzhou": BEFORE}, {})
    assert (finding.field, finding.tolerated) == ("doc_number", 0.05)


def test_a_source_that_grows_keeps_its_shares() -> None:
    grown = SourceFacts(documents=2000, pages=2200, compromised=22, filled={"doc_number": 1800, "title": 2000})
    assert found(grown) == []
    assert found(replace(grown, filled={"doc_number": 900, "title": 2000})) == [("fill", 900)]


def test_more_fields_and_less_spam_are_no_finding() -> None:
    assert found(replace(SAME, compromised=0, filled={"doc_number": 1000, "title": 1000, "issuer": 1000})) == []


def test_a_source_that_had_no_documents_may_get_some() -> None:
    empty = SourceFacts(documents=0, pages=0, filled={"doc_number": 0})
    assert found(SAME, empty) == []


def test_a_surge_of_spam() -> None:
    assert found(replace(SAME, compromised=33)) == []
    assert found(replace(SAME, compromised=34)) == [("spam", 23)]
    assert found(replace(SAME, compromised=34), tolerance=Tolerance(spam=0.05)) == []


def test_a_site_that_was_always_hacked_is_no_surge() -> None:
    hacked = replace(BEFORE, compromised=600)
    assert found(hacked, hacked) == []


SOME = st.builds(
    SourceFacts,
    documents=st.integers(0, 50),
    pages=st.integers(50, 60),
    compromised=st.integers(0, 50),
    filled=st.dictionaries(st.sampled_from(["title", "issuer"]), st.integers(0, 50)),
    lost=st.integers(0, 50),
    altered=st.integers(0, 50),
)


@given(SOME, SOME, st.floats(0, 1), st.floats(0, 1))
def test_who_tolerates_more_finds_no_more(now: SourceFacts, before: SourceFacts, one: float, other: float) -> None:
    before = replace(before, documents=50, lost=0, altered=0)
    strict, loose = (dict.fromkeys(Tolerance.model_fields, rate) for rate in sorted((one, other)))
    assert set(found(now, before, Tolerance(**loose))) <= set(found(now, before, Tolerance(**strict)))


def test_each_finding_is_one_line_that_says_what_to_do() -> None:
    spoiled = SourceFacts(
        documents=700,
        pages=1000,
        compromised=300,
        filled={"doc_number": 70, "title": 700},
        lost=300,
        lost_ids=(WHY, "1" * 16),
        altered=100,
    )
    findings = judge({"suzhou": spoiled}, {"suzhou": BEFORE}, {})
    lost, altered, fill, spam = map(str, findings)
    assert lost.startswith(
        "suzhou: 300 of 1,000 documents (30.0 %) are gone, and nobody withdrew them; tolerated are 2.0 %"
    )
    assert f"`zhengce why {WHY}`" in lost
    assert "100 of 1,000 documents (10.0 %) read otherwise than before" in altered
    assert "560 of 700 documents (80.0 %) lack doc_number" in fill
    assert "`zhengce sources preview suzhou`" in fill
    assert "290 of 1,000 pages (29.0 %) carry spam" in spam
    told = report(findings)
    assert "4 findings of the gate:" in told
    assert told.count("\n") == 5  # a heading, the findings, and the way out
    assert told.endswith("release with --force --because TEXT")
    assert report(()) == "0 findings of the gate"


def test_findings_as_json() -> None:
    findings = judge({"suzhou": replace(SAME, lost=300, lost_ids=(WHY,))}, {"suzhou": BEFORE}, {})
    told = findings_json(findings)
    assert json.loads(told) == [
        {
            "source": "suzhou",
            "kind": "lost",
            "count": 300,
            "total": 1000,
            "tolerated": 0.02,
            "field": None,
            "examples": [WHY],
        }
    ]
    assert findings_json(()) == b"[]\n"


def test_the_error_carries_the_findings() -> None:
    finding = Finding(source="suzhou", kind="spam", count=30, total=100, tolerated=0.02)
    error = GateError([finding])
    assert isinstance(error, CorpusError)
    assert error.findings == (finding,)
    assert "nothing was released: 1 finding of the gate:\n  suzhou: 30 of 100 pages" in str(error)

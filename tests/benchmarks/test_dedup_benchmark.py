"""The dedup benchmark plants what it says, the same for one seed, and counts known answers exactly."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from benchmarks.dedup import __main__ as command
from benchmarks.dedup import generate as generator
from benchmarks.dedup.bench import Bench
from benchmarks.dedup.copies import COPIES, EDITS
from benchmarks.dedup.facts import TODAY, draw
from benchmarks.dedup.families import families
from benchmarks.dedup.forms import FORMS
from benchmarks.dedup.generate import Block, write_block
from benchmarks.dedup.jaccard import five_grams, jaccard, letters
from benchmarks.dedup.lexicon import stock
from benchmarks.dedup.measured import Failed, measured
from benchmarks.dedup.notices import annual
from benchmarks.dedup.ours import membership
from benchmarks.dedup.pages import page
from benchmarks.dedup.peers.outcome import components, pieces
from benchmarks.dedup.released import cards
from benchmarks.dedup.report import kind_table, share
from benchmarks.dedup.rules import issued, measures, plan
from benchmarks.dedup.score import Score, related, score
from benchmarks.dedup.texts import write_texts
from benchmarks.dedup.tools import OURS, TOOLS, available, run
from benchmarks.dedup.traps import TRAPS
from benchmarks.dedup.truth import PLANTED, WORKS, Truth, read_truth, write_truth
from benchmarks.dedup.wording import chinese
from pipeline.corpus.schemas import CLEANED, GROUPS
from pipeline.corpus.tables import read_cleaned

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.dedup.work import Work

CLAUSES = stock(1)
DOCUMENTS, LATER = 240, 12


def text(work: Work) -> str:
    return "\n".join(work.lines)


def alike(one: str, other: str) -> float:
    return jaccard(five_grams(one), five_grams(other))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dedup")
    works, pairs = write_block(Block(folder, seed=3, index=0, documents=DOCUMENTS, day=LATER, shard=100))
    write_truth(folder, works, pairs)
    return folder


# --- forms and traps


@pytest.mark.parametrize("kind", TRAPS)
def test_a_trap_says_other_things_in_the_same_words(kind: str) -> None:
    trap = TRAPS[kind]
    for number in range(30):
        rng = Random(f"{kind} {number}")
        facts = draw(rng)
        before = trap.form(Random(number), facts, CLAUSES)
        after = trap.form(Random(number + 1000 * trap.rewords), trap.change(facts, rng), CLAUSES)
        assert letters(before.title + text(before)) != letters(after.title + text(after))
        assert alike(text(before), text(after)) < 1 or before.title != after.title
        assert (alike(text(before), text(after)) > 0.4) or trap.rewords


@pytest.mark.parametrize("form", [form for form, _ in FORMS])
def test_the_wording_does_not_depend_on_the_facts(form: object) -> None:
    assert callable(form)
    one, other = Random(5), Random(5)
    form(one, draw(Random(1)), CLAUSES)
    form(other, draw(Random(2)), CLAUSES)
    assert one.random() == other.random()


def test_last_years_call_has_another_year_everywhere() -> None:
    facts = draw(Random(1))
    before, after = (annual(Random(2), one, CLAUSES) for one in (facts, TRAPS["annual"].change(facts, Random(3))))
    year, later = str(before.day.year), str(after.day.year)
    assert int(later) == int(year) + 1
    assert year in before.title and later in after.title and year not in after.title
    assert f"{later}年度安排专项资金" in text(after)


def test_an_amended_text_names_its_amendment_and_differs_in_an_article() -> None:
    facts = draw(Random(4))
    for turn in range(1, 4):
        old, new = (measures(Random(9), replace(facts, amended=n), CLAUSES) for n in (turn - 1, turn))
        assert f"第{chinese(turn)}次修正" in new.lines[0] and "次修正" not in old.lines[0].replace(
            f"第{chinese(turn - 1)}次修正", ""
        )
        assert old.lines[1:] != new.lines[1:]


def test_the_notice_carries_every_line_of_the_plan() -> None:
    facts = draw(Random(6))
    inner, outer = plan(Random(1), facts, CLAUSES), issued(Random(1), facts, CLAUSES)
    assert outer.payload is not None and outer.lines[outer.payload] == inner.title
    assert outer.lines[outer.payload + 1 :] == inner.lines


# --- copies


def long_work() -> Work:
    return next(work for n in range(50) if len(text(work := annual(Random(n), draw(Random(n)), CLAUSES))) > 2000)


@pytest.mark.parametrize("kind", ["identical", "punctuation", "layout", "script"])
def test_a_change_of_looks_keeps_every_letter(kind: str) -> None:
    work = long_work()
    copies = ["\n".join(COPIES[kind](Random(n), work, CLAUSES, 1.0)) for n in range(6)]
    assert {letters(copy) for copy in copies} == {letters(text(work))}
    assert (text(work) in copies) == (kind == "identical")


@pytest.mark.parametrize("kind", EDITS)
@pytest.mark.parametrize("target", [0.8, 0.95])
def test_an_edit_is_as_alike_as_was_asked_for(kind: str, target: float) -> None:
    work = long_work()
    found = [alike(text(work), "\n".join(COPIES[kind](Random(n), work, CLAUSES, target))) for n in range(8)]
    assert all(abs(one - target) < 0.06 for one in found), found


def test_changed_words_never_change_a_number_and_an_abridgement_adds_nothing() -> None:
    work = long_work()
    words = "\n".join(COPIES["words"](Random(1), work, CLAUSES, 0.8))
    assert re.findall(r"\d+", words) == re.findall(r"\d+", text(work)) and words != text(work)
    short = "\n".join(COPIES["abridged"](Random(1), work, CLAUSES, 0.8))
    assert len(short) < len(text(work)) and set(re.split("[。\n]", short)) <= set(re.split("[。\n]", text(work)))


@pytest.mark.parametrize("kind", ["heading", "footer", "mixed"])
def test_a_frame_is_put_around_the_whole_text(kind: str) -> None:
    work = long_work()
    copy = letters("\n".join(COPIES[kind](Random(1), work, CLAUSES, 1.0)))
    assert letters(text(work)) in copy and len(copy) > len(letters(text(work)))


# --- the judge's own measure


def test_the_jaccard_index_of_known_texts() -> None:
    assert alike("统筹安排人防、交通", "統籌安排人防，交通！") == 1.0
    assert alike("甲乙丙丁戊己", "甲乙丙丁戊庚") == pytest.approx(1 / 3)
    assert alike("甲乙丙丁戊", "子丑寅卯辰") == 0.0
    assert letters("第１条　Ａ级（二〇）。") == "第1条a级二〇"


# --- the corpus


def test_the_same_seed_writes_the_same_bytes_and_another_one_others(corpus: Path, tmp_path: Path) -> None:
    def write(seed: int) -> list[bytes]:
        folder = tmp_path / f"{seed}-{len(list(tmp_path.iterdir()))}"
        write_block(Block(folder, seed=seed, index=0, documents=DOCUMENTS, day=LATER, shard=100))
        return [path.read_bytes() for path in sorted(folder.rglob("*.parquet"))]

    known = [path.read_bytes() for path in sorted(corpus.rglob("*.parquet")) if path.parent.name != "truth"]
    assert write(3) == known
    assert write(4) != known


def test_the_shards_have_the_schema_of_the_clean_step_and_a_truth_for_every_page(corpus: Path) -> None:
    shards = sorted((corpus / "shards").glob("*.parquet"))
    assert [parquet.read_schema(shard).names for shard in shards] == [CLEANED.names] * 3
    pages = [one for shard in [*shards, *(corpus / "day").glob("*.parquet")] for one in read_cleaned(shard)]
    truth = read_truth(corpus)
    assert len(pages) == DOCUMENTS + LATER == len({one.id for one in pages})
    assert {one.id for one in pages} == set(truth.works["id"].to_pylist())
    assert {one.source for one in pages} <= set(cards())
    assert sum(truth.works["day"].to_pylist()) == LATER
    for one in pages:
        document = one.document
        assert document is not None and document.content_hash and document.published is not None
        assert [document.text[p.start : p.end] for p in document.parts]
        for table in document.tables:
            assert document.text[table.start : table.end].startswith("| 品种") and len(table.rows) == 12


def test_planted_pairs_are_what_they_are_called(corpus: Path) -> None:
    truth = read_truth(corpus)
    work = dict(zip(truth.works["id"].to_pylist(), truth.works["work"].to_pylist(), strict=True))
    pairs = truth.pairs.to_pylist()
    assert {pair["expected"] for pair in pairs} == {"same", "apart", "contains"}
    for pair in pairs:
        assert pair["document_id"] < pair["other_id"] and 0 <= pair["jaccard"] <= 1
        assert (work[pair["document_id"]] == work[pair["other_id"]]) == (pair["expected"] == "same")


def test_many_families_bring_every_kind() -> None:
    some = [family for family, _ in zip(families(2, 0), range(3000), strict=False)]
    assert {kind for family in some for *_, kind, _ in family.pairs} >= {*TRAPS, *COPIES}


def test_news_are_of_these_days_and_older_relatives_stand_in_the_corpus(corpus: Path) -> None:
    some = [family for family, _ in zip(families(2, 0, news=True), range(400), strict=False)]
    news = [one for family in some for one in family.members if one.news]
    assert all(one.work.day > TODAY - timedelta(days=4) for one in news if not one.is_copy)
    assert any(not one.news and one.work.day < TODAY - timedelta(days=300) for family in some for one in family.members)
    assert all(any(one.news for one in family.members) for family in some)
    older = [one for family, _ in zip(families(2, 0), range(400), strict=False) for one in family.members]
    assert not any(one.news or one.work.day > TODAY for one in older)
    for shard in (corpus / "day").glob("*.parquet"):
        assert {one.captured.date() for one in read_cleaned(shard)} == {TODAY + timedelta(days=1)}


def test_a_block_that_is_full_cuts_a_family_with_its_pairs(tmp_path: Path) -> None:
    for documents in range(1, 12):
        works, pairs = write_block(Block(tmp_path / str(documents), 7, 0, documents, day=3, shard=100))
        assert works.num_rows == documents + 3
        assert {*pairs["document_id"].to_pylist(), *pairs["other_id"].to_pylist()} <= set(works["id"].to_pylist())


def test_what_a_copy_does_not_tell_is_unknown_and_never_wrong() -> None:
    copies = [family.members for family, _ in zip(families(5, 0), range(900), strict=False) if len(family.members) > 1]
    told = [page(m, Random(n), f"{n}").document for n, ms in enumerate(copies) for m in ms if m.is_copy]
    true = [m.work for ms in copies for m in ms if m.is_copy]
    assert len(told) > 100 and any(one is not None and one.issuer is None for one in told)
    for document, work in zip(told, true, strict=True):
        assert document is not None
        assert document.issuer in (None, work.issuer) and document.doc_number in (None, work.number)
        assert document.written in (None, work.day) and document.division in (None, work.division)


def test_a_folder_that_holds_a_corpus_is_not_overwritten(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generator.main([str(corpus), "--documents", "10"]) == 2
    assert "holds a corpus already" in capsys.readouterr().err


# --- the score


def known_truth() -> Truth:
    works = pa.Table.from_pylist(
        [
            {"id": id_, "work": work, "day": id_ == "z"}
            for id_, work in zip("abcdefz", (1, 1, 2, 3, 3, 4, 1), strict=True)
        ],
        schema=WORKS,
    )
    rows = [
        ("a", "b", "words", "same", 0.85),
        ("d", "e", "words", "same", 0.95),
        ("a", "c", "annual", "apart", 0.97),
        ("c", "f", "annual", "apart", 0.9),
        ("a", "z", "script", "same", 1.0),
    ]
    return Truth(
        works, pa.Table.from_pylist([dict(zip(PLANTED.names, row, strict=True)) for row in rows], schema=PLANTED)
    )


def clustered(groups: str) -> pa.Table:
    """ "abc de": two clusters."""
    rows = [(id_, group) for group in groups.split() for id_ in group]
    return pa.table(
        {"id": pa.array([i for i, _ in rows], pa.string()), "cluster": pa.array([g for _, g in rows], pa.string())}
    )


def counted(found: Score) -> dict[str, tuple[int, int]]:
    return {row.kind: (row.joined, row.pairs) for row in found.rows}


def test_a_score_counts_found_and_false_pairs_planted_or_not() -> None:
    found = score(known_truth(), clustered("abc def"), day=False)
    assert counted(found) == {"words, 0.8 to 0.9": (1, 1), "words, 0.9 and more": (1, 1), "annual": (1, 2)}
    assert (found.merged, found.wrong) == (6, 4)  # ac, bc, df, ef
    assert (found.total("same").share, found.total("apart").share) == (1.0, 0.5)


def test_a_score_of_the_day_after_counts_its_pages_too() -> None:
    found = score(known_truth(), clustered("abz"), day=True)
    assert counted(found)["script"] == (1, 1) and counted(found)["words, 0.9 and more"] == (0, 1)
    assert (found.merged, found.wrong) == (3, 0)


def test_no_clusters_find_nothing_and_harm_nothing() -> None:
    found = score(known_truth(), clustered(""), day=False)
    assert (found.merged, found.wrong, found.total("same").joined) == (0, 0, 0)
    assert "0.00%" in kind_table({OURS: found}, "same")


def test_copies_less_alike_than_promised_are_told_apart() -> None:
    truth = known_truth()
    low = truth.pairs.set_column(4, "jaccard", pa.array([0.7, 0.95, 0.9, 0.9, 1.0]))
    found = score(Truth(truth.works, low), clustered("de"), day=False)
    assert counted(found)["words, below 0.8"] == (0, 1)
    assert found.total("same").share == 1.0


def test_relations_between_planted_pairs_are_counted_in_either_direction() -> None:
    names = ("document_id", "type", "target_id")
    rows = [("c", "edition_of", "a"), ("c", "edition_of", "f"), ("a", "contains", "d")]
    neighbours = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows])
    assert related(known_truth(), neighbours) == {("annual", "edition_of"): 2}


def test_shares_say_how_many_where_few_is_what_matters() -> None:
    assert (share(3, 4), share(1, 1000), share(0, 0)) == ("75.00%", "0.10% (1 of 1,000)", "n/a")


# --- running the tools


def test_processor_time_and_memory_of_children_count(tmp_path: Path) -> None:
    child = "import time; held = bytearray(80_000_000); held[::4096] = b'x' * len(held[::4096]); time.sleep(0.6)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    cost = measured([sys.executable, "-c", parent], tmp_path / "log")
    assert cost.peak > 80_000_000 and cost.seconds > 0.5 and cost.processor > 0


def test_a_program_that_fails_is_named_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"ended with 3.*no such letters"):
        measured([sys.executable, "-c", "import sys; print('no such letters'); sys.exit(3)"], tmp_path / "log")


@pytest.mark.parametrize("name", ["rensa", "datasketch"])
def test_a_peer_finds_the_identical_copies_and_joins_traps(corpus: Path, tmp_path: Path, name: str) -> None:
    write_texts(sorted((corpus / "shards").glob("*.parquet")), tmp_path / "texts", 2)
    tool = next(tool for tool in TOOLS if tool.name == name)
    found = score(read_truth(corpus), run(tool, tmp_path / "texts", tmp_path / "out", 1, {}).clusters, day=False)
    assert all(row.share == 1.0 for row in found.rows if row.kind in ("identical", "script", "punctuation"))
    assert found.total("apart").joined  # a tool that reads no facts cannot tell


def test_ours_is_run_scored_and_run_again_with_the_day_after(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = Bench(corpus=corpus, runs=tmp_path / "runs", truth=read_truth(corpus), processes=1, interpreters={})
    bench.compare([OURS])
    bench.day()
    assert bench.failures == []
    assert {"runs", "scores", "day"} <= set(bench.figures)
    assert "all with J ≥ 0.8" in capsys.readouterr().out


def test_a_peer_that_is_not_installed_is_left_out_with_a_reason(tmp_path: Path) -> None:
    tools, missing = available({})
    assert OURS in {tool.name for tool in tools}
    assert len(tools) + len(missing) == len(TOOLS)
    assert all("--peer-python" in line for line in missing.values())
    assert not available({tool.package: sys.executable for tool in TOOLS})[1]


def test_wrong_use_of_the_command_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--peer-python", "datatrove"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


# --- what peers and ours leave


def test_components_and_members() -> None:
    assert components(5, [(4, 1), (1, 3)]) == [0, 1, 2, 1, 1]
    assert pieces("甲乙丙") == ["甲乙丙"] and pieces("甲乙丙丁戊己") == ["甲乙丙丁戊", "乙丙丁戊己"]
    clusters = pa.Table.from_pylist(
        [{"id": "a", "members": ["a", "b"]}, {"id": "c", "members": ["c", "d", "e"]}], schema=GROUPS
    )
    assert membership(clusters).to_pydict() == {"id": list("abcde"), "cluster": list("aaccc")}

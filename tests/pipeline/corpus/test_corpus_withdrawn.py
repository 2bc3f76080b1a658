"""A document is withdrawn on its server's word, given twice, a day apart; and lives on where its site moved it."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from corpus_factory import DAY
from pyarrow import parquet

from crawler.page import Page as Raw
from crawler.page import RawRecord
from crawler.store import RawStore
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.moved import find_moved
from pipeline.corpus.withdrawn import WITHDRAWN, find_withdrawn
from pipeline.steps import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Capture = tuple[str, float, str | None]

GOOD, GONE, DOWN, CHALLENGE = None, "judge.gone", "judge.http_status", "judge.challenge"
CAPTURES = pa.schema([("id", pa.string()), ("captured", pa.timestamp("us", tz="UTC")), ("refused", pa.string())])
DOCUMENTS = ("id", "source", "doc_number", "issuer")


def at(day: float) -> datetime:
    """DAY is 31 January, 9:00 in China."""
    return DAY + timedelta(days=day)


def catalogue(folder: Path, captures: Iterable[Capture]) -> list[Path]:
    """One file for each capture: an order is not to be relied on."""
    paths = []
    for number, (id_, day, refused) in enumerate(captures):
        paths.append(folder / f"{number}.parquet")
        rows = [{"id": id_, "captured": at(day), "refused": refused}]
        parquet.write_table(pa.Table.from_pylist(rows, CAPTURES), paths[-1])
    return paths


def withdrawn(folder: Path, *captures: Capture) -> dict[str, date]:
    found = find_withdrawn(catalogue(folder, captures))
    assert found.schema == WITHDRAWN
    return dict(zip(found["id"].to_pylist(), found["withdrawn"].to_pylist(), strict=True))


def test_two_answers_a_day_apart_withdraw_a_document(tmp_path: Path) -> None:
    captures = [("a", 0, GOOD), ("a", 3, GONE), ("a", 4, GONE), ("a", 9, GONE), ("b", 0, GOOD)]
    random.Random(7).shuffle(captures)
    assert withdrawn(tmp_path, *captures) == {"a": date(2026, 2, 4)}  # the day on which the word was complete


@pytest.mark.parametrize(
    "captures",
    [
        [("a", 0, GOOD), ("a", 1, GONE)],
        [("a", 0, GOOD), ("a", 1, GONE), ("a", 1.99, GONE)],
        [("a", 0, GOOD), ("a", 1, DOWN), ("a", 3, DOWN)],
        [("a", 0, GOOD), ("a", 1, GONE), ("a", 2, GOOD), ("a", 2.5, GONE)],
        [("a", 0, GOOD), ("a", 1, GONE), ("a", 3, GONE), ("a", 4, GOOD)],
        [("a", 0, GOOD), ("a", 1, GONE), ("a", 2, CHALLENGE), ("a", 2.5, GONE)],
        [("a", 1, GONE), ("a", 3, GONE)],
        [],
    ],
    ids=["one", "hours", "outage", "between", "back", "a page that is none", "never a document", "nothing"],
)
def test_less_than_that_withdraws_nothing(tmp_path: Path, captures: list[Capture]) -> None:
    assert withdrawn(tmp_path, *captures) == {}


def test_an_outage_between_the_two_tells_neither_way(tmp_path: Path) -> None:
    captures = [("a", 0, GOOD), ("a", 1, GONE), ("a", 1.5, DOWN), ("a", 2, GONE)]
    assert withdrawn(tmp_path, *captures) == {"a": date(2026, 2, 2)}


def test_the_day_is_the_day_in_china(tmp_path: Path) -> None:
    captures = [("a", 0, GOOD), ("a", 1, GONE), ("a", 2.63, GONE)]  # 0:07 in China, 16:07 in Greenwich
    assert withdrawn(tmp_path, *captures) == {"a": date(2026, 2, 3)}


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere"):
        find_withdrawn([tmp_path / "nowhere.parquet"])


def test_the_second_answer_comes_out_of_raw_though_its_bytes_are_the_same(tmp_path: Path) -> None:
    """The store keeps it as a revisit record, and of those the clean step sees no others."""
    store, url = RawStore(tmp_path / "raw"), "http://www.suzhou.gov.cn/a.html"
    facts = {"url": url, "source": "suzhou", "media_type": "text/html"}
    for day, status, body in ((0, 200, b"<p>good</p>"), (1, 200, b"<p>good</p>"), (2, 404, b"404"), (3, 404, b"404")):
        with store.writer("suzhou", f"r{day}") as writer:
            writer.put(Raw(**facts, body=body, captured=at(day), status=status))  # type: ignore[arg-type]
    records: list[RawRecord] = [record for shard in store.shards() for record in store.records(shard)]
    rules = [(page.captured, [r.rule for r in page.removals if r.scope == "page"]) for page in map(clean, records)]
    assert rules == [(at(0), ["judge.empty"]), (at(2), [GONE]), (at(3), [GONE])]


def moved(folder: Path, documents: Iterable[tuple[str | None, ...]], *captures: Capture) -> dict[str, list[str]]:
    files = catalogue(folder, captures)
    table = pa.Table.from_pylist([dict(zip(DOCUMENTS, row, strict=True)) for row in documents])
    found = find_moved(files, table, find_withdrawn(files))
    return dict(zip(found["id"].to_pylist(), found["aliases"].to_pylist(), strict=True))


ONE = ("suzhou", "苏府〔2022〕33号", "苏州市人民政府")
DIED: list[Capture] = [("a", 0, GOOD), ("a", 3, GONE), ("a", 4, GONE)]


def test_the_same_number_and_issuer_at_a_new_address_when_the_old_one_died(tmp_path: Path) -> None:
    new = ("suzhou", "苏府[2022] 33号", "苏州市人民政府")
    assert moved(tmp_path, [("a", *ONE), ("b", *new)], *DIED, ("b", 3, GOOD)) == {"b": ["a"]}


def test_a_document_that_moves_twice_keeps_both_ids(tmp_path: Path) -> None:
    twice = [*DIED, ("b", 3, GOOD), ("b", 8, GONE), ("b", 9, GONE), ("c", 8, GOOD)]
    rows = [(id_, *ONE) for id_ in "abc"]
    assert moved(tmp_path, rows, *twice) == {"c": ["a", "b"]}
    assert moved(tmp_path, rows, *twice, ("c", 20, GONE), ("c", 22, GONE)) == {"c": ["a", "b"]}  # and is withdrawn


@pytest.mark.parametrize(
    ("other", "captures"),
    [
        (ONE, [("a", 0, GOOD), ("a", 3, GONE), ("b", 3, GOOD)]),
        (ONE, [*DIED, ("b", -1, GOOD)]),
        (ONE, [*DIED, ("b", 3, GOOD), ("c", 3.1, GOOD)]),
        (("portal", *ONE[1:]), [*DIED, ("b", 3, GOOD)]),
        (("suzhou", "苏府〔2023〕33号", ONE[2]), [*DIED, ("b", 3, GOOD)]),
        (("suzhou", ONE[1], "苏州市人民政府办公室"), [*DIED, ("b", 3, GOOD)]),
        (("suzhou", None, ONE[2]), [*DIED, ("b", 3, GOOD)]),
    ],
    ids=[
        "not dead yet",
        "stood beside it",
        "two of them",
        "another site",
        "next year's",
        "other issuer",
        "no number",
    ],
)
def test_less_than_that_is_no_move(tmp_path: Path, other: tuple[str | None, ...], captures: list[Capture]) -> None:
    known = {capture[0] for capture in captures}
    rows = [row for row in (("a", *ONE), ("b", *other), ("c", *ONE)) if row[0] in known]
    assert moved(tmp_path, rows, *captures) == {}

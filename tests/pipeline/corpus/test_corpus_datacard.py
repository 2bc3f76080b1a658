"""The data card: what it says, that `datasets` can follow it, and that it quotes nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import datasets
import pytest
import yaml
from small_release import FIRST, VERSION, write_release

from crawler.source import Source
from pipeline.corpus.datacard import data_card
from pipeline.corpus.gaps import gaps
from pipeline.corpus.manifest import Counts, FileEntry, Forced
from pipeline.corpus.meanings import SCHEMAS, flags, tables
from pipeline.corpus.stats import Coverage, SourceCoverage, Stats

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = Counts(documents=2, reposts=1, refused=0, removed=0, repaired=1)
CLEAN = Stats(
    documents=3,
    characters=90,
    source_kinds={"origin": 2, "repost": 1},
    extractors={"text": 3},
    flags={},
    removals={},
    repairs={},
    relations={"cites": 1},
    refusals={},
    fill={"title": 1.0, "doc_number": 0.3333},
)
SUZHOU = Source(id="suzhou", title="苏州市人民政府", publisher="苏州市人民政府办公室", licence="著作权法第五条")


def coverage(**days: str) -> Coverage:
    return Coverage(sources={name: SourceCoverage(as_of=day, documents=3, refused=0) for name, day in days.items()})


def card(
    files: list[FileEntry],
    counts: Counts = COUNTS,
    stats: Stats = CLEAN,
    covered: Coverage | None = None,
    sources: dict[str, Source] | None = None,
    forced: Forced | None = None,
) -> str:
    known = {"suzhou": SUZHOU} if sources is None else sources
    return data_card(VERSION, counts, stats, covered or coverage(suzhou="2026-01-31"), files, known, forced)


def head(text: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    return content


def missing(**given: Any) -> list[str]:
    """The gaps of a release in English, without those that all releases have."""
    arguments = {"counts": COUNTS, "stats": CLEAN, "coverage": coverage(suzhou="2026-01-31"), "entries": []}
    every = gaps(**(arguments | {"sources": {"suzhou": SUZHOU}} | given))
    assert all(gap.zh and gap.en for gap in every)
    return [gap.en for gap in every[:-2]]


def test_datasets_loads_every_table_that_has_rows(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    text = card(write_release(folder))
    (folder / "README.md").write_text(text, encoding="utf-8")
    configs = {one["config_name"]: one["data_files"] for one in head(text)["configs"]}
    assert configs == {
        "default": "documents/*.parquet",
        "reposts": "reposts/*.parquet",
        "clusters": "clusters/*.parquet",
        "relations": ["relations/2022.parquet"],  # the other file is empty, which `datasets` cannot read
        "sources": ["sources.parquet"],
    }
    loaded = {
        name: datasets.load_dataset(str(folder), name, split="train", cache_dir=str(tmp_path / "cache"))
        for name in configs
    }
    assert {name: len(table) for name, table in loaded.items()} == dict(zip(configs, (2, 1, 1, 1, 1), strict=True))
    assert FIRST.text in loaded["default"]["text"]


def test_a_release_without_rows_has_no_tables_to_load() -> None:
    assert head(card([FileEntry(path="documents/00-0000.parquet", sha256="0" * 64, bytes=1, rows=0)]))["configs"] == []
    assert head(card([]))["configs"] == []


@pytest.mark.parametrize(
    ("documents", "size"), [(999, "n<1K"), (1000, "1K<n<10K"), (99_999, "10K<n<100K"), (1_000_000, "n>1M")]
)
def test_the_size_as_the_hub_names_it(documents: int, size: str) -> None:
    counts = COUNTS.model_copy(update={"documents": documents})
    assert head(card([], counts=counts))["size_categories"] == [size]


def test_every_column_is_explained_in_both_languages() -> None:
    text = card([])
    for name, schema in SCHEMAS.items():
        assert list(tables()[name].columns) == schema.names
        for column in schema.names:
            meaning = tables()[name].columns[column]
            assert meaning.zh, meaning.en
            assert name == "reposts" or f"| {name} | `{column}` | {meaning.zh} | {meaning.en} |" in text
    assert "| documents | `doc_number` | 发文字号 | document number | 33% |" in text
    assert "| documents | `text` |" in text


def test_flags_are_explained_and_counted() -> None:
    stats = CLEAN.model_copy(update={"flags": {"compromised": 2, "quite_new": 1}})
    text = card([], stats=stats)
    assert f"| `compromised` | {flags()['compromised'].zh} | {flags()['compromised'].en} | 2 |" in text
    assert "| `quite_new` |  |  | 1 |" in text
    assert "无。 None." in card([])


def test_sources_with_their_terms() -> None:
    covered = coverage(suzhou="2026-01-31", folder="2026-01-30")
    text = card([], covered=covered)
    assert "| suzhou | 苏州市人民政府办公室 | 2026-01-31 | 3 | 0 | 著作权法第五条 |" in text
    assert "| folder | — | 2026-01-30 | 3 | 0 | — |" in text
    assert missing(coverage=covered) == ["Sources whose terms are unknown: 1 (`folder`)."]


def test_names_cannot_break_the_card() -> None:
    covered = coverage(**{"a|b<script>": "2026-01-31"})
    text = card([], covered=covered, forced=Forced(because="<b>so|\nsei es", findings=("x",)))
    assert "<script>" not in text
    assert "| a\\|b&lt;script> | — |" in text
    assert "because: &lt;b>so\\| sei es" in text


def test_a_clean_release_has_no_gaps_but_those_of_all() -> None:
    assert missing() == []
    assert "contents" in gaps(COUNTS, CLEAN, coverage(), [], {})[-2].en


def test_gaps_are_counted() -> None:
    files = [
        FileEntry(path=path, sha256="0" * 64, bytes=1, rows=rows)
        for path, rows in {
            "documents/00-0000.parquet": 2,
            "documents/32-0000.parquet": 3,
            "reposts/32-0000.parquet": 9,
        }.items()
    ]
    stats = CLEAN.model_copy(
        update={
            "flags": {"body_in_attachment": 4, "needs_ocr": 1, "suspect_lost_chars": 6},
            "refusals": {"judge.empty": 7, "judge.list_page": 1},
        }
    )
    counts = COUNTS.model_copy(update={"refused": 8, "withheld": 2})
    assert missing(counts=counts, stats=stats, entries=files) == [
        "Pages withheld on request: 2.",
        "Pages that gave no document: 8 (`judge.empty` 7, `judge.list_page` 1); audit/removed/ says why, page by page.",
        "Documents whose text is in a file or a picture, so that only title and fields are here: 5 "
        "(`body_in_attachment`, `needs_ocr`).",
        "Documents whose page may have lost single characters: 6 (`suspect_lost_chars`).",
        "Documents without a date: 5.",
        "Documents of central bodies, or of unknown place: 2.",
    ]


def test_sources_that_stood_still() -> None:
    days = {f"s{n:02}": "2026-01-01" for n in range(12)}
    known = dict.fromkeys((*days, "suzhou"), SUZHOU)
    assert missing(coverage=coverage(suzhou="2026-01-30", **days), sources=known) == []
    [gap] = missing(coverage=coverage(suzhou="2026-01-31", **days), sources=known)
    assert gap.startswith("Sources that stood still for 30 days or more: 12 (`s00`, `s01`")
    assert gap.endswith("`s09`, …).")


def test_a_release_against_the_gate_says_so() -> None:
    forced = Forced(because="站点改版", findings=("suzhou: …", "kunshan: …"))
    assert missing(forced=forced) == [
        "Findings of the gate that were overruled: 2, because: 站点改版 (see manifest.json)."
    ]
    assert "站点改版" in card([], forced=forced)
    assert "overruled" not in card([])

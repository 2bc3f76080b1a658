"""The speed benchmark makes the pages that it says, measures real work, and reports known figures as they are."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

from benchmarks.dedup.measured import Failed
from benchmarks.speed import __main__ as command
from benchmarks.speed import work
from benchmarks.speed.bench import Bench
from benchmarks.speed.clock import Clock
from benchmarks.speed.pages import SHARD, pages_of, stock, templates, write_pages, written
from benchmarks.speed.report import lines
from crawler.store import RawStore
from flows.root import Root
from pipeline.steps import clean
from pipeline.text import letters

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def regulations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Evaluation data with one regulation."""
    data = tmp_path_factory.mktemp("data")
    (data / "regulations").mkdir()
    articles = "\n".join(
        f"第{number}条 船舶进入第{number}号港区应当遵守本规定，服从引航员的指挥。" for number in range(300)
    )
    (data / "regulations/港口引航规定(2001-01-01).md").write_text(
        f"头\n<!-- INFO END -->\n{articles}", encoding="utf-8"
    )
    return data


def test_every_template_keeps_its_markup_and_takes_other_text(regulations: Path) -> None:
    known = templates(regulations)
    assert len(known) >= 40
    titles, sentences = stock(regulations, known)
    assert titles == ["港口引航规定"]
    changed = 0
    for page in known:
        made = written(page, titles, sentences, Random(1)).decode(page.encoding)
        assert made.count("<div") == page.gold.html.count("<div") and made.count("<p") == page.gold.html.count("<p")
        assert abs(len(made) - len(page.gold.html)) < 400  # the title has another length
        changed += "引航" in made
    assert changed >= 0.8 * len(known)


def test_our_reader_finds_the_text_that_was_put_in(tmp_path: Path, regulations: Path) -> None:
    root = Root(tmp_path)
    write_pages(root, 60, regulations)
    [shard] = RawStore(root.raw).shards()
    found = [clean(record).document for record in RawStore(root.raw).records(shard)]
    texts = [letters(document.text) for document in found if document]
    assert len(texts) >= 50
    assert sum("服从引航员的指挥" in text for text in texts) >= 40


def test_the_same_pages_come_again_and_no_two_are_alike(regulations: Path) -> None:
    one, two = (list(pages_of(120, regulations)) for _ in range(2))
    assert one == two
    assert len({page.url for page in one}) == 120
    assert len({page.body for page in one}) >= 110
    assert {page.source for page in one} == {"speed-0000"}


def test_without_the_regulations_the_pages_lend_their_text(tmp_path: Path) -> None:
    known = templates(tmp_path)
    titles, sentences = stock(tmp_path, known)
    assert len(titles) > 20 and len(sentences) > 300


def test_shards_are_full_but_for_the_last(tmp_path: Path, regulations: Path) -> None:
    write_pages(Root(tmp_path), SHARD + 20, regulations)
    store = RawStore(tmp_path / "raw")
    assert [len(list(store.records(shard))) for shard in store.shards()] == [SHARD, 20]


def test_time_inside_another_stage_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0, 10, 13, 20])  # outer begins, inner begins, inner ends, outer ends
    monkeypatch.setattr("benchmarks.speed.clock.time.process_time", lambda: next(ticks))
    clock = Clock()
    inner = clock.timed("inner", lambda: None)
    clock.timed("outer", inner)()
    assert dict(clock.seconds) == {"inner": 3, "outer": 17}


def test_the_command_measures_a_small_corpus(
    tmp_path: Path, regulations: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.speed.pages.SHARD", 15)
    words = ["--pages", "30", "--rounds", "1", "--processes", "1", "--data", str(regulations)]
    assert command.main([*words, "--json", str(tmp_path / "figures.json")]) == 0
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["race"]["ratio"] > 0 and set(figures["clean"]) == {"1", "trafilatura"}
    assert sum(figures["stages"].values()) == pytest.approx(1)
    assert {"extract: HTML", "read the WARC file", "fingerprints and index"} <= set(figures["stages"])
    assert "| extract: HTML |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"), [(["--peer-python", "no-such-python"], "no-such-python"), (["--pages", "500"], "give more")]
)
def test_wrong_use_is_told_in_one_line(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(words) == 2
    said = capsys.readouterr().err
    assert told in said and said.count("\n") == 1


def test_work_that_fails_is_told(tmp_path: Path, regulations: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bench = Bench(tmp_path, 20, regulations, 1)
    with pytest.raises(Failed, match="invalid choice"):
        bench._work("nothing")
    capsys.readouterr()


def test_the_report_of_known_figures() -> None:
    told = "\n".join(
        lines(
            {
                "pages": 2000,
                "shard": 500,
                "mean page, bytes": 24_000,
                "race": {"ours, pages/s": 200.0, "trafilatura, pages/s": 100.0, "ratio": 2.0},
                "clean": {"1": 190.0, "2": 370.0, "trafilatura": 100.0},
                "stages": {"extract: HTML": 0.6, "extract: decode": 0.396, "judge": 0.003, "repair": 0.001},
                "memory, MB": {"200": 200.0, "2000": 210.0},
                "flow, s": {"direct": 100.0, "flow": 102.0},
            }
        )
    )
    assert "ratio 2.00" in told and "| zhengce, 2 processes | 370 | 3.70 |" in told
    assert "| 2 others | 0.4% |" in told and "(+5.0%)" in told and "(+2.0%)" in told
    assert list(lines({})) == []


def test_every_kind_of_work_has_a_name() -> None:
    assert set(work.WORK) == {"race", "stages", "clean", "trafilatura", "dask", "flow"}

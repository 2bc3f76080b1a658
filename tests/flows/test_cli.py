"""The verbs, end to end on real files: what they leave, what they say and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pipeline.corpus.release import read_latest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Zhengce


def test_run_releases_what_can_be_read_and_lists_what_cannot(zhengce: Zhengce, inbox: Path, corpus: Path) -> None:
    result = zhengce("run", inbox)
    assert result.exit_code == 0
    assert "苏州市人民政府关于印发" in result.stdout
    assert "2 documents, 0 reposts, 0 refused" in result.stdout
    failed = [line for line in result.stderr.splitlines() if line.startswith("failed")]
    assert [name for name in ("broken.jsonl.gz", "empty.html") if any(name in line for line in failed)] == [
        "broken.jsonl.gz",
        "empty.html",
    ]
    assert len(failed) == 2
    latest = read_latest(corpus / "clean")
    assert latest is not None
    assert latest.documents == 2


def test_a_broken_file_changes_nothing_in_the_others(zhengce: Zhengce, inbox: Path, corpus: Path) -> None:
    together = json.loads(zhengce("run", inbox, "--json").stdout)
    (inbox / "broken.jsonl.gz").unlink()
    (inbox / "empty.html").unlink()
    (corpus / "clean" / "latest.json").unlink()
    alone = json.loads(zhengce("--root", corpus.with_name("other"), "run", inbox, "--json").stdout)
    assert alone["digest"] == together["digest"]
    assert alone["load"]["counts"]["inbox"]["failures"] == []


def test_the_second_run_says_that_nothing_changed(zhengce: Zhengce, inbox: Path) -> None:
    first = json.loads(zhengce("run", inbox, "--json").stdout)
    second = json.loads(zhengce("run", inbox, "--json").stdout)
    assert (first["changed"], second["changed"]) == (True, False)
    assert first["version"] == second["version"]
    assert second["load"]["counts"]["inbox"]["unchanged"] == 2
    assert "nothing changed" in zhengce("run", inbox).stdout


def test_a_newer_capture_replaces_an_older_one(
    zhengce: Zhengce, inbox: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhengce("run", inbox)
    page = inbox / "苏州.txt"
    page.write_text(page.read_text(encoding="utf-8").replace("120家", "150家"), encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    outcome = json.loads(zhengce("run", inbox, "--json").stdout)
    assert (outcome["changed"], outcome["documents"]) == (True, 2)
    assert len(list((corpus / "raw" / "inbox").glob("*.warc.gz"))) == 2
    assert outcome["version"].startswith("2026-01-02")


def test_strict_makes_a_failed_input_a_failure(zhengce: Zhengce, inbox: Path) -> None:
    assert zhengce("run", inbox, "--strict").exit_code == 1
    assert zhengce("run", inbox / "yantai.txt", "--strict").exit_code == 0


def test_load_clean_and_release_make_the_release_of_run(zhengce: Zhengce, inbox: Path, corpus: Path) -> None:
    assert "inbox: 2 new, 0 unchanged, 2 failed" in zhengce("load", inbox).stdout
    assert read_latest(corpus / "clean") is None
    assert "1 shards are clean" in zhengce("clean").stdout
    stepwise = json.loads(zhengce("release", "--json").stdout)
    assert zhengce("run", inbox, "--json").exit_code == 0
    assert json.loads(zhengce("run", inbox, "--json").stdout)["digest"] == stepwise["digest"]


def test_load_fails_when_every_input_does(zhengce: Zhengce, inbox: Path) -> None:
    assert zhengce("load", inbox / "empty.html").exit_code == 1


def test_the_cache_spares_a_shard_that_is_clean(zhengce: Zhengce, inbox: Path, corpus: Path) -> None:
    zhengce("run", inbox)
    [cached] = (corpus / "clean" / ".cache").glob("*.parquet")
    before = cached.stat().st_mtime_ns
    (inbox / "third.txt").write_text((inbox / "yantai.txt").read_text(encoding="utf-8").replace("烟台", "威海"))
    zhengce("run", inbox)
    assert cached.stat().st_mtime_ns == before
    assert len(list((corpus / "clean" / ".cache").glob("*.parquet"))) == 2


def test_many_shards_are_cleaned_by_several_processes(zhengce: Zhengce, inbox: Path) -> None:
    for name in ("one", "two", "three"):
        assert zhengce("load", inbox, "--source", name).exit_code == 0
    outcome = json.loads(zhengce("release", "--json").stdout)
    assert (outcome["documents"], outcome["reposts"]) == (2, 4)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["run", "no-such-folder"], 2, "no-such-folder does not exist"),
        (["run", "--source", " ", "."], 2, "--source is empty"),
        (["release"], 1, "holds no pages yet"),
        (["clean"], 1, "holds no pages yet"),
        (["why", "abcd"], 1, "holds no release yet"),
        (["frobnicate"], 2, "No such command"),
        (["load"], 2, "Missing argument"),
    ],
)
def test_wrong_use_and_failure_have_their_codes(zhengce: Zhengce, words: list[str], code: int, message: str) -> None:
    result = zhengce(*words)
    assert result.exit_code == code
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_the_corpus_does_not_load_itself(zhengce: Zhengce, inbox: Path, corpus: Path) -> None:
    zhengce("run", inbox)
    result = zhengce("run", corpus / "raw" / "inbox")
    assert result.exit_code == 2
    assert "overlaps with" in result.stderr


def test_a_wrong_epoch_is_wrong_use(zhengce: Zhengce, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    result = zhengce("run", inbox)
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr


def test_a_damaged_release_is_one_line(zhengce: Zhengce, inbox: Path, corpus: Path) -> None:
    zhengce("run", inbox)
    (corpus / "clean" / "latest.json").write_text("{")
    result = zhengce("status")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("verb", ["run", "crawl", "load", "clean", "release", "why", "status"])
def test_every_verb_has_help_with_an_example(zhengce: Zhengce, verb: str) -> None:
    result = zhengce(verb, "--help")
    assert result.exit_code == 0
    assert f"zhengce {verb}" in result.stdout.split("Example:")[1]


def test_status_tells_of_documents_and_failures(zhengce: Zhengce, inbox: Path) -> None:
    empty = zhengce("status")
    assert empty.exit_code == 0
    assert "No release yet" in empty.stdout
    zhengce("run", inbox)
    found = json.loads(zhengce("status", "--json").stdout)
    [source] = found["sources"]
    assert (source["source"], source["documents"], source["as_of"]) == ("inbox", 2, "2026-01-01")
    assert len(source["failures"]) == 2
    shown = zhengce("status").stdout
    assert "broken.jsonl.gz" in shown
    assert found["version"] in shown


def test_a_real_process_starts_without_prefect(inbox: Path, corpus: Path) -> None:
    """The console script's way in: its own interpreter, a terminal that is none, no colour, and no Prefect."""
    script = (
        "import sys; from flows.cli import main\ntry: main()\n"
        "except SystemExit as end: assert 'prefect' not in sys.modules; raise"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, "--root", corpus, "run", inbox], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "2 documents" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr

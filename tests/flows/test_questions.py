"""The questions of docs/use.md, asked of a corpus that has the answers; four readers of Parquet agree on it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import datasets
import duckdb
import pandas
import polars
import pytest
from remotes import corpus, versions, write
from typer.testing import CliRunner

from flows.cli import app

GUIDE = (Path(__file__).parents[2] / "docs" / "use.md").read_text(encoding="utf-8")
REPEAL = "本通知自印发之日起施行，《苏州市绿色制造体系管理办法》（苏府〔2018〕9号）同时废止。"


def ask(heading: str, folder: Path) -> dict[str, Any]:
    """Runs the example below a heading. Returns its names."""
    example = GUIDE.split(f"\n### {heading}\n")[1].split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {"duckdb": duckdb, "folder": folder}
    duckdb.sql("SET TimeZone = 'Asia/Shanghai'")
    exec(compile(example, heading, "exec"), names)
    return names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release: a notice of 2022 that repeals another one, and what the corpus of the other tests holds."""
    monkeypatch.chdir(corpus(tmp_path / "corpus"))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write(inbox / "new.txt", "苏州市", "苏府〔2022〕33号", 150)
    text = (inbox / "new.txt").read_text(encoding="utf-8")
    text = text.replace("二、主要任务", f"{REPEAL}\n二、主要任务").replace("2025年3月12日", "2022年3月12日")
    (inbox / "new.txt").write_text(text, encoding="utf-8")
    run = CliRunner().invoke(app, ["run", str(inbox)], env={"SOURCE_DATE_EPOCH": "1767484800"})
    assert run.exit_code == 0, run.output
    return Path("clean", versions(Path())[-1].version)


def test_all_2022_notices_of_jiangsu(folder: Path) -> None:
    assert [row[1] for row in ask("All 2022 notices of Jiangsu", folder)["notices"]] == ["苏府〔2022〕33号"]


def test_what_changed_since_last_month(folder: Path) -> None:
    news = ask("What changed since last month", folder)["news"].fetchall()
    assert news[0][:2] == ("2026-01-04", "added")
    assert len(news) == 4
    assert [row[0] for row in news] == sorted((row[0] for row in news), reverse=True)


def test_who_repealed_what(folder: Path) -> None:
    [(_, issuer, _, words, number, title, _)] = ask("Who repealed what", folder)["repeals"]
    assert (issuer, number, title) == ("苏州市人民政府", "苏府〔2018〕9号", "苏州市绿色制造体系管理办法")
    assert re.search("苏府〔2018〕9号|管理办法", words)


def test_four_readers_agree(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    ids = sorted(row[0] for row in duckdb.sql(f"SELECT id FROM '{folder}/documents/*.parquet'").fetchall())
    assert len(ids) == 4
    assert sorted(pandas.read_parquet(folder / "documents")["id"]) == ids
    assert sorted(polars.scan_parquet(folder / "documents" / "*.parquet").collect()["id"]) == ids
    assert sorted(datasets.load_dataset(str(folder), split="train")["id"]) == ids

"""docs/record.md tells the truth: every column of every table, and examples that run."""

from __future__ import annotations

import re
from pathlib import Path

import datasets
import pytest
from corpus_factory import cleaned, document, released

from pipeline.corpus import schemas

RECORD = (Path(__file__).parents[3] / "docs" / "record.md").read_text(encoding="utf-8")
TABLES = {
    "documents, reposts": schemas.DOCUMENTS,
    "clusters": schemas.CLUSTERS,
    "relations": schemas.RELATIONS,
    "changes": schemas.CHANGES,
    "sources": schemas.SOURCES,
    "audit/removed": schemas.REMOVED,
    "audit/pairs": schemas.PAIRS,
}


@pytest.mark.parametrize("heading", TABLES)
def test_every_column_is_explained_in_its_order(heading: str) -> None:
    section = RECORD.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == TABLES[heading].names


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    made = released([cleaned(document())], tmp_path / "clean")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", RECORD, re.DOTALL)
    assert len(blocks) == 5
    for block in blocks:
        exec(compile(block, "docs/record.md", "exec"), names)
    assert names["folder"] == Path("clean") / made.version
    assert names["heads"] == [document().text[:40]]
    assert "总体要求" in capsys.readouterr().out

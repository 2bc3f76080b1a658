"""What docs/run-nightly.md says to save is enough: a root that is restored from it releases the same."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from conftest import notice

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Zhengce


def test_a_corpus_comes_back_from_raw_and_sources(zhengce: Zhengce, inbox: Path, corpus: Path, tmp_path: Path) -> None:
    assert zhengce("run", inbox).exit_code == 0
    (inbox / "苏州.txt").write_text(notice("苏州市", "苏府〔2025〕11号", 130), encoding="utf-8")
    assert zhengce("run", inbox).exit_code == 0
    (corpus / "raw" / "inbox" / "half.warc.gz.open").write_bytes(b"\x1f\x8b of a crawl that is under way")
    lost = json.loads((corpus / "clean" / "latest.json").read_text())["version"]
    before = {path.name: path.read_bytes() for path in (corpus / "clean" / lost / "documents").iterdir()}

    restored = tmp_path / "restored"
    shutil.copytree(corpus / "raw", restored / "raw", ignore=shutil.ignore_patterns("*.open"))
    outcome = zhengce("--root", restored, "release", "--json")
    assert outcome.exit_code == 0, outcome.stderr
    assert json.loads(outcome.stdout)["version"] == lost
    assert {path.name: path.read_bytes() for path in (restored / "clean" / lost / "documents").iterdir()} == before
    damaged = next((restored / "raw").rglob("*.warc.gz"))
    damaged.unlink()  # a copy that lacks a file does not pass for the whole
    assert json.loads(zhengce("--root", restored, "release", "--json").stdout or "{}").get("version") != lost

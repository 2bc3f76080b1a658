"""`zhengce status --wanted`: the documents that others speak of and that are not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import notice
from rich.console import Console

from flows.errors import FlowError
from flows.root import Root
from flows.wanted import Wanted, most_wanted, show_wanted
from pipeline.corpus.errors import CorpusError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Zhengce

PLAN = Wanted("国发〔2021〕4号", "国务院关于加快绿色发展的指导意见", 2, ("cites", "repeals"))
LAW = Wanted(None, "中华人民共和国节约能源法", 1, ("cites",))
SUZHOU = "根据《中华人民共和国节约能源法》和《国务院关于加快绿色发展的指导意见》（国发〔2021〕4号），制定本方案。"
YANTAI = "《国务院关于加快绿色发展的指导意见》不再执行，苏府〔2025〕11号另见。"


@pytest.fixture
def root(zhengce: Zhengce, inbox: Path, corpus: Path) -> Root:
    """A release of two notices; one cites the other, so that this one is not missing."""
    for name, before, said in (("苏州.txt", "苏府〔2025〕11号", SUZHOU), ("yantai.txt", "烟政发〔2025〕7号", YANTAI)):
        path = inbox / name
        path.write_text(path.read_text(encoding="utf-8").replace("一、总体要求", f"{said}\n一、总体要求"), "utf-8")
        assert before in path.read_text(encoding="utf-8")
    assert zhengce("run", inbox).exit_code == 0
    return Root(corpus)


def test_the_most_cited_missing_documents_come_first(root: Root) -> None:
    assert most_wanted(root) == (PLAN, LAW)
    assert most_wanted(root, most=1) == (PLAN,)


def test_a_repost_says_nothing_that_its_original_does_not(root: Root, zhengce: Zhengce, inbox: Path) -> None:
    text = notice("苏州市", "苏府〔2025〕11号", 120).replace("一、总体要求", f"{SUZHOU}\n一、总体要求")
    (inbox / "again.txt").write_text(text, encoding="utf-8")
    assert zhengce("run", inbox).exit_code == 0
    assert most_wanted(root) == (PLAN, LAW)


def test_a_person_reads_one_line_for_each(root: Root) -> None:
    console = Console(width=100, record=True, file=None)
    with console.capture() as captured:
        show_wanted(console, most_wanted(root))
    rows = [line.split() for line in captured.get().splitlines() if line.strip()]
    assert rows[-2:] == [["2", PLAN.number, PLAN.title], ["1", LAW.title]]
    with console.capture() as captured:
        show_wanted(console, ())
    assert "Nothing is missing" in captured.get()


def test_a_damaged_release_is_told(root: Root) -> None:
    for path in root.clean.glob("*/relations/*.parquet"):
        path.chmod(0o644)
        path.write_bytes(b"no table")
    with pytest.raises(CorpusError, match="cannot be read"):
        most_wanted(root)


def test_without_a_release_there_is_nothing_to_want(tmp_path: Path) -> None:
    with pytest.raises(FlowError, match="holds no release"):
        most_wanted(Root(tmp_path))

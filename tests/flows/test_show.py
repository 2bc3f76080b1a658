"""What a person sees fits the terminal and cannot harm it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from flows.outcome import PageLine, RunOutcome
from flows.root import Root
from flows.show import plain, show_run

TITLE = "昆山市小核酸及生物医药产业创新集群建设重点工作清单（2022—2024年）"


def shown(title: str, width: int) -> str:
    page = PageLine("0f3a5b7c9d1e2f30", title, "origin", 12_934, 13, 1, ("compromised", "traditional_mirror"))
    outcome = RunOutcome(
        version="v",
        digest="d",
        path=Path("clean/v"),
        changed=True,
        documents=30,
        reposts=0,
        refused=0,
        removed=13,
        repaired=1,
        pages=(page,),
    )
    console = Console(file=io.StringIO(), width=width, highlight=False)
    show_run(console, outcome, Root(Path("a b")))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 60, 120])
def test_chinese_titles_stay_whole_and_inside_the_terminal(width: int) -> None:
    text = shown(TITLE, width)
    assert max(map(cell_len, text.splitlines())) <= width
    column = "".join(line[:width].split("  ")[0].strip() for line in text.splitlines())
    assert TITLE in column
    for part in ("12,934", "compromised", "traditional_mirror", "1 of 30 pages shown"):
        assert part in text


def test_a_path_with_a_space_can_be_pasted() -> None:
    assert "zhengce --root 'a b' why 0f3a5b7c9d1e2f30" in shown(TITLE, 80)


def test_a_page_cannot_paint_the_terminal() -> None:
    hostile = "通知\x1b[2J\x9b31m[red]\r\n\u202e反"
    assert plain(hostile) == "通知 [2J 31m[red] 反"
    assert "[red]" in shown(hostile, 80)


def test_a_long_value_says_how_long_it_is() -> None:
    assert plain("字" * 5, 10) == "字" * 5
    assert plain("字" * 1200, 10) == "字" * 10 + "… (1,200 characters; --json shows all)"

"""Floors: figures of ours on our own pages that may not sink (tests/benchmarks/test_quality.py).

Enters: a `Summary` of the set `pages`. Leaves: a line for each figure that is worse than floors.yml allows. Shares are
kept rounded to the worse side at three places, so that a floor never asks for more than what was measured.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.quality.summary import Summary

FLOORS = Path(__file__).with_name("floors.yml")
MOST = ("loss", "invented")
"""Figures that may not rise; all others may not sink."""

_HEAD = """\
# Figures of ours on tests/pages that may not get worse, written by
#   python -m benchmarks.quality --only pages --peers --write-floors
# Raise the floors whenever the figures rise, and lower one only with a reason in the commit message.
"""


def figures(summary: Summary) -> dict[str, float]:
    """The figures that have a floor. What a set has nothing of cannot sink: its share is 1."""
    whole = (1, 1)
    refused, marks = summary.refused or whole, summary.marks or whole
    return {
        "pages": summary.pages,
        "f1": summary.f1,
        "loss": summary.loss,
        "cells": 1.0 if summary.cells is None else summary.cells,
        "metadata": 1.0 if summary.metadata is None else summary.metadata,
        "invented": summary.invented[0] if summary.invented else 0,
        "marks": marks[0] / marks[1],
        "refused": refused[0] / refused[1],
    }


def read_floors(path: Path = FLOORS) -> dict[str, float]:
    loaded: dict[str, float] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def write_floors(summary: Summary, path: Path = FLOORS) -> None:
    """Make the figures of today the floors of tomorrow."""
    lines = [f"{name}: {rounded(name, value)}\n" for name, value in figures(summary).items()]
    path.write_text(_HEAD + "".join(lines), encoding="utf-8")


def rounded(name: str, value: float) -> float:
    """Three places, to the worse side; counts as they are."""
    if isinstance(value, int):
        return value
    return math.ceil(value * 1000) / 1000 if name in MOST else math.floor(value * 1000) / 1000


def sunk(current: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """What is worse than its floor, in words."""
    if current.keys() != floors.keys():
        return [f"floors.yml has {', '.join(sorted(floors))}; it should have {', '.join(sorted(current))}"]
    return [
        f"{name} is {current[name]:.4f}, {'at most' if name in MOST else 'at least'} {floor} is wanted"
        for name, floor in floors.items()
        if (current[name] > floor if name in MOST else current[name] < floor)
    ]

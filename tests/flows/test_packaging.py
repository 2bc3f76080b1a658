"""The pins hold what the project asks for, exactly, and name no machine."""

from __future__ import annotations

import os
import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parents[2]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [Requirement(line) for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]]
PINS = dict(line.split("==") for line in (HOUSE / "constraints.txt").read_text(encoding="utf-8").splitlines())


def test_every_line_is_one_exact_version() -> None:
    lines = (HOUSE / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][a-z0-9.]*", line)] == []
    assert len(PINS) == len(lines)
    assert lines == sorted(lines)


@pytest.mark.parametrize("wanted", WANTED, ids=[wanted.name for wanted in WANTED])
def test_a_dependency_has_a_pin_that_it_allows(wanted: Requirement) -> None:
    assert wanted.specifier.contains(PINS[canonicalize_name(wanted.name)])


def test_opencc_has_one_owner() -> None:
    assert "opencc" not in PINS  # it overwrites the files of opencc-python-reimplemented


def test_the_console_script_is_ours() -> None:
    [script] = entry_points(group="console_scripts", name="zhengce")
    assert script.value == "flows.cli:main"


def test_the_check_before_a_change_can_be_run() -> None:
    assert os.access(HOUSE / ".ci" / "run", os.X_OK)

"""The house stays as it is drawn: imports run one way, and the pipeline knows no network, no server and no clock."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
DOORS = ("crawler.page", "crawler.source", "crawler.store")
"""What the pipeline may know of the crawler."""

NEVER = {
    "crawler": ("pipeline", "flows", "prefect"),
    "pipeline": (
        *("flows", "prefect", "scrapy", "twisted", "asyncio", "subprocess", "time"),
        *("socket", "ssl", "urllib.request", "http.client", "http.server", "requests", "httpx", "aiohttp"),
    ),
    "flows": ("scrapy", "twisted", "tests"),
}
APART = {
    "pipeline.extract.files.worker": ("subprocess",),  # a stranger's file is read in a process that can be killed
    "pipeline.extract.files.office": ("subprocess",),  # LibreOffice is a program, and there is no other way in
}
"""Modules that may do what their room may not, each with its reason."""

CLOCKS = ("now", "utcnow", "today")
"""Methods of date and datetime whose answer depends on the moment."""


def imports(tree: ast.Module, name: str) -> list[str]:
    """Every module that a file names, also inside functions and for type checking; names that may be modules too."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = name.split(".")[: -node.level] if node.level else []
            module = ".".join([*package, *([node.module] if node.module else [])])
            found += [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return found


def within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def offences(source: str, name: str) -> list[str]:
    """What a module of this dotted name must not do, in words."""
    room = name.split(".")[0]
    tree = ast.parse(source)
    modules = imports(tree, name)
    never = [module for module in NEVER[room] if module not in APART.get(name, ())]
    found = [f"imports {module}" for module in modules if within(module, *never)]
    if room == "pipeline":
        found += [f"imports {m}" for m in modules if within(m, "crawler") and m != "crawler" and not within(m, *DOORS)]
        found += [
            f"asks the clock: {ast.unparse(node)}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in CLOCKS and "date" in ast.unparse(node.value)
        ]
    return found


def modules() -> list[tuple[str, Path]]:
    paths = sorted(path for room in NEVER for path in (HOUSE / room).rglob("*.py"))
    return [(".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__"), path) for path in paths]


@pytest.mark.parametrize(("name", "path"), modules(), ids=[name for name, _ in modules()])
def test_a_module_keeps_to_its_room(name: str, path: Path) -> None:
    assert offences(path.read_text(encoding="utf-8"), name) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("crawler.store", "from pipeline.model import Document"),
        ("crawler.page", "def f():\n    import flows"),
        ("pipeline.steps", "from crawler import spider"),
        ("pipeline.steps", "from crawler.loaders import load"),
        ("pipeline.corpus.release", "from ...flows import cli"),
        ("pipeline.judge", "import urllib.request"),
        ("pipeline.judge", "from urllib import request"),
        ("pipeline.judge", "import prefect.flows"),
        ("pipeline.fields.dates", "from datetime import date\nYEAR = date.today().year"),
        ("pipeline.fields.dates", "import datetime\nnow = datetime.datetime.now()"),
        ("flows.steps", "import scrapy"),
    ],
)
def test_a_wrong_import_is_seen(name: str, source: str) -> None:
    assert offences(source, name) != []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("pipeline.steps", "from crawler.page import RawRecord\nfrom crawler import source"),
        ("pipeline.steps", "from urllib.parse import quote"),
        ("pipeline.fields.dates", "from datetime import date\nfirst = date(2022, 1, 1)"),
        ("flows.steps", "from crawler.loaders import load\nfrom pipeline.steps import clean"),
    ],
)
def test_a_right_import_passes(name: str, source: str) -> None:
    assert offences(source, name) == []

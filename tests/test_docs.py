"""The guides tell the truth: their commands and examples run, their links lead somewhere, and no rule is left out.

A fenced block is run by its language: `sh` lines are commands of ours, `python` is executed, and a block with
`title=PATH` is the file of that name. Blocks of a page share one folder, which holds the release of `make demo`.
docs/record.md has its own test for columns and examples (tests/pipeline/corpus/test_corpus_docs.py).
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from flows.cli import app

if TYPE_CHECKING:
    from click.testing import Result

HOUSE = Path(__file__).parent.parent
PAGES = sorted(
    path.relative_to(HOUSE).as_posix()
    for pattern in ("*.md", "docs/*.md", "raw/README.md", "raw/samples/*.md", "clean/README.md", "crawler/**/*.md")
    for path in HOUSE.glob(pattern)
)
FENCE = re.compile(r"^```(?P<language>\w*)(?: title=(?P<title>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
TARGETS = re.findall(r"^([a-z-]+):", (HOUSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
RULES_PAGE = (HOUSE / "docs" / "rules.md").read_text(encoding="utf-8")
FILE_NAME = re.compile(r".*\.(?:json|parquet|yml|csv|xml|ini|db|xcu|dat)|(?:pipeline|crawler)\..*")


def read(page: str) -> str:
    return (HOUSE / page).read_text(encoding="utf-8")


def zhengce(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the examples are run: raw/samples, a release of it, and one file of one's own."""
    for name in ("ZHENGCE_ROOT", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
    import datasets  # reads the environment when it is first imported

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(HOUSE / "raw" / "samples", "raw/samples")
    assert zhengce("run", "raw/samples", "--source", "demo").exit_code == 0
    Path("downloads").mkdir()
    shutil.copy(next(Path("raw/samples").glob("002_*")), "downloads")
    return tmp_path


def run_line(line: str) -> None:
    words = shlex.split(line, comments=True)
    match words:
        case []:
            pass
        case ["make", target]:
            assert target in TARGETS
        case ["zhengce", *rest]:
            result = zhengce(*rest)
            assert result.exit_code == 0, f"{line}\n{result.output}"
        case _:
            pytest.fail(f"{line}: an sh block may hold zhengce and make only; mark it console if it is not to be run")


@pytest.mark.parametrize(("page", "least"), [("README.md", 3), ("docs/use.md", 10), ("docs/rules.md", 1)])
def test_the_examples_run(page: str, least: int, demo: Path) -> None:
    names: dict[str, Any] = {}
    done = 0
    for block in FENCE.finditer(read(page)):
        if block["title"]:
            path = demo / block["title"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
        elif block["language"] == "sh":
            for line in block["body"].splitlines():
                run_line(line)
        elif block["language"] == "python":
            exec(compile(block["body"], page, "exec"), names)
        else:
            continue
        done += 1
    assert done >= least


def test_a_command_that_fails_is_seen(demo: Path) -> None:
    run_line("zhengce status")
    with pytest.raises(AssertionError):
        run_line("zhengce run no-such-folder")
    with pytest.raises(AssertionError):
        run_line("make no-such-target")


def shape(value: object) -> object:
    """Names and kinds of a JSON value; of a list its first item. None has no kind of its own."""
    match value:
        case dict():
            return {name: shape(item) for name, item in value.items()}
        case list():
            return [shape(item) for item in value[:1]]
        case _:
            return "value"


def test_the_json_of_the_commands_is_as_shown(demo: Path) -> None:
    (demo / "raw" / "samples" / "broken.html").touch()
    assert zhengce("run", "raw/samples", "--source", "demo").exit_code == 0
    blocks = FENCE.finditer(read("docs/record.md"))
    shown = {block["title"]: json.loads(block["body"]) for block in blocks if block["title"]}
    assert {"status", "why"} <= shown.keys()
    why = zhengce("why", shown["why"]["url"], "--json")
    assert shape(json.loads(why.stdout)) == shape(shown["why"])
    assert json.loads(why.stdout)["id"] == shown["why"]["id"]
    assert shape(json.loads(zhengce("status", "--json").stdout)) == shape(shown["status"])


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_resolves(page: str) -> None:
    text = FENCE.sub("", read(page))
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if not ((HOUSE / page).parent / link.partition("#")[0]).exists()] == []


def test_the_guides_are_among_the_pages() -> None:
    assert {"README.md", "CHANGELOG.md", "docs/rules.md", "docs/use.md", "docs/record.md"} <= set(PAGES)


def documented(*headings: str) -> set[str]:
    """First cells of the tables below these headings."""
    sections = [RULES_PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0] for heading in headings]
    return set(re.findall(r"^\| `([a-z_.]+)` \|", "\n".join(sections), re.MULTILINE))


def constants(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def first_arguments(tree: ast.AST, *functions: str) -> set[str]:
    """String constants that begin a call of one of these functions or methods."""
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) in functions
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def rules_in(tree: ast.AST) -> set[str]:
    """Rules by how they look (room.rule) and by where they stand (edit, Repair, Removal)."""
    dotted = {text for text in constants(tree) if re.fullmatch(r"[a-z]+\.[a-z_]+", text)}
    return {text for text in dotted if not FILE_NAME.fullmatch(text)} | first_arguments(
        tree, "edit", "Repair", "Removal"
    )


CODE = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((HOUSE / "pipeline").rglob("*.py"))]


def test_every_rule_of_the_code_is_documented_and_no_other() -> None:
    assert documented("Removals", "Repairs", "Merges") == set().union(*map(rules_in, CODE))


def test_every_flag_is_documented_and_no_other() -> None:
    flags = documented("Flags")
    raised = set().union(*(first_arguments(tree, "flag") for tree in CODE))
    assert raised <= flags
    assert flags <= set().union(*map(constants, CODE))


def test_a_new_rule_is_seen() -> None:
    tree = ast.parse('draft.remove(blocks, "furniture.banner", "why")\nblock.edit("spelling", edits)\nopen("a.json")')
    assert rules_in(tree) == {"furniture.banner", "spelling"}

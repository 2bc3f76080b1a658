"""Every example in a docstring is true.

An example that names what only a reader has (a page, a folder, a list of texts) shows a form and cannot be run; in the
rooms of the pipeline that take strings there is no such excuse.
"""

from __future__ import annotations

import ast
import builtins
import doctest
import importlib
import pkgutil

import pytest

import crawler
import flows
import pipeline

PACKAGES = (crawler, pipeline, flows)
STRICT = ("pipeline.extract", "pipeline.fields", "pipeline.filters", "pipeline.repair", "pipeline.text")


def modules() -> list[str]:
    return sorted(
        module.name
        for package in PACKAGES
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not module.name.endswith("__main__")
    )


def examples(name: str) -> list[doctest.DocTest]:
    module = importlib.import_module(name)
    return [test for test in doctest.DocTestFinder(exclude_empty=True).find(module, name) if test.examples]


def is_complete(test: doctest.DocTest) -> bool:
    """True if the example is Python and each of its names is defined in the module or in the example."""
    try:
        nodes = [node for example in test.examples for node in ast.walk(ast.parse(example.source))]
    except SyntaxError:
        return False
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    made = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made |= {alias.asname or alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return used <= made | set(test.globs) | set(dir(builtins))


def failures(test: doctest.DocTest) -> tuple[int, str]:
    said: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    return runner.run(test, out=said.append).failed, "".join(said)


@pytest.mark.parametrize("name", modules())
def test_the_examples_are_true(name: str) -> None:
    for test in examples(name):
        if is_complete(test) or name.startswith(STRICT):
            failed, said = failures(test)
            assert failed == 0, said


@pytest.mark.parametrize(
    ("example", "complete", "failed"),
    [
        (">>> 1 + 1\n2\n", True, 0),
        (">>> 1 + 1\n3\n", True, 1),
        (">>> one = 1\n>>> one + 1\n2\n", True, 0),
        (">>> clean(page).title\n'甲'\n", False, 1),
        (">>> zhengce run raw/samples\n", False, 1),
    ],
)
def test_wrong_and_incomplete_examples_are_told_apart(example: str, complete: bool, failed: int) -> None:
    test = doctest.DocTestParser().get_doctest(example, {}, "example", None, None)
    assert is_complete(test) == complete
    assert failures(test)[0] == failed


def test_the_pipeline_is_full_of_examples_that_run() -> None:
    shown = {name for name in modules() if name.startswith("pipeline.") and any(map(is_complete, examples(name)))}
    assert {"pipeline.text", "pipeline.draft", "pipeline.fields.dates", "pipeline.repair.punctuation"} <= shown

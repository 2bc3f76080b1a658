"""`zhengce sources …` in this process, against a city and an empty root."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.testing import CliRunner

from flows import sources
from flows.root import Root
from flows.terminal import OneLine

if TYPE_CHECKING:
    from click.testing import Result

app = typer.Typer(cls=OneLine)
app.add_typer(sources.app, name="sources")


@app.callback()
def zhengce(context: typer.Context, root: Annotated[Path, typer.Option()] = Path()) -> None:
    context.obj = Root(root)


def verb(root: Path, *words: object) -> Result:
    """verb(root, "new", url)."""
    return CliRunner().invoke(app, ["--root", str(root), "sources", *map(str, words)])


CARD = """id: demo
title: 示例市人民政府
kind: origin
hosts: [www.example.gov.cn]
platform: trs
columns:
  - {id: zfwj, url: "https://www.example.gov.cn/zwgk/zfwj/"}
"""


def write_card(root: Path, text: str = CARD, name: str = "demo") -> Path:
    path = root / "sources" / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path

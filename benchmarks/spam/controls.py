"""Clean documents that speak of what spam speaks of, and what the tools take from them.

Enters: the texts of controls/*.yml, written for this. Leaves: each as plain text and as a page of a site (one of four
layouts, with menus, sharing tools and links to other departments), and a `Control` for each tool: the characters of the
document that are missing in its text. Here ours is measured against the text itself and not against its own output.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from benchmarks.spam.frames import FRAMES
from benchmarks.spam.score import align, measured
from benchmarks.spam.tools import OURS, TOOLS, cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).with_name("controls")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_HOST = "http://www.chengchuan.gov.cn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Honest:
    """A clean document: `source` is the page, `text` what it says below its title."""

    name: str
    url: str
    source: str
    title: str
    text: str
    plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What one tool lost of one clean document. rules: for ours, each rule that took a span of it, with the span."""

    tool: str
    page: str
    lost: int
    body: int
    flagged: bool
    missing: tuple[str, ...]
    rules: tuple[str, ...] = ()


def bare(line: str) -> str:
    """A line of a control without its markup."""
    return _LINK.sub(r"\1", line).removeprefix("* ").strip()


def marked(body: str) -> str:
    """The lines of a control as HTML: paragraphs, tables, lists, links."""
    parts: list[str] = []
    for line in body.strip().split("\n"):
        linked = _LINK.sub(r'<a href="\2" target="_blank">\1</a>', html.escape(line, quote=False))
        if line.startswith("| "):
            cells = "".join(f"<td>{cell.strip()}</td>" for cell in linked.strip().strip("|").split("|"))
            parts.append(f"<table><tr>{cells}</tr></table>")
        elif line.startswith("* "):
            parts.append(f"<ul><li>{linked[2:]}</li></ul>")
        else:
            parts.append(f"<p>　　{linked}</p>")
    return "\n".join(parts).replace("</table>\n<table>", "\n").replace("</ul>\n<ul>", "\n")


def honest() -> Iterator[Honest]:
    """Every control, as text and as HTML; the layouts take turns."""
    number = 0
    for path in sorted(FOLDER.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            title, body = entry["title"], entry["body"]
            text = "\n".join(map(bare, body.strip().split("\n")))
            name, url = f"{path.stem}/{title}", f"{_HOST}/art/2023/content_{4000 + number}.html"
            page = FRAMES[number % len(FRAMES)].format(title=title, body=marked(body))
            yield Honest(name=f"{name}.txt", url=url, source=f"{title}\n\n{text}\n", title=title, text=text, plain=True)
            yield Honest(name=f"{name}.html", url=url, source=page, title=title, text=text, plain=False)
            number += 1


def check(page: Honest) -> Iterator[Control]:
    """Every tool on one control. Its title may stand in the tool's title or text, fields of ours in the record."""
    for tool, run in TOOLS.items():
        seen = run(page.source, page.url, page.plain)
        missing = align(measured(page.text), measured(seen.text)).deleted
        rules: tuple[str, ...] = ()
        if tool == OURS:
            whole = measured(page.text)
            removals = cleaned(page.source, page.url, page.plain).removals
            rules = tuple(
                f"{removal.rule}: {removal.evidence[:60]!r}"
                for removal in removals
                if not removal.field and measured(removal.evidence) and measured(removal.evidence) in whole
            )
        yield Control(
            tool=tool,
            page=page.name,
            lost=sum(map(len, missing)),
            body=len(measured(page.text)),
            flagged=seen.flagged,
            missing=missing,
            rules=rules,
        )

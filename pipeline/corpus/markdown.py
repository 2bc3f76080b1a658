"""A document as Markdown: its facts in a YAML head, its headings as headings, its tables as they are.

Enters: a document. Leaves: text. No character of the document is left out or changed; what Markdown needs is added: a
blank line between paragraphs, `##` before a heading that fills its line.

>>> as_markdown(document).splitlines()[-3:]
['## 一、总体要求', '', '以绿色发展理念为引领。']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from pipeline.corpus.outline import outline

if TYPE_CHECKING:
    from datetime import date

    from pipeline.corpus.outline import Node
    from pipeline.model import Document

HEAD = (
    *("id", "title", "doc_number", "issuer", "genre", "division", "written", "published", "effective", "expires"),
    *("validity", "url", "source", "flags"),
)
"""Fields of the head, in its order; those that are unknown are left out."""

DEEPEST = 6
"""Markdown has six levels of headings; the title takes the first."""

__all__ = ["as_markdown"]


def as_markdown(document: Document, withdrawn: date | None = None) -> str:
    """The whole file, with one newline at its end. withdrawn: the day when its server took it down."""
    facts = {name: getattr(document, name) for name in HEAD}
    facts |= {"flags": list(document.flags), "withdrawn": withdrawn}
    head = yaml.safe_dump({k: v for k, v in facts.items() if v}, allow_unicode=True, sort_keys=False, width=1000)
    title = f"# {document.title}\n\n" if document.title else ""
    return f"---\n{head}---\n\n{title}{_body(document)}\n"


def _body(document: Document) -> str:
    headings = dict(_headings(outline(document)))
    lines: list[str] = []
    position = 0
    for paragraph in document.text.split("\n"):
        line = paragraph
        heading, depth = headings.get(position, ("", 0))
        bare = line.strip().rstrip("。：:")
        if bare and (bare == heading or heading.startswith(f"{bare} ")):
            line = f"{'#' * min(depth + 1, DEEPEST)} {line}"
        in_table = bool(lines) and line.startswith("|") and lines[-1].startswith("|")
        lines += [line] if in_table or not lines else ["", line]
        position += len(paragraph) + 1
    return "\n".join(lines)


def _headings(node: Node) -> list[tuple[int, tuple[str, int]]]:
    """Where headings begin, with their text and depth."""
    found: list[tuple[int, tuple[str, int]]] = []
    for child in node.children:
        if len(child.path) > len(node.path):
            found.append((child.start, (child.path[-1], len(child.path))))
        found += _headings(child)
    return found

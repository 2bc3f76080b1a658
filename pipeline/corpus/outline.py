"""The headings of a document as a tree: its parts, the sections in them, each within the next wider one.

Enters: a document. Leaves: nested spans of its text, each with the headings that it stands under. The document's
own title is no part of them: it stands in its own field.

>>> [child.path for child in outline(document).children]
[(), ('示例市绿色制造体系建设实施方案',)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Document, Part, Section

TITLE = 100
"""The longest first line of a plan or an annex that is its title; longer ones are a paragraph."""

_ANNEX = re.compile(r"附\s*件\s*[0-9一二三四五六七八九十]*[：:.．]?")

__all__ = ["Node", "outline"]


@dataclass(slots=True)
class Node:
    """`text[start:end]`. path: headings from the widest to its own, as they are printed."""

    start: int
    end: int
    path: tuple[str, ...]
    children: list[Node] = field(default_factory=list)


def outline(document: Document) -> Node:
    """The root spans the whole text and has no heading; children lie inside their parent, one behind the other."""
    root = Node(0, len(document.text), ())
    main = [part for part in document.parts if part.kind in ("cover", "payload", "annex")]
    spans = [(part.start, part.end, 0, _part_heading(part, document)) for part in main]
    spans += [(one.start, one.end, 1, _heading(one, document.text)) for one in document.sections]
    spans = [span for span in spans if span[0] < min(span[1], root.end)]
    stack = [root]
    for start, end, _, heading in sorted(spans, key=lambda span: (span[0], span[2], -span[1])):
        while stack[-1].end <= start:
            stack.pop()
        parent = stack[-1]
        node = Node(start, min(end, parent.end), (*parent.path, heading) if heading else parent.path)
        if node.start < node.end:
            parent.children.append(node)
            stack.append(node)
    return root


def _part_heading(part: Part, document: Document) -> str:
    """The title of an attached plan or annex; the document's own title stands in its own field."""
    if part.kind == "cover" or (part.kind == "payload" and part.start == 0):
        return ""
    lines = document.text[part.start : part.end].split("\n", 2)
    title = lines[0].strip()
    if _ANNEX.fullmatch(title) and len(lines) > 1 and "|" not in lines[1]:
        title = f"{title} {lines[1].strip()}"
    starts_a_section = any(one.start == part.start for one in document.sections)
    return "" if starts_a_section or len(title) > TITLE or title.startswith("|") else title


def _heading(section: Section, text: str) -> str:
    """Number and heading as they are printed, with what stands between them."""
    if section.heading:
        at = text.find(section.heading, section.start, section.end)
        if 0 <= at <= section.start + len(section.number) + 5:  # 第、条、brackets, a dot, a blank
            return text[section.start : at + len(section.heading)].strip()
    return section.number

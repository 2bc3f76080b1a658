"""Names that the style sheets of a page hide: hacked pages give their links a class, and hide the class.

Enters: a page. Leaves: the classes and ids of elements that a rule of a <style> of the page hides. Only rules of one
class or id, and none that depend on the screen: templates hide by those what a telephone or a printer shall not show.

>>> from lxml import html
>>> sorted(hidden_names(html.fromstring("<p><style>.x9{left:-900px} @media print{.y{display:none}}</style></p>")))
['.x9']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.html.elements import style_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_NESTED = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]{1,200})\{([^{}]*)\}")
_NAME = re.compile(r"[a-z0-9]*([.#][\w-]+)", re.I)
_LARGEST = 1 << 16  # characters of a style sheet that are read


def hidden_names(tree: _Element) -> frozenset[str]:
    """Classes as ".name" and ids as "#name"."""
    found = set()
    for sheet in tree.iter("style"):
        text = sheet.text or ""
        if "{" not in text:
            continue
        for names, said in _RULE.findall(_NESTED.sub("", _COMMENT.sub("", text[:_LARGEST]))):
            if style_of(said).hides:
                found |= {match[1] for name in names.split(",") if (match := _NAME.fullmatch(name.strip()))}
    return frozenset(found)


def is_named(names: frozenset[str], id_: str | None, classes: str | None) -> bool:
    """True for an element that has one of the names."""
    return f"#{id_}" in names or any(f".{one}" in names for one in (classes or "").split())

"""One gold page: what came from the server, and what a person says it holds.

Enters: bytes and the gold text. Leaves: a `Gold`. Our pipeline gets the bytes; a peer gets `html`, the same page
decoded right, so that no peer is measured by the guess of somebody else's decoder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.quality.cells import Grid

ENCODINGS = ("utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")  # lxml refuses a string that declares an encoding


class GoldError(Exception):
    """A gold page that cannot be used; the message names the file and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A page and what it holds.

    text: the body; None where the page holds no document (a list, a 404 page). facts: a field that is missing is not
    judged, None must be None. tables: merged cells filled; None where nobody wrote them down. marks: flags ("flag X")
    and relations ("interprets TITLE") that the record must have.
    """

    name: str
    url: str
    body: bytes
    html: str
    text: str | None
    media_type: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, str | None] = field(default_factory=dict)
    tables: tuple[Grid, ...] | None = None
    marks: frozenset[str] = frozenset()


def decode_right(body: bytes, gold: str) -> str:
    """The page in the encoding that shows most of its gold text; with a tie, the one that loses fewest bytes."""
    pairs = {gold[i : i + 2] for i in range(len(gold) - 1)}

    def fitness(text: str) -> tuple[int, int]:
        return len(pairs & {text[i : i + 2] for i in range(len(text) - 1)}), -text.count("\ufffd")

    readings = [body.decode(encoding, "replace") for encoding in ENCODINGS]
    return _DECLARATION.sub("", max(readings, key=fitness))

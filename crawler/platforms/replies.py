"""JSON answers that say no with status 200: an error must not be read as the end of a list.

Enters: the object that an interface answered with. Leaves: its rows, or a `ListError` with what the interface said.

>>> rows_of(request, {"list": [{"TITLE": "通知"}]}, "list")
[{'TITLE': '通知'}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.errors import ListError
from crawler.platforms.answers import first_text, number, objects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.platforms.protocol import ListRequest

__all__ = ["accepted", "rows_of"]

REFUSAL = 400
"""Codes of interfaces from here on are those of HTTP; success is 200, 0 or 1."""


def accepted(request: ListRequest, answer: Mapping[str, object]) -> None:
    """Raises ListError if an answer with status 200 is a complaint: success false, or a code of 400 or more."""
    code = number(answer.get("code"))
    if answer.get("success") in (False, "false") or (code is not None and code >= REFUSAL):
        said = first_text(answer, "msg", "message") or "no message"
        raise ListError(f"{request.url}: the interface answered code {answer.get('code')}: {said[:80]}")


def rows_of(request: ListRequest, holder: Mapping[str, object], *names: str) -> list[dict[str, object]]:
    """The first array that one of the names has. Raises ListError if none of the names is there at all."""
    if not any(name in holder for name in names):
        raise ListError(f"{request.url}: an answer without {' or '.join(names)}, so it is no list")
    return next((rows for name in names if (rows := objects(holder.get(name)))), [])

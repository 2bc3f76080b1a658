"""The project's own gold pages: `<stem>.html` as a server sends it, and `<stem>.yml` with what it holds.

Enters: a .yml file. Leaves: a `Gold` page. A field that is left out must be null in the record; a field that is not
known here is an error, so that a slip of the pen is not taken for a page without that field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from benchmarks.quality.facts import DAYS, WORDS, day, minute
from benchmarks.quality.gold import Gold, GoldError, decode_right
from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from benchmarks.quality.cells import Grid

KEYS = frozenset(
    (
        *(*WORDS, *DAYS, "attachments", "relations", "flags", "tables", "text", "refused"),
        *("note", "url", "headers", "media_type", "extra"),
    )
)


def own_page(path: Path, name: str) -> Gold:
    """Read one .yml and the .html beside it."""
    try:
        card = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # every value as it is written: 1.10 stays 1.10
        body = path.with_suffix(".html").read_bytes()
        return gold_of(card, body, name)
    except (OSError, UnicodeError) as error:
        raise GoldError(f"{path}: {error}") from error
    except yaml.YAMLError as error:
        raise GoldError(f"{path}: is not YAML: {' '.join(str(error).split())}") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{path}: {type(error).__name__} {error}; docs/quality.md shows the form") from error


def gold_of(card: Mapping[str, Any], body: bytes, name: str) -> Gold:
    """A gold page from the values of its .yml."""
    if unknown := sorted(card.keys() - KEYS):
        raise ValueError(f"unknown keys {', '.join(unknown)}")
    refused = card.get("refused") == "true"
    if refused == bool(card.get("text")) and (refused or not card.get("flags")):  # a flag says why there is no text
        raise ValueError("either text or refused: true")
    text = None if refused else str(card.get("text") or "")
    return Gold(
        name=name,
        url=card["url"],
        body=body,
        html=decode_right(body, (text or "") + card.get("title", "")),
        text=text,
        media_type=card.get("media_type") or "text/html",
        headers=tuple((key, value) for key, value in (card.get("headers") or {}).items()),
        facts={} if refused else facts_of(card),
        tables=None if refused else tuple(grid_of(table) for table in card.get("tables") or ()),
        marks=frozenset()
        if refused
        else frozenset(
            [f"flag {flag}" for flag in card.get("flags") or ()]
            + [mark(r["type"], r["target_title"]) for r in card.get("relations") or () if r.get("target_title")]
        ),
    )


def mark(relation: str, title: str) -> str:
    """A relation as a mark, the same for the gold and for the record."""
    return f"{relation} {fold(title)}"


def facts_of(card: Mapping[str, Any]) -> dict[str, str | None]:
    """Every field of the record that the form knows, None where the page has none."""
    facts: dict[str, str | None] = {field: card.get(field) or None for field in WORDS}
    for field in DAYS:
        facts[field] = day(card[field]) if card.get(field) else None
        if card.get(field) and not facts[field]:
            raise ValueError(f"{field}: {card[field]} is not a date such as 2022-05-20")
    facts["published_time"] = minute(card.get("published") or "")
    facts["attachments"] = attachments_of([(item["name"], item["url"]) for item in card.get("attachments") or ()])
    return facts


def attachments_of(pairs: list[tuple[str, str]]) -> str | None:
    """Names and addresses of all attachments as one value, in any order."""
    return "\n".join(sorted(f"{name} {url}" for name, url in pairs)) or None


def grid_of(table: Mapping[str, Any]) -> Grid:
    rows = [table["header"], *table["rows"]] if table.get("header") else table["rows"]
    return tuple(tuple(str(cell) for cell in row) for row in rows)

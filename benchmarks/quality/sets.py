"""The gold sets by name: our own pages, and three sets of real pages that lie beside the project.

Enters: a set's name and the folder of the evaluation data. Leaves: `Gold` pages sorted by name, and a line for each
page that cannot be used. docs/quality.md says where the sets come from.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality.facts import WORDS, day
from benchmarks.quality.gold import Gold, GoldError, decode_right
from benchmarks.quality.ownpages import own_page
from pipeline.text import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

OWN = "pages"
OWN_FOLDER = Path(__file__).parents[2] / "tests" / "pages"
OUTSIDE = ("gov-pages", "state-council", "zh-web")
SETS = (OWN, *OUTSIDE)

_COUNCIL_FIELDS = {
    "title": "title",
    "doc_number": "doc_number",
    "issuer": "issuer",
    "index_number": "index_number",
    "theme": "subject",
    "written": "written_date",
    "published": "publish_date",
}


def missing(data: Path, names: Sequence[str]) -> list[str]:
    """The sets among these that are not there."""
    return [name for name in names if name in OUTSIDE and not (data / name / "index.jsonl").is_file()]


def load_set(name: str, data: Path, own: Path = OWN_FOLDER) -> tuple[list[Gold], list[str]]:
    """The pages of a set, and a line on each page that cannot be used."""
    pages: list[Gold] = []
    problems: list[str] = []
    for job in own_jobs(own) if name == OWN else outside_jobs(data / name):
        try:
            pages.append(job())
        except GoldError as error:
            problems.append(str(error))
    return pages, problems


def own_jobs(folder: Path) -> list[Callable[[], Gold]]:
    """A reader for each .yml; a page without one has no gold and is left to other tests."""
    paths = sorted(folder.rglob("*.yml"))
    return [partial(own_page, path, path.relative_to(folder).with_suffix("").as_posix()) for path in paths]


def outside_jobs(folder: Path) -> list[Callable[[], Gold]]:
    """A reader for each line of index.jsonl that names a gold text."""
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = sorted((row for row in rows if row.get("gold")), key=lambda row: str(row["file"]))
    return [partial(outside_page, folder, row) for row in rows]


def outside_page(folder: Path, row: Mapping[str, Any]) -> Gold:
    """One real page. A page whose address is not known gets one that says nothing."""
    try:
        body = (folder / row["file"]).read_bytes()
        text = (folder / row["gold"]).read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise GoldError(f"{folder / row['file']}: {error}") from error
    table: dict[str, str] = row.get("table_metadata", {})
    return Gold(
        name=row["file"],
        url=row.get("url") or f"http://www.example.gov.cn/{row['file']}",
        body=body,
        html=decode_right(body, text),
        text=without_head(text, table["doc_number"]) if table else text,
        facts={
            field: table[key] if field in WORDS else day(table[key])
            for field, key in _COUNCIL_FIELDS.items()
            if table.get(key)
        },
    )


def without_head(text: str, number: str) -> str:
    """A gold text without the lines that it opens with: the title or the masthead, and last the 文号 (design §8)."""
    lines = text.splitlines()
    for i, line in enumerate(lines[:8]):
        if len(letters(line)) > 2 and letters(number).endswith(letters(line)):
            return "\n".join(lines[i + 1 :])
    raise GoldError(f"a gold text of {number} does not open with its title and number; see design §8")

"""What the tables, columns and flags of a release mean, in Chinese and English.

Enters: data/meanings.yml and the schemas. Leaves: `Table`s by name, in the order in which a reader wants them.

>>> tables()["documents"].columns["title"].en
'title'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from pipeline.corpus.schemas import CHANGES, CLUSTERS, DOCUMENTS, RELATIONS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from pipeline.corpus.manifest import FileEntry

SCHEMAS = {
    "documents": DOCUMENTS,
    "reposts": DOCUMENTS,
    "clusters": CLUSTERS,
    "relations": RELATIONS,
    "changes": CHANGES,
    "sources": SOURCES,
}
"""The tables that everybody gets; audit/ comes on request."""

__all__ = ["SCHEMAS", "Meaning", "Table", "flags", "tables"]


class Meaning(NamedTuple):
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a folder of Parquet files, or a single one. columns: what each means; all of its schema, in order."""

    name: str
    schema: pa.Schema
    meaning: Meaning
    columns: Mapping[str, Meaning]

    def files(self, entries: Sequence[FileEntry]) -> list[FileEntry]:
        """Those of a release's files that hold its rows."""
        return [
            file for file in entries if file.path == f"{self.name}.parquet" or file.path.startswith(f"{self.name}/")
        ]


@cache
def tables() -> Mapping[str, Table]:
    """By name."""
    told = _read()["tables"]
    return {
        name: Table(
            name,
            schema,
            Meaning(**told[name]["meaning"]),
            {column: Meaning(**told[name]["columns"][column]) for column in schema.names},
        )
        for name, schema in SCHEMAS.items()
    }


@cache
def flags() -> Mapping[str, Meaning]:
    """By the flag's name."""
    return {name: Meaning(**meaning) for name, meaning in _read()["flags"].items()}


@cache
def _read() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((files("pipeline.corpus") / "data" / "meanings.yml").read_text("utf-8"))
    return content

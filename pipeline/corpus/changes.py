"""What became of each document from one release to another.

Enters: two folders with documents/ and reposts/. Leaves: the rows of changes.parquet. Any two will do, neighbours or
not, finished or still being written: what happened in between is read from the two states alone.

added       it was not there before
modified    its content differs, told paragraph by paragraph; or it is back after it was withdrawn
moved       its old id, one of its aliases now, was there before and is not there any more
withdrawn   its server has said twice that the page is gone; the document stays
dropped     it was there and is not: withheld, refused by a newer rule, or its raw file is lost; no server said so

>>> find_changes(Path("clean/2026-02-03-9f86d081"), Path("clean/2026-01-31-5d41402a"))["type"].to_pylist()
['added', 'modified']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import parquet

from pipeline.corpus.content import FIELDS
from pipeline.corpus.errors import CorpusError
from pipeline.corpus.paragraphs import paragraph_diff
from pipeline.corpus.picked import picked
from pipeline.corpus.schemas import CHANGES
from pipeline.corpus.sql import query

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

KINDS = ("added", "modified", "moved", "withdrawn", "dropped")
"""The types of changes, in the order in which people are told of them."""

AT_ONCE = 2048
"""Documents whose two texts are in memory together."""

_STATE = """
SELECT id, url, title, content_hash AS hash, {withdrawn} AS withdrawn, {aliases} AS aliases,
       filename AS file, file_row_number AS row
FROM read_parquet({files}, filename = true, file_row_number = true)
"""
_NOTHING = """
SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS url, NULL::VARCHAR AS title, NULL::VARCHAR AS hash,
       NULL::DATE AS withdrawn, NULL::VARCHAR[] AS aliases, NULL::VARCHAR AS file, NULL::BIGINT AS row WHERE false
"""
_CHANGES = """
WITH new AS MATERIALIZED ({new}),
     old AS MATERIALIZED ({old}),
     former AS (SELECT id, unnest(aliases) AS previous_id FROM new),
     moves AS (
       SELECT f.id, f.previous_id FROM former f SEMI JOIN old o ON o.id = f.previous_id
       ANTI JOIN new n ON n.id = f.previous_id),
     events AS (
       SELECT id, 'added' AS type, NULL AS previous_id FROM new ANTI JOIN old USING (id) ANTI JOIN moves USING (id)
       UNION ALL
       SELECT n.id, 'modified', NULL FROM new n JOIN old o USING (id)
       WHERE n.hash <> o.hash OR n.withdrawn IS NULL AND o.withdrawn IS NOT NULL
       UNION ALL SELECT id, 'moved', previous_id FROM moves
       UNION ALL
       SELECT n.id, 'withdrawn', NULL FROM new n JOIN old o USING (id)
       WHERE n.withdrawn IS NOT NULL AND o.withdrawn IS NULL
       UNION ALL
       SELECT id, 'dropped', NULL FROM old ANTI JOIN new USING (id)
       WHERE id NOT IN (SELECT previous_id FROM moves))
SELECT e.id, e.type, coalesce(n.url, o.url) AS url, coalesce(n.title, o.title) AS title, e.previous_id,
       o.hash AS before, n.hash AS after,
       n.withdrawn IS NULL AND o.withdrawn IS NOT NULL AND e.type = 'modified' AS back,
       n.file AS new_file, n.row AS new_row, o.file AS old_file, o.row AS old_row
FROM events e LEFT JOIN new n USING (id) LEFT JOIN old o ON o.id = coalesce(e.previous_id, e.id)
ORDER BY e.id, e.type, e.previous_id
"""

__all__ = ["KINDS", "find_changes"]


def find_changes(current: Path, previous: Path | None, *, shared: Collection[str] = ()) -> pa.Table:
    """The changes, schema CHANGES, sorted by id and type. previous: None for a first release, all of it added.

    current: a release, or the folder of one in which documents/ and reposts/ are written already. shared: files that
    are the same in both ("documents/32-2022.parquet", by their digests); they are not opened. Texts are read only of
    documents that differ. Releases of older layouts, without the columns withdrawn and aliases, are read too.
    Raises CorpusError if a table cannot be read.
    """
    states: dict[str, str] = {"new": _NOTHING, "old": _NOTHING}
    values: dict[str, list[str]] = {}
    for name, folder in (("new", current), ("old", previous)):
        if files := _files(folder, shared) if folder else []:
            states[name] = _state(files[0], f"${name}")
            values[name] = [str(file) for file in files]
    found = query(_CHANGES.format(**states), values)
    fields, diffs = _details(found)
    return found.append_column("fields", fields).append_column("diff", diffs).select(CHANGES.names).cast(CHANGES)


def _files(folder: Path, shared: Collection[str]) -> list[Path]:
    if not (folder / "documents").is_dir():
        raise CorpusError(f"{folder}: is not a release (no documents/)")
    files = [path for name in ("documents", "reposts") for path in sorted((folder / name).glob("*.parquet"))]
    return [path for path in files if path.relative_to(folder).as_posix() not in shared]


def _state(file: Path, files: str) -> str:
    """The query for one side. What an older layout does not know, it has not seen: null, and no aliases."""
    try:
        known = parquet.read_schema(file).names
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"{file}: cannot be read ({error}); remove this version, or pull it again") from error
    absent = {"withdrawn": "NULL::DATE", "aliases": "[]::VARCHAR[]"}
    return _STATE.format(files=files, **{name: name if name in known else null for name, null in absent.items()})


def _details(found: pa.Table) -> tuple[pa.Array[Any], pa.Array[Any]]:
    """For each change the fields that differ, and the paragraphs."""
    fields = [["withdrawn"] if back else [] for back in found["back"].to_pylist()]
    diffs: list[str | None] = [None] * found.num_rows
    for numbers, old, new in _pairs(found):
        for number, before, after in zip(numbers, old.to_pylist(), new.to_pylist(), strict=True):
            fields[number] = [name for name in FIELDS if before[name] != after[name]] + fields[number]
            diffs[number] = paragraph_diff(before["text"], after["text"]) or None
    return pa.array(fields, pa.list_(pa.string())), pa.array(diffs, pa.string())


def _pairs(found: pa.Table) -> Iterator[tuple[list[Any], pa.Table, pa.Table]]:
    """The contents of the documents that differ, before and after, some at a time; in front their rows in `found`."""
    numbered = found.append_column("number", pa.array(range(found.num_rows), pa.int64()))
    compared = pc.is_in(found["type"], value_set=pa.array(["modified", "moved"]))
    touched = numbered.filter(pc.and_(compared, pc.not_equal(found["before"], found["after"])))
    touched = touched.sort_by([("new_file", "ascending"), ("new_row", "ascending")])
    for start in range(0, touched.num_rows, AT_ONCE):
        some = touched.slice(start, AT_ONCE)
        old, new = (picked(some[f"{side}_file"], some[f"{side}_row"], FIELDS) for side in ("old", "new"))
        yield some["number"].to_pylist(), old, new

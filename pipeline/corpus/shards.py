"""The files of a release, written into one folder.

Enters: tables. Leaves: files on the disk and an entry for each. What is cut by province and year lies in folders
(documents/32-2022.parquet is Jiangsu 2022); a file of the last version whose rows are the same is not written again but
shared.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from pyarrow import parquet

from pipeline.corpus.files import sha256_of, synced
from pipeline.corpus.manifest import FileEntry
from pipeline.corpus.tables import ROW_GROUP

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from pipeline.corpus.versions import Release

EMPTY = "00-0000"
"""Name of the one file of a folder that would have none: it keeps `reposts/*.parquet` readable, with its columns."""

FORM: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 9,
    "write_statistics": ["id", "document_id", "published", "written", "division", "doc_number", "content_hash"],
}
"""A quarter fewer bytes than with zstd's level 1. Statistics only where somebody looks for a range or a key: those of
`text` would hold whole texts."""

__all__ = ["Shards"]


class Shards:
    """Writes files into a folder and remembers what it wrote. previous: the version whose files may be shared.

    taken_over: paths of the files that are the ones of the version before.
    """

    def __init__(self, folder: Path, previous: Release | None) -> None:
        self.folder = folder
        self.files: list[FileEntry] = []
        self.taken_over: list[str] = []
        self._previous = previous
        self._known = {file.inputs: file for file in previous.manifest.files if file.inputs} if previous else {}

    def table(self, path: str, rows: pa.Table, inputs: str | None = None) -> None:
        """Writes one Parquet file; the same rows give the same bytes. inputs: digest of all that they depend on."""
        with synced(self._target(path)) as file:
            parquet.write_table(rows.combine_chunks(), file, row_group_size=ROW_GROUP, **FORM)
        self._note(path, rows.num_rows, inputs)

    def bytes(self, path: str, content: bytes) -> None:
        """Writes one file that is no table."""
        with synced(self._target(path)) as file:
            file.write(content)
        self._note(path, None, None)

    def shared(self, path: str, inputs: str) -> bool:
        """True if the last version has this file with these inputs: then it is taken over."""
        known = self._known.get(inputs)
        if self._previous is None or known is None or known.path != path:
            return False
        standing = self._previous.path / path
        if not standing.is_file() or standing.stat().st_size != known.bytes or sha256_of(standing) != known.sha256:
            return False
        target = self._target(path)
        try:
            os.link(standing, target)
        except OSError:  # a file system without hard links
            shutil.copyfile(standing, target)
        self.files.append(known)
        self.taken_over.append(path)
        return True

    def rows(self, prefix: str) -> int:
        """Rows of all tables whose path begins so."""
        return sum(file.rows or 0 for file in self.files if file.path.startswith(prefix))

    def fill(self, folder: str, schema: pa.Schema) -> None:
        """Writes an empty table into a folder that has no file."""
        if not any(file.path.startswith(f"{folder}/") for file in self.files):
            self.table(f"{folder}/{EMPTY}.parquet", schema.empty_table())

    def _target(self, path: str) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _note(self, path: str, rows: int | None, inputs: str | None) -> None:
        target = self.folder / path
        size = target.stat().st_size
        self.files.append(FileEntry(path=path, sha256=sha256_of(target), bytes=size, rows=rows, inputs=inputs))

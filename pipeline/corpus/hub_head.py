"""The YAML head of a release's README.md, by which the Hugging Face hub and `datasets` know its tables.

Enters: counts and the entries of the files. Leaves: YAML between two lines `---`.

>>> hub_head(counts, files).splitlines()[:2]
['---', 'pretty_name: zhengce 政策']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from pipeline.corpus.meanings import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.corpus.manifest import Counts, FileEntry
    from pipeline.corpus.meanings import Table

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))

__all__ = ["hub_head"]


def hub_head(counts: Counts, files: Sequence[FileEntry]) -> str:
    """The documents are the default, the other tables are loaded by name. A table without rows is not offered."""
    head = {
        "pretty_name": "zhengce 政策",
        "language": ["zh"],
        "license": "other",
        "license_name": "public-documents",
        "license_link": "README.md",
        "size_categories": [next((name for limit, name in SIZES if counts.documents < limit), "n>1M")],
        "configs": [_config(table, paths) for table in tables().values() if (paths := _loadable(table, files))],
    }
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False)}---\n\n"


def _config(table: Table, paths: str | list[str]) -> dict[str, object]:
    if table.name == "documents":
        return {"config_name": "default", "data_files": paths, "default": True}
    return {"config_name": table.name, "data_files": paths}


def _loadable(table: Table, files: Sequence[FileEntry]) -> str | list[str]:
    """What `datasets` can load of a table: it cannot read a file without rows, alone or among others."""
    held = table.files(files)
    filled = [file.path for file in held if file.rows]
    is_folder = any("/" in path for path in filled)
    return f"{table.name}/*.parquet" if is_folder and len(filled) == len(held) else filled

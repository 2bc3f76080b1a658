"""DuckDB over Parquet files and Arrow tables: offline, with bounded memory, spilling beside the corpus.

Enters: a query, the Arrow tables that it names, and its parameters. Leaves: an Arrow table.

>>> query("SELECT count(*) AS n FROM live WHERE source = $source", {"source": "suzhou"}, live=live)["n"].to_pylist()
[3]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb

from pipeline.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

MEMORY = "4GB"
"""What a query may hold before it spills: a million rows of the catalogue take about one."""

__all__ = ["column", "query"]


def query(
    sql: str, values: Mapping[str, Any] | None = None, /, spill: Path | None = None, **tables: pa.Table
) -> pa.Table:
    """Runs one query. values: its $parameters, None for none. spill: a folder for what does not fit into memory.

    Raises CorpusError when a file that it reads is missing or damaged.
    """
    config: dict[str, Any] = {"autoinstall_known_extensions": "false", "memory_limit": MEMORY, "TimeZone": "UTC"}
    if spill is not None:
        config["temp_directory"] = str(spill)
    with duckdb.connect(config=config) as database:
        for name, table in tables.items():
            database.register(name, table)
        try:
            found: pa.Table = database.sql(sql, params=values).to_arrow_table()
            return found
        except duckdb.Error as error:
            reason = " ".join(str(error).split())
            raise CorpusError(
                f"the corpus cannot be read: {reason}; if that is in clean/.cache, delete that folder and release again"
            ) from error


def column(table: pa.Table, name: str) -> list[Any]:
    """The values of a column."""
    values: list[Any] = table[name].to_pylist()
    return values

"""Single rows out of many Parquet files.

Enters: the file and the row of each. Leaves: the rows in the order asked for. Only the row groups that hold one of
them are read, one at a time, so that a few texts of a large corpus cost little.

>>> picked(found["file"], found["row"], ("title", "text")).column_names
['title', 'text']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from pipeline.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

__all__ = ["picked"]


def picked(files: pa.ChunkedArray[Any], rows: pa.ChunkedArray[Any], columns: Sequence[str]) -> pa.Table:
    """These rows of these files. rows: counted from 0 in each file. Raises CorpusError if a file cannot be read."""
    where, numbers = files.to_numpy(zero_copy_only=False), rows.to_numpy()
    parts, places = [], []
    for file in sorted(set(where)):
        mine = np.flatnonzero(where == file)
        for chosen, part in _of(file, numbers[mine], columns):
            parts.append(part)
            places.append(mine[chosen])
    return pa.concat_tables(parts).take(np.argsort(np.concatenate(places)))


def _of(file: str, rows: NDArray[np.int64], columns: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], pa.Table]]:
    """Which of `rows`, and the rows themselves, row group by row group."""
    try:
        with parquet.ParquetFile(file) as source:
            groups = [source.metadata.row_group(number).num_rows for number in range(source.num_row_groups)]
            ends = np.cumsum(groups)
            group_of = np.searchsorted(ends, rows, side="right")
            for group in np.unique(group_of):
                chosen = np.flatnonzero(group_of == group)
                table = source.read_row_group(int(group), columns=list(columns))
                yield chosen, table.take(rows[chosen] - (ends[group] - groups[group]))
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"{file}: cannot be read ({error}); remove this version, or pull it again") from error

"""Arrow columns as numpy arrays, which the rules of this package work on.

Enters: columns of the catalogue. Leaves: numbers, and marks where a column has a value.

>>> codes(pa.chunked_array([["a", None, "b", "a"]]))
array([1, 0, 2, 1])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Keys = NDArray[np.uint64]
    Marks = NDArray[np.bool_]
    Array = pa.Array[Any]
    Column = pa.ChunkedArray[Any]

compute: Any = pyarrow.compute
"""Without its stubs, which cannot type a column that comes from a file."""

__all__ = ["codes", "compute", "distinct", "equal", "ints", "joined", "once", "unknown"]


def codes(column: Column) -> Ints:
    """A number from 1 for each value, 0 for null."""
    indices = joined(column).dictionary_encode().indices
    found = indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
    return np.asarray(found, np.int64)


def ints(column: Column) -> Ints:
    """The numbers of a column, 0 for null."""
    return np.asarray(compute.fill_null(column, 0).to_numpy(), np.int64)


def equal(column: Column, value: str) -> Marks:
    """Where a column has a value."""
    return np.asarray(compute.equal(column, value).to_numpy(), np.bool_)


def unknown(column: Column) -> Marks:
    """Where a column is null."""
    return np.asarray(column.is_null().to_numpy(), np.bool_)


def joined(column: Column) -> Array:
    """A column as one array."""
    return pa.concat_arrays(column.chunks) if column.num_chunks != 1 and column.num_chunks else column.combine_chunks()


def distinct(values: NDArray[Any]) -> Ints:
    """Numbers from 0 for equal values, in the order of the values."""
    return np.asarray(np.unique(values, return_inverse=True)[1], np.int64).reshape(-1)


def once(values: Ints) -> Ints:
    """Each value once, rising. numpy.unique hashes, which takes ten times as long for millions of values."""
    values = np.sort(values)
    return values[np.concatenate([[True], values[1:] != values[:-1]])] if len(values) else values

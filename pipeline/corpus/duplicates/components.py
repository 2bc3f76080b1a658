"""The connected parts of a graph, by numpy alone.

Enters: how many nodes there are, and edges. Leaves: for each node the smallest node that it is connected with.

>>> components(4, np.array([0, 2]), np.array([2, 3]))
array([0, 1, 0, 0])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["components"]


def components(size: int, one: Ints, other: Ints) -> Ints:
    """Smallest labels run along the edges, twice as far in each round."""
    labels = np.arange(size)
    while True:
        before = labels
        labels = labels.copy()
        least = np.minimum(labels[one], labels[other])
        np.minimum.at(labels, before[one], least)
        np.minimum.at(labels, before[other], least)
        labels = labels[labels]
        if np.array_equal(labels, before):
            return labels

"""One city for all tests of a file that change nothing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.city import City, city

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def here() -> Iterator[City]:
    """One city for all tests that change nothing in it."""
    with city(bulk=45) as running:
        yield running

"""A city for the real crawls of a file, and the same city without the troubles of the test before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.city import City, city

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def town() -> Iterator[City]:
    with city(bulk=20) as running:
        yield running


@pytest.fixture
def calm(town: City) -> Iterator[City]:
    """No faults and an empty journal."""
    town.calm()
    town.forget()
    yield town
    town.calm()

"""The content hash follows the words and the facts, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from corpus_factory import document

from pipeline.corpus.content import FIELDS, content_hash

CHANGED = {"written": None, "effective": datetime(2023, 1, 1).date(), "expires": datetime(2024, 1, 1).date()}


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_counts(field: str) -> None:
    one = document()
    value = CHANGED.get(field, datetime(2022, 5, 23, 9, 1) if field == "published" else "另一个")
    assert content_hash(replace(one, **{field: value})) != content_hash(one)


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://elsewhere.gov.cn/", "id": "f" * 16, "source": "elsewhere", "source_kind": "repost"},
        {"raw_sha256": "9" * 64, "extractor": "density", "content_hash": "x"},
        {"flags": (), "repairs": (), "provenance": (), "sections": ()},
    ],
)
def test_place_bytes_and_rules_do_not_count(change: dict[str, object]) -> None:
    one = document()
    assert content_hash(replace(one, **change)) == content_hash(one)  # type: ignore[arg-type]


def test_the_hash_is_what_it_was() -> None:
    """Changing how it is computed would report every document of every corpus as modified."""
    assert content_hash(document()) == "9f1ab177a7d6ae8763406d248b27f6c4b8d5428fcb4e4521af41aaed59f68536"

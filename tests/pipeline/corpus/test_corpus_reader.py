"""A document is found by address or id, with everything that happened to it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from corpus_factory import cleaned, document, refused, released

from pipeline.corpus.errors import CorpusError
from pipeline.corpus.reader import find

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = [cleaned(document("a")), cleaned(document("b", source_kind="repost")), refused("x")]
    return released(pages, tmp_path).path


def test_by_address_whatever_its_scheme(folder: Path) -> None:
    one, copy = document("a"), document("b")
    [finding] = find(folder, one.url.replace("http:", "https:"))
    assert finding.document == one
    assert (finding.canonical, finding.cluster) == (True, min(one.id, copy.id))
    assert [sighting.url for sighting in finding.also_at] == [copy.url]
    assert (finding.removals, finding.relations) == (cleaned(one).removals, cleaned(one).relations)
    assert [(pair.verdict, pair.rule) for pair in finding.pairs] == [("merge", "exact.letters")]


def test_by_the_beginning_of_an_id(folder: Path) -> None:
    copy = document("b", source_kind="repost")
    [finding] = find(folder, copy.id[:6].upper())
    assert (finding.document, finding.canonical) == (copy, False)
    assert (finding.cluster, [sighting.id for sighting in finding.also_at]) == (
        min(copy.id, document("a").id),
        [document("a").id],
    )


def test_of_a_copy_all_other_places_are_known_and_the_canonical_one_is_first(tmp_path: Path) -> None:
    copies = [document(name, source_kind="repost") for name in "bc"]
    folder = released([cleaned(document("a")), *map(cleaned, copies)], tmp_path).path
    for one, other in (copies, copies[::-1]):
        [finding] = find(folder, one.id)
        assert [sighting.url for sighting in finding.also_at] == [document("a").url, other.url]


def test_a_refused_page_says_why(folder: Path) -> None:
    [finding] = find(folder, refused("x").url)
    assert (finding.document, finding.cluster, finding.also_at) == (None, None, ())
    assert finding.removals == refused("x").removals


def test_without_the_audit_the_document_is_still_found(folder: Path) -> None:
    shutil.rmtree(folder / "audit")
    [finding] = find(folder, document("a").id)
    assert (finding.document, finding.removals, finding.pairs) == (document("a"), (), ())


def test_what_is_not_there_is_not_found(folder: Path) -> None:
    assert find(folder, "http://www.suzhou.gov.cn/none.shtml") == []
    assert find(folder, "urn:zhengce:demo/a.txt") == []


@pytest.mark.parametrize("target", ["", "abc", "not an id", "' OR 1=1 --"])
def test_what_is_neither_address_nor_id_is_refused(folder: Path, target: str) -> None:
    with pytest.raises(CorpusError, match="neither an address nor an id"):
        find(folder, target)


def test_a_folder_that_is_no_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="not a release"):
        find(tmp_path, "abcd")

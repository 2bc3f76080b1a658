"""Source cards: read strictly, overlaid by the user's own, and every mistake names its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler import source
from crawler.errors import SourceError
from crawler.source import Source, load_sources

if TYPE_CHECKING:
    from pathlib import Path

CARD = """
id: suzhou
title: 苏州市人民政府
division: 320500
publisher: 苏州市人民政府办公室
licence: 著作权法第五条
kind: origin
hosts: [www.suzhou.gov.cn, "127.0.0.1:8080"]
"""


def card(root: Path, text: str, name: str = "jiangsu/suzhou.yml") -> Path:
    path = root / "sources" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_card(tmp_path: Path) -> None:
    card(tmp_path, CARD)
    assert load_sources(tmp_path)["suzhou"] == Source(
        id="suzhou",
        title="苏州市人民政府",
        division="320500",
        publisher="苏州市人民政府办公室",
        licence="著作权法第五条",
        kind="origin",
        hosts=("www.suzhou.gov.cn", "127.0.0.1:8080"),
        platform="generic",
    )


def test_a_small_card_leaves_the_rest_unknown(tmp_path: Path) -> None:
    card(tmp_path, "{id: 人民政府-信息公开, title: 甲}")
    found = load_sources(tmp_path)["人民政府-信息公开"]
    assert (found.division, found.publisher, found.licence, found.kind, found.hosts) == (None, None, None, None, ())


def test_the_users_card_replaces_the_bundled_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "BUNDLED", tmp_path / "package" / "sources")
    card(tmp_path / "package", CARD)
    card(tmp_path / "package", "{id: yantai, title: 烟台}", "yantai.yml")
    card(tmp_path, "{id: suzhou, title: mine}", "mine.yml")
    assert [(key, found.title) for key, found in load_sources(tmp_path).items()] == [
        ("suzhou", "mine"),
        ("yantai", "烟台"),
    ]
    assert load_sources(None)["suzhou"].title == "苏州市人民政府"
    assert load_sources(tmp_path / "nowhere").keys() == {"suzhou", "yantai"}


def test_the_bundle_loads() -> None:
    assert all(key == found.id for key, found in load_sources(None).items())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CARD + "licnce: x", "licnce: Extra inputs are not permitted; known keys are id, title"),
        ("id: a", "title: Field required"),
        ("{id: a b, title: t}", "id: String should match"),
        ("{id: a/b, title: t}", "id: String should match"),
        ("{id: a, title: t, division: 3205}", "division: String should match"),
        ("{id: a, title: t, division: true}", "division: Input should be a valid string"),
        ("{id: a, title: t, kind: copy}", "kind: Input should be 'origin', 'repost', 'mirror' or 'file'"),
        ("{id: a, title: t, hosts: ['http://a.cn']}", "hosts.0: String should match"),
        ("- a", "not a card"),
        ("", "not a card"),
        ("id: [", "cannot be read as YAML"),
    ],
)
def test_mistakes_name_their_card(tmp_path: Path, text: str, message: str) -> None:
    path = card(tmp_path, text)
    with pytest.raises(SourceError) as caught:
        load_sources(tmp_path)
    assert str(caught.value).startswith(f"{path}: {message}")
    assert "\n" not in str(caught.value)


def test_a_card_that_is_no_text(tmp_path: Path) -> None:
    path = card(tmp_path, "")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="cannot be read as YAML"):
        load_sources(tmp_path)


def test_an_id_is_given_once(tmp_path: Path) -> None:
    first, second = card(tmp_path, CARD, "a.yml"), card(tmp_path, CARD, "b.yml")
    with pytest.raises(SourceError) as caught:
        load_sources(tmp_path)
    assert str(caught.value) == f"{second}: the id suzhou is taken by {first}; give it another"

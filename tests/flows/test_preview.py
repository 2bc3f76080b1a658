"""`zhengce sources preview`: from the site, then from raw/, with evidence and with what was removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from source_verbs import verb, write_card

from crawler.run import crawl
from crawler.source import load_sources
from tests.city import city

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.city import City


@pytest.fixture(scope="module")
def town() -> Iterator[City]:
    with city(bulk=1) as running:
        yield running


def card(root: Path, town: City, more: str = "") -> None:
    host = town.sites["trs"].split("/")[2]
    columns = "".join(f'  - {{id: {key}, url: "{town.sites[key]}"}}\n' for key in ("trs", "trs_numbered"))
    write_card(
        root,
        f'id: demo\ntitle: 示例\nhosts: ["{host}"]\nplatform: trs\nlimits: {{delay: 0}}\n{more}columns:\n{columns}',
    )


def test_a_sample_of_the_site_from_each_column(town: City, tmp_path: Path) -> None:
    card(tmp_path, town)
    town.forget()
    result = verb(tmp_path, "preview", "demo", "--sample", "2", "--json", "--save")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    wanted = {key: {url: title for url, title, _ in town.documents(key)} for key in ("trs", "trs_numbered")}
    assert (told["origin"], len(told["pages"])) == ("site", 2)
    for page, titles in zip(told["pages"], wanted.values(), strict=True):
        assert page["title"] == titles[page["url"]]
        fields = {field["name"]: field for field in page["fields"]}
        assert fields["title"]["seen_in"] == "meta"
        assert fields["doc_number"]["seen_in"]
        assert page["first"][0].startswith("各县（市、区）人民政府")
        assert page["letters"] > 300
        assert any("主办单位" in one["evidence"] and one["rule"] for one in page["removed"])
    lists = [path for _, _, path, _ in town.log if path.endswith(("/zfwj/", "index_1.html", "index_2.html"))]
    assert len(lists) <= 4  # the sample does not walk the lists to their ends
    assert not (tmp_path / "raw").exists()
    assert len(list((tmp_path / "sources" / "demo" / "pages").glob("*.html"))) == 2


def test_what_raw_holds_is_not_fetched_again(town: City, tmp_path: Path) -> None:
    card(tmp_path, town)
    crawl(load_sources(tmp_path)["demo"], tmp_path, limit=4)
    town.forget()
    told = json.loads(verb(tmp_path, "preview", "demo", "--json").stdout)
    assert (told["origin"], len(told["pages"]), town.log) == ("raw", 3, [])
    shown = verb(tmp_path, "preview", "demo", "--sample", "1").output
    assert "removed by" in shown
    assert "begins" in shown
    assert json.loads(verb(tmp_path, "preview", "demo", "--live", "--sample", "1", "--json").stdout)["origin"] == "site"
    assert town.log != []


def test_why_there_is_nothing_to_show(town: City, tmp_path: Path) -> None:
    card(tmp_path, town, more="enabled: false\n")
    path = tmp_path / "sources" / "demo.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("zfwj/", "nowhere/").replace("index_18086", "none"))
    result = verb(tmp_path, "preview", "demo")
    assert result.exit_code == 1
    assert "no page to show; column trs: " in result.output
    assert "http_404" in result.output
    assert verb(tmp_path, "preview", "atlantis").exit_code == 2

"""From an address to a card of at most fifteen lines that can be crawled, and to saved pages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from source_verbs import CARD, verb, write_card

from crawler.platforms import PLATFORMS
from crawler.run import crawl
from crawler.site import FoundColumn, Site
from crawler.source import Source, load_sources
from flows import scaffold
from flows.card_text import card_text
from flows.saved import SavedPage, saved_pages
from tests.city import city

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.city import City


@pytest.fixture(scope="module")
def town() -> Iterator[City]:
    with city(bulk=1, robots={"jcms": "disallow"}) as running:
        yield running


def home(town: City, key: str) -> str:
    return "/".join(town.sites[key].split("/")[:3]) + "/"


def test_a_site_of_a_known_family_needs_no_hand(town: City, tmp_path: Path) -> None:
    made = verb(tmp_path, "new", home(town, "ucap"), "--id", "yunlan")
    assert made.exit_code == 0, made.output
    path = tmp_path / "sources" / "yunlan.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 15
    assert "verified: null" in path.read_text(encoding="utf-8")
    card = load_sources(tmp_path)["yunlan"]
    assert (card.title, card.division, card.platform, card.verified) == ("云澜市人民政府", "991100", "ucap", None)
    assert [column.url for column in card.columns] == [town.sites["ucap"], town.sites["ucap_szinf"]]

    pages = list(saved_pages(tmp_path / "sources" / "yunlan" / "pages"))
    listed = {url: title for key in ("ucap", "ucap_szinf") for url, title, _ in town.documents(key)}
    assert len(pages) == 3
    for page in pages:
        assert isinstance(page, SavedPage), page
        assert (page.expected.title, page.expected.reviewed) == (listed[page.expected.url], False)
        assert page.expected.text

    checked = verb(tmp_path, "check", "yunlan")
    assert checked.exit_code == 0, checked.output
    assert checked.output.count("nobody has reviewed it") == 3
    assert verb(tmp_path, "check", "yunlan", "--strict").exit_code == 1

    health = crawl(card, tmp_path)  # the card is whole: all documents of both columns
    assert (health.outcome, health.columns["zfwj"].rows) == ("ok", len(town.documents("ucap")))
    assert health.counts.details == len(listed)


def test_the_outcome_is_there_for_programs_and_no_scheme_means_either(town: City, tmp_path: Path) -> None:
    made = verb(tmp_path, "new", home(town, "shpt").removeprefix("http://"), "--id", "chaowan", "--json")
    told = json.loads(made.stdout)
    assert (made.exit_code, told["platform"], told["trouble"]) == (0, "shpt", [])
    assert len(told["pages"]) == 3
    assert load_sources(tmp_path)["chaowan"].columns[0].url == town.sites["shpt"]


@pytest.mark.parametrize(
    ("url", "code", "why"),
    [
        ("{jcms}", 1, "robots.txt asks us to stay away"),
        ("{hostile}", 1, "none is a list of policy"),
        *((bad, 2, "not the address of a site") for bad in ("no address", "", "http://:", "http://a.gov.cn:99999/")),
        ("https://www.example.gov.cn/", 2, "set ZHENGCE_CONTACT"),
    ],
)
def test_why_there_is_no_card(
    town: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, code: int, why: str
) -> None:
    monkeypatch.delenv("ZHENGCE_CONTACT", raising=False)
    url = url.format(jcms=home(town, "jcms"), hostile=f"{town.url}/challenge/none.html")
    made = verb(tmp_path, "new", url, "--id", "x")
    assert made.exit_code == code, made.output
    assert why in made.output
    assert len(made.output.splitlines()) == 1
    assert not (tmp_path / "sources").exists()


def test_a_name_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    mine = write_card(tmp_path)
    made = verb(tmp_path, "new", "https://demo.gov.cn/", "--id", "demo")
    assert (made.exit_code, mine.read_text(encoding="utf-8")) == (2, CARD)
    bundled = verb(tmp_path, "new", "https://www.suzhou.gov.cn/")
    assert bundled.exit_code == 2
    assert "--id suzhou" in bundled.output
    for bad in ("../demo", "x.furniture", "a" * 300):
        refused = verb(tmp_path, "new", "https://demo.gov.cn/", "--id", bad)
        assert refused.exit_code == 2
        assert "is no name for a source" in refused.output


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.ks.gov.cn/kss/zfwj/common_list.shtml", "ks"),
        ("http://rsj.gz.gov.cn:8080/gkmlpt/index", "gz-rsj"),
        ("https://www.gov.cn/", "gov"),
        ("https://www.achie.org", "achie"),
        ("http://127.0.0.1:8080/", "loopback-8080"),
    ],
)
def test_names_of_sources(url: str, name: str) -> None:
    assert scaffold.name_of(url) == name


def test_what_a_stranger_writes_stays_a_value(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A site's own words must not become keys or comments of the card."""
    bad = 'x"\nenabled: false # 市'
    column = FoundColumn(
        url='https://www.example.gov.cn/a"b}/zcwj/', name=bad, told="link", kind="policy", platform="trs", rows=8
    )
    site = Site(url="https://www.example.gov.cn/", name=bad, code="32050000\n1", publisher=bad, columns=(column,))
    text, _ = card_text(site, "demo", scaffold.now().date())
    fields = yaml.safe_load(text)
    assert fields["title"] == fields["publisher"] == 'x" enabled: false # 市'
    assert "enabled" not in fields
    assert Source.model_validate(fields).columns[0].url == column.url


def test_a_card_has_room_for_the_surest_columns_only() -> None:
    home = "https://www.a.gov.cn/"
    columns = tuple(
        FoundColumn(url=f"{home}zcwj/{n}/", name=f"政策{n}", told="link", kind="policy", platform="trs", rows=9)
        for n in range(20)
    )
    site = Site(url=home, name="某市人民政府", publisher="某市人民政府", columns=columns)
    text, used = card_text(site, "a", scaffold.now().date())
    assert len(text.splitlines()) == 15
    assert used == list(columns[: len(used)])
    assert [column["id"] for column in yaml.safe_load(text)["columns"]] == [str(n) for n in range(len(used))]


GUIDE = (Path(__file__).parents[2] / "docs" / "add-a-city.md").read_text(encoding="utf-8")


def test_the_card_of_the_guide_is_a_card_and_each_of_its_lines_is_explained() -> None:
    text = re.findall(r"^```yaml title=sources/example.yml\n(.*?)^```$", GUIDE, re.M | re.S)[0]
    fields = yaml.safe_load(text)
    assert len(Source.model_validate(fields).columns) == 2
    explained = re.findall(r"^\| `(\w+)` \|", GUIDE.partition("## The families")[0], re.M)
    assert explained == list(fields)
    with pytest.raises(ValueError, match="ucapp"):
        Source.model_validate(fields | {"platform": "ucapp"})


def test_the_guide_knows_all_families() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", GUIDE.partition("## The families")[2], re.M)) == set(PLATFORMS)


def test_a_server_that_speaks_no_newer_tls(town: City, tmp_path: Path) -> None:
    made = verb(tmp_path, "new", home(town, "trs"), "--id", "old", "--legacy-tls")
    assert made.exit_code == 0, made.output
    card = yaml.safe_load((tmp_path / "sources" / "old.yml").read_text(encoding="utf-8"))
    assert card["tls"] == "legacy"

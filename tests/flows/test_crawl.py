"""Crawls through the command line: real ones of the loopback city, each source in its own process."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from city_cards import write_card
from filelock import FileLock
from pyarrow import parquet

from tests.city import city

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Zhengce

    from tests.city import City

NIGHTS = ("1772395200", "1772481600")
"""Two nights in March 2026, long after the newest document of the city."""

RECORD = Path(__file__).parents[2] / "docs" / "record.md"
STATUS = re.compile(r"^```json title=status\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def town() -> Iterator[City]:
    """gkmlpt answers well; truecms shows a challenge page to everybody."""
    with city(bulk=1, challenge={"truecms": "412"}) as running:
        yield running


@pytest.fixture(autouse=True)
def first_night(monkeypatch: pytest.MonkeyPatch, town: City, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NIGHTS[0])
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # the hosts' locks
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delenv("ZHENGCE_CONTACT", raising=False)
    town.forget()


def outcomes(told: dict[str, Any]) -> dict[str, str]:
    return {one["source"]: one["outcome"] for one in told["sources"]}


def test_a_run_releases_what_was_crawled_beside_files_and_a_site_that_blocks(
    zhengce: Zhengce, inbox: Path, corpus: Path, town: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = write_card(corpus, town, "gkmlpt", recheck={"days": 0, "sweep": "never"})
    walled = write_card(corpus, town, "truecms")
    first = zhengce("run", good, inbox, walled, "--json")
    assert first.exit_code == 0
    told = json.loads(first.stdout)
    assert outcomes(told["crawl"]) == {"gkmlpt": "ok", "truecms": "blocked"}
    assert told["crawl"]["sources"][0]["counts"]["details"] == len(town.documents("gkmlpt"))
    assert "blocked    truecms: the site refused us" in first.stderr
    found = parquet.read_table(f"{told['path']}/documents", filters=[("source", "=", "gkmlpt")]).to_pylist()
    released = [page for page in found if page["parent"] is None]
    assert {file["parent"] for file in found} - {None} <= {page["id"] for page in released}  # files know their pages
    wanted = {url: (title, day) for url, title, day in town.documents("gkmlpt")}
    assert {page["url"]: (page["title"], str(page["published"])[:10]) for page in released} == wanted
    # the page's own fact table comes before the catalogue's row
    assert {fact["where"] for page in released for fact in page["provenance"] if fact["field"] == "index_number"} == {
        "header_table"
    }
    assert {page["division"] for page in released} == {"320500"}
    assert told["load"]["counts"]["inbox"]["new"] == 2

    town.forget()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NIGHTS[1])
    second = json.loads(zhengce("run", good, walled, "--json").stdout)
    assert outcomes(second["crawl"]) == {"gkmlpt": "unchanged", "truecms": "blocked"}
    assert (second["changed"], second["version"]) == (False, told["version"])
    asked = [visit.target for visit in town.visits if visit.site == "gkmlpt"]
    assert [target.partition("?")[0] for target in asked] == ["/robots.txt", "/gkmlpt/api/all/505"]

    status = json.loads(zhengce("status", "--json").stdout)
    crawls = {one["source"]: one["crawl"] for one in status["sources"]}
    assert crawls["inbox"] is None
    found, broken = crawls["gkmlpt"], crawls["truecms"]
    assert (found["state"], found["outcome"], found["since"]) == ("good", "unchanged", None)
    assert (found["held"], found["total"], found["fill"]["title"]) == (len(wanted), len(wanted), 1.0)
    assert (broken["state"], broken["bad_runs"], broken["last_good"]) == ("broken", 2, None)
    assert broken["since"] == "2026-03-01T20:00:00+00:00"
    documented = json.loads(STATUS.findall(RECORD.read_text(encoding="utf-8"))[0])["sources"][1]["crawl"]
    assert found.keys() == broken.keys() == documented.keys()
    shown = zhengce("status").stdout
    assert "broken    truecms: blocked since 2026-03-02, 2 runs (never good): the site refused us" in shown
    assert "broken    gkmlpt" not in shown


def test_the_window_bounds_a_crawl_and_the_next_one_goes_on(zhengce: Zhengce, corpus: Path, town: City) -> None:
    write_card(corpus, town, "gkmlpt")
    days = [day for _, _, day in town.documents("gkmlpt")]
    limited = zhengce("crawl", "gkmlpt", "--limit", 2)
    assert limited.exit_code == 0
    assert limited.stdout.startswith("gkmlpt: ")
    since = json.loads(zhengce("crawl", "gkmlpt", "--since", days[9], "--until", days[5], "--json").stdout)
    [told] = since["sources"]
    assert told["counts"]["details"] == sum(days[9] <= day <= days[5] for day in days)
    [rest] = json.loads(zhengce("crawl", "gkmlpt", "--json").stdout)["sources"]
    assert rest["counts"]["details"] == len(days) - 2 - told["counts"]["details"]


def test_only_blocked_sources_are_a_failure_with_a_reason(zhengce: Zhengce, corpus: Path, town: City) -> None:
    write_card(corpus, town, "truecms", enabled=False)
    crawl = zhengce("crawl", "truecms")
    assert crawl.exit_code == 1
    assert crawl.stdout.startswith("truecms: blocked: the site refused us")
    run = zhengce("run", "truecms")
    assert run.exit_code == 1
    assert "holds no pages yet; truecms: blocked: the site refused us" in run.stderr


def test_a_crawl_that_cannot_begin_is_a_failed_source(zhengce: Zhengce, corpus: Path, town: City) -> None:
    write_card(corpus, town, "gkmlpt")
    write_card(corpus, town, "trs_numbered")
    (corpus / "raw").mkdir()
    (corpus / "raw" / "gkmlpt").write_text("no folder")
    crawl = zhengce("crawl", "gkmlpt", "trs_numbered")
    assert crawl.exit_code == 0
    first, second = crawl.stdout.splitlines()
    assert first.startswith("gkmlpt: failed: ")
    assert second.startswith("trs_numbered: ok: ")
    assert zhengce("crawl", "gkmlpt", "trs_numbered", "--strict").exit_code == 1


def test_a_crawl_under_way_is_not_broken(zhengce: Zhengce, corpus: Path) -> None:
    from datetime import UTC, datetime

    from crawler.health import UNENDED, Health

    corpus.mkdir()
    begun = datetime(2026, 3, 1, 20, tzinfo=UTC)
    Health(source="a", run="1", outcome="ok", started=begun).write(corpus)
    Health(source="a", run="2", outcome="failed", reason=UNENDED, started=begun).write(corpus)

    def state() -> str:
        [source] = json.loads(zhengce("status", "--json").stdout)["sources"]
        return str(source["crawl"]["state"])

    (corpus / ".zhengce").mkdir()
    with FileLock(corpus / ".zhengce" / "lock"):
        assert state() == "good"
    assert state() == "broken"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["crawl", "suzhuo"], "there is no source suzhuo; the nearest are suzhou"),
        (["crawl", "昆山"], "the nearest are kunshan"),
        (["crawl", "xxxxxxxx"], "cards lie in sources/"),
        (["crawl", "qianzhan"], "qianzhan: its card has no columns"),
        (["crawl", "suzhou"], "suzhou: set ZHENGCE_CONTACT"),
        (["run", "suzhou"], "suzhou: set ZHENGCE_CONTACT"),
        (["run", "suzhuo"], "suzhuo does not exist; give a file, a folder or a source (the nearest are suzhou"),
        (["load", "suzhou"], "crawl it with: zhengce crawl suzhou"),
        (["crawl", "suzhou", "--since", "2026-02-01", "--until", "2026-01-01"], "is after --until"),
        (["crawl", "suzhou", "--since", "yesterday"], "yesterday"),
        (["crawl", "suzhou", "--limit", "0"], "--limit"),
        (["crawl"], "Missing argument"),
    ],
)
def test_wrong_use_is_told_before_anything_starts(
    zhengce: Zhengce, corpus: Path, words: list[str], message: str
) -> None:
    result = zhengce(*words)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not (corpus / "raw").exists()


def test_a_name_of_a_source_and_a_folder_is_not_guessed(
    zhengce: Zhengce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "suzhou").mkdir()
    (tmp_path / "suzhou" / "a.txt").write_text("苏州市人民政府关于做好防汛工作的通知\n各县区人民政府：\n请认真执行。\n")
    result = zhengce("run", "suzhou")
    assert result.exit_code == 2
    assert "write ./suzhou for the path" in result.stderr
    assert zhengce("load", "suzhou").exit_code == 0

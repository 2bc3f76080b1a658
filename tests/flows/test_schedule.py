"""`zhengce schedule` is left alone with eight sources of which four are in trouble, loses its server, is cancelled and
ended: what it releases, whom it tells, and what it leaves behind."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from city_cards import write_card
from prefect_side import MARK, alive, artifacts, ask, events, listener, pid_of, runs, tasks, until

from flows.engine import server_answers
from flows.root import Root
from tests.city import Rule, city
from tests.city.faults import CHALLENGES
from tests.city.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Zhengce

    from tests.city import City

HOUSE = Path(__file__).parents[2]
DOWN, BLOCKED, EMPTY, SLOW = "atom", "truecms_closed", "generic_dede", "jpaas_camel"
WELL = ("trs_numbered", "epoint_old", "rss", "gov_library_bm")
NOTHING = text("<html><head><title>政府文件</title></head><body><ul></ul><p>暂无数据</p></body></html>")

ENDED = ("Released", "Unchanged", "Refused", "Failed", "Crashed", "Cancelled")

YESTERDAY, TODAY = "1767225600", "1767312000"
"""2026-01-01 and 2026-01-02, 08:00 in China."""


@contextmanager
def scheduled(corpus: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`zhengce schedule` in a process of its own. Gives its mark and the process."""
    mark = corpus.parent.name
    env = {**os.environ, MARK: mark, "SOURCE_DATE_EPOCH": TODAY, "TMPDIR": str(corpus.parent), "PYTHONPATH": str(HOUSE)}
    command = [sys.executable, "-m", "flows.cli", "--root", str(corpus), "schedule", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True
    ) as process:
        try:
            yield mark, process
        finally:
            process.kill()
            for line in alive(mark):
                os.kill(int(line.split()[0]), signal.SIGKILL)


def kept_by(corpus: Path) -> str:
    """The address of the server that the schedule keeps."""
    return str(until(lambda: _read(corpus / ".zhengce" / "server")))


def _read(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with a blank in its name, as people have them."""
    return tmp_path / "my corpus"


@pytest.mark.timeout(600)  # a machine under load takes several times as long, and each step has a bound of its own
def test_a_schedule_that_is_left_alone(zhengce: Zhengce, corpus: Path, tmp_path: Path) -> None:
    remote = tmp_path / "remote"
    with city(bulk=1) as town, listener() as (address, heard):
        names = [write_card(corpus, town, name) for name in (BLOCKED, EMPTY, SLOW, *WELL)]
        with city(bulk=1) as doomed:
            names.append(write_card(corpus, doomed, DOWN))
            assert zhengce("crawl", DOWN, BLOCKED, EMPTY).exit_code == 0
        town.spoil(Rule(answer=CHALLENGES["412"], site="truecms"))
        town.spoil(Rule(answer=NOTHING, site="generic", path=re.escape(urlsplit(town.sites[EMPTY]).path)))
        words = ["--every", "2", "--publish", str(remote), "--tell", address, "--retry-after", "0.2"]
        with scheduled(corpus, *names, *words) as (mark, process):
            url = kept_by(corpus)
            until(lambda: under_way(url))  # it fired by itself; from now on runs come when they are called
            [deployment] = ask(url, "/deployments/filter")
            ask(url, f"/deployments/{deployment['id']}/pause_deployment")

            first = until(lambda: ended(url, 0))
            assert (first["name"].split(" of ")[0], first["state_name"]) == ("daily run", "Released"), first["state"]
            releases_what_it_could(first, url, corpus, remote)
            until(lambda: {BLOCKED, DOWN, EMPTY} <= {one["payload"].get("source") for one in heard})
            assert any(f"zhengce.source.broken: {BLOCKED}: the site refused us" in one["text"] for one in heard)

            for name in (BLOCKED, EMPTY, *WELL):  # cards are read when a run begins
                with (corpus / "sources" / f"{name}.yml").open("a") as card:
                    card.write("frequency: weekly\n")
            (corpus / "sources" / f"{DOWN}.yml").write_text("title: [")
            second = called(url, deployment, town)
            server = pid_of(mark, "flows.server")
            assert server
            os.kill(server, signal.SIGKILL)  # while a site is being asked
            town.let_go("jpaas")
            until(lambda: pid_of(mark, "flows.server") not in (None, server))
            assert until(lambda: state_of(url, second) in ENDED and state_of(url, second)) == "Unchanged"
            done = tasks(url, second)
            begun = sorted(name.split()[:2] for name in done if name.startswith(("crawl", "clean")))
            assert begun == [["crawl", DOWN], ["crawl", SLOW]]  # and nothing is cleaned again
            assert done[f"crawl {DOWN}"]["run_count"] == 1
            told = ask(url, f"/flow_runs/{second}", method="GET")["state"]["message"]
            assert f"nothing came from {DOWN} (failed)" in told
            assert process.poll() is None

            third = called(url, deployment, town)
            child = pid_of(mark, "crawler.child")
            assert child
            ask(url, f"/flow_runs/{third}/set_state", {"state": {"type": "CANCELLING", "name": "Cancelling"}})
            until(lambda: state_of(url, third) == "Cancelled")
            assert not [line for line in alive(mark) if line.startswith(f"{child} ")]

            fourth = called(url, deployment, town)
            os.killpg(process.pid, signal.SIGINT)  # Ctrl-C in a terminal reaches every process of the group
            out, err = process.communicate()
            assert process.returncode == 0, err
            assert "daily   8 sources whose cards say `frequency: daily`" in out
            assert "the Prefect server died; it is started again" in err
            assert alive(mark) == []
            assert not Root(corpus).busy()
            assert not list((corpus / "raw").rglob("*.open"))
            with closing(sqlite3.connect(corpus / ".zhengce" / "prefect" / "prefect.db")) as database:
                states = dict(database.execute("SELECT id, state_name FROM flow_run").fetchall())
            assert states[fourth] == "Cancelled"


def releases_what_it_could(run: dict[str, Any], url: str, corpus: Path, remote: Path) -> None:
    """Of eight sources four are in trouble: each is named, and as old in the release as it is."""
    for name, outcome in ((DOWN, "failed"), (BLOCKED, "blocked"), (EMPTY, "empty")):
        assert f"{name} ({outcome})" in run["state"]["message"]
    latest = json.loads((remote / "latest.json").read_text())["version"]
    coverage = json.loads((corpus / "clean" / latest / "coverage.json").read_text())["sources"]
    assert {name: one["as_of"] for name, one in coverage.items()} == {
        **dict.fromkeys((DOWN, BLOCKED, EMPTY), "2026-01-01"),
        **dict.fromkeys((SLOW, *WELL), "2026-01-02"),
    }
    done = tasks(url, run["id"])
    assert {done[f"crawl {name}"]["state_name"] for name in (*WELL, SLOW)} == {"Ok"}
    tries = {name: done[f"crawl {name}"]["run_count"] for name in (DOWN, BLOCKED, EMPTY, SLOW)}
    assert tries == {DOWN: 3, BLOCKED: 1, EMPTY: 1, SLOW: 1}
    left = artifacts(url, run["id"])
    assert {"zhengce-sources", "zhengce-release", "zhengce-run", "zhengce-where", "zhengce-progress"} <= set(left)
    rows = {row["source"]: (row["outcome"], row["as of"]) for row in left["zhengce-sources"]}
    assert rows[BLOCKED] == ("blocked", "2026-01-01")
    assert rows[SLOW] == ("ok", "2026-01-02")
    assert str(left["zhengce-progress"]) in ("100", "100.0")
    [told] = until(lambda: events(url, "zhengce.release.published"))[-1:]
    assert told["payload"]["version"] == latest


def called(url: str, deployment: dict[str, Any], town: City) -> str:
    """The id of a run that has just asked the slow site, which does not answer until it is let go."""
    town.hold("jpaas")
    town.forget()
    run = str(ask(url, f"/deployments/{deployment['id']}/create_flow_run")["id"])
    until(lambda: any(visit.site == "jpaas" for visit in town.visits))
    return run


def state_of(url: str, run: str) -> str:
    """Its name, or nothing while the server is away."""
    try:
        return str(ask(url, f"/flow_runs/{run}", method="GET")["state_name"])
    except OSError:
        return ""


@pytest.mark.soak
def test_a_schedule_that_is_killed_leaves_no_process_and_the_next_one_tidies_up(corpus: Path) -> None:
    with city(bulk=1) as town:
        town.hold("jpaas")
        card = corpus / "sources" / f"{write_card(corpus, town, SLOW)}.yml"
        with scheduled(corpus, SLOW, "--every", "5") as (mark, process):
            url = kept_by(corpus)
            run = until(lambda: under_way(url))
            until(lambda: pid_of(mark, "crawler.child"))
            process.kill()
            until(lambda: pid_of(mark, "flows.server") is None)
        town.let_go("jpaas")
        card.write_text(card.read_text() + "frequency: weekly\n")
        with scheduled(corpus, SLOW, "--every", "5") as (mark, process):
            assert until(lambda: kept_by(corpus) == url and server_answers(url))  # bookmarks hold
            until(lambda: ask(url, f"/flow_runs/{run['id']}", method="GET")["state_name"] == "Crashed")
            until(
                lambda: any(one["name"].startswith("weekly") and one["state_name"] == "Released" for one in runs(url))
            )
            assert [one["name"] for one in ask(url, "/deployments/filter")] == ["weekly"]
            process.terminate()
            assert process.wait() == 0
            assert alive(mark) == []


@pytest.mark.soak
def test_a_server_that_hangs_is_started_again(corpus: Path) -> None:
    with city(bulk=1) as town, scheduled(corpus, write_card(corpus, town, SLOW), "--every", "5") as (mark, process):
        url = kept_by(corpus)
        run = until(lambda: under_way(url))
        server = pid_of(mark, "flows.server")
        assert server
        os.kill(server, signal.SIGSTOP)
        until(lambda: pid_of(mark, "flows.server") not in (None, server), 600)
        until(lambda: state_of(url, run["id"]) == "Released", 600)
        process.terminate()
        _, err = process.communicate()
        assert (process.returncode, "has not answered for" in err) == (0, True)
        assert alive(mark) == []


def ended(url: str, number: int) -> dict[str, Any] | None:
    """The run of that number, if it has ended; runs that met another do not count."""
    found = [run for run in runs(url) if run["state_name"] not in ("Skipped", "Running")]
    return found[number] if len(found) > number else None


def under_way(url: str) -> dict[str, Any] | None:
    return next((run for run in runs(url) if run["state_name"] == "Running"), None)

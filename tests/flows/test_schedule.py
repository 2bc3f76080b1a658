"""`zhengce schedule` is left alone with eight sources of which four are in trouble, loses its server, is cancelled and
ended: what it releases, whom it tells, and what it leaves behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from city_cards import write_card
from prefect_side import MARK, alive, artifacts, ask, events, pid_of, runs, tasks, until

from flows.engine import server_answers
from flows.root import Root
from tests.city import Rule, city
from tests.city.faults import CHALLENGES
from tests.city.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Zhengce

HOUSE = Path(__file__).parents[2]
DOWN, BLOCKED, EMPTY, SLOW = "atom", "truecms_closed", "generic_dede", "jpaas_camel"
WELL = ("trs_numbered", "epoint_old", "rss", "gov_library_bm")
NOTHING = text("<html><head><title>政府文件</title></head><body><ul></ul><p>暂无数据</p></body></html>")

YESTERDAY, TODAY = "1767225600", "1767312000"
"""2026-01-01 and 2026-01-02, 08:00 in China."""


@contextmanager
def listener() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An address that keeps what is sent to it."""
    heard: list[dict[str, Any]] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", heard
    server.shutdown()
    server.server_close()


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


def test_a_schedule_that_is_left_alone(zhengce: Zhengce, corpus: Path, tmp_path: Path) -> None:
    remote = tmp_path / "remote"
    with city(bulk=1, delay={"jpaas": 0.3}) as town, listener() as (address, heard):
        names = [write_card(corpus, town, name) for name in (BLOCKED, EMPTY, SLOW, *WELL)]
        with city(bulk=1) as doomed:
            names.append(write_card(corpus, doomed, DOWN))
            assert zhengce("crawl", DOWN, BLOCKED, EMPTY).exit_code == 0
        town.spoil(Rule(answer=CHALLENGES["412"], site="truecms"))
        town.spoil(Rule(answer=NOTHING, site="generic", path=re.escape(urlsplit(town.sites[EMPTY]).path)))
        words = ["--every", "15", "--publish", str(remote), "--tell", address, "--retry-after", "0.2"]
        with scheduled(corpus, *names, *words) as (mark, process):
            url = kept_by(corpus)

            first = until(lambda: ended(url, 0))
            for name in (DOWN, BLOCKED, EMPTY, *WELL):  # cards are read when a run begins
                with (corpus / "sources" / f"{name}.yml").open("a") as card:
                    card.write("frequency: weekly\n")
            assert (first["name"].split(" of ")[0], first["state_name"]) == ("daily run", "Released")
            for name, outcome in ((DOWN, "failed"), (BLOCKED, "blocked"), (EMPTY, "empty")):
                assert f"{name} ({outcome})" in first["state"]["message"]
            latest = json.loads((remote / "latest.json").read_text())["version"]
            coverage = json.loads((corpus / "clean" / latest / "coverage.json").read_text())["sources"]
            assert {name: one["as_of"] for name, one in coverage.items()} == {
                **dict.fromkeys((DOWN, BLOCKED, EMPTY), "2026-01-01"),
                **dict.fromkeys((SLOW, *WELL), "2026-01-02"),
            }
            done = tasks(url, first["id"])
            assert {done[f"crawl {name}"]["state_name"] for name in (*WELL, SLOW)} == {"Ok"}
            tries = {name: done[f"crawl {name}"]["run_count"] for name in (DOWN, BLOCKED, EMPTY, SLOW)}
            assert tries == {DOWN: 3, BLOCKED: 1, EMPTY: 1, SLOW: 1}
            left = artifacts(url, first["id"])
            assert {"zhengce-sources", "zhengce-release", "zhengce-run", "zhengce-where", "zhengce-progress"} <= set(
                left
            )
            rows = {row["source"]: (row["outcome"], row["as of"]) for row in left["zhengce-sources"]}
            assert rows[BLOCKED] == ("blocked", "2026-01-01")
            assert rows[SLOW] == ("ok", "2026-01-02")
            assert str(left["zhengce-progress"]) in ("100", "100.0")
            [told] = until(lambda: events(url, "zhengce.release.published"))[-1:]
            assert told["payload"]["version"] == latest
            until(lambda: {BLOCKED, DOWN, EMPTY} <= {one["payload"].get("source") for one in heard})
            assert any(f"zhengce.source.broken: {BLOCKED}: the site refused us" in one["text"] for one in heard)

            until(lambda: under_way(url))
            until(lambda: pid_of(mark, "crawler.child"))  # the server dies while the second run crawls
            server = pid_of(mark, "flows.server")
            assert server
            os.kill(server, signal.SIGKILL)
            until(lambda: pid_of(mark, "flows.server") not in (None, server))
            second = until(lambda: server_answers(url) and ended(url, 1))
            assert second["state_name"] == "Unchanged"
            begun = [name.split()[:2] for name in tasks(url, second["id"]) if name.startswith(("crawl", "clean"))]
            assert begun == [["crawl", SLOW]]  # and nothing is cleaned again

            assert process.poll() is None
            third = until(lambda: under_way(url))  # and the third is cancelled by hand
            child = until(lambda: pid_of(mark, "crawler.child"))
            cancel = {"state": {"type": "CANCELLING", "name": "Cancelling"}, "force": False}
            ask(url, f"/flow_runs/{third['id']}/set_state", cancel)
            until(lambda: ask(url, f"/flow_runs/{third['id']}", method="GET")["state_name"] == "Cancelled")
            assert not [line for line in alive(mark) if line.startswith(f"{child} ")]

            process.terminate()
            out, err = process.communicate()
            assert process.returncode == 0, err
            assert "daily   8 sources whose cards say `frequency: daily`" in out
            assert alive(mark) == []
            assert not Root(corpus).busy()
            assert not list((corpus / "raw").rglob("*.open"))


@pytest.mark.soak
def test_a_schedule_that_is_killed_leaves_no_process_and_the_next_one_tidies_up(corpus: Path) -> None:
    with city(bulk=1, delay={"jpaas": 0.5}) as town:
        card = corpus / "sources" / f"{write_card(corpus, town, SLOW)}.yml"
        with scheduled(corpus, SLOW, "--every", "5") as (mark, process):
            url = kept_by(corpus)
            run = until(lambda: under_way(url))
            until(lambda: pid_of(mark, "crawler.child"))
            process.kill()
            until(lambda: pid_of(mark, "flows.server") is None)
        card.write_text(card.read_text() + "frequency: weekly\n")
        with scheduled(corpus, SLOW, "--every", "5") as (mark, process):
            assert until(lambda: kept_by(corpus) == url and server_answers(url))  # bookmarks hold
            until(lambda: ask(url, f"/flow_runs/{run['id']}", method="GET")["state_name"] == "Crashed")
            until(
                lambda: any(one["name"].startswith("weekly") and one["state_name"] == "Released" for one in runs(url))
            )
            assert [one["name"] for one in ask(url, "/deployments/filter")] == ["weekly"]
            process.send_signal(signal.SIGINT)
            assert process.wait() == 0
            assert alive(mark) == []


def ended(url: str, number: int) -> dict[str, Any] | None:
    """The run of that number, if it has ended; runs that met another do not count."""
    found = [run for run in runs(url) if run["state_name"] not in ("Skipped", "Running")]
    return found[number] if len(found) > number else None


def under_way(url: str) -> dict[str, Any] | None:
    return next((run for run in runs(url) if run["state_name"] == "Running"), None)

"""The Prefect way, for real: an embedded server, one flow run, its tasks and its table."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from city_cards import write_card
from prefect_side import artifacts, runs, tasks

from flows.engine import server_answers, takes_the_flow_way
from flows.root import Root
from tests.city import city

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from conftest import Zhengce

    from flows.server import PrefectServer


def test_a_flow_leaves_the_bytes_of_a_direct_run(zhengce: Zhengce, inbox: Path, corpus: Path, tmp_path: Path) -> None:
    home = tmp_path / "a home"
    flow_root = tmp_path / "by flow"
    for name in ("one", "two"):  # two shards, so that the tasks share a pool
        assert zhengce("load", inbox, "--source", name).exit_code == 0
        assert zhengce("--root", flow_root, "load", inbox, "--source", name).exit_code == 0
    direct = json.loads(zhengce("run", inbox, "--json").stdout)
    words = [sys.executable, "-m", "flows.cli", "--root", flow_root, "run", inbox, "--prefect", "--json"]
    run = subprocess.run(
        [*map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PREFECT_HOME": str(home), "DO_NOT_TRACK": "0"},
    )
    assert run.returncode == 0, run.stderr
    flow = json.loads(run.stdout)
    assert flow["digest"] == direct["digest"]
    assert flow["version"] == direct["version"]
    assert [line.split()[0] for line in run.stderr.splitlines()] == ["failed", "failed"]  # and no log lines
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        tasks = database.execute("SELECT name, state_name FROM task_run ORDER BY name").fetchall()
        tables = dict(database.execute("SELECT key, data FROM artifact").fetchall())
    assert {state for _, state in tasks} == {"Completed"}
    assert [name.split()[0] for name, _ in tasks] == ["clean", "clean", "clean", "dedup", "gate", "load", "release"]
    assert sorted(tables) == ["zhengce-progress", "zhengce-run"]
    assert "苏州市人民政府" in str(json.loads(json.loads(tables["zhengce-run"])))


def test_a_source_that_fails_is_a_red_task_in_a_green_flow(
    inbox: Path, corpus: Path, tmp_path: Path, server: PrefectServer
) -> None:
    with city(bulk=1, challenge={"truecms": "412"}) as town:
        sources = [write_card(corpus, town, name) for name in ("trs_numbered", "truecms")]
        words = [sys.executable, "-m", "flows.cli", "--root", corpus, "run", inbox, *sources, "--prefect", "--json"]
        env = {"PREFECT_API_URL": server.url, "PREFECT_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)}
        run = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, env={**os.environ, **env})
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert [one["outcome"] for one in told["crawl"]["sources"]] == ["ok", "blocked"]
    [flow] = [one for one in runs(server.url) if one["parameters"].get("root") == str(corpus)]
    assert flow["state_name"] == "Completed"
    crawls = {name: one["state_name"] for name, one in tasks(server.url, flow["id"]).items() if "crawl " in name}
    assert crawls == {"crawl trs_numbered": "Ok", "crawl truecms": "Blocked"}
    left = artifacts(server.url, flow["id"])
    assert sorted(left) == ["zhengce-progress", "zhengce-run", "zhengce-sources"]
    assert {row["source"]: row["outcome"] for row in left["zhengce-sources"]} == {
        "trs_numbered": "ok",
        "truecms": "blocked",
    }


def test_a_run_is_direct_until_a_server_answers(
    monkeypatch: pytest.MonkeyPatch, zhengce: Zhengce, inbox: Path, corpus: Path
) -> None:
    root = Root(corpus)
    assert not takes_the_flow_way(asked=False, root=root)
    assert takes_the_flow_way(asked=True, root=root)
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/api"
    monkeypatch.setenv("PREFECT_API_URL", url)
    assert not server_answers(url)
    assert not takes_the_flow_way(asked=False, root=root)
    result = zhengce("run", inbox, "--prefect")
    assert result.exit_code == 1
    assert f"no Prefect server answers at {url}" in result.stderr


def test_an_address_that_is_none_does_not_answer() -> None:
    assert not server_answers("not an address")

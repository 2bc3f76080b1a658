"""The nightly flow on a real server: what it releases, whom it names, what it leaves, and what a kill costs."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from city_cards import write_card
from conftest import notice
from prefect_side import artifacts, ask, events, runs, tasks, until

from flows.root import Root
from tests.city import city

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Zhengce

    from flows.server import PrefectServer
    from tests.city import City

HERE = Path(__file__).parent
HOUSE = HERE.parents[1]
NEVER = 0
EVERY = {"hourly": "17 * * * *", "daily": "0 3 * * *", "weekly": "0 4 * * 6", "monthly": "0 5 1 * *"}


@pytest.fixture(scope="module")
def town() -> Iterator[City]:
    with city(bulk=1) as running:
        yield running


class Night:
    """Starts the flow for a root, in a process of its own that talks to the server."""

    def __init__(self, server: PrefectServer, folder: Path) -> None:
        self.url, self._folder = server.url, folder

    def begin(self, root: Path, moment: int = NEVER, **parameters: Any) -> subprocess.Popen[str]:
        wanted = {"root": str(root), "retry_after": 0.1, **parameters}
        words = [sys.executable, HERE / "nightly_killed_at.py", moment, root, json.dumps(wanted)]
        settings = {"PREFECT_API_URL": self.url, "PREFECT_HOME": str(self._folder / "home")}
        path = os.pathsep.join([str(HERE), str(HOUSE)])
        env = {**os.environ, **settings, "PYTHONPATH": path, "TMPDIR": str(self._folder)}
        return subprocess.Popen(
            [*map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, cwd=HOUSE
        )

    def run(self, root: Path, moment: int = NEVER, **parameters: Any) -> dict[str, Any]:
        """How the run ended; nothing if it was killed."""
        process = self.begin(root, moment, **parameters)
        out, err = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), err
        return json.loads(out.splitlines()[-1]) if process.returncode == 0 else {}


@pytest.fixture
def night(server: PrefectServer, tmp_path: Path) -> Night:
    return Night(server, tmp_path)


def version(root: Path) -> str:
    """The name of the release that stands: the day of the newest page, and a digest of all that it says."""
    return str(json.loads((root / "clean" / "latest.json").read_text())["version"])


def survives(moment: int, root: Path, calm: Path, night: Night, sources: list[str]) -> bool:
    """Kill a night at this moment, let the next one come, compare; True when it was killed before its own end."""
    shutil.copytree(calm.parent / "sources", root / "sources")
    ended = night.run(root, moment, sources=sources)
    again = night.run(root, sources=sources)
    assert again["name"] in ("Released", "Unchanged")
    assert version(root) == version(calm)
    assert not list((root / "clean").rglob("*.partial"))
    shutil.rmtree(root)
    return not ended


@pytest.fixture
def undisturbed(tmp_path: Path, town: City, night: Night) -> tuple[int, Path, list[str]]:
    """How many moments a night has, the root that it leaves, its sources."""
    calm = tmp_path / "calm"
    sources = [write_card(tmp_path, town, "trs_numbered")]
    shutil.copytree(tmp_path / "sources", calm / "sources")
    return night.run(calm, sources=sources)["moments"], calm, sources


def moments(seed: int, count: int, last: int) -> Iterator[int]:
    """Different moments, one out of each of `count` equal stretches of the night."""
    choose = random.Random(seed)
    for place in range(count):
        yield choose.randint(1 + place * last // count, (place + 1) * last // count)


def test_three_kills_leave_no_trace(undisturbed: tuple[int, Path, list[str]], tmp_path: Path, night: Night) -> None:
    last, calm, sources = undisturbed
    killed = [survives(moment, tmp_path / str(moment), calm, night, sources) for moment in moments(2026, 3, last)]
    assert killed.count(True) >= 2  # the last moment may come after the run's own end


@pytest.mark.soak
def test_twenty_kills_leave_no_trace(undisturbed: tuple[int, Path, list[str]], tmp_path: Path, night: Night) -> None:
    last, calm, sources = undisturbed
    assert last >= 20
    killed = [survives(moment, tmp_path / str(moment), calm, night, sources) for moment in moments(4711, 20, last)]
    assert killed.count(True) >= 18


NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def test_a_release_that_is_refused_is_a_failed_run_with_the_findings(
    zhengce: Zhengce, corpus: Path, tmp_path: Path, server: PrefectServer, night: Night
) -> None:
    folder, remote = tmp_path / "many", tmp_path / "remote"
    folder.mkdir()
    for number, place in enumerate(NUMBERS, 1):
        (folder / f"{number}.txt").write_text(
            notice(f"{place}里市", f"里政发〔2025〕{number}号", number), encoding="utf-8"
        )
    assert zhengce("run", folder, "--source", "many").exit_code == 0
    before = version(corpus)
    shutil.rmtree(corpus / "raw" / "many")
    (folder / "1.txt").rename(tmp_path / "1.txt")
    assert zhengce("load", tmp_path / "1.txt", "--source", "many").exit_code == 0
    ended = night.run(corpus, frequency="monthly", publish=str(remote))
    assert ended["name"] == "Refused"
    assert "11 of 12 documents" in ended["message"]
    assert version(corpus) == before
    assert not remote.exists()
    [run] = [run for run in runs(server.url) if run["state_name"] == "Refused"]
    assert (run["state_type"], run["name"].split(" of ")[0]) == ("FAILED", "monthly run")
    [finding, *_] = artifacts(server.url, run["id"])["zhengce-findings"]
    assert (finding["source"], finding["what"], finding["count"]) == ("many", "lost", 11)
    assert {name: one["state_type"] for name, one in tasks(server.url, run["id"]).items()} == {
        f"dedup {corpus.name}": "COMPLETED",
        f"gate {corpus.name}": "FAILED",
        **{name: "COMPLETED" for name in tasks(server.url, run["id"]) if name.startswith("clean ")},
    }
    [told] = until(lambda: events(server.url, "zhengce.release.refused"))
    assert any("11 of 12" in line for line in told["payload"]["findings"])


def test_two_runs_do_not_meet(town: City, corpus: Path, server: PrefectServer, night: Night) -> None:
    source = write_card(corpus, town, "epoint_old")
    root = Root(corpus)
    with root.claim() as ours:
        assert ours
        first = night.begin(corpus, frequency="daily", sources=[source])
        until((root.private / "daily.run").exists)
        second = night.run(corpus, frequency="daily", sources=[source])
        assert (second["name"], second["message"]) == ("Skipped", "the daily run before this one has not ended yet")
        assert first.poll() is None  # it waits
        assert not (corpus / "raw").exists()
    out, err = first.communicate()
    assert json.loads(out.splitlines()[-1])["name"] == "Released", err


def test_a_wrong_remote_is_told_before_anything_is_crawled(town: City, corpus: Path, night: Night) -> None:
    source = write_card(corpus, town, "epoint_old")
    process = night.begin(corpus, sources=[source], publish="gopher://old")
    out, _ = process.communicate()
    assert "gopher:// is not known" in json.loads(out.splitlines()[-1])["message"]
    assert not (corpus / "raw").exists()


def test_the_work_pool_of_prefect_yaml_runs_the_flow(
    town: City, corpus: Path, server: PrefectServer, tmp_path: Path
) -> None:
    source = write_card(corpus, town, "rss")
    env = {
        **os.environ,
        "PREFECT_API_URL": server.url,
        "PREFECT_HOME": str(tmp_path / "home"),
        "ZHENGCE_ROOT": str(corpus),
        "PYTHONPATH": str(HOUSE),
        "TMPDIR": str(tmp_path),
        "DO_NOT_TRACK": "1",
    }

    def prefect(*words: str) -> str:
        command = [sys.executable, "-m", "prefect", "--no-prompt", *words]
        done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=HOUSE, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    prefect("work-pool", "create", "zhengce", "--type", "process")
    prefect("deploy", "--all")
    found = [one for one in ask(server.url, "/deployments/filter") if one["name"].endswith("-pool")]
    assert {one["name"]: one["schedules"][0]["schedule"]["cron"] for one in found} == {
        f"{frequency}-pool": cron for frequency, cron in EVERY.items()
    }
    assert {one["schedules"][0]["schedule"]["timezone"] for one in found} == {"Asia/Shanghai"}
    prefect("deployment", "run", "zhengce-nightly/daily-pool", "-p", f'sources=["{source}"]')
    prefect("worker", "start", "--pool", "zhengce", "--run-once")
    [run] = [run for run in runs(server.url) if run["deployment_id"] and run["parameters"]["root"] == str(corpus)]
    assert run["state_name"] == "Released", run["state"]
    assert version(corpus) in run["state"]["message"]

"""The same release from every engine: on a real Dask cluster of two worker processes, one of them killed in mid-run."""

from __future__ import annotations

import json
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import dask.config
import pytest
from conftest import notice
from distributed import Client, LocalCluster
from dying import leave
from remotes import bucket

from flows import cluster as cluster_module
from flows.address import open_remote
from flows.cache import cached_shard, is_clean
from flows.crew import LOCAL, STRANGER, Crew, clean_seen, engine_of
from flows.direct import Plan, clean_direct, release_direct
from flows.errors import FlowError, WrongUse
from flows.exchange import Errand, clean_by_exchange, fulfil
from flows.root import Root, now
from flows.steps import raw_shards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Zhengce

    from flows.crew import Engine

SHARDS = 6


@contextmanager
def two_workers(no_workers: str = "1 minute", failures: int = 3) -> Iterator[Any]:
    """no_workers: how long the scheduler waits when all are gone. failures: deaths that a task may cause."""
    settings = {"no-workers-timeout": no_workers, "allowed-failures": failures}
    with (
        dask.config.set({f"distributed.scheduler.{name}": value for name, value in settings.items()}),
        LocalCluster(2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as cluster,
    ):
        yield cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with two_workers() as cluster:
        yield cluster


@pytest.fixture
def inboxes(tmp_path: Path) -> list[Path]:
    """A folder for each shard, with three pages."""
    folders = [tmp_path / "in" / f"源{number}" for number in range(SHARDS)]
    for number, folder in enumerate(folders):
        folder.mkdir(parents=True)
        for turn, place in enumerate(("苏州市", "烟台市", "昆山市")):
            text = notice(place, f"府发〔2025〕{10 * number + turn}号", 20 + number)
            (folder / f"{turn}.txt").write_text(text, encoding="utf-8")
    return folders


def loaded(folder: Path, inboxes: list[Path], zhengce: Zhengce) -> Root:
    for inbox in inboxes:
        assert zhengce("--root", folder, "load", inbox).exit_code == 0
    return Root(folder)


def digest_of(root: Root, engine: Engine = LOCAL) -> str:
    return release_direct(Plan(root, now(), engine=engine)).digest


def test_every_engine_leaves_the_same_release(
    cluster: Any, inboxes: list[Path], tmp_path: Path, zhengce: Zhengce, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = digest_of(loaded(tmp_path / "local", inboxes, zhengce))
    dask = tmp_path / "by dask"
    loaded(dask, inboxes, zhengce)
    monkeypatch.setenv("ZHENGCE_DASK", cluster.scheduler_address)
    run = zhengce("--root", dask, "run", "--engine", "dask", "--json")
    assert (run.exit_code, run.stderr) == (0, "")
    assert json.loads(run.stdout)["digest"] == local
    exchange = tmp_path / "exchange"
    far = loaded(tmp_path / "far", inboxes, zhengce)
    assert digest_of(far, engine_of("dask", None, str(exchange))) == local
    assert [path.name for path in (exchange / "raw").iterdir()] == ["README.txt"]
    assert len(list((exchange / "clean/index").iterdir())) == SHARDS


def test_a_killed_worker_costs_time_only(inboxes: list[Path], tmp_path: Path, zhengce: Zhengce) -> None:
    undisturbed = digest_of(loaded(tmp_path / "local", inboxes, zhengce))
    root = loaded(tmp_path / "dask", inboxes, zhengce)
    killed: list[int] = []
    with two_workers() as cluster, Client(cluster, set_as_default=False) as client:

        def watch(what: str, done: int, total: int) -> None:
            """The first shard is clean and others are not: kill a worker that is at work."""
            if what == "cleaning" and done == 1:
                busy = next(address for address, tasks in client.processing().items() if tasks)
                killed.append(client.run(os.getpid, workers=[busy])[busy])
                os.kill(killed[0], signal.SIGKILL)

        plan = Plan(root, now(), engine=engine_of("dask", cluster.scheduler_address))
        assert release_direct(plan, watch=watch).digest == undisturbed
        assert killed
        client.wait_for_workers(2, timeout=60)  # the nanny has started another one
        assert killed[0] not in client.run(os.getpid).values()


def test_a_shard_that_kills_its_workers_is_named(
    inboxes: list[Path], corpus: Path, zhengce: Zhengce, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = loaded(corpus, inboxes[:1], zhengce)
    monkeypatch.setattr("flows.crew.clean_seen", leave)
    assert dask.config.get("distributed.scheduler.allowed-failures") == 3  # Dask's own; here one death is enough,
    # because a busy machine takes a minute to start workers again that died while they were starting
    with (
        two_workers(failures=0) as cluster,
        pytest.raises(FlowError, match=r"源0/.*each worker that cleaned it was killed"),
    ):
        clean_direct(Plan(root, now(), engine=engine_of("dask", cluster.scheduler_address)))


def test_a_cluster_without_workers_is_not_waited_for_for_ever(
    inboxes: list[Path], corpus: Path, zhengce: Zhengce
) -> None:
    root = loaded(corpus, inboxes[:1], zhengce)
    [shard] = raw_shards(root)
    with two_workers("1 second") as cluster, engine_of("dask", cluster.scheduler_address).crew(1) as crew:
        cluster.scale(0)
        with pytest.raises(FlowError, match="no workers for too long"):
            crew.clean(shard, root, {})


def test_what_a_dead_run_had_cleaned_is_taken_from_the_exchange(
    inboxes: list[Path], tmp_path: Path, corpus: Path, zhengce: Zhengce
) -> None:
    root = loaded(corpus, inboxes[:1], zhengce)
    [shard] = raw_shards(root)
    target = cached_shard(shard, root, {})
    exchange = open_remote(str(tmp_path / "exchange"))
    errand = Errand(exchange.address, shard.relative_to(root.raw).as_posix(), target.name, {})
    nobody = ThreadPoolExecutor(1)
    nobody.shutdown()
    with pytest.raises(RuntimeError):
        clean_by_exchange(errand, shard, target, exchange, nobody)
    assert fulfil(errand) == target.name  # the raw shard lies there
    assert clean_by_exchange(errand, shard, target, exchange, nobody) == target.name
    assert is_clean(target)


def test_a_bucket_serves_as_the_exchange(
    inboxes: list[Path], tmp_path: Path, zhengce: Zhengce, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = loaded(tmp_path / "local", inboxes[:2], zhengce)
    with ThreadPoolExecutor(2) as pool:
        root = loaded(tmp_path / "far", inboxes[:2], zhengce)
        crew = Crew(pool, 2, open_remote(f"{bucket(monkeypatch)}/work"))
        found = [crew.clean(shard, root, {}) for shard in raw_shards(root)]
        assert all(map(is_clean, found))
    assert digest_of(root) == digest_of(local)


def test_a_worker_that_is_not_like_us_is_told(
    inboxes: list[Path], tmp_path: Path, corpus: Path, zhengce: Zhengce, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = loaded(corpus, inboxes[:1], zhengce)
    [shard] = raw_shards(root)

    class Stranger(ThreadPoolExecutor):
        """A worker with other rules."""

        def submit(self, *task: Any) -> Any:
            with monkeypatch.context() as other:
                other.setattr("flows.cache.RULES", "other")
                job = super().submit(*task)
                job.exception()
            return job

    with Stranger(1) as pool:
        for exchange in (None, open_remote(str(tmp_path / "exchange"))):
            with pytest.raises(FlowError, match=STRANGER[:20]):
                Crew(pool, 1, exchange).clean(shard, root, {})
    assert not list((tmp_path / "exchange").glob("clean/*"))


def test_a_worker_that_does_not_see_the_root_says_so(tmp_path: Path) -> None:
    with pytest.raises(FlowError, match="--exchange"):
        clean_seen(tmp_path / "raw/a/b.warc.gz", Root(tmp_path), {})


def test_a_cluster_that_is_not_there_is_told_in_one_line(
    inboxes: list[Path], corpus: Path, zhengce: Zhengce, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(corpus, inboxes[:1], zhengce)
    monkeypatch.setattr(cluster_module, "PATIENCE", 1)
    for words, told in (
        (("--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"), "no Dask scheduler answers"),
        (("--engine", "dask", "--scheduler", "nonsense://"), "no Dask scheduler answers"),
    ):
        run = zhengce("clean", *words)
        assert (run.exit_code, run.stderr.count("\n")) == (1, 1), run.stderr
        assert told in run.stderr
    with two_workers() as empty:
        empty.scale(0)
        empty.sync(empty._correct_state)
        run = zhengce("clean", "--engine", "dask", "--scheduler", empty.scheduler_address)
    assert "has no workers" in run.stderr


def test_wrong_words_are_told_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUse, match="--engine dask"):
        engine_of("local", "tcp://127.0.0.1:8786")
    with pytest.raises(WrongUse, match="cannot write there"):
        engine_of("dask", None, "https://example.org/work")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongUse, match=r"zhengce\[cluster\]"), engine_of("dask").crew(1):
        pass

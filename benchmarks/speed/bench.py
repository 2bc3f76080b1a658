"""The measurements of a run, one after the other, those that are compared in turns.

Enters: a scratch folder and how many pages. Leaves: `figures`, by name; every one is made by a process of its own.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.dedup.measured import Failed, measured
from benchmarks.quality.gold import decode_right
from benchmarks.speed.pages import SHARD, write_pages
from crawler.store import RawStore
from flows.engine import server_answers
from flows.root import Root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_MB = 1e6
_START = 120  # seconds that a new Prefect server may take


class Bench:
    """pages: of the corpus; a tenth of them are a corpus too, for memory."""

    def __init__(self, folder: Path, pages: int, data: Path, rounds: int) -> None:
        self.folder, self.pages, self.rounds = folder, pages, rounds
        self.figures: dict[str, Any] = {"pages": pages, "shard": SHARD}
        self.large, self.small = Root(folder / "large"), Root(folder / "small")
        write_pages(self.large, pages, data)
        write_pages(self.small, max(1, pages // 10), data)
        store = RawStore(self.large.raw)
        whole = sum(len(record.page.body) for shard in store.shards() for record in store.records(shard))
        self.figures["mean page, bytes"] = whole / pages

    def race(self) -> None:
        """Ours and trafilatura on one core, in turns."""
        runs = [self._work("race") for _ in range(self.rounds)]
        self.figures["race"] = {
            "ours, pages/s": median(run["pages"] / run["ours"] for run in runs),
            "trafilatura, pages/s": median(run["pages"] / run["trafilatura"] for run in runs),
            "ratio": median(run["trafilatura"] / run["ours"] for run in runs),
        }

    def stages(self) -> None:
        """Shares of the CPU time."""
        found = self._work("stages")
        whole = sum(found.values())
        ordered = sorted(found.items(), key=lambda one: -one[1])
        self.figures["stages"] = {name: seconds / whole for name, seconds in ordered}

    def clean(self, processes: Sequence[int]) -> None:
        """The step by so many processes, and trafilatura in one, in turns; by the clock."""
        runs: dict[str, list[float]] = {}
        for _ in range(self.rounds):
            for count in processes:
                runs.setdefault(str(count), []).append(self._work("clean", count)["seconds"])
            runs.setdefault("trafilatura", []).append(self._work("trafilatura")["seconds"])
        self.figures["clean"] = {name: self.pages / median(seconds) for name, seconds in runs.items()}

    def memory(self) -> None:
        """Peaks of one process on the small corpus and on the large one."""
        peaks = {name: self._work("clean", 1, root)["peak"] for name, root in self._corpora().items()}
        self.figures["memory, MB"] = {name: peak / _MB for name, peak in peaks.items()}

    def datatrove(self, python: str, processes: Sequence[int]) -> None:
        """Pages a second of reader, trafilatura, writer."""
        pages = self.folder / "jsonl"
        pages.mkdir()
        for number, shard in enumerate(self._shards()):
            with (pages / f"{number:04}.jsonl").open("w", encoding="utf-8") as file:
                for record in RawStore(self.large.raw).records(shard):
                    text = decode_right(record.page.body, "")
                    file.write(json.dumps({"id": record.id, "text": text}, ensure_ascii=False) + "\n")
        found = {}
        for count in processes:
            out = self.folder / f"datatrove-{count}"
            words = [str(pages), str(out), "--processes", str(count)]
            measured([python, "-m", "benchmarks.speed.peers.datatrove_", *words], self.folder / "log")
            found[str(count)] = self.pages / json.loads((out / "figures.json").read_text())["seconds"]
        self.figures["datatrove"] = found

    def dask(self) -> None:
        """One Dask worker and two, in turns."""
        runs: dict[int, list[dict[str, float]]] = {1: [], 2: []}
        for _ in range(self.rounds):
            for count, found in runs.items():
                found.append(self._work("dask", count))
        for name, kind in (("dask", "seconds"), ("dask, CPU", "processor")):
            medians = {str(count): median(one[kind] for one in found) for count, found in runs.items()}
            self.figures[name] = {count: self.pages / seconds for count, seconds in medians.items()}

    def flow(self) -> None:
        """A whole run without Prefect and with it, the server being there."""
        with prefect_server(self.folder / "prefect") as address:
            found = self._work("flow", environment={"PREFECT_API_URL": address})
        self.figures["flow, s"] = found

    def _corpora(self) -> dict[str, Root]:
        return {str(max(1, self.pages // 10)): self.small, str(self.pages): self.large}

    def _shards(self) -> list[Path]:
        return RawStore(self.large.raw).shards()

    def _work(
        self, work: str, processes: int = 1, root: Root | None = None, environment: Mapping[str, str] | None = None
    ) -> dict[str, float]:
        log = self.folder / "log"
        words = [work, str((root or self.large).path), "--processes", str(processes)]
        measured([sys.executable, "-m", "benchmarks.speed.work", *words], log, environment)
        said: dict[str, float] = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
        print(work, processes, {name: round(value, 2) for name, value in said.items()}, file=sys.stderr, flush=True)
        return said


@contextmanager
def prefect_server(home: Path) -> Iterator[str]:
    """The address of a Prefect server with a database of its own, while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    home.mkdir()
    quiet = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_HOME": str(home)}
    words = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "log").open("wb") as log, subprocess.Popen(words, env={**os.environ, **quiet}, stdout=log) as server:
        address = f"http://127.0.0.1:{port}/api"
        try:
            for _ in range(_START):
                if server_answers(address):
                    break
                time.sleep(1)
            else:
                raise Failed(f"no Prefect server within {_START} s: {(home / 'log').read_text()[-300:]}")
            yield address
        finally:
            server.terminate()

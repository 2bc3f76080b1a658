"""One run of one source, in a process of its own, so that a crash in it is an outcome and not the end of everything.

Enters: a card, the root of the corpus, the window. Leaves: new records in ROOT/raw/<source>/, the run's file and log in
ROOT/raw/<source>/runs/, and its `Health`.

>>> crawl(card, Path("corpus"), limit=20).outcome
'ok'

The run file says "failed" from the first moment on and is replaced at the end, so that a run that is killed has failed
without anybody having to say so. The child reads its job from a pipe and ends when the pipe does: with its parent.
"""

from __future__ import annotations

import signal
import subprocess
import threading
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from crawler.health import UNENDED, Health, last_run, runs_folder
from crawler.hostlock import host_locks
from crawler.job import LEAVING, Job
from crawler.settings import contact_for, settings_for
from crawler.subprocesses import module_command, module_environment

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from crawler.source import Source

__all__ = ["crawl", "end_crawls"]

GRACE = 180
"""Seconds that a process gets beyond the card's time, to finish answers that are under way and to close its files."""


UNDER_WAY: set[subprocess.Popen[bytes]] = set()
"""The crawls of this process."""


def end_crawls() -> None:
    """Tell every crawl of this process to close its files and end. Each `crawl` returns then, as a run cut short.

    One that does not listen is killed after LEAVING seconds.
    """
    for process in tuple(UNDER_WAY):
        process.terminate()
        last = threading.Timer(LEAVING, process.kill)
        last.daemon = True
        last.start()


def crawl(
    card: Source,
    root: Path,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    now: datetime | None = None,
    locks: Path | None = None,
) -> Health:
    """Crawl one source and say how it went. Blocks; several may run at once in threads.

    root: the folder that holds raw/. since, until: days of list rows, both included. limit: of new details. now: the
    time that captures count from, the clock's by default. locks: the folder of the hosts' files, one a user by default.
    Raises ContactMissing (wrong use) or another CrawlError if the crawl cannot begin; what happens later is an outcome.
    """
    contact = contact_for(card)
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    folder = runs_folder(root, card.id)
    run = _free_name(folder, f"{moment:%Y%m%dT%H%M%SZ}")
    log = folder / f"{run}.log"
    settings_for(card, contact, log)
    before = last_run(root, card.id)
    begun = Health(
        source=card.id, run=run, outcome="failed", reason=UNENDED, started=moment,
        since=since, until=until, limit=limit,
        pending=before.pending if before else (), attempts=before.attempts if before else {},
    )  # fmt: skip
    job = Job(
        card=card, root=root.absolute(), run=run, now=moment, contact=contact, locks=host_locks(locks).absolute(),
        since=since, until=until, limit=limit,
    )  # fmt: skip
    path = begun.write(root)
    died = _child(job, log, card.limits.max_minutes * 60 + GRACE)
    health = Health.model_validate_json(path.read_bytes())
    if died and health.reason == UNENDED:
        health = health.model_copy(update={"reason": f"the crawling process {died}; {UNENDED}"})
        health.write(root)
    return health


def _child(job: Job, log: Path, seconds: float) -> str | None:
    """Runs the job; says how the process died, or None if it ended by itself."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            module_command("crawler.child"), stdin=subprocess.PIPE, stdout=out, stderr=out, env=module_environment()
        )
    assert process.stdin is not None
    UNDER_WAY.add(process)
    try:
        process.stdin.write(job.model_dump_json().encode() + b"\n")
        process.stdin.flush()
        code = process.wait(timeout=seconds)
    except BrokenPipeError:
        code = process.wait()
    except subprocess.TimeoutExpired:
        _end(process)
        return "took too long and was ended"
    except BaseException:  # Ctrl-C is the child's too: it closes its files first
        _end(process)
        raise
    finally:
        UNDER_WAY.discard(process)
        with suppress(BrokenPipeError):  # what it did not read before it died
            process.stdin.close()
    if code == 0:
        return None
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=LEAVING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_name(folder: Path, run: str) -> str:
    """A run's name that no other has taken in this folder."""
    names = (run if number == 1 else f"{run}_{number:03}" for number in count(1))
    return next(name for name in names if not (folder / f"{name}.json").exists())

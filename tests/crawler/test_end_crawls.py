"""A crawl that does not listen does not keep whoever cancels it."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from crawler import run
from crawler.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(3600)"


def test_a_crawl_that_does_not_end_when_it_is_told_to_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "module_command", lambda _: [sys.executable, "-c", DEAF])
    monkeypatch.setattr(run, "LEAVING", 0.2)
    card = Source(id="a", title="a", hosts=("127.0.0.1",))
    with ThreadPoolExecutor(1) as threads:
        crawl = threads.submit(run.crawl, card, tmp_path, locks=tmp_path)
        while not any("deaf" in log.read_text() for log in tmp_path.rglob("*.log")):
            assert not crawl.done()
            time.sleep(0.05)
        run.end_crawls()
        health = crawl.result()
    assert (health.outcome, health.reason) == ("failed", f"the crawling process was ended by SIGKILL; {run.UNENDED}")

"""Run files and what they say of a source over time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.health import ColumnHealth, Counts, Health, Pending, last_run, runs, runs_folder
from crawler.triage import triage

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime(2026, 3, 1, 20, tzinfo=UTC)


def health(outcome: str, night: int = 0, source: str = "苏州", reason: str | None = None) -> Health:
    started = DAY + timedelta(days=night)
    run = f"{started:%Y%m%dT%H%M%SZ}"
    return Health.model_validate(
        {"source": source, "run": run, "outcome": outcome, "started": started, "reason": reason}
    )


def test_what_is_written_is_read(tmp_path: Path) -> None:
    full = health("partial").model_copy(
        update={
            "counts": Counts(new=3),
            "columns": {"zfwj": ColumnHealth(rows=3, total=4, held=3, fill={"title": 1.0})},
            "failures": {"timeout": 1},
            "pending": (Pending(url="http://a.gov.cn/1", kind="timeout", hints=(("title", "通知"),)),),
        }
    )
    path = full.write(tmp_path)
    assert path.parent == runs_folder(tmp_path, "苏州")
    health("ok", 1).write(tmp_path)
    health("ok", 0, "烟台").write(tmp_path)
    assert runs(tmp_path, "苏州") == [full, health("ok", 1)]
    assert {found.source for found in runs(tmp_path)} == {"苏州", "烟台"}
    assert last_run(tmp_path, "苏州") == health("ok", 1)
    assert last_run(tmp_path, "沈阳") is None
    assert full.seen == 0.75
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.parametrize("content", [b"", b"{", b'{"outcome": "fine"}', b"\xff"])
def test_a_damaged_file_is_a_failed_run(content: bytes, tmp_path: Path) -> None:
    path = health("ok").write(tmp_path)
    path.write_bytes(content)
    (found,) = runs(tmp_path)
    assert (found.outcome, found.source) == ("failed", "苏州")
    assert path.name in str(found.reason)


@pytest.mark.parametrize(
    ("history", "state", "since", "bad"),
    [
        ("ok unchanged", "good", None, 0),
        ("failed ok", "good", None, 0),
        ("ok failed blocked", "broken", 1, 2),
        ("ok empty", "broken", 1, 1),
        ("ok failed partial partial", "partial", 2, 2),
        ("ok partial failed", "broken", 2, 1),
        ("failed failed", "broken", 0, 2),
        ("ok failed failed blocked failed empty failed failed", "dead", 1, 7),
    ],
)
def test_triage(history: str, state: str, since: int | None, bad: int) -> None:
    nights = [health(outcome, night, reason=f"{outcome}!") for night, outcome in enumerate(history.split())]
    (found,) = triage(nights)
    assert (found.state, found.bad_runs) == (state, bad)
    assert found.since == (DAY + timedelta(days=since) if since is not None else None)
    assert found.latest == nights[-1]
    good = [one.started for one in nights if one.good]
    assert found.last_good == (good[-1] if good else None)


def test_each_source_is_judged_alone() -> None:
    found = triage([health("failed", 0, "烟台"), health("ok", 0, "苏州"), health("ok", 1, "烟台")])
    assert {one.source: one.state for one in found} == {"苏州": "good", "烟台": "good"}
    assert triage([]) == []

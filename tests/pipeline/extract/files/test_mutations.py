"""Files that were damaged at random: each ends as text or as one refusal, and the run goes on."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from officemaker import every_kind

from pipeline.extract.files.fileread import FileRead, Limits
from pipeline.extract.files.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMITS = Limits(seconds=5, memory=512 << 20, inflated=32 << 20)
_RULES = frozenset(
    f"files.{name}"
    for name in (
        *("encrypted", "damaged", "too_large", "too_deep", "unsupported", "needs_office", "needs_unrar", "needs_ocr"),
        *("empty", "unsafe"),
    )
)
"""Ends that a damaged small file may come to; files.crashed, too_slow and too_much_memory are faults of ours."""


def mutated(drawn: random.Random, sound: dict[str, bytes]) -> tuple[str, bytes]:
    """A sound file with bytes changed, a piece cut out, its end cut off, or a piece of another file put in."""
    kind = drawn.choice(sorted(sound))
    body = bytearray(sound[kind])
    match drawn.randrange(4):
        case 0:
            for _ in range(drawn.randint(1, 20)):
                body[drawn.randrange(len(body))] = drawn.randrange(256)
        case 1:
            del body[drawn.randrange(len(body)) :]
        case 2:
            at = drawn.randrange(len(body))
            del body[at : at + drawn.randint(1, 200)]
        case _:
            other = sound[drawn.choice(sorted(sound))]
            at, start = drawn.randrange(len(body)), drawn.randrange(len(other))
            body[at : at + drawn.randint(0, 300)] = other[start : start + drawn.randint(1, 300)]
    return kind, bytes(body)


def campaign(seed: int, times: int) -> None:
    drawn = random.Random(seed)
    sound = every_kind()
    worker = Worker()
    try:
        for number in range(times):
            kind, body = mutated(drawn, sound)
            found = worker.read(body, LIMITS)
            assert is_sane(found), f"seed {seed}, file {number} ({kind}): {found.refusal}"
    finally:
        worker.close()


def is_sane(found: FileRead) -> bool:
    """Text, members, or a refusal with a reason that is no fault of ours."""
    if found.refusal:
        return found.refusal.rule in _RULES and bool(found.refusal.reason) and not (found.blocks or found.members)
    return all(block.text.strip() for block in found.blocks)


@pytest.fixture(autouse=True)
def no_outside_programs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same verdicts on every machine, whether or not it has LibreOffice or unrar."""
    monkeypatch.setenv("PATH", "")
    yield


def test_300_damaged_files() -> None:
    campaign(seed=8, times=300)


@pytest.mark.soak
def test_5000_damaged_files() -> None:
    campaign(seed=2026, times=5000)

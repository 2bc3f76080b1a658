"""PDFs that were damaged at random: each ends as text or as one refusal, and the run goes on."""

from __future__ import annotations

import random

import pytest
from pdfmaker import Leaf, pdf

from pipeline.extract.files.errors import DAMAGED, EMPTY, ENCRYPTED, NEEDS_OCR, TOO_LARGE, UNSUPPORTED
from pipeline.extract.files.fileread import Limits
from pipeline.extract.files.worker import Worker

LIMITS = Limits(seconds=5, memory=512 << 20, inflated=32 << 20, pages=50)
_RULES = (DAMAGED, EMPTY, ENCRYPTED, NEEDS_OCR, TOO_LARGE, UNSUPPORTED)
"""files.crashed, too_slow and too_much_memory are faults of ours."""


def sound() -> bytes:
    page = (
        Leaf().text(177, 80, "关于印发防汛应急预案的通知", 22).lines(74, 130, ["　　现将有关事项通知如下，请认真"] * 6)
    )
    table = Leaf().grid([80, 150, 330], [300, 330, 360], [["序号", "任务"], ["1", "排查"]]).picture(80, 500, 90, 90)
    return pdf(page, table.text(280, 800, "— 2 —", 14))


def mutated(drawn: random.Random, body: bytes) -> bytes:
    """Bytes changed, a number or a name written over, a piece cut out or put elsewhere, or the end cut off."""
    out = bytearray(body)
    at = drawn.randrange(len(out))
    match drawn.randrange(5):
        case 0:
            for _ in range(drawn.randint(1, 20)):
                out[drawn.randrange(len(out))] = drawn.randrange(256)
        case 1:
            del out[at:]
        case 2:
            del out[at : at + drawn.randint(1, 200)]
        case 3:
            start = drawn.randrange(len(out))
            out[at:at] = out[start : start + drawn.randint(1, 300)]
        case _:
            digits = [place for place, byte in enumerate(out) if 0x30 <= byte < 0x3A]
            for place in drawn.sample(digits, 12):
                out[place] = drawn.choice(b"0123456789-.e ")
    return bytes(out)


def campaign(seed: int, times: int) -> None:
    drawn = random.Random(seed)
    body = sound()
    worker = Worker()
    try:
        for number in range(times):
            found = worker.read(mutated(drawn, body), LIMITS)
            told = f"seed {seed}, file {number}: {found.refusal}"
            if found.refusal:
                assert found.refusal.rule in _RULES, told
                assert found.refusal.reason and not found.blocks, told
            else:
                assert found.blocks and all(block.text.strip() for block in found.blocks), told
    finally:
        worker.close()


def test_150_damaged_pdfs() -> None:
    campaign(seed=8, times=150)


@pytest.mark.soak
def test_2500_damaged_pdfs() -> None:
    campaign(seed=2026, times=2500)

"""OFDs whose XML was damaged at random: each ends as text or as one refusal, and the run goes on."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from ofdmaker import Leaf, ofd

from pipeline.extract.files.errors import DAMAGED, EMPTY, ENCRYPTED, NEEDS_OCR, TOO_LARGE, UNSAFE, UNSUPPORTED
from pipeline.extract.files.fileread import Limits
from pipeline.extract.files.worker import Worker

LIMITS = Limits(seconds=5, memory=512 << 20, inflated=32 << 20, pages=50)
_RULES = (DAMAGED, EMPTY, ENCRYPTED, NEEDS_OCR, TOO_LARGE, UNSAFE, UNSUPPORTED)
"""files.crashed, too_slow and too_much_memory are faults of ours."""
_VALUES = ("", "-1", "0", "1e308", "nan", "inf", "99999999999", "g", "g 99999999 1", "../../x", "/", "M 0 0 L", "甲")


def sound() -> dict[str, str]:
    leaf = Leaf().text(43, 20, "关于印发防汛应急预案的通知", 7.7).lines(26, 40, ["现将有关事项通知如下"] * 4)
    leaf.line(20, 120, 120, 120).line(20, 140, 120, 140).line(20, 120, 20, 140).line(60, 120, 60, 140)
    leaf.text(22, 124, "地区", 3.7).text(62, 124, "资金", 3.7).picture(20, 200, 30, 30)
    with zipfile.ZipFile(BytesIO(ofd(leaf, leaf))) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def mutated(drawn: random.Random, parts: dict[str, str]) -> bytes:
    """Values written over, letters changed, a piece of a part cut out or moved, a part left out."""
    parts = dict(parts)
    for _ in range(drawn.randint(1, 3)):
        name = drawn.choice(sorted(parts))
        text = parts[name]
        at = drawn.randrange(len(text))
        match drawn.randrange(6):
            case 0 | 1 | 2:
                quotes = [place for place, letter in enumerate(text) if letter == '"']
                start = 2 * drawn.randrange(len(quotes) // 2) if len(quotes) > 1 else 0
                if len(quotes) > 1:
                    text = text[: quotes[start] + 1] + drawn.choice(_VALUES) + text[quotes[start + 1] :]
            case 3:
                text = text[:at] + chr(drawn.randrange(32, 0x9FFF)) + text[at + 1 :]
            case 4:
                text = text[:at] + text[at + drawn.randint(1, 60) :]
            case _:
                text = text[:at] + text[drawn.randrange(len(text)) :]
        parts[name] = text or " "
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()


def campaign(seed: int, times: int) -> None:
    drawn = random.Random(seed)
    parts = sound()
    worker = Worker()
    try:
        for number in range(times):
            found = worker.read(mutated(drawn, parts), LIMITS)
            told = f"seed {seed}, file {number}: {found.refusal}"
            if found.refusal:
                assert found.refusal.rule in _RULES, told
                assert found.refusal.reason and not found.blocks, told
            else:
                assert found.blocks and all(block.text.strip() for block in found.blocks), told
    finally:
        worker.close()


def test_150_damaged_ofds() -> None:
    campaign(seed=8, times=150)


@pytest.mark.soak
def test_2500_damaged_ofds() -> None:
    campaign(seed=2026, times=2500)

"""This project's reader, as the pipeline calls it: through the worker process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.attachments.peers.outcome import measure
from pipeline.extract.files.read import read_file

if TYPE_CHECKING:
    from pathlib import Path


def read(file: Path) -> str:
    found = read_file(file.read_bytes())
    if found.refusal:
        raise ValueError(f"{found.refusal.rule}: {found.refusal.reason}")
    return "\n".join(block.text for block in found.blocks)


if __name__ == "__main__":
    measure(read)

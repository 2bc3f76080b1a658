"""MarkItDown: docx with mammoth, PDF with pdfminer and pdfplumber, xlsx with pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markitdown import MarkItDown

from benchmarks.attachments.peers.outcome import measure

if TYPE_CHECKING:
    from pathlib import Path

_TOOL = MarkItDown()


def read(file: Path) -> str:
    return str(_TOOL.convert(file).text_content)


if __name__ == "__main__":
    measure(read)

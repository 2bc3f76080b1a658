"""docling without its models: its own pipeline for office files; for PDF the lines of its parser, docling-parse.

Its pipeline for PDF needs models of layout that it fetches when it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docling.document_converter import DocumentConverter
from docling_parse.pdf_parser import DoclingPdfParser

from benchmarks.attachments.peers.outcome import measure

if TYPE_CHECKING:
    from pathlib import Path

_CONVERTER = DocumentConverter()
_PARSER = DoclingPdfParser()


def read(file: Path) -> str:
    if file.suffix != ".pdf":
        return str(_CONVERTER.convert(file).document.export_to_text())
    document = _PARSER.load(path_or_stream=str(file))
    return "\n".join(cell.text for _, page in document.iterate_pages() for cell in page.textline_cells)


if __name__ == "__main__":
    measure(read)

"""Texts, web pages and office files -> one page a file, bytes untouched. What is in them is the pipeline's business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.loaders.localfile import LocalFile

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".wps": "application/vnd.ms-works",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".et": "application/vnd.ms-excel",
    ".rtf": "application/rtf",
    ".zip": "application/zip",
    ".rar": "application/vnd.rar",
}
"""By what they are called; the pipeline tells a file's format by its bytes."""


def pages(file: LocalFile) -> Iterator[Page]:
    yield Page(
        url=file.urn,
        source=file.collection,
        body=file.path.read_bytes(),
        media_type=MEDIA_TYPES[file.path.suffix.lower()],
        captured=file.captured,
    )

"""Text and HTML files -> one page a file, its bytes untouched. Their charset is the pipeline's business."""

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
}


def pages(file: LocalFile) -> Iterator[Page]:
    yield Page(
        url=file.urn,
        source=file.collection,
        body=file.path.read_bytes(),
        media_type=MEDIA_TYPES[file.path.suffix.lower()],
        captured=file.captured,
    )

"""WARC files of other crawlers, or of another raw/ -> their pages, with their own addresses, headers and dates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.loaders.localfile import Unreadable
from crawler.page import canonical_url
from crawler.warc_reader import captures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.loaders.localfile import LocalFile
    from crawler.page import Page


def pages(file: LocalFile) -> Iterator[Page]:
    """The responses and resources. Revisits repeat what stands elsewhere in the archive and are skipped."""
    good = 0
    bad: list[str] = []
    for capture in captures(file.path, source=file.collection, decode=True):
        if capture.refers_to is not None:
            continue
        try:
            url = canonical_url(capture.page.url)
        except ValueError:
            bad.append(capture.page.url)
            continue
        good += 1
        yield replace(capture.page, url=url, source=file.collection)
    if bad:
        raise Unreadable(f"{bad[0][:80]} is no URL; {len(bad)} such records were skipped, {good} pages were loaded")
    if not good:
        raise Unreadable("holds no web page (no response or resource record); leave it out")

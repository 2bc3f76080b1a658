"""What can go wrong while pages are brought home and kept. Each message is one line that names the file or the URL."""

from __future__ import annotations


class CrawlerError(Exception):
    """Any error of the crawler's own making."""


class RawStoreError(CrawlerError):
    """raw/ could not be written, or one of its WARC files is damaged."""


class WarcDamage(RawStoreError):
    """A WARC file ends or breaks in the middle of a record. What stood before the damage was delivered."""


class SourceError(CrawlerError):
    """A source card could not be read."""


class ListError(CrawlerError):
    """A list page or a list interface did not answer as its family does."""


class CrawlError(CrawlerError):
    """A crawl could not begin, or its record could not be kept."""


class ContactMissing(CrawlError):
    """Sites must be able to reach whoever crawls them. Wrong use of the program: exit code 2."""

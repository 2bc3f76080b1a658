"""Scrapy's settings for one crawl of one card, and who we say we are.

Enters: a card, the place of the log, the contact. Leaves: a dictionary for `AsyncCrawlerProcess`.

>>> user_agent("mailto:me@example.org").startswith("zhengce/")
True
"""

from __future__ import annotations

import os
import re
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.errors import ContactMissing, CrawlError
from crawler.hosts import loopback

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.source import Source

__all__ = ["PRODUCT", "TROUBLE", "contact_for", "settings_for", "user_agent"]

PRODUCT = "zhengce"
"""The name that robots.txt may speak to."""

CONTACT = "ZHENGCE_CONTACT"

TROUBLE = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    OSError,
    TunnelError,
)
"""What a download can end in besides an answer."""

MEMORY_MB = 2048
"""A crawl that needs more is fed by somebody who means harm; ordinary ones stay below 300 MB."""

LEGACY_CIPHERS = "ALL:@SECLEVEL=1"
"""For servers with TLS 1.0 or short keys (domain.md §3.1); certificates are not checked there either."""


def contact_for(card: Source) -> str:
    """ZHENGCE_CONTACT: an address or a URL. Raises ContactMissing unless every host is on this machine."""
    contact = os.environ.get(CONTACT, "").strip()
    if not contact and all(map(loopback, card.hosts)):
        return "loopback"
    if not contact:
        raise ContactMissing(
            f"{card.id}: set {CONTACT} to an e-mail address or a page about you, so that the site can reach you"
        )
    if not re.fullmatch(r"[!-~]+( [!-~]+)*", contact):
        raise ContactMissing(f"{CONTACT} goes into the user agent; write it in ASCII on one line")
    return contact


def user_agent(contact: str) -> str:
    try:
        number = version("zhengce")
    except PackageNotFoundError:
        number = "0"
    return f"{PRODUCT}/{number} (+{contact})"


def settings_for(card: Source, contact: str, log: Path) -> dict[str, Any]:
    """Raises CrawlError if the card is faster than the rule and a host is not on this machine."""
    limits = card.limits
    if problem := limits.too_fast(card.hosts):
        raise CrawlError(f"{card.id}: {problem}")
    settings: dict[str, Any] = {
        "USER_AGENT": user_agent(contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
        },
        # Robots of our own stands in for Scrapy's, which lets everything pass when robots.txt cannot be had.
        "ROBOTSTXT_OBEY": False,
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.guard.Guard": 20,
            "crawler.robots.Robots": 100,
            "crawler.challenge.Challenges": 585,
            # Hosts of the guard are exact; Scrapy's offsite filter would let subdomains pass.
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "crawler.standin.StandIns": 580,  # refreshes of pages that have text of their own are not followed
            "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
            "crawler.cookies.Cookies": 700,
            "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,  # it downloads a list of suffixes
        },
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.wire.PoliteHandler",
            "https": "crawler.wire.PoliteHandler",
            **dict.fromkeys(("file", "ftp", "s3", "data")),
        },
        "TWISTED_DNS_RESOLVER": "crawler.guard.PinnedResolver",
        "ITEM_PIPELINES": {"crawler.keep.Keep": 0},
        "CONCURRENT_ITEMS": 1,  # Scrapy starts as many tasks for each answer, and ours holds one page
        # Politeness. The gap itself is the gate's; AutoThrottle adds to it where a server is slow.
        "DOWNLOAD_DELAY": limits.delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1 if limits.delay else 8,
        "AUTOTHROTTLE_ENABLED": limits.delay > 0,
        "AUTOTHROTTLE_START_DELAY": limits.delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "RETRY_TIMES": 2,
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "REDIRECT_MAX_TIMES": limits.max_redirects,
        # Bounds of everything that a server can stretch.
        "DOWNLOAD_MAXSIZE": limits.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": limits.timeout,
        "CLOSESPIDER_TIMEOUT": limits.max_minutes * 60 + 60,
        "MEMUSAGE_LIMIT_MB": MEMORY_MB,
        "MEMUSAGE_CHECK_INTERVAL_SECONDS": 5.0,
        "HTTPERROR_ALLOW_ALL": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "COOKIES_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "LOG_FILE": str(log),
        "LOG_LEVEL": "INFO",
        "LOG_VERSIONS": [],
        "ZHENGCE_PROXY": card.proxy,
    }
    if card.tls == "legacy":
        settings |= {
            "DOWNLOAD_VERIFY_CERTIFICATES": False,
            "DOWNLOADER_CLIENT_TLS_CIPHERS": LEGACY_CIPHERS,
            "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0",
        }
    return settings

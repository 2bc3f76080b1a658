"""One word for each way in which a page does not come.

Enters: what Scrapy raises, or a status. Leaves: a failure class, as it stands in a run file.

>>> http_class(503), failure_class(TimeoutError())
('http_503', 'timeout')
"""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.polite import Refused

__all__ = ["failure_class", "http_class"]

CLASSES = (
    ((DownloadTimeoutError, TimeoutError), "timeout"),
    ((CannotResolveHostError,), "dns"),
    ((DownloadConnectionRefusedError,), "connection_refused"),
    ((ResponseDataLossError,), "cut_short"),
    ((DownloadCancelledError,), "too_big"),
    ((UnsupportedURLSchemeError,), "off_card"),
)


def http_class(status: int) -> str:
    return f"http_{status}"


def failure_class(error: BaseException) -> str:
    if isinstance(error, Refused):
        return error.kind
    for types, name in CLASSES:
        if isinstance(error, types):
            return name
    text = f"{type(error).__name__} {error} {error.__cause__!r}"
    if isinstance(error, IgnoreRequest):
        return "redirects" if "redirect" in text else "too_big" if "DOWNLOAD_MAXSIZE" in text else "ignored"
    return "tls" if "SSL" in text or "certificate" in text.lower() else "connection"

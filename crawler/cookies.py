"""Plain cookies of a site, within one run: Java portals answer a visitor without one as if each page were the first.

Enters: requests and answers. Leaves: the same, with the cookies that the host itself has set. They are kept in memory,
go to no other host, and are gone with the run. A challenge stays one: nothing here computes a cookie that a script asks
for, and a host that has challenged us is left alone by crawler/challenge.py.

Scrapy's own middleware looks up the list of public suffixes, for which it downloads a file; a jar for each host needs
none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scrapy.http.cookies import CookieJar

from crawler.hosts import host_key

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

__all__ = ["Cookies"]

MOST_BYTES = 8 << 10
"""Of one request's cookies: more is refused by most servers, and set by none that means well."""


class Cookies:
    """Downloader middleware, in the place of Scrapy's."""

    def __init__(self) -> None:
        self._jars: defaultdict[str, CookieJar] = defaultdict(CookieJar)

    def process_request(self, request: Request) -> None:
        jar = self._jars[host_key(request.url)]
        request.headers.pop("Cookie", None)
        jar.add_cookie_header(request)
        if len(request.headers.get("Cookie") or b"") > MOST_BYTES:
            jar.clear()
            del request.headers["Cookie"]

    def process_response(self, request: Request, response: Response) -> Response:
        self._jars[host_key(request.url)].extract_cookies(response, request)
        return response

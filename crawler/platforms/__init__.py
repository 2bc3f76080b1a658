"""Platforms: the content management systems that Chinese government sites run on, one module a family.

Enters: a column of a card and the bytes of its list pages. Leaves: rows and the list pages that follow. No network, no
clock, no Scrapy; lxml is loaded when the first HTML is read, so that a card alone is cheap. A new city is a card; a new
family is one module here and one line below.

>>> detect('<script>createPageHTML(20, 0, "index", "html");</script>', "https://www.example.gov.cn/tz/")
'trs'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.card import no_selector
from crawler.platforms.epoint import Epoint
from crawler.platforms.generic import Generic
from crawler.platforms.gkmlpt import Gkmlpt
from crawler.platforms.gov_library import GovLibrary
from crawler.platforms.jcms import Jcms
from crawler.platforms.jpaas import Jpaas
from crawler.platforms.protocol import Item, Listing, ListRequest, Platform
from crawler.platforms.shpt import Shpt
from crawler.platforms.sitemap import Sitemap
from crawler.platforms.trs import Trs
from crawler.platforms.truecms import TrueCms
from crawler.platforms.ucap import Ucap

if TYPE_CHECKING:
    from crawler.card import Column

__all__ = ["PLATFORMS", "Item", "ListRequest", "Listing", "Platform", "detect", "wrong_option"]

_IN_ORDER: tuple[Platform, ...] = (
    Sitemap(),
    Gkmlpt(),
    GovLibrary(),
    Jpaas(),  # before jcms: its pages have /col/colN too
    TrueCms(),  # before jcms: it keeps its records in a <datastore> too
    Jcms(),
    Epoint(),
    Shpt(),
    Ucap(),
    Trs(),
    Generic(),
)
PLATFORMS: dict[str, Platform] = {platform.name: platform for platform in _IN_ORDER}
"""By name, in the order of detection."""

NUMBERS = frozenset({"size", "first"})
PATTERNS = frozenset({"match", "under"})
"""Options of any family whose values can be checked when the card is read."""


def detect(page: str, url: str) -> str:
    """The name of the first family whose fingerprint the page bears; "generic" if it bears none."""
    return next(name for name, platform in PLATFORMS.items() if platform.matches(page, url))


def wrong_option(column: Column, platform: str) -> str | None:
    """What is wrong with a column's options for a platform, as one line; None if nothing is."""
    known = PLATFORMS[platform].options
    for name, value in column.options.items():
        if name not in known:
            return f"{platform} knows no option {name}; it has {', '.join(known)}"
        if name in NUMBERS and not (str(value).isascii() and str(value).isdecimal()):
            return f"option {name} is a number, not {value!r}"
        if name == "size" and int(value) < 1:
            return f"option size is the number of rows of a page, not {value!r}"
        if name == "pages" and "{n}" not in str(value):
            return f"option pages is the address of page n with {{n}} in it, not {value!r}"
        if name == "item" and (problem := no_selector(str(value))):
            return f"option item: {problem}"
        if name in PATTERNS:
            try:
                re.compile(str(value))
            except re.error as error:
                return f"option {name} is no regular expression ({error})"
    return None

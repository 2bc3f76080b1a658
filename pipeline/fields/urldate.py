"""The day in a page's address: the weakest evidence of when it was published, for pages that show none.

Enters: an address. Leaves: a date or None. The dialects are those of the CMS families: t20220519_123.html (TRS),
/art/2022/5/19/art_12_34.html (JCMS), /2022-05/19/content_56.htm (中国政府网), /20220519/<hex>.html. A month alone
(UCAP's /202205/) is no day; a day of the year (/2022/286/) cannot be told from a number.

>>> date_of("http://www.example.gov.cn/zwgk/202205/t20220519_88341.html")
datetime.date(2022, 5, 19)
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

_YEAR, _MONTH, _DAY = r"((?:19|20)\d{2})", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_DIALECTS = tuple(
    map(
        re.compile,
        (
            rf"/t{_YEAR}{_MONTH}{_DAY}_\d+",
            r"/((?:19|20)\d{2})/(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])/(?=[^/]*\.)",
            rf"/{_YEAR}-{_MONTH}/{_DAY}/",
            rf"/{_YEAR}{_MONTH}{_DAY}/(?=[^/]*\.)",
            rf"/{_YEAR}/{_MONTH}{_DAY}/(?=[^/]*\.)",
        ),
    )
)


def date_of(url: str) -> date | None:
    """The day that an address names; None if it names none, or one that no calendar has."""
    path = urlsplit(url).path
    for dialect in _DIALECTS:
        if match := dialect.search(path):
            try:
                return date(*map(int, match.groups()))
            except ValueError:
                return None
    return None

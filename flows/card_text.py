"""The text of a card for a site that was looked at: each line says what it was guessed from.

Enters: a `Site`. Leaves: YAML of at most fifteen lines, and the columns that found room in it.

>>> card_text(site, "example", date(2026, 1, 1))[0].splitlines()[1]
'id: example'
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.hosts import loopback
from flows.show import plain
from pipeline.fields.division import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from crawler.site import FoundColumn, Site

__all__ = ["LONGEST_CARD", "card_text"]

LONGEST_CARD = 15
"""Lines. What a site needs beyond that is its owner's to add."""

RESERVED = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
"""Words that YAML reads as something else than a string."""


def card_text(site: Site, id_: str, today: date, tls: str = "modern") -> tuple[str, list[FoundColumn]]:
    """The card's text and the columns that found room in it."""
    hosts = dict.fromkeys(urlsplit(column.url).netloc.lower() for column in site.columns)
    hosts |= dict.fromkeys(host for column in site.columns for host in column.hosts)
    platform, share = Counter(column.platform for column in site.columns).most_common(1)[0]
    guess = "no family known: rows are links with dates" if platform == "generic" else "by its fingerprint"
    official = all(re.search(r"(^|\.)gov\.cn(:\d+)?$", host) or loopback(host) for host in hosts)
    head = [
        f"# Guessed by `zhengce sources new {plain(site.url)}` on {today}. What follows a # says from what: check it.",
        f"id: {_scalar(id_)}",
        f"title: {_scalar(site.name or id_)}  # {'SiteName' if site.name else 'nothing on the page says it'}",
    ]
    head += _division(site)
    if site.publisher:
        head.append(f"publisher: {_scalar(site.publisher)}  # 主办单位 in the footer")
    if official:
        head.append("licence: 著作权法第五条  # official papers; interpretations and news may be under copyright")
        head.append(f"kind: origin  # {'this machine' if all(map(loopback, hosts)) else 'its hosts lie under gov.cn'}")
    head.append(f"hosts: [{', '.join(map(_scalar, hosts))}]")
    head.append(f"platform: {platform}  # {guess}, {share} of {len(site.columns)} columns")
    if all(map(loopback, hosts)):
        head.append("limits: {delay: 0}  # for this machine only")
    if tls != "modern":
        head.append(f"tls: {tls}  # as you said")
    head += ["verified: null  # the day when you saw its lists work", "columns:"]
    used = list(site.columns[: LONGEST_CARD - len(head)])
    lines = [_column(column, name, platform) for column, name in zip(used, _names(used), strict=True)]
    return "\n".join(head + lines) + "\n", used


def _division(site: Site) -> list[str]:
    named = find(site.publisher or site.name or "", site.name or "")
    code = re.match(r"[1-9]\d{5}", site.code or "")
    if code:
        agreed = " and 主办单位" if code[0] == named else f"; by its name {named}" if named else ""
        return [f'division: "{code[0]}"  # SiteIDCode {plain(site.code or "", 20)}{agreed}']
    return [f'division: "{named}"  # by the name of 主办单位'] if named else []


def _column(column: FoundColumn, name: str, platform: str) -> str:
    parts = [f"id: {_scalar(name)}", f"url: {json.dumps(column.url, ensure_ascii=False)}"]
    if column.kind != "policy":
        parts.append(f"kind: {column.kind}")
    if column.platform != platform:
        parts.append(f"platform: {column.platform}")
    if column.options:
        parts.append(f"options: {{{', '.join(f'{key}: {_scalar(str(v))}' for key, v in column.options.items())}}}")
    rows = f"{column.rows} rows" if column.rows else "rows come by script"
    total = f" of {column.total}" if column.total else ""
    return f"  - {{{', '.join(parts)}}}  # {plain(column.name, 30)} by {column.told}, {rows}{total}"


def _names(columns: Sequence[FoundColumn]) -> Iterator[str]:
    """An id for each column: the folder that names it, /zwgk/zcwj/zfwj/index.html -> zfwj."""
    taken: Counter[str] = Counter()
    for column in columns:
        parts = urlsplit(column.url)
        words = [re.sub(r"\.\w+$", "", word) for word in parts.path.split("/") if word]
        folders = [word for word in words[: None if parts.path.endswith("/") else -1] if word] or words or ["list"]
        name = re.sub(r"[\s/%]+", "-", f"{folders[-1]}{parts.fragment and '-' + parts.fragment}")
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name}-{taken[name]}"


def _scalar(value: str) -> str:
    """A string as YAML reads it back: in quotes where it could be anything else."""
    value = plain(value)
    return (
        value
        if re.fullmatch(r"[a-z一-鿿][\w.一-鿿-]*", value) and value not in RESERVED
        else json.dumps(value, ensure_ascii=False)
    )

"""Links that leave the site.

Enters: an address, and that of the page. Leaves: the host that it leads to, if it belongs to another site and to no
public body. Sites are told apart by their registered domain (Public Suffix List, as bundled with tldextract: nothing
is fetched).

>>> leaves("http://www.xpj888.com/", "http://www.qingyu.gov.cn/a.html")
'www.xpj888.com'
>>> leaves("http://zwfw.qingyu.gov.cn/", "http://www.qingyu.gov.cn/a.html")
''
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

import yaml
from tldextract import TLDExtract

_HOST = re.compile(r"(?:https?:)?//([\w.-]+)(?=[/?#]|$)", re.A)  # told without taking the address apart
_PUBLIC = re.compile(r"\.(?:gov|edu|ac|mil|org)(?:\.[a-z]{2})?$")


@cache
def _known() -> frozenset[str]:
    """Registered domains of data/known_sites.yml."""
    return frozenset(yaml.safe_load((files("pipeline.extract.html") / "data" / "known_sites.yml").read_text("utf-8")))


@cache
def _domains() -> TLDExtract:
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)
def _site(host: str) -> str:
    return _domains()(host).top_domain_under_public_suffix or host


def leaves(address: str, url: str) -> str:
    """The host of another site; "" for the own one, for public bodies, for what is no address, and on a page without
    an address of its own.
    """
    try:
        host, own = _host(address).rstrip("."), _host(url)
    except ValueError:
        return ""
    return host if host and own and host != own and _is_elsewhere(host, own) else ""


def _host(address: str) -> str:
    """The host of an address. Raises ValueError for what is none."""
    usual = _HOST.match(address)
    return usual[1].lower() if usual else urlsplit(address).hostname or ""


@lru_cache(maxsize=4096)
def _is_elsewhere(host: str, own: str) -> bool:
    return not _PUBLIC.search(host) and _site(host) not in _known() and _site(host) != _site(own)

"""Names of hosts: which is this machine, which two addresses have one and the same, what may be typed as a site.

>>> host_key("https://www.a.gov.cn:443/x"), host_key("http://a.gov.cn:8080/"), loopback("127.0.0.1:8080")
('www.a.gov.cn', 'a.gov.cn:8080', True)
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

__all__ = ["host_key", "loopback", "site_host", "with_real_port"]

ADDRESS = re.compile(r"https?://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?)(?:[/?#]\S*)?", re.IGNORECASE)
PORTS = range(1, 1 << 16)


@lru_cache(maxsize=4096)
def host_key(url: str) -> str:
    """The host whose peace is kept: http and https are one, another port is another server."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def loopback(host: str) -> bool:
    """True for 127.0.0.1:8080, localhost, [::1]."""
    return bool(re.fullmatch(r"(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?", host))


def site_host(url: str) -> str | None:
    """The host of an address that somebody typed, with its port; None if it is no address of a site.

    >>> site_host("https://WWW.example.gov.cn/zwgk/"), site_host("https://:"), site_host("http://a.cn:99999/")
    ('www.example.gov.cn', None, None)
    """
    found = ADDRESS.fullmatch(url)
    try:
        return with_real_port(found[1].lower()) if found else None
    except ValueError:
        return None


def with_real_port(host: str) -> str:
    """The host as it is. Raises ValueError if its port does not exist."""
    port = host.partition(":")[2]
    if port and int(port) not in PORTS:
        raise ValueError(f"{host} has a port that does not exist")
    return host

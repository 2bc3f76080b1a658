"""No request leaves the hosts of its card, and none reaches into a private network.

Enters: every request, also those of redirects and of robots.txt. Leaves: the same, or `Refused`. A host's name is
looked up once and checked; the connection is made to the very addresses that were checked, so that a name that changes
its mind in between (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer, provider  # type: ignore[import-untyped]

from crawler.card import loopback
from crawler.polite import Refused, host_key

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from crawler.spider import SourceSpider

__all__ = ["Guard", "PinnedResolver", "look_up", "on_card", "private"]

DNS_SECONDS = 20.0
WRAPPED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96")))
"""NAT64 (RFC 6052) and the IPv4-compatible addresses of old (RFC 4291 §2.5.5.1): the last 32 bits are of IPv4."""

Address = tuple[int, str]
"""Family (AF_INET or AF_INET6) and address."""

PINNED: dict[str, tuple[Address, ...]] = {}
"""Names that were looked up and found harmless: one crawl lives in one process."""


class Guard:
    """Downloader middleware, the first of all."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        spider: SourceSpider = self._crawler.spider  # type: ignore[assignment]
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused("off_card", f"{request.url} is no web address")
        if not on_card(request.url, spider.hosts):
            raise Refused("off_card", f"{request.url} is on no host of the card {spider.card.id}")
        spider.gate.check(host_key(request.url))
        if spider.card.proxy:  # it looks the name up itself
            request.meta["proxy"] = spider.card.proxy
            return
        if parts.hostname not in PINNED:
            PINNED[parts.hostname] = await look_up(parts.hostname, allow_loopback=loopback(parts.hostname))


def on_card(url: str, hosts: frozenset[str]) -> bool:
    """True if the address belongs to one of the hosts; a host without a port means both 80 and 443."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and host_key(url) in hosts


def private(address: str) -> bool:
    """True for addresses off the public internet: 10/8, 127/8, 169.254.169.254, fd00::/8, ::ffff:10.0.0.1."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.is_site_local:  # fec0::/10, which Python takes for a global address
            return True
        ip = _inner(ip) or ip
    return not ip.is_global or ip.is_multicast


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address of IPv4 that one of IPv6 stands for, which gateways lead to.

    >>> _inner(ipaddress.IPv6Address("64:ff9b::a00:1"))
    IPv4Address('10.0.0.1')
    """
    if any(ip in network for network in WRAPPED):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


async def look_up(name: str, *, allow_loopback: bool) -> tuple[Address, ...]:
    """The addresses of a host. Raises Refused if one of them is private, CannotResolveHostError if there is none."""
    try:
        found = await asyncio.wait_for(
            asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM), DNS_SECONDS
        )
    except (OSError, UnicodeError, TimeoutError) as error:
        raise CannotResolveHostError(f"{name}: {error}") from error
    addresses = tuple(dict.fromkeys((int(family), str(rest[0])) for family, _, _, _, rest in found))
    for _, address in addresses:
        if private(address) and not (allow_loopback and ipaddress.ip_address(address).is_loopback):
            raise Refused("private_address", f"{name} is {address}")
    return addresses


@provider(IHostResolution)
class _Done:
    name = ""

    @staticmethod
    def cancel() -> None:
        """Nothing is under way."""


@implementer(IHostnameResolver)
class PinnedResolver:
    """The reactor's resolver: it knows the names that the guard let pass, the proxy's, and no other."""

    def __init__(self, reactor: Any, proxy: str | None) -> None:
        self._reactor = reactor
        self._proxy = urlsplit(proxy).hostname if proxy else None
        self._original = reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> PinnedResolver:
        settings: BaseSettings = crawler.settings
        return cls(reactor, settings.get("ZHENGCE_PROXY"))

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *args: Any, **kwargs: Any) -> Any:
        if name == self._proxy:
            port = kwargs.pop("portNumber", port)
            return self._original.resolveHostName(receiver, name, port, *args, **kwargs)
        port = kwargs.get("portNumber", port)
        receiver.resolutionBegan(_Done)
        for family, address in PINNED.get(name, ()):
            kind = IPv6Address if family == socket.AF_INET6 else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return _Done

"""Who may be asked at all: the hosts of the card, at public addresses, and at no other than were looked at."""

from __future__ import annotations

import asyncio
import socket
from types import SimpleNamespace

import pytest
from scrapy.exceptions import CannotResolveHostError
from twisted.internet.address import IPv4Address, IPv6Address

import crawler.guard
from crawler.guard import PinnedResolver, look_up, on_card, private
from crawler.polite import Refused

HOST = "www.a.gov.cn"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "10.0.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.3.4",
            "192.168.1.1",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
        ),
        *("::1", "fd00::1", "fe80::1%eth0", "::ffff:10.0.0.1", "2002:a00:1::", "255.255.255.255"),
        *("64:ff9b::a00:1", "64:ff9b::7f00:1", "::10.0.0.1", "::", "fec0::1", "2001:0:a00:1::"),
    ],
)
def test_private_addresses(address: str) -> None:
    assert private(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_public_addresses(address: str) -> None:
    assert not private(address)


def test_hosts_of_a_card_are_exact() -> None:
    hosts = frozenset({HOST, "b.gov.cn:8080"})
    assert on_card("https://www.a.gov.cn/x", hosts)
    assert on_card("http://b.gov.cn:8080/", hosts)
    for url in ("http://a.gov.cn/", "http://x.www.a.gov.cn/", "http://b.gov.cn/", "ftp://www.a.gov.cn/", "file:///x"):
        assert not on_card(url, hosts)
    assert not on_card("http://www.a.gov.cn@evil.com/", hosts)


def answers(*addresses: str, error: OSError | None = None) -> list[str]:
    """What looking a name up gives when the name server says this."""

    async def fake(*_: object, **__: object) -> list[tuple[object, ...]]:
        if error:
            raise error
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, 1, 6, "", (address, 0)) for address in addresses
        ]

    async def look() -> list[str]:
        asyncio.get_running_loop().getaddrinfo = fake  # type: ignore[method-assign,assignment]
        return [address for _, address in await look_up(HOST, allow_loopback=False)]

    return asyncio.run(look())


def test_names_are_judged_by_all_their_addresses() -> None:
    assert answers("93.184.216.34", "93.184.216.34", "2606:2800:220:1::1") == ["93.184.216.34", "2606:2800:220:1::1"]
    for bad in ("10.1.2.3", "127.0.0.1", "169.254.169.254", "::1", "::ffff:192.168.1.1"):
        with pytest.raises(Refused) as refused:
            answers("93.184.216.34", bad)
        assert refused.value.kind == "private_address"
    with pytest.raises(CannotResolveHostError):
        answers(error=socket.gaierror(-2, "Name or service not known"))


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[object] = []
        self.done = False

    def resolutionBegan(self, resolution: object) -> None:
        assert resolution

    def addressResolved(self, address: object) -> None:
        self.addresses.append(address)

    def resolutionComplete(self) -> None:
        self.done = True


def test_connections_go_to_the_addresses_that_were_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    pinned = ((int(socket.AF_INET), "93.184.216.34"), (int(socket.AF_INET6), "2606:2800:220:1::1"))
    monkeypatch.setattr(crawler.guard, "PINNED", {HOST: pinned})
    asked: list[str] = []
    original = SimpleNamespace(resolveHostName=lambda receiver, name, port: asked.append(name))
    resolver = PinnedResolver(SimpleNamespace(nameResolver=original), "http://proxy.lan:3128")
    known, unknown = Receiver(), Receiver()
    resolver.resolveHostName(known, HOST, portNumber=443)
    assert known.addresses == [IPv4Address("TCP", "93.184.216.34", 443), IPv6Address("TCP", "2606:2800:220:1::1", 443)]
    resolver.resolveHostName(unknown, "evil.example", 80)
    assert (unknown.addresses, unknown.done) == ([], True)  # which Twisted takes for a name that does not exist
    resolver.resolveHostName(Receiver(), "proxy.lan", 3128)
    assert asked == ["proxy.lan"]

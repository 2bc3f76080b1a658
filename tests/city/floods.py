"""Bodies that are too much: without end, a byte a second, a gigabyte packed into a megabyte.

Leaves: streams that come into being while they are sent, so that the city itself stays small.
"""

from __future__ import annotations

import asyncio
import zlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GIGABYTE = 1 << 30
BLOCK = b"<p>" + "无穷无尽的文字。".encode() * 2730 + b"</p>\n"
"""64 KB of text: what endless bodies are made of."""


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield BLOCK


async def gigabyte() -> AsyncIterator[bytes]:
    for _ in range(GIGABYTE // len(BLOCK)):
        yield BLOCK


async def drip() -> AsyncIterator[bytes]:
    yield b"<html><body>"
    while True:
        await asyncio.sleep(1)
        yield b"."


async def drip_head() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(100_000):
        await asyncio.sleep(1)
        yield b"X-%d: a\r\n" % number


@cache
def bomb(size: int = GIGABYTE) -> bytes:
    """One gzip member of `size` blanks: one compressed block that repeats, since a full flush makes it independent."""
    block = b" " * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(size >> 20):
        check = zlib.crc32(block, check)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    tail = packer.flush() + check.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
    return head + packed * (size >> 20) + tail


def laughs() -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?>\n<!DOCTYPE urlset [\n<!ENTITY l0 "ha">\n{levels}]>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>&l9;</loc></url></urlset>\n'
    )

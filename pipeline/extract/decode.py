"""Bytes -> text: which encoding, and why.

Enters: the bytes of a page and its headers. Leaves: `Decoded`. Order: byte order mark, UTF-8 if the bytes are
(Chinese in another encoding hardly ever is by chance), HTTP header, <meta>, then chardet. A declared encoding is
believed only when the bytes fit it; one that fits any bytes (ISO-8859-1, what servers say that were never set up)
proves nothing. gb2312 and gbk are always read as gb18030, their superset (GB 18030-2022): pages that declare gb2312
use characters outside it (㙍 镕).

>>> decode("政策".encode("gb18030"), "text/html; charset=gb2312").encoding
'gb18030'
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import chardet

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_META = re.compile(r"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML = re.compile(r"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_HEAD = 4096  # HTML asks for the charset within the first 1,024 bytes; government templates put comments before it
_SAMPLE = 1 << 16  # chardet reads 3 MB/s: enough to tell an encoding, and 100 ms at most
_FIT_ANYTHING = (
    "iso8859",
    "cp125",
    "latin",
    "ascii",
    "koi8",
    "mac-",
    "utf-16",
    "utf-32",
    "utf-7",
    "unicode",
    "raw-unicode",
    "punycode",
    "idna",
)  # codecs' names
_GB = {"gb2312", "gbk", "gb18030", "cp936", "gb_2312-80", "hz", "x-gbk"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """text, the codec that read it, the reason for that codec, and how many characters could not be read (U+FFFD)."""

    text: str
    encoding: str
    reason: str
    lost: int


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Read bytes as text. Never fails: what no encoding fits is read as UTF-8 with U+FFFD, counted in `lost`."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return _read(body, codec, "byte order mark", errors="replace")
    head = body[:_HEAD].decode("ascii", "replace")
    declared = [
        (_name(match.group(1)), reason)
        for match, reason in (
            (_CHARSET.search(content_type), "HTTP header"),
            (_META.search(head), "meta"),
            (_XML.search(head), "XML declaration"),
        )
        if match
    ]
    declared = [(name, reason) for name, reason in declared if name and not name.startswith(_FIT_ANYTHING)]
    utf8 = next((reason for name, reason in declared if name == "utf-8"), "the bytes are UTF-8")
    for name, reason in [("utf-8", utf8), *declared]:
        if name and (found := _strict(body, name, reason)):
            return found
    guess = chardet.detect(body[:_SAMPLE])["encoding"]
    if guess and (name := _name(guess)) and (found := _strict(body, name, "chardet")):
        return found
    # Nothing fits every byte: take the candidate that loses least (cut pages end inside a character).
    codecs_left = [*(codec for codec, _ in declared if codec), "utf-8", "gb18030"]
    return min((_read(body, codec, "loses least", errors="replace") for codec in codecs_left), key=lambda d: d.lost)


def _name(label: str) -> str | None:
    if label.lower() in _GB:
        return "gb18030"
    try:
        codec = codecs.lookup(label).name
        b" ".decode(codec)
    except LookupError:  # nobody's name, or a codec that makes no text (hex, rot13)
        return None
    except UnicodeError:  # one blank is too short for UTF-16
        return codec
    return codec


def _strict(body: bytes, codec: str, reason: str) -> Decoded | None:
    try:
        return _read(body, codec, reason, errors="strict")
    except UnicodeError:
        return None


def _read(body: bytes, codec: str, reason: str, *, errors: str) -> Decoded:
    text = body.decode(codec, errors)
    return Decoded(text, codec, reason, text.count("\ufffd"))

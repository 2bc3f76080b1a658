"""Bytes of an answer -> its text, and the encoding that it was written in.

UTF-8 proves itself; else the header or the page's own meta decides. gb2312 stands for all of GB 18030, and so does
nothing at all.

>>> text("关于印发方案的通知".encode("gb18030"))
'关于印发方案的通知'
>>> decoded("关于印发方案的通知".encode("gb18030"))[1]
'gb18030'
"""

from __future__ import annotations

from w3lib.encoding import html_to_unicode

__all__ = ["decoded", "text"]

Pairs = tuple[tuple[str, str], ...]


def text(body: bytes, headers: Pairs = ()) -> str:
    return decoded(body, headers)[0]


def decoded(body: bytes, headers: Pairs = ()) -> tuple[str, str]:
    """The text and the name of its encoding; bytes that are none of it become U+FFFD."""
    try:
        return body.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        declared = next((value for name, value in headers if name.lower() == "content-type"), None)
        encoding, page = html_to_unicode(declared, body, auto_detect_fun=_gb18030)
        return page, encoding


def _gb18030(body: bytes) -> str:
    try:
        body.decode("gb18030")
    except UnicodeDecodeError:
        return "utf-8"
    return "gb18030"

"""What a page says about its own encoding, and the names of encodings as codecs.

Enters: the bytes of a page and its Content-Type. Leaves: (codec, who says so), the better witness first. A declaration
is a witness and no proof: pipeline.extract.encoding.decode holds it against the bytes.

>>> declarations(b'<meta charset="GB2312">', "text/html; charset=utf8")
(('utf-8', 'HTTP header'), ('gb18030', 'meta'))
"""

from __future__ import annotations

import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

FITS_ALL = ("cp125", "iso8859", "koi8", "mac", "cp874", "tis")
"""Codecs with one byte a character read any bytes: that they fit proves nothing. Servers that were never set up say
iso-8859-1."""
_READ = ("utf-8", "utf-16", "utf-32", "gb18030", "big5", "hz", "cp932", "euc_jp", "iso2022_jp", "cp949", *FITS_ALL)
"""What a label may stand for. Left out: Python's codecs that are no encodings of text (rot13, unicode_escape, idna) and
UTF-7, which no browser reads."""
_SUPERSETS = {"big5": "big5hkscs", "cp950": "big5hkscs", "euc_jisx0213": "euc_jp", "euc_jis_2004": "euc_jp"}
_HEAD = 1 << 15  # templates put 10 KB of scripts before the tag
_HIDDEN = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)
"""What a browser does not read tags in. w3lib reads the first 4,096 bytes of what remains."""


def declarations(body: bytes, content_type: str = "") -> tuple[tuple[str, str], ...]:
    """Each encoding that is declared, under the name of its superset (gb2312 and gbk are gb18030, big5 is big5hkscs).

    Names that nobody knows are passed over, and so is a tag that says UTF-16 and could be read as ASCII.
    """
    head = _HIDDEN.sub(b"", body[:_HEAD]) if b"charset" in body[:_HEAD].lower() else body[:_HEAD]
    xml = head.lstrip()[:5].lower() == b"<?xml"
    inside = html_body_declared_encoding(head)
    found = [(http_content_type_encoding(content_type), "HTTP header")]
    if inside and not inside.startswith(("utf-16", "utf-32")):
        found.append((inside, "XML declaration" if xml and b"<meta" not in head.lower() else "meta"))
    return tuple((_SUPERSETS.get(name, name), who) for name, who in found if name and name.startswith(_READ))

"""Names of files as people wrote them: those that went through a wrong code page are read again.

Enters: a name. Leaves: the name. Chinese names come out of a zip as cp437, off servers as Latin-1 of UTF-8 or of GBK.

>>> repaired("╙ª╝▒╘ñ░╕.doc"), repaired("Áª°î»ù½ðÀûÂÊ.doc"), repaired("é\\x99\\x84ä»¶1.pdf"), repaired("附件1.pdf")
('应急预案.doc', '联邦基金利率.doc', '附件1.pdf', '附件1.pdf')
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes, urlsplit

from pipeline.fields import title as titles
from pipeline.text import count_cjk, letters, tidy

_WRONG = ("latin-1", "cp1252", "cp437")
_RIGHT = ("utf-8", "gb2312")  # GB18030 reads nearly everything
_SUFFIX = re.compile(r"\.\w{1,5}$")
_CODE = re.compile(r"^[\W\d_a-z]*$", re.I)  # W020220519.docx, P0202.pdf: the server's own names
_CALLS = re.compile(
    r"^(?:点击)?(?:下载|查看|打开)?(?:附件|全文|正文|文件|附表|word|pdf|附)?[\d一二三四五六七八九十]{0,3}(?:下载|查看)?[:：.]?$",
    re.I,
)

_MARK = re.compile(r"^附[件表录]?[\d一二三四五六七八九十]{0,3}[:：.、\s]\s*(?=\S)")
"""附件1： before the name of an annex."""


def repaired(name: str) -> str:
    """The name as it was, if it can be told; else as it is."""
    if name.isascii() or count_cjk(name):
        return name
    for wrong in _WRONG:
        try:
            body = name.encode(wrong)
        except UnicodeEncodeError:
            continue
        for right in _RIGHT:
            try:
                read = body.decode(right)
            except UnicodeDecodeError:
                continue
            if count_cjk(read):
                return read
    return name


def decoded(body: bytes) -> str:
    """A name from its bytes: UTF-8 if they are, else GB18030."""
    for codec in ("utf-8", "gb18030"):
        try:
            return body.decode(codec)
        except UnicodeDecodeError:
            continue
    return body.decode("latin-1")


def inside(name: str) -> str:
    """A path of an archive as one that stays inside: no root, no drive, no .. in it."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":"))


def name_in(address: str) -> str:
    """The name of the file that an address leads to."""
    return decoded(unquote_to_bytes(PurePosixPath(urlsplit(address).path).name))


def title_from(link: str, address: str) -> str | None:
    """A title for a file that has none itself: what the link to it says, else its name, unless that is a code.

    >>> title_from("附件1.防汛应急预案.docx", "http://a.gov.cn/W020220519.docx")
    '防汛应急预案'
    """
    for told in (link, name_in(address)):
        text = tidy(_SUFFIX.sub("", repaired(told)))
        text = _MARK.sub("", text)
        if letters(text) and not _CODE.match(text) and not _CALLS.match(text):
            return titles.trim(text) or None
    return None

"""Pages in two encodings: a footer included from another template, a comment pasted in, a character cut in two.

Enters: bytes and the codec that reads most of them. Leaves: the text, and how many pieces were read in another codec.
A page is taken apart at bytes that are never part of a longer character in UTF-8, GB18030 and Big5 (below 0x40, digits
apart), so no cut falls inside a character. A piece goes to another encoding only if that reads every byte of it and
makes clearly better Chinese; what nothing reads stays as U+FFFD.

>>> read_mixed("<p>政策</p>".encode() + "<i>主办单位</i>".encode("gbk"), "utf-8")
('<p>政策</p><i>主办单位</i>', 1)
"""

from __future__ import annotations

import re

from pipeline.extract.encoding.hanzi import likeness

ASCII_BASED = ("utf-8", "gb18030", "big5hkscs")
CLEAR = 0.8
"""By how much a reading must be better than another to count. Of 12,000 strings of 20 characters the right reading was
better by 0.77 at the least, and by 1.6 of 60 characters (99 of 100)."""
CHINESE = 0.5
"""Right readings lie above it (all of 20 characters, 99 of 100 of 5), wrong ones below (999 of 1,000 of 20)."""

_UTF8_WORD = re.compile(rb"[\xe3-\xef][\x80-\xbf][\x80-\xbf][\xe3-\xef][\x80-\xbf][\x80-\xbf]")
_PIECE = re.compile(rb"[<\n]?[^<\n]*")
_WORDS = re.compile(rb"([\x00-\x2f\x3a-\x3f]+)")
_LONE = {
    "utf-8": re.compile(rb"((?<![\x80-\xff])[\x80\x85\x91-\x97\x99\xa0\xa9\xae\xb7](?![\x80-\xff]))"),
    "gb18030": re.compile(rb"([\x80\xa0]\Z)"),
    "big5hkscs": re.compile(rb"(\xa3\xe1)"),
}
"""What Windows writes beside an encoding: curly quotes and dashes alone between ASCII, its blank, the euro sign."""
MODERN = {
    "gb18030": dict(
        zip("\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796", "︐︒︑︓︔︕︖︗︘︙", strict=True)
    )
    | dict(zip("\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864", "龴龵龶龷龸龹龺龻", strict=True)),
    "big5hkscs": dict(zip("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡", strict=True)),
}
"""Where today's standards (GB 18030-2022, the Encoding Standard's Big5) read other characters than Python's codecs."""
_DATED = {codec: re.compile(f"[{''.join(table)}]") for codec, table in MODERN.items()}


def read_mixed(body: bytes, codec: str) -> tuple[str, int]:
    """The text of bytes that are mostly in one of ASCII_BASED, and the number of pieces that were not."""
    try:
        text = body.decode(codec)
        if codec == "utf-8" or not _UTF8_WORD.search(body):
            return _modern(text, codec), 0
    except UnicodeDecodeError:
        pass
    pieces = _PIECE.findall(body)
    other = _other(pieces, codec)
    foreign = {index for index, piece in enumerate(pieces) if other and _is_in(piece, other, codec)}
    foreign |= _neighbours(pieces, foreign, other, codec) if foreign else set()
    texts: list[str] = []
    mended = len(foreign)
    last = max(index for index, piece in enumerate(pieces) if piece)
    for index, piece in enumerate(pieces):
        if index in foreign:
            texts.append(piece.decode(other))
            continue
        try:
            texts.append(piece.decode(codec))
        except UnicodeDecodeError:
            text, count = _read_words(piece, codec, other, is_last=index == last)
            texts.append(text)
            mended += count
    return _modern("".join(texts), codec), mended


def _other(pieces: list[bytes], codec: str) -> str:
    """The second encoding of a page: the one that makes the best Chinese of the pieces that the first cannot read."""
    if codec != "utf-8":
        return "utf-8"
    broken = b"\n".join(piece for piece in pieces if not fits(piece, codec))[: 1 << 14]
    return max(("gb18030", "big5hkscs"), key=lambda name: likeness(broken.decode(name, "replace")))


def fits(piece: bytes, codec: str) -> bool:
    """True if a codec reads every byte."""
    try:
        piece.decode(codec)
    except UnicodeError:
        return False
    return True


def _is_in(piece: bytes, other: str, codec: str) -> bool:
    """True if the other encoding reads all of a piece, as Chinese, and the page's own does not."""
    if piece.isascii() or (other != "utf-8" and fits(piece, codec)):
        return False
    try:
        better = likeness(piece.decode(other))
    except UnicodeDecodeError:
        return False
    # UTF-8 is hardly ever valid by chance, so a little better is enough: 首页 is 棣栭〉 in GBK, two fair characters.
    margin = 0.2 if other == "utf-8" else CLEAR
    return better >= CHINESE and better - likeness(piece.decode(codec, "replace")) >= margin


def _neighbours(pieces: list[bytes], foreign: set[int], other: str, codec: str) -> set[int]:
    """Short pieces beside foreign ones that fit the page's encoding by chance (投 in GBK is Ͷ in UTF-8)."""
    beyond = [index for index, piece in enumerate(pieces) if not piece.isascii()]
    found: set[int] = set()
    for order in (beyond, beyond[::-1]):
        beside = False
        for index in order:
            if index not in foreign and beside and fits(pieces[index], other) and fits(pieces[index], codec):
                worse, better = (likeness(pieces[index].decode(name)) for name in (codec, other))
                if worse < 0 and better >= CHINESE:
                    found.add(index)
            beside = index in foreign or index in found
    return found


def _read_words(piece: bytes, codec: str, other: str, *, is_last: bool) -> tuple[str, int]:
    """A piece that no encoding reads whole, word by word. The last word of a page may be cut inside a character."""
    texts: list[str] = []
    mended = 0
    words = _WORDS.split(piece)
    for word in words:
        if fits(word, codec):
            texts.append(word.decode(codec))
        elif is_last and word is words[-1]:
            texts.append(word.decode(codec, "replace"))
        elif other and _is_in(word, other, codec):
            texts.append(word.decode(other))
            mended += 1
        else:
            parts = _LONE[codec].split(word)
            texts += (_mark(part) if at % 2 else part.decode(codec, "replace") for at, part in enumerate(parts))
            mended += len(parts) // 2
    return "".join(texts), mended


def _mark(lone: bytes) -> str:
    return lone.decode("cp1252") if len(lone) == 1 else "€"


def _modern(text: str, codec: str) -> str:
    if codec in _DATED and _DATED[codec].search(text):
        for dated, modern in MODERN[codec].items():
            text = text.replace(dated, modern)
    return text

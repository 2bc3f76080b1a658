"""Bytes -> text: which encoding, and why.

Enters: the bytes of a page and its Content-Type. Leaves: `Decoded`. Order: byte order mark, zeros at every other byte
(UTF-16), UTF-8 if the bytes are (Chinese in another encoding hardly ever is by chance); then the reading that makes
Chinese (pipeline.extract.encoding.hanzi), with a bonus for the declared one: GB18030 reads nearly all Big5 without an
error, so that bytes fit proves little. Encodings of other languages are believed as declared if the bytes fit and
nothing reads as Chinese; chardet comes last. gb2312 and gbk are always read as gb18030, their superset: pages that
declare gb2312 use characters outside it (㙍 镕).

>>> decode("政策".encode("gb18030"), "text/html; charset=gb2312").encoding
'gb18030'
>>> decode("關於印發方案的通知".encode("big5"), "text/html; charset=gb2312").encoding
'big5hkscs'
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace

import chardet
from w3lib.encoding import read_bom, resolve_encoding

from pipeline.extract.encoding.charset import FITS_ALL, declarations
from pipeline.extract.encoding.evidence import SURE, begun, is_chance, is_western, marks_of, sample_of, vote, with_zeros
from pipeline.extract.encoding.hanzi import likeness
from pipeline.extract.encoding.mixed import ASCII_BASED, CHINESE, CLEAR, fits, read_mixed

_DECLARED = 0.3  # a declaration decides between readings that are about as good


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    encoding: the codec. reason: who said so, or what the bytes show. lost: characters that could not be read (U+FFFD).
    mended: pieces that were in another encoding than the page. doubt: another reading is nearly as good.
    """

    text: str
    encoding: str
    reason: str
    lost: int
    mended: int = 0
    doubt: bool = False


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Read bytes as text. Never fails: what no encoding fits is read with U+FFFD, counted in `lost`."""
    said = declarations(body, content_type)
    codec, bom = read_bom(body)
    if codec and bom:
        body = body[len(bom) :]
        said = ((codec, "byte order mark"), *said)
        if codec != "utf-8":
            return _read(body, codec, "byte order mark")
    if codec := with_zeros(body):
        return _read(body, codec, _who(codec, said) or "zero bytes beside ASCII")
    if _who("hz", said) and body.isascii() and b"~{" in body and fits(body, "hz"):
        return _read(body, "hz", _who("hz", said))
    try:
        text, used = codecs.utf_8_decode(body, "strict", False)  # False: the last character may be cut
    except UnicodeDecodeError:
        if body[:-1].isascii():
            return _read(body, "utf-8", "cut inside the only character beyond ASCII")
        return _weigh(body, said)
    if not _who("utf-8", said) and is_chance(text, body):
        return _weigh(body, said)
    text += "\ufffd" * (used < len(body))
    return Decoded(text, "utf-8", _who("utf-8", said) or "the bytes are UTF-8", text.count("\ufffd"))


def _weigh(body: bytes, said: tuple[tuple[str, str], ...]) -> Decoded:
    """The reading that makes the best Chinese; failing that, what is declared or chardet says."""
    sample = sample_of(body)
    for codec, who in said[:1]:  # nearly all pages: read as they say, in common characters
        if codec in ASCII_BASED and likeness(begun(sample, codec)) >= SURE + _DECLARED and fits(body, codec):
            return _read(body, codec, who)
    marks = marks_of(body, sample)
    bonus = {codec: _DECLARED for codec, _ in said}
    best, rival = sorted(marks, key=lambda codec: marks[codec] + bonus.get(codec, 0), reverse=True)[:2]
    if other := _foreign(body, sample, said, marks[best]):
        return other
    if marks[best] < CHINESE and (voted := vote(sample)):
        mixed = _read(body, voted, "most pieces read as Chinese in it")
        return replace(mixed, doubt=likeness(mixed.text[: 1 << 16]) < CHINESE)
    doubt = marks[best] < CHINESE or marks[best] - marks[rival] < CLEAR
    reason = _who(best, said) or "the bytes read as Chinese" + "".join(f", not as {who} says" for _, who in said)
    return _read(body, best, reason, doubt=doubt)


def _foreign(body: bytes, sample: bytes, said: tuple[tuple[str, str], ...], chinese: float) -> Decoded | None:
    """A page in the encoding of another language: declared, or seen by chardet where nothing reads as Chinese."""
    guess = resolve_encoding(chardet.detect(sample)["encoding"] or "") if chinese < 0 and not vote(sample) else None
    for codec, who in (*said, *([(guess, "chardet")] if guess else ())):
        weak = codec.startswith(FITS_ALL)
        if codec.startswith((*ASCII_BASED, "utf-16", "hz")) or chinese > (CHINESE if weak else SURE):
            continue
        if fits(body, codec) and (codec != "cp1252" or is_western(sample)):
            return _read(body, codec, who, doubt=weak or who == "chardet")
    return None


def _who(codec: str, said: tuple[tuple[str, str], ...]) -> str:
    """Who declared a codec; nothing if nobody did. UTF-16 stands for either order of its bytes."""
    return next((who for name, who in said if name == codec or (name == "utf-16" and codec.startswith(name))), "")


def _read(body: bytes, codec: str, reason: str, *, doubt: bool = False) -> Decoded:
    text, mended = read_mixed(body, codec) if codec in ASCII_BASED else (body.decode(codec, "replace"), 0)
    return Decoded(text, codec, reason, text.count("\ufffd"), mended, doubt)

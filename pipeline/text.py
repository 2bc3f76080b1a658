"""Characters of Chinese text: what is a letter, what is Chinese, and the form in which rules compare strings.

Enters and leaves: strings. Every rule of the pipeline matches on `fold(text)`, so one pattern serves full-width and
ASCII punctuation, Simplified and Traditional characters, and labels spaced out for looks ("索 引 号：").

>>> fold("索 引 號：")
'索引号:'
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

CJK = r"㐀-䶿一-鿿豈-﫿〇○"
"""Chinese characters for use inside a character class, with the two circles that stand for zero in dates."""

_NO_LETTER = re.compile(r"[\W_]+")
_CJK_CHARACTER = re.compile(f"[{CJK}]")
_CJK_RUN = re.compile(f"[{CJK}]+")


@cache
def simplified_table() -> dict[int, str]:
    """Traditional -> Simplified, character by character: the first reading of OpenCC's own TSCharacters table.

    Good enough to compare strings with; text itself is converted by phrase (pipeline.repair.script).
    """
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    table = {ord(one): many.split(" ")[0] for one, many in pairs if len(one) == 1}
    table[ord("著")] = "着"  # TSCharacters keeps 著; mirrors wrote it for 着, and a comparison must see them as one
    return table


@cache
def _folding_table() -> dict[int, str]:
    """Wide blanks, full-width forms (U+FF01 to U+FF5E, NFKC: ASCII) and Traditional characters in one pass."""
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return {**simplified_table(), **wide, 0xA0: " ", 0x3000: " "}


@cache
def _folded() -> re.Pattern[str]:
    """A character that folding may change. Beyond U+FFFF any may: a list of them would be slow to search."""
    short = "".join(chr(code) for code in _folding_table() if code < 0x10000)
    return re.compile(f"[{short}\U00010000-\U0010ffff]")


def fold(text: str) -> str:
    """The form in which strings are compared: NFKC, Simplified, lower case, without any space."""
    return _fold_short(text) if len(text) <= _SHORT else _fold_long(text)


def fold_places(text: str) -> tuple[str, tuple[int, ...]]:
    """A text folded character by character, and for each character of the outcome where it stood in the text.

    >>> fold_places("號：１ 甲")
    ('号:1甲', (0, 1, 2, 4))
    """
    folded = [(fold(character), at) for at, character in enumerate(text)]
    return "".join(one for one, _ in folded), tuple(at for one, at in folded for _ in one)


def _fold(text: str) -> str:
    plain = text.translate(_folding_table()) if _folded().search(text) else text
    if not unicodedata.is_normalized("NFKC", plain):  # rare: ligatures, accents apart; NFKC of a whole text is slow
        plain = unicodedata.normalize("NFKC", text).translate(simplified_table())
    return "".join(plain.lower().split())


_SHORT = 200  # characters; longer texts are large to keep, and asked for again only while their own page is read
_fold_short = lru_cache(maxsize=16384)(_fold)
_fold_long = lru_cache(maxsize=512)(_fold)


def letters(text: str) -> str:
    """Letters and digits only, after folding: what must survive cleaning, whatever happens to punctuation."""
    return _letters_short(text) if len(text) <= _SHORT else _letters(text)


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", fold(text))


_letters_short = lru_cache(maxsize=16384)(_letters)


def is_cjk(character: str) -> bool:
    """True for one Chinese character."""
    return _CJK_CHARACTER.match(character) is not None


def holds_cjk(text: str, start: int, end: int) -> bool:
    """True if a Chinese character stands there."""
    return _CJK_CHARACTER.search(text, start, end) is not None


def count_cjk(text: str) -> int:
    """How many Chinese characters the text has."""
    return sum(map(len, _CJK_RUN.findall(text)))


def tidy(text: str) -> str:
    """One line without outer space, inner runs of any space (no-break, ideographic, tab) as one blank."""
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())

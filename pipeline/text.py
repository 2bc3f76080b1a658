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


def fold(text: str) -> str:
    """The form in which strings are compared: NFKC, Simplified, lower case, without any space."""
    return _fold_short(text) if len(text) <= _SHORT else _fold_long(text)


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(simplified_table()).lower().split())


_SHORT = 200  # characters; longer texts are large to keep, and asked for again only while their own page is read
_fold_short = lru_cache(maxsize=16384)(_fold)
_fold_long = lru_cache(maxsize=512)(_fold)


def letters(text: str) -> str:
    """Letters and digits only, after folding: what must survive cleaning, whatever happens to punctuation."""
    return _NO_LETTER.sub("", fold(text))


def is_cjk(character: str) -> bool:
    """True for one Chinese character."""
    return _CJK_CHARACTER.match(character) is not None


def count_cjk(text: str) -> int:
    """How many Chinese characters the text has."""
    return len(_CJK_CHARACTER.findall(text))


def tidy(text: str) -> str:
    """One line without outer space, inner runs of any space (no-break, ideographic, tab) as one blank."""
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())

"""The damage that scrapers and mirrors do to a text, done on purpose.

Enters: a clean text, and a random.Random where there is a choice. Leaves: the damaged text. What was damaged is known
from the clean text, so that a repair can be judged character by character.

>>> fold_punctuation("（二）目标：增长５％，")
'(二)目标:增长5%,'
>>> gbk_slip("改進。或許S", 2)
'改進?；蛟SS'
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

_FOLDING = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
KEPT = "于后范征采占周制系托面并里云"
"""Characters that the table of the Pudong mirror leaves alone."""
TABLES = ("STCharacters", "TSCharacters inverted", "STCharacters, as in the seed")

_LIST = """
政:zhèng 府:fǔ 国:guó 家:jiā 人:rén 民:mín 市:shì 县:xiàn 区:qū 发:fā 展:zhǎn 改:gǎi 革:gé
工:gōng 作:zuò 产:chǎn 业:yè 企:qǐ 安:ān 全:quán 法:fǎ 律:lǜ 规:guī 定:dìng 条:tiáo 例:lì
管:guǎn 理:lǐ 部:bù 门:mén 机:jī 关:guān 应:yīng 当:dāng 设:shè 施:shī 建:jiàn 项:xiàng 目:mù
实:shí 现:xiàn 务:wù 员:yuán 会:huì 议:yì 经:jīng 济:jì 社:shè 保:bǎo 障:zhàng 护:hù 环:huán
境:jìng 责:zé 任:rèn 组:zǔ 织:zhī 领:lǐng 导:dǎo 单:dān 位:wèi 报:bào 告:gào 通:tōng 知:zhī
年:nián 月:yuè 日:rì 资:zī 金:jīn 财:cái 计:jì 划:huà 质:zhì 量:liàng 标:biāo 准:zhǔn 技:jì
术:shù 科:kē 学:xué 教:jiào 育:yù 农:nóng 村:cūn 城:chéng 地:dì 方:fāng 水:shuǐ 利:lì 电:diàn
网:wǎng 络:luò 信:xìn 息:xī 公:gōng 开:kāi 布:bù 行:xíng 为:wéi 对:duì 外:wài 和:hé 提:tí
高:gāo 强:qiáng 化:huà 进:jìn 推:tuī 动:dòng
"""
READINGS = dict(pair.split(":") for pair in _LIST.split())
"""Common characters with a reading each; what is written in brackets on a mirror is right, so it is right here."""
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuvvvvv")


def fold_punctuation(text: str) -> str:
    """Full-width forms (U+FF01 to U+FF5E) to ASCII; 、。《》“” stay, as in all five seeds."""
    return text.translate(_FOLDING)


def _dictionary(name: str) -> list[tuple[str, list[str]]]:
    lines = (files("opencc") / "dictionary" / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return [(one, many.split(" ")) for one, many in pairs if len(one) == 1]


@cache
def traditional_table(name: str) -> Mapping[int, str]:
    """Simplified -> Traditional, one character for each: one of TABLES."""
    if name == "TSCharacters inverted":
        table: dict[int, str] = {}
        for traditional, simplified in _dictionary("TSCharacters.txt"):
            if simplified[0] != traditional:
                table.setdefault(ord(simplified[0]), traditional)
        return table
    left_alone = KEPT if name.endswith("seed") else ""
    return {ord(one): many[0] for one, many in _dictionary("STCharacters.txt") if one not in left_alone}


def to_traditional(text: str, name: str = TABLES[2]) -> str:
    """What a mirror's one-to-one table makes of a text."""
    return text.translate(traditional_table(name))


def _annotate(text: str, rng: Random, per_thousand: float, form: Callable[[str], str], least: int = 6) -> str:
    places = [i for i, character in enumerate(text) if character in READINGS]
    wanted = max(least, round(len(text) * per_thousand / 1000))
    chosen = set(rng.sample(places, min(wanted, len(places))))
    return "".join(c + form(READINGS[c]) if i in chosen else c for i, c in enumerate(text))


BRACKETED: dict[str, Callable[[str], str]] = {
    "tone marks": "({})".format,
    "no tones": lambda reading: f"({reading.translate(_TONES)})",
    "repeated": lambda reading: f"({reading.translate(_TONES)})" * 3,
    "with a blank": "({} )".format,
}


def bracketed_pinyin(text: str, rng: Random, form: str, per_thousand: float = 12.0) -> str:
    """政(zheng)府: readings in brackets, one of BRACKETED, that many in a thousand characters, six at least."""
    return _annotate(text, rng, per_thousand, BRACKETED[form])


def bare_pinyin(text: str, rng: Random, per_thousand: float = 12.0) -> str:
    """发fā布: readings with tone marks and without brackets."""
    return _annotate(text, rng, per_thousand, str)


def gbk_slip(text: str, place: int) -> str:
    """The first byte of the character at `place` becomes "?", and GBK pairs the rest of the line anew."""
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    slipped = b"?" + text[place:end].encode("gbk", "replace")[1:]
    return text[:place] + slipped.decode("gbk", "replace").replace("\ufffd", "?") + text[end:]


def slip_places(text: str, short: bool) -> list[int]:
    """Full stops behind which a slip heals within three characters (`short`: a second byte below 0x80, which only
    Traditional characters have), or else runs to the end of its line.
    """
    heals = re.compile("。(?=[^\n]{3})")
    found = []
    for match in heals.finditer(text):
        after = text[match.end() : match.end() + 3]
        pairs = [character.encode("gbk", "replace") for character in after]
        healed = any(len(pair) == 2 and pair[1] < 0x80 for pair in pairs)
        if healed == short and all(len(pair) == 2 for pair in pairs):
            found.append(match.start())
    return found


def lost_spaces(text: str) -> str:
    """`??` where two U+3000 stood: before every line that holds something."""
    return re.sub(r"^(?=[^\n|])", "??", text, flags=re.MULTILINE)


def doubled_commas(text: str, rng: Random) -> str:
    """One comma in ten doubled, at full width or in ASCII."""
    return re.sub("，", lambda _: rng.choice([",,", "，，"]) if rng.random() < 0.1 else "，", text)

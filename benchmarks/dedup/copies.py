"""The same document once more, as other sites show it: edited, abridged, in another script, with a heading or a footer.

Enters: a `Work`, a random.Random and how alike the two texts shall be. Leaves: the lines of the copy. An edit changes
words and never a number, a name, a place or a table; an abridgement leaves out whole sentences, whatever they hold.

>>> COPIES["punctuation"](Random(1), work, stock(1), 1.0)
('各县(市,区)主管部门,各有关单位:', …)
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from benchmarks.dedup.facts import name
from benchmarks.dedup.jaccard import five_grams
from benchmarks.dedup.lexicon import lexicon
from benchmarks.dedup.wording import day_of, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.dedup.lexicon import Stock
    from benchmarks.dedup.work import Work

    Lines = tuple[str, ...]
    Copy = Callable[[Random, Work, Stock, float], Lines]

_HALF_WIDTH = str.maketrans("，：；（）！？", ",:;()!?")
_QUOTES = str.maketrans("《》〔〕“”", "〈〉[]「」")
_FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_SENTENCE = re.compile(r"[^。]+。")
_SENTENCE_LETTERS = 40


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    groups = lexicon().synonyms
    others = {word: tuple(other for other in group if other != word) for group in groups for word in group}
    return re.compile("|".join(others)), others


@cache
def traditional() -> dict[int, str]:
    """Simplified to Traditional, a character at a time, as careless sites convert."""
    lines = (files("opencc") / "dictionary" / "STCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {ord(one): many.split(" ")[0] for one, many in pairs if len(one) == 1}


def words(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """Synonyms, a word put in, a 的 left out. One such edit costs about six of a text's five-grams."""
    pattern, others = _synonyms()
    text = "\n".join(work.lines)
    places = [match.span() for match in pattern.finditer(text)]
    wanted = round(len(five_grams(text)) * (1 - alike) / (6 * (1 + alike)))
    for start, end in sorted(rng.sample(places, min(wanted, len(places))), reverse=True):
        roll, word = rng.random(), text[start:end]
        new = rng.choice(others[word]) if roll < 0.8 else rng.choice(lexicon()["adverbs"]) + word
        text = text[:start] + new + text[end:]
    return tuple(text.split("\n"))


def abridged(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """Sentences left out of paragraphs that have several."""
    wanted = (1 - alike) * len(five_grams("\n".join(work.lines)))
    lines = [_SENTENCE.findall(line) if line.endswith("。") else [line] for line in work.lines]
    places = [(at, turn) for at, parts in enumerate(lines) for turn in range(1, len(parts))]
    rng.shuffle(places)
    for at, turn in places:
        if (size := len(lines[at][turn])) <= wanted + 10:
            lines[at][turn] = ""
            wanted -= size
    return tuple("".join(parts) for parts in lines)


def enlarged(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """An editor's own sentences before the text, after it and between its paragraphs."""
    wanted = (1 / alike - 1) * len(five_grams("\n".join(work.lines)))
    lines = list(work.lines)
    while wanted > _SENTENCE_LETTERS / 2:
        said = sentence(rng, stock)
        lines.insert(rng.randint(0, len(lines)), f"{rng.choice(('据介绍，', '记者了解到，', ''))}{said}")
        wanted -= len(said)
    return tuple(lines)


def identical(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """Another column of the same site."""
    return work.lines


def punctuation(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """ASCII commas and brackets, now and then other quotation marks too."""
    table = rng.choice((_HALF_WIDTH, {**_HALF_WIDTH, **_QUOTES}))
    return tuple(line.translate(table) for line in work.lines)


def layout(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """Indents, full-width digits, or paragraphs run together."""
    form = rng.randrange(3)
    if form == 0:
        return tuple(f"　　{line}" for line in work.lines)
    if form == 1:
        return tuple(line.translate(_FULL_DIGITS) for line in work.lines)
    return ("".join(line if line.endswith("。") else f"{line}\n" for line in work.lines),)


def script(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """In Traditional characters."""
    return tuple(line.translate(traditional()) for line in work.lines)


def heading(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """The title again, and the line of facts under it."""
    where = rng.choice(("本站", work.issuer, "政务公开网", "日报社"))
    facts = f"来源：{where}　发布时间：{day_of(work.day)}　字号：大 中 小　浏览次数：{rng.randint(10, 9999)}"
    return (work.title, *((facts,) if rng.random() < 0.7 else ()), *work.lines)


def footer(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """What sites put under a text."""
    tails = (
        f"责任编辑：{name(rng)}",
        "分享到：微信 微博 QQ空间",
        "【打印本页】【关闭窗口】",
        "扫一扫在手机打开当前页",
        f"上一篇：关于{rng.choice(lexicon()['topics'])}工作的通知",
        "版权所有，未经授权不得转载",
    )
    return (*work.lines, *rng.sample(tails, rng.randint(1, 4)))


def mixed(rng: Random, work: Work, stock: Stock, alike: float) -> Lines:
    """All of it at once."""
    lines = punctuation(rng, work, stock, alike)
    lines = (work.title, *lines, f"责任编辑：{name(rng)}")
    return tuple(f"　　{line}".translate(traditional()) for line in lines)


EDITS: dict[str, Copy] = {"words": words, "abridged": abridged, "enlarged": enlarged}
"""Copies that are as alike as one asks for."""

REPOSTS: dict[str, Copy] = {
    "identical": identical,
    "punctuation": punctuation,
    "layout": layout,
    "script": script,
    "heading": heading,
    "footer": footer,
    "mixed": mixed,
}
COPIES: dict[str, Copy] = {**EDITS, **REPOSTS}

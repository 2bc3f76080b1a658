"""Words of the trade, and the other marks that injected text carries, found in a folded string.

Enters: a folded line (`pipeline.text.fold`). Leaves: its hits, in order, none over another. The words stand in
data/spam.yml. Names that spam makes up anew each day are known by their shape: a made-up name, a trade, and where it
leads (bet9体育官网, 金彩娱乐app下载).

>>> [(hit.kind, hit.stop - hit.start) for hit in hits("加qq:12345678领取k8体育官网彩金")]
[('handle', 12), ('brand', 6), ('strong', 2)]
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["sure", "strong", "weak", "bait", "brand", "handle", "phone", "odd_address", "address"]

_TRADE = "体育|娱乐|棋牌|彩票|电竞|真人|博彩|赌场|影院|影视|成人|视频|直播|电子游戏|国际娱乐"
_LEADS = "官方网站|官网|网址|网站|平台|手机版|app|下载|登录|登陆|注册|入口|最新版|安卓版|代理|开户|导航"
_HONEST = (
    "中国|国家|省|市|区|县|福利|央视|新闻|教育|广播|电视|人民|政务|社会|公共|文化|全民|群众|竞技|学校|青少年|职工"
    "|及|和|与|的|等|对|在|短|音|网络|在线|移动|手机|互联|第三方|各类|商标|马德里"
)
"""What stands before such words in honest names: 中国体育彩票官网, 市政务直播平台."""
_PUBLIC = re.compile(r"(?:中国|国家|省|市|区|县|福利|央视)")
"""What makes a name honest that begins right before it: a search may find 国体育彩票官网 in 中国体育彩票官网."""
_MADE_UP = rf"(?![一-龥]{{0,4}}(?:{_HONEST}))[一-龥]{{2,4}}"
_LATIN = r"(?<![a-z0-9])(?:[a-z]{1,8}\d{1,5}|\d{2,5}[a-z]{1,8}|[a-z]{2,10})"
_NUMBERED = r"(?<![a-z0-9])(?:[a-z]{1,8}\d{3,5}|\d{3,5}[a-z]{1,8})"
_BRAND = re.compile(
    rf"{_LATIN}(?:{_TRADE})(?:城|场|馆)?(?:{_LEADS}){{1,4}}|{_NUMBERED}(?:{_TRADE})"
    rf"|{_MADE_UP}(?:国际)?(?:{_TRADE})(?:城|场)?(?:{_LEADS}){{1,4}}|{_MADE_UP}国际(?:官方网站|官网|网址|平台|app|下载|登录|入口)+"
)
_NEAR_BRAND = re.compile(rf"(?:{_TRADE}|国际)[城场馆]?(?:{_LEADS})|\d[a-z]{{0,8}}(?:{_TRADE})")
_APPS = (
    "微信|薇信|威信|徽信|微讯|薇芯|vx|v信|wx|weixin|qq|扣扣|扣群|企鹅|telegram|tg|纸飞机|飞机|蝙蝠|skype|whatsapp|电报"
)
_PHONES = "电话|手机|热线|咨询|联系|客服"
_HANDLE = re.compile(
    rf"(?<![a-z0-9.])(?:加|添加|咨询|联系|客服)?(?:{_APPS})(?:号码?|群号?|群组|频道|客服|账号|id)?[:;.]?(?:@?[a-z][a-z0-9_-]{{4,19}}|\d{{5,13}})"
    r"|(?<![a-z0-9.])[加+]?[薇徽威微v]信?[^a-z0-9一-鿿,.;:\s]{1,3}[:]?[a-z][a-z0-9_-]{4,19}"
    r"|(?<![a-z0-9.])t\.me/[a-z0-9_+-]{4,32}"
)
_PHONE = re.compile(rf"(?:{_PHONES})(?:号码?)?[:;]?(?:1\d{{10,12}}|400-?\d{{3}}-?\d{{4}})")
_DOMAIN = re.compile(r"[a-z0-9]\.[a-z]{2}")
_ADDRESS = re.compile(
    r"(?<![@a-z0-9._-])(?P<host>(?:https?://|www\.)[a-z0-9.-]{1,60}\.[a-z]{2,12}|(?:[a-z0-9-]{1,40}\.){1,3}(?:com|net|cc|vip|top|xyz"
    r"|club|win|bet|app|tv|info|site|online|shop|icu|fun|pw|cn|xxx|casino|biz|org))(?![a-z0-9.@-])(?:/[\w./?=&%-]*)?",
    re.ASCII,
)
"""With http or www before it any domain counts; alone only the common ones, for NVDA.US is a share."""
_PLAIN = re.compile(r"(?:^|[./])[a-z-]*\d?[a-z-]*\.(?:com|cn|net|org|com\.cn|net\.cn)$")
"""A host as firms have it: at most one digit, a common domain. Spam moves from one numbered domain to the next."""
_OFFICIAL = re.compile(r"\.(?:gov|edu|org|ac|mil)(?:\.[a-z]{2})?(?![a-z0-9.])")


_WORD = 6  # letters: no longer word of the list stands inside another


class Hit(NamedTuple):
    """start, stop: in the folded text. kind: a class of words, or the shape of a name, a contact or an address."""

    start: int
    stop: int
    kind: Kind


class _Words(NamedTuple):
    """The words and their kinds; those of names and of contacts call for a closer look. houses: where people bet."""

    matcher: AhoCorasick
    words: tuple[str, ...]
    kinds: dict[str, Kind]
    names: frozenset[str]
    contacts: frozenset[str]
    houses: frozenset[str]


@cache
def _words() -> _Words:
    data = yaml.safe_load((files("pipeline.filters") / "data" / "spam.yml").read_text(encoding="utf-8"))
    kinds: dict[str, Kind] = {fold(word): "bait" for word in data["bait"]}
    classes: tuple[Kind, ...] = ("weak", "strong", "sure")  # the strictest counts
    for kind in classes:
        kinds |= {fold(str(word)): kind for words in data[kind].values() for word in words}
    trades, ways = _TRADE.split("|"), f"{_APPS}|{_PHONES}|薇|v❤|威❤|微❤|徽❤|t.me".split("|")
    words = tuple(sorted(kinds.keys() | set(trades) | set(ways)))
    names, contacts = (frozenset(word for word in words if any(one in word for one in some)) for some in (trades, ways))
    houses = frozenset(map(fold, data["strong"]["gambling"]))
    return _Words(
        AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), words, kinds, names | {"国际"}, contacts, houses
    )


def is_house(word: str) -> bool:
    """True for the name of a gambling house that honest firms bear too: 皇冠, 葡京, 永利."""
    return word in _words().houses


@lru_cache(maxsize=8192)
def hits(key: str) -> tuple[Hit, ...]:
    """All hits in a folded text; addresses of public bodies are none."""
    known = _words()
    found = [(known.words[at], start, stop) for at, start, stop in known.matcher.find_matches_as_indexes(key)]
    if not found and not _DOMAIN.search(key):
        return ()
    taken = list(_shapes(key, {word for word, _, _ in found}))
    for word, start, stop in found:
        kind = known.kinds.get(word)
        if kind and _stands_alone(key, start, stop) and all(stop <= hit.start or hit.stop <= start for hit in taken):
            taken.append(Hit(start, stop, kind))
    return tuple(sorted(taken))


def _shapes(key: str, words: set[str]) -> Iterator[Hit]:
    """Contacts, addresses and made-up names, each apart from those before it. words: those that the text holds."""
    known = _words()
    end = 0
    if words & known.contacts:
        taken = [Hit(match.start(), match.end(), "handle") for match in _HANDLE.finditer(key)]
        yield from taken
        for match in _PHONE.finditer(key):
            if all(match.end() <= hit.start or hit.stop <= match.start() for hit in taken):
                yield Hit(match.start(), match.end(), "phone")
    if _DOMAIN.search(key):
        for match in _ADDRESS.finditer(key):
            if not _OFFICIAL.search(match[0]):
                yield Hit(match.start(), match.end(), "odd_address" if is_odd(match["host"]) else "address")
    if words & known.names and _NEAR_BRAND.search(key):
        for match in _BRAND.finditer(key):
            if match.start() >= end and not _PUBLIC.search(key, max(0, match.start() - 4), match.start() + 2):
                yield Hit(match.start(), match.end(), "brand")
                end = match.end()


def is_odd(host: str) -> bool:
    """True for a host with digits in its name, or under a domain that few firms use."""
    return _PLAIN.search(host) is None


def _stands_alone(key: str, start: int, stop: int) -> bool:
    """False for a short Latin word or a figure inside another: 91 in 1991. Folded English has no blanks."""
    if stop - start >= _WORD:
        return True
    before, after = key[start - 1 : start], key[stop : stop + 1]
    return not (_is_latin(before) and _is_latin(key[start])) and not (_is_latin(after) and _is_latin(key[stop - 1]))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()

"""The labels under which Chinese government pages print their facts, and how to read "label: value" lines.

Enters: a line. Leaves: (field, value) pairs. The label variants are those of 信息公开 header tables
(国办公开办函〔2019〕61号 names the fields) and of the line under a title, as printed by the CMS families;
docs/rules.md lists where each was seen.

>>> labelled("时间: 2022-05-23 09:00 来源: 苏州市人民政府办公室 访问量:").pairs
(('published', '2022-05-23 09:00'), ('publisher', '苏州市人民政府办公室'), ('', ''))
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from pipeline.text import fold, simplified_table, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

_DATA: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (files("pipeline.fields") / "data" / "labels.yml").read_text(encoding="utf-8")
)


def _by_label(kind: str) -> dict[str, str]:
    return {label: "" if field == "none" else field for field, labels in _DATA[kind].items() for label in labels}


ISSUING = frozenset(_DATA["issuing"])
"""Folded labels of the body that gave a document out on its own site: the issuer, where nothing better names it."""
SITE = frozenset(_DATA["site"])
"""Folded labels that no text has where it begins."""
PRINTED = _by_label("header")
"""Folded label -> field, for cells of a header table."""


def _spaced(label: str) -> str:
    return r"\s*".join(map(re.escape, label))


def _pattern(labels: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        r"(?<![一-龥])(?:[\[【(]\s*)?(?:"
        + (names := "(" + "|".join(_spaced(x) for x in sorted(labels, key=len, reverse=True)) + ")")
        + r"\s*:|(?<=[\[【])\s*"
        + names
        + r"\s*[\]】]\s*:?)\s*"
    )


_FIELD = {**PRINTED, **_by_label("line")}
_LINE = _pattern(_FIELD)
_SURE = frozenset(
    label
    for label, field in PRINTED.items()
    if len(label) >= 4
    or label in ("有效性", "时效性")
    or field in ("index_number", "doc_number", "issuer", "written", "published")
)
_COLON = re.compile(r"[:：∶︰﹕\[【［]")
_LABEL = 16  # characters of a label, spaced out
_SPACED = 80  # characters of a cell that holds a label, with all its blanks
_COUNTER = re.compile(
    r"(?:(?:已有|共|被)?(?:浏览|阅读|点击|访问|查看)(?:量|数|次数)?[:]?\s*\d*\s*(?:次|人次|人)?(?:浏览|阅读)?|\d+\s*(?:次)?(?:浏览|阅读|点击))"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """prefix: what stands before the first label. pairs: (field, value), field "" where the value is no fact.

    labels: the folded labels of the pairs.
    """

    prefix: str
    pairs: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]


@lru_cache(maxsize=4096)
def labelled(text: str) -> Labelled | None:
    """Read a line made of labels and values; None if it has no label."""
    if not _COLON.search(text):
        return None
    plain = unicodedata.normalize("NFKC", text).translate(simplified_table())
    plain = tidy(plain.replace("∶", ":"))
    found = list(_LINE.finditer(plain))
    if not found:
        return None
    ends = [match.start() for match in found[1:]] + [len(plain)]
    pairs = tuple(
        (_FIELD[fold(match[1] or match[2])], plain[match.end() : end].strip(" |/;,[]【】)"))
        for match, end in zip(found, ends, strict=True)
    )
    labels = tuple(fold(match[1] or match[2]) for match in found)
    return Labelled(plain[: found[0].start()].strip(" |["), pairs, labels)


def opens_label(text: str) -> bool:
    """True for a text that begins with a label and its colon."""
    label, colon, _ = text[:_LABEL].replace("：", ":").partition(":")
    return bool(colon) and fold(label) in _FIELD


def is_label(text: str) -> bool:
    """True for one whole label of a header table that no text would hold, without a colon."""
    return len(text) <= _LABEL and fold(text) in _SURE


@lru_cache(maxsize=16384)  # most lines of a page stand on each page of its site
def label_of(text: str) -> str | None:
    """The field if the whole line is one label of a header table ("索 引 号："), else None; "" for labels of
    no fact.
    """
    if len(text) > _SPACED:
        return None
    key = fold(text).rstrip(":")
    return PRINTED.get(key, PRINTED.get(key.strip(":[]【】()")))


def is_counter(key: str) -> bool:
    """True for a folded line that only counts visits."""
    return _COUNTER.fullmatch(key.strip("()[]【】|")) is not None

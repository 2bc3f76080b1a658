"""The forms in which titles, numbers and addresses are compared, column by column.

Enters: columns of strings. Leaves: columns of keys; null stays null.

>>> title_key(pa.chunked_array([["《中华人民共和国种子法》", "种子法（2021年修正）"]])).to_pylist()
['种子法', '种子法2021年修正']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from crawler.page import document_id
from pipeline.corpus.sql import query

if TYPE_CHECKING:
    from typing import Any

    Texts = pa.ChunkedArray[Any]

__all__ = ["issuer_said", "link_ids", "number_key", "title_key", "without_issuer"]

PLAIN = r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)*\.?[a-z][a-z0-9-]*(/[A-Za-z0-9_./-]*)$"
"""Addresses that are canonical as they stand: their id is a hash of what follows the scheme. Others go the long way."""

_STATE = "中华人民共和国"


def title_key(titles: Texts) -> Texts:
    """The form in which titles are compared: letters and digits alone, NFKC, without 中华人民共和国 in front."""
    plain: Texts = pc.utf8_lower(pc.call_function("utf8_normalize", [titles], pc.Utf8NormalizeOptions("NFKC")))
    letters: Texts = pc.replace_substring_regex(plain, pattern=r"[^\p{L}\p{N}]+", replacement="")
    return _replaced(letters, f"^{_STATE}", "")


def number_key(numbers: Texts) -> Texts:
    """A number in the form in which it is compared: 国务院令第5号 is 中华人民共和国国务院令第5号."""
    return _replaced(numbers, rf"^{_STATE}|\s+", "")


def without_issuer(keys: Texts) -> Texts:
    """A title from 关于 on, or from 印发 or 转发, the whole of it if it says none of them."""
    return _replaced(keys, "^.*?(关于|印发|转发)", r"\1")


def issuer_said(keys: Texts) -> Texts:
    """Who issued it, by its title: what stands before 关于; empty where the title says nobody."""
    begins = _replaced(keys, "(关于|印发|转发).*$", "")
    head: Texts = pc.if_else(pc.equal(begins, keys), "", begins)
    return head


def _replaced(values: Texts, pattern: str, by: str) -> Texts:
    made: Texts = pc.replace_substring_regex(values, pattern=pattern, replacement=by)
    return made


def link_ids(urls: Texts) -> Texts:
    """The ids of the pages at these addresses; null where there is none."""
    links = pa.table([urls, pa.array(range(len(urls)), pa.int64())], names=["url", "nth"])
    asked = query(
        f"SELECT DISTINCT url FROM links WHERE url IS NOT NULL AND NOT regexp_matches(url, '{PLAIN}')", links=links
    )["url"]
    odd = pa.table([asked, pa.array([_id(str(url)) for url in asked.to_pylist()], pa.string())], names=["url", "id"])
    ids = query(
        f"""SELECT CASE WHEN regexp_matches(url, '{PLAIN}')
                        THEN left(sha256(regexp_replace(url, '^https?://', '')), 16) ELSE odd.id END AS id
            FROM links LEFT JOIN odd USING (url) ORDER BY nth""",
        links=links,
        odd=odd,
    )
    return ids["id"]


def _id(url: str) -> str | None:
    try:
        return document_id(url)
    except ValueError:  # //[$webpath$]/a.html: a template's own mark
        return None

"""What a document says, as one digest: the same words and facts give the same digest wherever and whenever they are
found.

Enters: a Document. Leaves: 64 hexadecimal digits.

>>> content_hash(document) == content_hash(replace(document, url="http://elsewhere.gov.cn/", raw_sha256="0"))
True
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Document

FIELDS = (
    "title",
    "doc_number",
    "issuer",
    "genre",
    "index_number",
    "theme",
    "division",
    "written",
    "effective",
    "expires",
    "published",
    "validity",
    "text",
)
"""The fields that make the content. Structure follows from the text; source, bytes, rules and clocks are not
content."""

__all__ = ["FIELDS", "content_hash"]


def content_hash(document: Document) -> str:
    """SHA-256 over the canonical JSON of the fields above (keys sorted, no spaces, UTF-8)."""
    content = {name: _plain(getattr(document, name)) for name in FIELDS}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value

"""Web pages that Word or a website saved under the name of an office file -> blocks.

Enters: the bytes of HTML, or of a web archive (MHTML), which is a mail with HTML in it. Leaves: a `FileRead` with all
its lines: such a file is a document, with no site around it.
"""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

from pipeline.draft import Block
from pipeline.extract.encoding.decode import decode
from pipeline.extract.files.errors import DAMAGED, FileRefused
from pipeline.extract.files.fileread import FileRead
from pipeline.extract.files.plain import doubts
from pipeline.extract.html.page import page_lines
from pipeline.extract.html.tree import parse
from pipeline.model import Removal

if TYPE_CHECKING:
    from email.message import Message

    from pipeline.extract.files.fileread import Kind, Limits


def read(body: bytes, limits: Limits) -> FileRead:
    """Read a page. Raises FileRefused if there is no HTML in it."""
    del limits  # libxml2 reads in linear time, and a page unpacks to its own size
    kind: Kind = "html"
    declared = ""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"mime-version" in body[:4096].lower():
        kind = "mhtml"
        body, declared = _page_of(email.message_from_bytes(body, policy=email.policy.compat32))
    decoded = decode(body, declared)
    tree = parse(decoded.text)
    if tree is None:
        raise FileRefused(DAMAGED, "the page has no element")
    lines = page_lines(tree).lines
    return FileRead(
        kind=kind,
        blocks=tuple(
            Block(line.text, at, "table", merged=line.table.merged)
            if line.table
            else Block(line.text, at, begins=not line.goes_on)
            for at, line in enumerate(lines, 1)
            if not line.hidden
        ),
        flags=doubts(decoded),
        removals=tuple(
            Removal("extract.hidden", "the page hides it from its readers", line.text, at)
            for at, line in enumerate(lines, 1)
            if line.hidden
        ),
        encoding="" if decoded.encoding in ("utf-8", "utf-8-sig", "ascii") else f"{decoded.encoding}: {decoded.reason}",
    )


def _page_of(mail: Message) -> tuple[bytes, str]:
    """The first page of a web archive, and its content type."""
    for part in mail.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            found = part.get_payload(decode=True)
            if isinstance(found, bytes):
                return found, str(part.get("Content-Type", ""))
    raise FileRefused(DAMAGED, "the web archive holds no page")

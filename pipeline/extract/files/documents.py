"""A stored file -> a draft for the other steps; an archive -> its members as records, each a document of its own.

Enters: a draft or a raw record, and what `read_file` found in its bytes. Leaves: the draft with blocks, facts and
flags, or the removal that says why there is none. An archive becomes a document without text that names its members:
a page, the archive that it links to, and the files in it are linked both ways by their addresses alone.

>>> member_url("http://a.gov.cn/附件.zip", "预案/1.docx")
'http://a.gov.cn/%E9%99%84%E4%BB%B6.zip!/%E9%A2%84%E6%A1%88/1.docx'
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from crawler.page import RawRecord, canonical_url, document_id
from pipeline.draft import Draft, Fact
from pipeline.extract.files.heading import HEAD
from pipeline.extract.files.names import name_in, repaired, title_from
from pipeline.fields import title as scored
from pipeline.model import Attachment, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.draft import Block
    from pipeline.extract.files.fileread import FileRead, Member

_INSIDE = "!/"
"""Between an archive and a path in it, as in the addresses of Java's archives."""
_READS_LIKE_ONE = 3  # points of `fields.title.score`
PARENT, NAME = "parent", "name"
"""Hints of an attached file: the address of what links to it, and what the link says."""


def drafted(draft: Draft, found: FileRead) -> Draft | Removal:
    """The draft of a file. Its title comes from the file, then from the link to it, then from its name.

    A heading of the file that reads like the title of a document is the title, as one that a web page marks is; of any
    other, the lines of the text decide first.
    """
    if found.refusal:
        return found.refusal
    page = draft.raw.page
    link = dict(page.hints).get(NAME, "")
    named = title_from(link, page.url)
    if found.members:  # has nothing else to be known by
        named = named or repaired(link) or name_in(page.url)
    titles = (Fact("title", title, "file") for title in (found.title, named) if title)
    members = tuple(_attachment(draft.raw, member) for member in found.members)
    heading = _heading(found)
    read = replace(
        draft,
        blocks=found.blocks,
        facts=(*draft.facts, *titles),
        removals=(*draft.removals, *found.removals),
        files=(*draft.files, *members),
        flags=draft.flags | found.flags | ({"archive", "body_in_attachment"} if members else frozenset()),
        extractor=f"file:{found.kind}",
        encoding=found.encoding,
    )
    if not heading or not found.title:
        return read
    read = read.learn(Fact("title", scored.trim(found.title), "body", heading[0].line))
    return read.remove(heading, "lift.title", "title of the document", "title")


def _heading(found: FileRead) -> Sequence[Block]:
    """The paragraphs that are the title which the file's format names, if it reads like one."""
    if not found.title or scored.score(found.title) < _READS_LIKE_ONE:
        return ()
    for first in range(min(HEAD, len(found.blocks))):
        said = ""
        for after, block in enumerate(found.blocks[first : first + HEAD], first + 1):
            said += block.text
            if block.kind != "paragraph" or not found.title.startswith(said):
                break
            if said == found.title:
                return found.blocks[first:after]
    return ()


def member_records(raw: RawRecord, found: FileRead) -> Iterator[RawRecord]:
    """The files of an archive as records; their bytes stand in raw/ where the archive's do."""
    for member in found.members:
        page = replace(
            raw.page,
            url=member_url(raw.page.url, member.name),
            body=member.body,
            media_type="application/octet-stream",
            headers=(),
            hints=((PARENT, raw.page.url), (NAME, member.name.rpartition("/")[2])),
        )
        yield replace(raw, page=page, sha256=page.sha256)


def member_url(archive: str, name: str) -> str:
    """The address of a file in an archive."""
    return canonical_url(f"{archive}{_INSIDE}{quote(name)}")


def parent_id(raw: RawRecord) -> str | None:
    """The document that an attached file or a member belongs to."""
    parent = dict(raw.page.hints).get(PARENT)
    return document_id(parent) if parent else None


def _attachment(raw: RawRecord, member: Member) -> Attachment:
    url = member_url(raw.page.url, member.name)
    digest = hashlib.sha256(member.body).hexdigest()
    return Attachment(member.name, url, raw_sha256=digest, document_id=document_id(url))

"""Archives: their files, whatever their names; nothing leaves its folder, nothing grows without bound."""

from __future__ import annotations

import stat
import zipfile
from io import BytesIO

import pytest
from officemaker import SENTENCE, docx, p, packed, rar

from pipeline.extract.files.archive import read
from pipeline.extract.files.errors import (
    DAMAGED,
    EMPTY,
    ENCRYPTED,
    NEEDS_UNRAR,
    TOO_DEEP,
    TOO_LARGE,
    UNSAFE,
    FileRefused,
)
from pipeline.extract.files.fileread import Limits

LIMITS = Limits()
TEXT = SENTENCE.encode()


def names(body: bytes, limits: Limits = LIMITS) -> list[str]:
    return [member.name for member in read(body, limits).members]


def refusal(body: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(FileRefused) as caught:
        read(body, limits)
    return caught.value.rule


def test_members_come_with_their_bytes_and_folders() -> None:
    found = read(packed({"附件/1.docx": docx(p(SENTENCE)), "附件/2.txt": TEXT, "附件/": ""}), LIMITS)
    assert [member.name for member in found.members] == ["附件/1.docx", "附件/2.txt"]
    assert found.members[1].body == TEXT
    assert found.blocks == ()


def test_archives_in_archives_are_opened() -> None:
    inner = packed({"乙.txt": TEXT})
    assert names(packed({"外.zip": packed({"内.zip": inner}), "甲.rar": rar({"a.txt": TEXT})})) == [
        "外.zip/内.zip/乙.txt",
        "甲.rar/a.txt",
    ]


def test_names_in_gbk_are_read() -> None:
    body = packed({"?" * 4 + ".txt": TEXT}).replace(b"????.txt", "附件".encode("gbk") + b".txt")
    assert names(body) == ["附件.txt"]
    assert names(rar({"附件.txt": TEXT})) == ["附件.txt"]


def test_files_that_share_a_name_are_all_there() -> None:
    """Names of GBK that zipfile reads as cp437 may differ in the case of a letter only: 丄 and 乤."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in ("A.txt", "a.txt", "a.txt", "x/b", "x/b"):
                archive.writestr(name, TEXT)
    assert names(buffer.getvalue()) == ["A.txt", "a.txt", "a (2).txt", "x/b", "x/b (2)"]
    body = packed({"??1": TEXT, "??2": TEXT})
    for at, letter in enumerate("\u4f42\u4fe0", 1):
        body = body.replace(b"??%d" % at, letter.encode("gbk") + b" ")
    assert [name.strip() for name in names(body)] == ["\u4f42", "\u4fe0"]


@pytest.mark.parametrize(
    "name", ["../../etc/a.txt", "/etc/a.txt", "..\\etc\\a.txt", "C:\\etc\\a.txt", "./etc/../../etc/a.txt"]
)
def test_no_name_leads_outside(name: str) -> None:
    (told,) = names(packed({name: TEXT}))
    assert ".." not in told
    assert told.endswith("etc/a.txt")
    assert not told.startswith(("/", "C:"))


def test_links_and_what_systems_leave_are_no_members() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("passwd")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("__MACOSX/._a.txt", b"x")
        archive.writestr("Thumbs.db", b"x")
        archive.writestr("附件/~$1.docx", b"x")
        archive.writestr("a.txt", TEXT)
    found = read(buffer.getvalue(), LIMITS)
    assert [member.name for member in found.members] == ["a.txt"]
    assert [(removal.rule, removal.evidence) for removal in found.removals] == [(UNSAFE, "passwd")]


def test_one_bad_member_does_not_spoil_the_others() -> None:
    body = packed({"a.txt": TEXT * 9, "b.txt": b"B" * 1000})
    at = body.index(b"b.txt") + len(b"b.txt")
    broken = body[:at] + bytes([body[at] ^ 0xFF, body[at + 1] ^ 0xFF]) + body[at + 2 :]
    found = read(broken, LIMITS)
    assert [member.name for member in found.members] == ["a.txt"]
    assert [(removal.rule, removal.evidence) for removal in found.removals] == [(DAMAGED, "b.txt")]


def locked(body: bytes) -> bytes:
    """The archive with the mark of a password on each entry."""
    marked = bytearray(body)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(mark)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(mark, at + 4)
    return bytes(marked)


def test_hopeless_archives_are_refused_with_the_reason() -> None:
    assert refusal(locked(packed({"a.txt": TEXT}))) == ENCRYPTED
    assert refusal(packed({})) == EMPTY
    assert refusal(packed({"a.txt": TEXT})[:-30]) == DAMAGED
    assert refusal(rar({"a.txt": TEXT})[:12]) in (DAMAGED, EMPTY)


def test_a_packed_rar_without_an_unpacker_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import rarfile

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(rarfile, "CURRENT_SETUP", None)
    assert refusal(rar({"a.txt": TEXT}, method=0x33)) == NEEDS_UNRAR


def test_bombs_are_refused_before_they_grow() -> None:
    zeros = packed({"a.bin": bytes(1 << 20)})
    assert refusal(zeros, Limits(inflated=1 << 19)) == TOO_LARGE
    assert refusal(packed({f"{n}.zip": zeros for n in range(9)}), Limits(inflated=1 << 22)) == TOO_LARGE
    assert refusal(packed({f"{n}.txt": "x" for n in range(30)}), Limits(members=20)) == TOO_LARGE
    deep = packed({"a.txt": TEXT})
    for _ in range(4):
        deep = packed({"inner.zip": deep})
    assert refusal(deep) == TOO_DEEP

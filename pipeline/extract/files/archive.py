"""Archives (zip, rar) -> the files in them, those of archives in archives too.

Enters: bytes. Leaves: a `FileRead` with members and no blocks. Nothing is written under a name that the archive gives:
names are only told. What cannot be unpacked is a removal each, unless it is everything.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.files.errors import DAMAGED, EMPTY, TOO_DEEP, TOO_LARGE, UNSAFE, FileRefused
from pipeline.extract.files.fileread import FileRead, Member
from pipeline.extract.files.kinds import kind_of
from pipeline.extract.files.names import decoded, inside
from pipeline.extract.files.package import Package
from pipeline.extract.files.rar import entries_of_rar
from pipeline.model import Removal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.files.fileread import Kind, Limits

_ARCHIVES: tuple[Kind, ...] = ("zip", "rar")
_UTF8 = 0x800
_SYMLINK, _TYPE = 0o120000, 0o170000
_NOISE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


@dataclass(slots=True)
class _Budget:
    """What all archives in an archive may hold together."""

    limits: Limits
    inflated: int
    members: int
    removals: list[Removal] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def unlike(self, name: str) -> str:
        """A name that no other file has: a second a.txt becomes a (2).txt."""
        told, number = name, 1
        while told in self.names:
            number += 1
            folder, slash, last = name.rpartition("/")
            stem, dot, suffix = last.rpartition(".")
            told = f"{folder}{slash}{stem or suffix} ({number}){dot if stem else ''}{suffix if stem else ''}"
        self.names.add(told)
        return told


def read(body: bytes, limits: Limits) -> FileRead:
    """Unpack an archive. Raises FileRefused if it is damaged, encrypted, a bomb, or holds no file."""
    budget = _Budget(limits, limits.inflated, limits.members)
    kind = kind_of(body)
    members = tuple(_members(body, kind, "", 1, budget))
    if not members:
        if budget.removals:
            first = budget.removals[0]
            raise FileRefused(first.rule, first.reason)
        raise FileRefused(EMPTY, "the archive holds no file")
    return FileRead(kind=kind, members=members, removals=tuple(budget.removals))


def _members(body: bytes, kind: Kind, folder: str, depth: int, budget: _Budget) -> Iterator[Member]:
    if depth > budget.limits.nesting:
        raise FileRefused(TOO_DEEP, f"archives inside each other, more than {budget.limits.nesting} deep")
    entries = _entries_of_zip(body, budget.limits) if kind == "zip" else entries_of_rar(body, budget.limits)
    for name, packed in entries:
        told = budget.unlike(folder + name)
        if isinstance(packed, FileRefused):
            if packed.rule == TOO_LARGE:
                raise packed
            budget.removals.append(Removal(packed.rule, packed.reason, told))
            continue
        budget.inflated -= len(packed)
        budget.members -= 1
        if budget.inflated < 0 or budget.members < 0:
            raise FileRefused(
                TOO_LARGE, f"more than {budget.limits.inflated >> 20} MiB or {budget.limits.members} files"
            )
        inner = kind_of(packed)
        if inner in _ARCHIVES:
            try:
                yield from _members(packed, inner, f"{told}/", depth + 1, budget)
            except FileRefused as error:
                if error.rule in (TOO_LARGE, TOO_DEEP):
                    raise
                budget.removals.append(Removal(error.rule, error.reason, told))
        else:
            yield Member(told, packed)


def _entries_of_zip(body: bytes, limits: Limits) -> Iterator[tuple[str, bytes | FileRefused]]:
    with Package(body, limits) as package:
        for entry in package.files:
            name = inside(entry.filename if entry.flag_bits & _UTF8 else _by_bytes(entry.filename))
            if is_noise(name):
                continue
            if (entry.external_attr >> 16) & _TYPE == _SYMLINK:
                yield name, FileRefused(UNSAFE, "a link to another file")
                continue
            try:
                yield name, package.read(entry)
            except FileRefused as error:
                yield name, error
            except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error) as error:
                yield name, FileRefused(DAMAGED, f"damaged in the archive ({error})")


def _by_bytes(name: str) -> str:
    """zipfile reads names without the UTF-8 mark as cp437; Chinese programs write them in GBK."""
    try:
        return decoded(name.encode("cp437"))
    except UnicodeEncodeError:
        return name


def is_noise(name: str) -> bool:
    """True for what the systems of packers leave in archives."""
    low = name.lower()
    last = low.rpartition("/")[2]
    return low.startswith(_NOISE[0]) or last in _NOISE[1:] or last.startswith(("._", "~$"))

"""Entries of a rar, through rarfile; what is packed (and not only stored) needs an unpacker on this machine.

Enters: bytes. Leaves: names and bytes, or the reason why an entry cannot be had. unrar, unar, 7-Zip or bsdtar are used
if one of them is installed; without one, the packed entries are refused with `files.needs_unrar`.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import rarfile

from pipeline.extract.files.errors import DAMAGED, ENCRYPTED, NEEDS_UNRAR, TOO_LARGE, UNSAFE, FileRefused
from pipeline.extract.files.names import inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.files.fileread import Limits


rarfile.TRY_ENCODINGS = ("utf8", "gb18030")
"""Of names in RAR 4 without a form in Unicode: the library asks to be told so (its module configuration)."""


def entries_of_rar(body: bytes, limits: Limits) -> Iterator[tuple[str, bytes | FileRefused]]:
    """The files of an archive. Raises FileRefused if it is damaged, encrypted or declares too much."""
    try:
        with rarfile.RarFile(BytesIO(body)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if archive.needs_password() and not entries:
                raise FileRefused(ENCRYPTED, "the archive can be opened with a password only")
            if len(entries) > limits.members:
                raise FileRefused(TOO_LARGE, f"{len(entries)} files are packed in it, more than {limits.members}")
            if sum(entry.file_size or 0 for entry in entries) > limits.inflated:
                raise FileRefused(TOO_LARGE, f"what is packed in it has more than {limits.inflated >> 20} MiB")
            for entry in entries:
                yield inside(entry.filename), _read(archive, entry)
    except (rarfile.NotRarFile, rarfile.BadRarFile) as error:
        raise FileRefused(DAMAGED, f"the archive is cut or damaged ({' '.join(str(error).split())[:80]})") from error


def _read(archive: rarfile.RarFile, entry: rarfile.RarInfo) -> bytes | FileRefused:
    if entry.needs_password():
        return FileRefused(ENCRYPTED, "packed with a password")
    if not entry.is_file():
        return FileRefused(UNSAFE, "a link to another file")
    try:
        return bytes(archive.read(entry))
    except rarfile.RarCannotExec:
        return FileRefused(NEEDS_UNRAR, "packed in a rar; install unar, unrar, 7-Zip or bsdtar to read it")
    except (rarfile.Error, EOFError, OSError) as error:
        return FileRefused(DAMAGED, f"damaged in the archive ({' '.join(str(error).split())[:80]})")

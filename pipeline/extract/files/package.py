"""A zip package (docx, xlsx, OFD, an archive) that may be hostile: nothing of it is written to a disk, and no more than
a bound of it is inflated.

Enters: the bytes of the package. Leaves: the bytes of its parts, by name.

>>> buffer = BytesIO()
>>> with zipfile.ZipFile(buffer, "w") as archive:
...     archive.writestr("word/document.xml", "<w:document/>")
>>> with Package(buffer.getvalue(), Limits()) as package:
...     package.get("Word/document.xml")
b'<w:document/>'
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.extract.files.errors import DAMAGED, ENCRYPTED, TOO_LARGE, UNSUPPORTED, FileRefused
from pipeline.extract.files.fileread import Limits  # noqa: TC001  the example above uses it

if TYPE_CHECKING:
    from types import TracebackType

_ENCRYPTED = 0x1


class Package:
    """An open package. files: all that is in it. entries: the same by their names, which count without regard to case,
    and \\ as /, as Office reads them; of several with one name the last.

    Raises FileRefused: damaged, encrypted, or more in it than the limits say.
    """

    def __init__(self, body: bytes, limits: Limits) -> None:
        self._left = limits.inflated
        self._most = limits.inflated
        try:
            self._zip = zipfile.ZipFile(BytesIO(body))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise FileRefused(DAMAGED, f"the archive is cut or damaged ({error})") from error
        entries = self._zip.infolist()
        if len(entries) > limits.members:
            raise FileRefused(TOO_LARGE, f"{len(entries)} files are packed in it, more than {limits.members}")
        self.files = tuple(entry for entry in entries if not entry.is_dir())
        self.entries = {_plain(entry.filename): entry for entry in self.files}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def get(self, name: str) -> bytes | None:
        """A part; None if there is no such part."""
        entry = self.entries.get(_plain(name))
        return None if entry is None else self.read(entry)

    def read(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of an entry: at most as many as it declares, and those are counted before they are inflated."""
        if entry.flag_bits & _ENCRYPTED:
            raise FileRefused(ENCRYPTED, "the file can be opened with a password only")
        self.count(entry)
        try:
            return self._zip.read(entry)
        except NotImplementedError as error:
            raise FileRefused(UNSUPPORTED, f"packed in a way that is not read ({error})") from error

    def count(self, entry: zipfile.ZipInfo) -> None:
        """Count the bytes of an entry that somebody inflates, as it declares them."""
        if entry.file_size > self._left:
            raise FileRefused(TOO_LARGE, f"what is packed in it has more than {self._most >> 20} MiB")
        self._left -= entry.file_size


def _plain(name: str) -> str:
    return name.replace("\\", "/").removeprefix("/").lower()

"""A file that cannot be read, and why: the one error that a reader of a format raises on purpose."""

from __future__ import annotations

ENCRYPTED = "files.encrypted"
DAMAGED = "files.damaged"
TOO_LARGE = "files.too_large"
TOO_DEEP = "files.too_deep"
TOO_SLOW = "files.too_slow"
TOO_MUCH_MEMORY = "files.too_much_memory"
CRASHED = "files.crashed"
UNSUPPORTED = "files.unsupported"
NEEDS_OFFICE = "files.needs_office"
NEEDS_UNRAR = "files.needs_unrar"
NEEDS_OCR = "files.needs_ocr"
EMPTY = "files.empty"
UNSAFE = "files.unsafe"


class FileRefused(Exception):
    """rule: one of the names above. reason: one sentence for a reader, without clock, process or path."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule
        self.reason = reason

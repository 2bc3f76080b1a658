"""Writes a release and dies by SIGKILL before its n-th touch of the file system. Run by test_corpus_kill.

python release_until_killed.py ROOT N: N = 0 lives, and prints how many touches there were.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_factory import TEXT, cleaned, document, refused, released

if TYPE_CHECKING:
    from pipeline.model import Cleaned

TOUCHES = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir"}


def first() -> list[Cleaned]:
    return [cleaned(document("a")), cleaned(document("b", text="本通知自印发之日起施行。" * 9)), refused("x")]


def second() -> list[Cleaned]:
    edited = document("b", text="本通知自印发之日起施行。" * 8 + "\n有效期两年。")
    copy = document("c", source_kind="repost", division="370600", text=TEXT.replace("，", ","))
    return [cleaned(copy), cleaned(edited), cleaned(document("a")), refused("x")]


def main() -> None:
    root, moment = Path(sys.argv[1]), int(sys.argv[2])
    touches = 0

    def touch(event: str, _: tuple[object, ...]) -> None:
        nonlocal touches
        if event in TOUCHES:
            touches += 1
            if touches == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(touch)
    released(second(), root)
    print(touches)


if __name__ == "__main__":
    main()

"""Run zhengce and kill it with SIGKILL at the n-th thing it asks of the file system below a folder; 0 never kills.

python killed_at.py N FOLDER [words of zhengce ...]

A run that ends by itself prints how many such moments it had.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

WATCHED = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate")

moment, folder = int(sys.argv[1]), str(Path(sys.argv[2]).resolve())
seen = 0


def watch(event: str, arguments: tuple[object, ...]) -> None:
    global seen
    if event in WATCHED and isinstance(arguments[0], str | Path) and str(arguments[0]).startswith(folder):
        seen += 1
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    from flows.cli import main

    sys.argv[1:] = sys.argv[3:]
    sys.addaudithook(watch)
    try:
        main()
    finally:
        sys.stderr.write(f"moments: {seen}\n")

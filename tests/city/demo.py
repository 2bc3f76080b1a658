"""`python -m tests.city.demo`: what `make demo` does. The five real pages are loaded, and beside them a city that this
machine serves to itself is crawled: three invented governments on three CMS families.

Leaves ROOT/sources/demo/*.yml, one card each, and a release; the city ends with the demo. Its ports are always the
same, so that a second demo finds the pages that it knows and says "unchanged".
"""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from tests.city import apart

FIRST_PORT, SITES = 28440, 20
"""Ports of the city, one a site: registered for nothing, and below those that systems give out by themselves."""

TOWNS = {"trs": "鹤汀市人民政府", "ucap": "云澜市人民政府", "gkmlpt": "榕岸市人民政府"}
"""Column of the city -> the invented publisher."""

DELAY = 0.05
"""Seconds between two requests. Only a loopback host may be asked faster than every 1.5 s."""


def write_card(folder: Path, name: str, publisher: str, address: str, options: dict[str, str]) -> str:
    """The card of one town; gives its id."""
    card = {
        "id": f"city-{name}",
        "title": f"{publisher}（示例）",
        "publisher": publisher,
        "licence": "invented for the demo",
        "kind": "origin",
        "hosts": [urlsplit(address).netloc],
        "platform": name,
        "columns": [{"id": "zfwj", "url": address, "options": options}],
        "limits": {"delay": DELAY},
    }
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(card, allow_unicode=True, sort_keys=False)
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return f"city-{name}"


def free(first: int, count: int) -> bool:
    """Whether nobody listens on these ports."""
    for port in range(first, first + count):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True


def nearby(path: Path) -> Path:
    """The path as a person in this folder would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def main() -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that the city ends with us
    parser = argparse.ArgumentParser(prog="python -m tests.city.demo", description="Load five pages, crawl a city.")
    parser.add_argument("--root", type=Path, default=Path(), help="where raw/ and clean/ lie (default: here)")
    root = parser.parse_args().root
    port = FIRST_PORT if free(FIRST_PORT, SITES) else 0
    if not port:
        print(f"ports from {FIRST_PORT} are taken: the city moves, and all its pages count as new", file=sys.stderr)
    with apart(port=port) as city:
        cards = root / "sources" / "demo"
        sources = [
            write_card(cards, name, publisher, *city["interfaces"].get(name, (city["sites"][name], {})))
            for name, publisher in TOWNS.items()
        ]
        samples = nearby(Path(__file__).resolve().parents[2] / "raw" / "samples")
        zhengce = nearby(Path(sys.executable).with_name("zhengce"))
        words = ["--root", root, "run", samples, *sources, "--source", "demo", "--prefect"]
        return subprocess.run([zhengce, *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

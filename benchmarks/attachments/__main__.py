"""Text lost and time taken, format by format, beside other tools."""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.attachments.files import Made, printed, real, written
from benchmarks.attachments.regulations import regulations
from benchmarks.attachments.score import Score

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLE = "example: python -m benchmarks.attachments --peer-python markitdown=DIR/bin/python docling=DIR/bin/python"
TOOLS = (
    ("zhengce", "benchmarks.attachments.ours", ""),
    ("markitdown", "benchmarks.attachments.peers.markitdown_", "markitdown"),
    ("docling", "benchmarks.attachments.peers.docling_", "docling"),
)
"""Name, program, and the package that it needs."""


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.attachments", description=__doc__, epilog=EXAMPLE)
    shared = Path("../shared/data")
    parser.add_argument("--regulations", type=Path, default=shared / "regulations", help="default: %(default)s")
    parser.add_argument("--files", type=Path, default=shared / "attachments", help="default: %(default)s")
    parser.add_argument("--count", type=int, default=50, help="regulations to write (default: %(default)s)")
    parser.add_argument(
        "--times", type=int, default=3, help="each file is read; the best counts (default: %(default)s)"
    )
    parser.add_argument("--office", help="LibreOffice: print the published documents to PDF too")
    parser.add_argument("--peer-python", nargs="+", default=[], metavar="PACKAGE=PYTHON", help="where a peer lives")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0; 1 if a tool failed; 2 for wrong use."""
    given = arguments(words)
    pairs = [pair.partition("=") for pair in given.peer_python]
    if any(not python for _, _, python in pairs):
        print("--peer-python takes PACKAGE=PYTHON, for instance docling=DIR/bin/python", file=sys.stderr)
        return 2
    interpreters = {name: python for name, _, python in pairs}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        try:
            files = written(regulations(given.regulations, given.count), folder)
        except (OSError, ValueError) as error:
            print(f"{error}; --regulations and --count say otherwise", file=sys.stderr)
            return 2
        files += (published := real(given.files))
        if given.office:
            files += printed(published, given.office, folder)
        figures: dict[str, dict[str, Score]] = {}
        for name, module, package in TOOLS:
            if package and package not in interpreters and not importlib.util.find_spec(package):
                print(f"{name}: not installed; --peer-python {package}=PYTHON says where it is")
                continue
            try:
                figures[name] = scores(
                    files, folder, [interpreters.get(package, sys.executable), "-m", module], given.times
                )
            except subprocess.CalledProcessError as error:
                print(f"{name} failed: {error.stderr[-300:]}", file=sys.stderr)
                return 1
    print(table(figures))
    if given.json:
        told = {name: {kind: asdict(one) for kind, one in kinds.items()} for name, kinds in figures.items()}
        given.json.write_text(json.dumps(told, ensure_ascii=False, indent=1, default=sorted), encoding="utf-8")
    return 0


def scores(files: Sequence[Made], folder: Path, program: Sequence[str], times: int) -> dict[str, Score]:
    """One tool over all files, by kind. Raises CalledProcessError if it falls over."""
    listed, out = folder / "files.txt", folder / "out.jsonl"
    listed.write_text("\n".join(str(one.path) for one in files), encoding="utf-8")
    subprocess.run([*program, str(listed), str(out), "--times", str(times)], check=True, capture_output=True, text=True)
    found: dict[str, Score] = {}
    with out.open(encoding="utf-8") as lines:
        for made, line in zip(files, lines, strict=True):
            said = json.loads(line)
            found.setdefault(made.kind, Score()).add(made, said["seconds"], said["text"], said["error"])
    return found


def table(figures: dict[str, dict[str, Score]]) -> str:
    """Markdown: kinds down; for each tool the letters lost of a thousand, milliseconds a file, and equal sections."""
    lines = ["| files | " + " | ".join(f"{name}: lost ‰ | ms a file | sections" for name in figures) + " |"]
    lines.append("| --- |" + " ---: | ---: | ---: |" * len(figures))
    kinds = next(iter(figures.values()), {})
    for kind, one in kinds.items():
        cells = [f"{one.files} {kind}"]
        for scored in (found[kind] for found in figures.values()):
            read = scored.files - scored.failed
            cells += [f"{scored.loss:.2f}", f"{1000 * scored.seconds / read:.1f}"] if read else ["not read", ""]
            cells.append(f"{scored.trees} of {scored.asked}" if read and scored.asked else "")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

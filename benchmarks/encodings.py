"""Every page in every encoding, under every declaration, cut and mixed: does decode() give the same text?

Enters: the HTML pages of the evaluation material (--data, or ZHENGCE_DATA, or ../shared/data) and of tests/pages. Each
is cut to four sizes (a notice of 60 characters without markup, 2 KB, 20 KB, whole), written in eleven ways, under
eleven pairs of declarations, as it is and cut inside a character; and mixed with another encoding. Leaves: for each
row of that matrix the share of identical texts, the failures that carry no flag, and the right texts that carry a
needless doubt. What an encoding cannot hold is written as a numeric reference first, as editors do.

    python -m benchmarks.encodings --data ../shared/data
"""

from __future__ import annotations

import argparse
import codecs
import os
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from opencc import OpenCC

from pipeline.extract.encoding.decode import Decoded, decode
from pipeline.extract.encoding.mixed import MODERN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOUSE = Path(__file__).parent.parent
SETS = ("gov-pages", "state-council", "zh-web", "list-detail")
SIZES = {"60 characters": 60, "2 KB": 1500, "20 KB": 15000, "whole": 1 << 30}
"""Characters of the text that is written; about the named size in bytes."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One way to write a page: codec, what stands before, the right label, and labels that are wrong for it."""

    codec: str
    right: str
    wrong: tuple[str, str]
    bom: bytes = b""
    traditional: bool = False


WRITERS = {
    "UTF-8": Writer("utf-8", "utf-8", ("gb2312", "big5")),
    "UTF-8 BOM": Writer("utf-8", "utf8", ("gbk", "iso-8859-1"), codecs.BOM_UTF8),
    "GB18030": Writer("gb18030", "gb18030", ("utf-8", "big5")),
    "GBK": Writer("gbk", "gb2312", ("big5", "iso-8859-1")),
    "GB18030 Trad.": Writer("gb18030", "GBK", ("big5", "utf-8"), traditional=True),
    "Big5": Writer("cp950", "big5", ("gb2312", "utf-8"), traditional=True),
    "Big5-HKSCS": Writer("big5hkscs", "big5-hkscs", ("gb18030", "windows-1252"), traditional=True),
    "UTF-16LE BOM": Writer("utf-16-le", "utf-16", ("utf-8", "gbk"), codecs.BOM_UTF16_LE),
    "UTF-16BE BOM": Writer("utf-16-be", "utf-16", ("gb2312", "utf-8"), codecs.BOM_UTF16_BE),
    "UTF-16LE": Writer("utf-16-le", "utf-16le", ("gbk", "utf-8")),
    "UTF-16BE": Writer("utf-16-be", "utf-16be", ("utf-8", "gb2312")),
}
DECLARED = {  # name -> (meta, header): "r" right, 0 and 1 the wrong labels
    "meta right": ("r", None),
    "header right": (None, "r"),
    "both right": ("r", "r"),
    "missing": (None, None),
    "unknown name": ("x-none", "none"),
    "meta wrong": (0, None),
    "header wrong": (None, 0),
    "meta right, header wrong": ("r", 1),
    "meta wrong, header right": (1, "r"),
    "both wrong, the same": (0, 0),
    "both wrong, apart": (0, 1),
}
MIXES = (("UTF-8", "GBK"), ("UTF-8", "Big5"), ("GBK", "UTF-8"), ("GB18030", "UTF-8"), ("Big5", "UTF-8"))
FRAGMENT = (
    '<div id="footer"><p>主办单位：示例市人民政府办公室</p><p>版权所有 <a href="/about" title="关于">关于</a> | '
    '<a href="/map">地图</a> | <a href="/lx">联系</a></p>'
    '<td>一</td><img alt="投诉" src="a.png">备案号：示例备2021号</div>'
)
_META = re.compile(r"<meta[^>]*charset[^>]*>|^\ufeff", re.IGNORECASE)
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_KANA = re.compile("[ヽ-ヾゝ-ゞ々〆〇ぁ-んァ-ヶА-ёⅠ-ⅿ①-⓿]")


@dataclass(slots=True)
class Row:
    """What happened in one row: cases, identical texts, failures without a flag, right texts with a doubt."""

    cases: int = 0
    same: int = 0
    silent: int = 0
    doubted: int = 0
    shown: list[str] = field(default_factory=list)

    def add(self, found: Decoded, same: bool, name: str) -> None:
        flagged = bool(found.lost or found.mended or found.doubt)
        self.cases += 1
        self.same += same
        self.silent += not same and not flagged
        self.doubted += same and found.doubt
        if not same:
            self.shown.append(f"{name}: {found.encoding} ({found.reason}){'' if flagged else ' NO FLAG'}")

    def line(self, name: str) -> str:
        return (
            f"{name:38} {self.cases:7,} {self.same / self.cases:9.2%} {self.silent:7} {self.doubted / self.cases:8.2%}"
        )


def pages(data: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each page; pages that are not UTF-8 as they stand have no certain text and are left out."""
    for folder in (*(data / name for name in SETS), HOUSE / "tests" / "pages"):
        for path in sorted(folder.rglob("*.html")):
            try:
                yield path.name, _META.sub("", path.read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue


def sized(text: str, size: str) -> str:
    """The beginning of a page, or 60 characters of its text without anything of ASCII."""
    if size != "60 characters":
        return text[: SIZES[size]]
    plain = re.sub(r"[\x00-\x7f]+", "", _TAGS.sub("", text))
    middle = max(0, len(plain) // 2 - 30)
    return plain[middle : middle + 60]


def carried(text: str, writer: Writer) -> str:
    """The text as the encoding can hold it, the rest as numeric references."""
    dated = "".join(c for table in MODERN.values() for pair in table.items() for c in pair)
    unsure = re.compile(f"[{dated}]" + (f"|{_KANA.pattern}" if writer.codec == "cp950" else ""))
    if writer.codec not in ("utf-8", "utf-16-le", "utf-16-be"):  # Python's tables and today's standards differ there
        text = unsure.sub(lambda match: f"&#{ord(match[0])};", text)
    return text.encode(writer.codec, "xmlcharrefreplace").decode(writer.codec)


def declare(text: str, writer: Writer, kind: str) -> tuple[str, str]:
    """The page with its meta tag, and the Content-Type."""
    labels = [writer.right if w == "r" else writer.wrong[w] if isinstance(w, int) else w for w in DECLARED[kind]]
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={labels[0]}" />' if labels[0] else ""
    place = text.lower().find("<head>") + 6
    page = text[:place] + meta + text[place:] if place > 5 else meta + text
    return page, f"text/html;charset={labels[1]}" if labels[1] else ""


def cut(text: str, codec: str) -> tuple[bytes, str]:
    """The bytes up to the middle of the last character beyond ASCII, and the text before it."""
    last = max((at for at, c in enumerate(text) if c > "\x7f"), default=-1)
    end = last if last >= 0 else len(text) - 1
    return text[:end].encode(codec) + text[end : end + 1].encode(codec)[:-1], text[:end]


def run(data: Path, reader: Callable[[bytes, str], Decoded], step: int = 1) -> dict[str, dict[str, Row]]:
    """The rows of four tables: encoding × declaration, size × cut, encoding, mixed."""
    tables: dict[str, dict[str, Row]] = {
        name: defaultdict(Row) for name in ("encoding, declaration", "size, cut", "encoding", "mixed", "all")
    }
    convert = OpenCC("s2t").convert
    for name, text in list(pages(data))[::step]:
        for size in SIZES:
            simplified = sized(text, size)
            traditional = convert(simplified)
            for title, writer in WRITERS.items():
                held = carried(traditional if writer.traditional else simplified, writer)
                for kind, declared in DECLARED.items():
                    if size == "60 characters" and declared[0]:
                        continue  # no markup, so no meta tag
                    page, header = declare(held, writer, kind)
                    where = f"{name} | {size} | {title} | {kind}"
                    rows = (("encoding, declaration", f"{title}: {kind}"), ("encoding", title), ("all", "all"))
                    found = reader(writer.bom + page.encode(writer.codec), header)
                    for table, row in (*rows, ("size, cut", f"{size}, as it is")):
                        tables[table][row].add(found, found.text == page, where)
                    if size == "whole" or not page:
                        continue
                    body, before = cut(page, writer.codec)
                    found = reader(writer.bom + body, header)
                    same = found.text.rstrip("\ufffd") == before.rstrip("\ufffd")
                    for table, row in (*rows, ("size, cut", f"{size}, cut inside a character")):
                        tables[table][row].add(found, same, where + " | cut")
            if size != "60 characters":
                _run_mixed(tables, reader, f"{name} | {size}", simplified, traditional)
    return tables


def _run_mixed(
    tables: dict[str, dict[str, Row]],
    reader: Callable[[bytes, str], Decoded],
    where: str,
    simplified: str,
    traditional: str,
) -> None:
    convert = OpenCC("s2t").convert
    for one, two in MIXES:
        main, other = WRITERS[one], WRITERS[two]
        fragment = carried(convert(FRAGMENT) if other.traditional or main.traditional else FRAGMENT, other)
        held = carried(traditional if main.traditional else simplified, main)
        end = held.lower().rfind("</body>")
        end = end if end >= 0 else held.rfind("<") if "<" in held else len(held)
        for kind in ("meta right", "missing", "meta wrong"):
            page, header = declare(held[:end], main, kind)
            body = page.encode(main.codec) + fragment.encode(other.codec) + held[end:].encode(main.codec)
            found = reader(body, header)
            same = found.text == page + fragment + held[end:]
            for table, row in (("mixed", f"{one} with {two} inside"), ("all", "all")):
                tables[table][row].add(found, same, f"{where} | {one} with {two} inside | {kind}")


def main() -> int:
    parser = argparse.ArgumentParser(description="Share of pages that decode() reads right, whatever is declared.")
    default = os.environ.get("ZHENGCE_DATA", str(HOUSE.parent / "shared" / "data"))
    parser.add_argument("--data", type=Path, default=Path(default), help="folder with " + ", ".join(SETS))
    parser.add_argument("--every", type=int, default=1, help="take every n-th page only")
    parser.add_argument("--failures", type=int, default=0, help="how many failures to name in each row")
    choice = parser.parse_args()
    if not choice.data.is_dir():
        print(f"{choice.data} is no folder; give the evaluation material with --data", file=sys.stderr)
        return 2
    for name, rows in run(choice.data, decode, choice.every).items():
        print(f"\n{name:38} {'cases':>7} {'identical':>9} {'silent':>7} {'doubted':>8}")
        for row, result in rows.items():
            print(result.line(row))
            for shown in result.shown[: choice.failures]:
                print("    " + shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())

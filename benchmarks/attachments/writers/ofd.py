"""OFD (GB/T 33190-2016), written here: pages of 28 characters a line after GB/T 9704."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.attachments.regulations import Regulation

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_SIZE, _TITLE, _LEADING = 5.6, 7.7, 10.2  # millimetres
_LEFT, _TOP, _LINES, _WIDTH = 27.0, 37.0, 22, 28
_NEVER_FIRST = frozenset("，。、；：？！）》〉”’…")


def write(regulation: Regulation) -> bytes:
    lines = [line for paragraph in regulation.paragraphs for line in _wrapped(paragraph.text, paragraph.level)]
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    named = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in (
            (
                "OFD.xml",
                f"<ofd:OFD {_SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            ),
            (
                "Doc_0/Document.xml",
                f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
                f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{named}</ofd:Pages></ofd:Document>",
            ),
            *((f"Doc_0/Pages/Page_{n}/Content.xml", _page(page, n + 1)) for n, page in enumerate(pages)),
        ):
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), body)
    return buffer.getvalue()


def _wrapped(text: str, level: int) -> Iterator[tuple[float, float, str]]:
    """The lines of a paragraph: where each begins, the size of its type, what it says."""
    size = _TITLE if level == 1 else _SIZE
    room = _WIDTH * _SIZE / size
    line, wide, first = "", 0.0 if level else 2.0, True
    for letter in text:
        step = 0.5 if letter.isascii() else 1.0
        if wide + step > room and letter not in _NEVER_FIRST:
            yield _placed(line, size, level, first)
            line, wide, first = "", 0.0, False
        line += letter
        wide += step
    yield _placed(line, size, level, first)


def _placed(line: str, size: float, level: int, first: bool) -> tuple[float, float, str]:
    if level:
        width = size * sum(0.5 if letter.isascii() else 1 for letter in line)
        return 105 - width / 2, size, line
    return _LEFT + (2 * size if first else 0), size, line


def _page(lines: list[tuple[float, float, str]], number: int) -> str:
    objects = [_text(x, _TOP + at * _LEADING, size, line) for at, (x, size, line) in enumerate(lines)]
    objects.append(_text(96, 270, 4.9, f"— {number} —"))
    return f"<ofd:Page {_SPACE}><ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"


def _text(x: float, y: float, size: float, line: str) -> str:
    steps = " ".join(f"{size * (0.5 if letter.isascii() else 1):g}" for letter in line[:-1])
    return (
        f'<ofd:TextObject Boundary="{x:g} {y:g} 170 {size:g}" Size="{size:g}">'
        f'<ofd:TextCode X="0" Y="{0.86 * size:g}" DeltaX="{steps}">{escape(line)}</ofd:TextCode></ofd:TextObject>'
    )

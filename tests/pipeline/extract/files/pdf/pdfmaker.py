"""PDFs for the tests, written here byte by byte: text, lines and pictures at given places."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts ["
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>] >>"
)
_PIXEL = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)


@dataclass
class Leaf:
    """A page. Places are in points from the upper left corner; a text stands on the line y."""

    drawn: list[str] = field(default_factory=list)
    turn: int = 0

    def text(self, x: float, y: float, text: str, size: float = 16, matrix: str = "1 0 0 1") -> Leaf:
        code = text.encode("utf-16-be").hex()
        self.drawn.append(f"BT /F {size} Tf {matrix} {x} {HEIGHT - y} Tm <{code}> Tj ET")
        return self

    def lines(self, x: float, y: float, texts: list[str], size: float = 16, leading: float = 28) -> Leaf:
        for number, text in enumerate(texts):
            self.text(x, y + number * leading, text, size)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Leaf:
        self.drawn.append(f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def bar(self, x: float, y: float, width: float, height: float) -> Leaf:
        """A filled oblong: as Word draws the lines of a table."""
        self.drawn.append(f"{x} {HEIGHT - y - height} {width} {height} re f")
        return self

    def picture(self, x: float, y: float, width: float, height: float) -> Leaf:
        self.drawn.append(f"q {width} 0 0 {height} {x} {HEIGHT - y - height} cm /P Do Q")
        return self

    def grid(self, xs: list[float], ys: list[float], cells: list[list[str]], size: float = 10.5) -> Leaf:
        """A table with all its lines."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for row, y in zip(cells, ys, strict=False):
            for text, x in zip(row, xs, strict=False):
                self.lines(x + 5, y + 14, text.split("\n"), size, leading=14)
        return self


def pdf(*leaves: Leaf, trailer: bytes = b"") -> bytes:
    """A file of these pages."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(leaves)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(leaves)),
        _FONT,
        _PIXEL + b"\nstream\n\x80\nendstream",
    ]
    for number, leaf in enumerate(leaves):
        content = "\n".join(leaf.drawn).encode("ascii")
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> /XObject << /P 4 0 R >> >> >>"
            % (WIDTH, HEIGHT, leaf.turn, 6 + 2 * number),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))
    )

"""OFD packages for the tests: text and lines at given places, in millimetres from the upper left corner."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@dataclass
class Leaf:
    """A page of A4."""

    drawn: list[str] = field(default_factory=list)
    template: str = ""

    def text(self, x: float, y: float, text: str, size: float = 5.6, more: str = "") -> Leaf:
        deltas = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
        self.drawn.append(
            f'<ofd:TextObject Boundary="{x} {y} 180 {size}" Font="1" Size="{size}" {more}>'
            f'<ofd:TextCode X="0" Y="{0.86 * size}" {deltas}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )
        return self

    def lines(self, x: float, y: float, texts: list[str], size: float = 5.6, leading: float = 10) -> Leaf:
        for number, text in enumerate(texts):
            self.text(x, y + number * leading, text, size)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Leaf:
        self.drawn.append(
            f'<ofd:PathObject Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
        )
        return self

    def picture(self, x: float, y: float, width: float, height: float) -> Leaf:
        self.drawn.append(
            f'<ofd:ImageObject Boundary="{x} {y} {width} {height}" CTM="{width} 0 0 {height} 0 0" ResourceID="9"/>'
        )
        return self

    @property
    def xml(self) -> str:
        return (
            f"<ofd:Page {SPACE}>{self.template}<ofd:Content><ofd:Layer>{''.join(self.drawn)}</ofd:Layer></ofd:Content>"
            "</ofd:Page>"
        )


def ofd(*leaves: Leaf, parts: dict[str, str] | None = None, common: str = "") -> bytes:
    """A package of these pages. parts: further files. common: more of the document's CommonData."""
    pages = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(leaves)))
    files = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
        f"<ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": leaf.xml for n, leaf in enumerate(leaves)},
        **(parts or {}),
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in files.items():
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), body)
    return buffer.getvalue()

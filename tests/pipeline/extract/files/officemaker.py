"""Files for the tests, made here: packages from their XML, and small files of each format."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import openpyxl
import xlwt
from docmaker import Line, doc

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TITLE = "关于印发青屿市防汛应急预案的通知"
SENTENCE = "各单位要加强组织领导，压实工作责任，确保各项任务按期完成。"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip with these entries."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def docx(body: str, space: str = _W, **parts: str) -> bytes:
    """A document. parts: inner XML of styles, numbering, footnotes."""
    holders = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    return packed(
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "word/document.xml": f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>",
            **{
                f"word/{name}.xml": f"<w:{holders[name]} xmlns:w='{space}'>{inner}</w:{holders[name]}>"
                for name, inner in parts.items()
            },
        }
    )


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def listed(level: int, list_id: int = 1) -> str:
    """The properties of a paragraph with an automatic number."""
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/></w:numPr>"


def xlsx() -> bytes:
    """A workbook with a sheet of three rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "任务", "责任单位"])
    sheet.append([1, "完善防汛应急预案", "市应急管理局"])
    sheet.append([2, "开展隐患排查", "市水务局"])
    return saved(book)


def xls() -> bytes:
    """The same in the old format."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for y, row in enumerate((["序号", "任务"], [1, "完善防汛应急预案"], [2, "开展隐患排查"])):
        for x, value in enumerate(row):
            sheet.write(y, x, value)
    return saved(book)


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rtf(body: str, head: str = r"\ansicpg936") -> bytes:
    """An RTF as Word writes it: what is not ASCII as bytes of GBK."""
    encoded = "".join(
        letter if letter.isascii() else "".join(f"\\'{byte:02x}" for byte in letter.encode("gbk")) for letter in body
    )
    return f"{{\\rtf1\\ansi{head} {encoded}}}".encode("ascii")


def rar(files: dict[str, bytes], method: int = 0x30) -> bytes:
    """A RAR 4 archive whose files are stored (0x30), or claim to be packed (0x33)."""
    out = b"Rar!\x1a\x07\x00" + _header(0x73, 0, bytes(6))
    for name, body in files.items():
        encoded = name.encode("utf-8") if name.isascii() else name.encode("gbk")
        fields = struct.pack(
            "<IIBIIBBHI", len(body), len(body), 2, zlib.crc32(body), 0x5A210000, 29, method, len(encoded), 0x20
        )
        out += _header(0x74, 0x8000, fields + encoded) + body
    return out + _header(0x7B, 0x4000, b"")


def _header(kind: int, flags: int, fields: bytes) -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest


def every_kind() -> dict[str, bytes]:
    """A sound file of each kind that is read here."""
    document = docx(
        p(TITLE) + p("各区人民政府：") + p(SENTENCE) + "".join(p(f"第{n}条 {SENTENCE}") for n in "一二三四")
    )
    return {
        "docx": document,
        "xlsx": xlsx(),
        "xls": xls(),
        "doc": doc([Line(f"{TITLE}\r"), Line("各区人民政府：\r"), Line(f"{SENTENCE}\r")]),
        "rtf": rtf(rf"{TITLE}\par 各区人民政府：\par {SENTENCE}\par"),
        "text": f"{TITLE}\n{SENTENCE}\n".encode("gb18030"),
        "html": f"<html><body><p>{TITLE}</p><table><tr><td>序号<td>任务<tr><td>1<td>排查</table></html>".encode(),
        "mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>" + SENTENCE.encode() + b"</p>\r\n--x--\r\n",
        "zip": packed({"预案.docx": document, "清单.xlsx": xlsx()}),
        "rar": rar({"a.docx": document}),
    }

"""The control words of RTF (Microsoft's specification 1.9.1) that say something of the text.

Everything else is layout. A destination that is not named here and comes with \\* is passed over, as the format asks.
"""

from __future__ import annotations

SIGNS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": " ",
    "_": "-",
    "softline": "\n",
}
"""Words that stand for characters. \\bullet is left out: it marks lists only."""
PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "column", "\n", "\r"))
"""A backslash before a line break is one, too."""
SILENT = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "header", "headerl", "headerr", "headerf"),
        *("footer", "footerl", "footerr", "footerf", "fldinst", "listtable", "listoverridetable", "revtbl", "rsidtbl"),
        *("xe", "tc", "annotation", "atnid", "atnauthor", "sp", "shprslt", "nonshppict", "nonesttables", "filetbl"),
        *(
            "ftnsep",
            "ftnsepc",
            "ftncn",
            "aftnsep",
            "aftnsepc",
            "aftncn",
            "themedata",
            "colorschememapping",
            "datastore",
        ),
        *("latentstyles", "generator", "bkmkstart", "bkmkend", "pnseclvl", "background", "template", "objclass", "upr"),
    )
)
"""Destinations that hold no text of the document; of \\upr only the part in Unicode is one, \\ud."""
SPEAKING = frozenset(("shpinst", "shptxt", "nesttableprops", "pntext", "listtext"))
"""Destinations that do, although they come with \\*."""
LABELS = frozenset(("pntext", "listtext"))
"""Those of them that hold the number of a paragraph."""
SYMBOLS = 2
"""\\fcharset of fonts that draw signs."""
CHARSETS = {0: 1252, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 204: 1251, 238: 1250}
"""\\fcharset -> code page."""
CODECS = {936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"}
"""Code page -> codec, where it is not cp<number>: gb18030 reads all that cp936 does, and more."""

"""Characters of the fonts that draw signs in place of letters: Symbol, Wingdings and Wingdings 2.

Enters: the font's name, and the code that a file gives. Leaves: the character of Unicode, or nothing for a sign that
says nothing (arrows, telephones, the bullets of lists). Of the Wingdings only boxes and ticks carry meaning, in forms.
Source of the table: Unicode's mapping of Adobe's Symbol encoding.

>>> symbol("Symbol", 0xF0B3), symbol("Wingdings", 0xFE), symbol("MS Gothic", 0x2612)
('≥', '☑', '☒')
"""

from __future__ import annotations

import re

PRIVATE = re.compile("[\uf000-\uf0ff]")
"""Where Word puts the characters of such fonts."""
_BOXES = {
    **dict.fromkeys((0xFE, 0x52), "☑"),
    **dict.fromkeys((0xA8, 0x6F, 0xA3, 0x71), "□"),
    **dict.fromkeys((0xFC, 0x50), "✓"),
    **dict.fromkeys((0xFD, 0xFB), "☒"),
}
_LETTERS = {
    0x41: "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
    0xA2: "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂",  # 0xB7 is the bullet of lists
    0xB8: "÷≠≡≈…",
    0xC4: "⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
    0xF1: "〉∫",
}
_SYMBOL = {
    **{code: chr(code) for code in (*range(0x20, 0x41), *range(0x5B, 0x60), *range(0x7B, 0x7E))},
    0x22: "∀",
    0x24: "∃",
    0x27: "∋",
    0x2A: "∗",
    0x2D: "−",
    0x40: "≅",
    0x5C: "∴",
    0x5E: "⊥",
    0x7E: "∼",
    **{first + at: letter for first, letters in _LETTERS.items() for at, letter in enumerate(letters)},
}


def symbol(font: str, code: int) -> str:
    """The character (see module). font: its name; blank where the file gives none. code: of the font or of Unicode."""
    private = 0xF000 <= code <= 0xF0FF
    name = font.casefold()
    if private or code <= 0xFF:
        if name == "symbol":
            return _SYMBOL.get(code & 0xFF, "")
        if not name or name.startswith("wingdings"):
            return _BOXES.get(code & 0xFF, "")
    return "" if private or not chr(code).isprintable() else chr(code)

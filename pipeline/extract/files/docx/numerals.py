"""Numbers as Word prints them in front of paragraphs (ST_NumberFormat, ISO/IEC 29500-1, 17.18.59).

>>> numeral("chineseCountingThousand", 120), numeral("decimalEnclosedCircle", 3), numeral("upperRoman", 4)
('一百二十', '③', 'IV')
"""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_SERIES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_COUNTING = (
    *("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand"),
    *("japaneseCounting", "koreanCounting"),
)
_DIGITAL = ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2")
_LEGALS = ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal", "koreanLegal")
_NONE = ("none", "bullet")
_MOST = 9999


def numeral(style: str, number: int) -> str:
    """A number in a format; nothing for bullets, digits for formats that Chinese documents do not use."""
    if style in _NONE:
        return ""
    if not 0 <= number <= _MOST:
        return str(number)
    if style in _SERIES:
        series = _SERIES[style]
        return series[number - 1] if 1 <= number <= len(series) else str(number)
    if style in _COUNTING:
        return counted(number, _DIGITS, "十百千")
    if style in _LEGALS:
        return counted(number, _LEGAL, "拾佰仟")
    if style in _DIGITAL:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    match style:
        case "decimalZero":
            return f"{number:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
        case "upperRoman" | "lowerRoman":
            roman = _roman(number)
            return roman.upper() if style == "upperRoman" else roman
        case "upperLetter" | "lowerLetter":
            first = "A" if style == "upperLetter" else "a"
            times, letter = divmod(number - 1, 26)
            return chr(ord(first) + letter) * (times + 1) if number else ""
    return str(number)


def counted(number: int, digits: str, units: str) -> str:
    """A number below 10 000 in Chinese: 12 is 十二, 110 一百一十, 205 二百零五."""
    if number < 10:
        return digits[number]
    zero = "零"
    text = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += digits[digit] + (units[power - 1] if power else "")
        elif text and not text.endswith(zero):
            text += zero
    text = text.rstrip(zero)
    one = digits[1] + units[0]
    return text.removeprefix(digits[1]) if number < 20 and text.startswith(one) else text


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        text += letters * times
    return text

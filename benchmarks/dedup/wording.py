"""Sentences, sections and articles out of the stock of clauses.

Enters: a random.Random and the stock. Leaves: lines.

>>> numbered(Random(1), stock(1), 2)
['一、加强职业渠道。各地应当…', '二、…']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from benchmarks.dedup.lexicon import Stock

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """The number in Chinese, below 1,000: 12 is 十二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")


def day_of(day: date) -> str:
    """2022年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def sentence(wording: Random, stock: Stock) -> str:
    """Two to four clauses."""
    return "，".join(wording.choices(stock.clauses, k=wording.randint(2, 4))) + "。"


def paragraph(wording: Random, stock: Stock, sentences: int) -> str:
    """That many sentences."""
    return "".join(sentence(wording, stock) for _ in range(sentences))


def numbered(wording: Random, stock: Stock, count: float) -> list[str]:
    """Points 一、二、三、, at least one, each with a heading of one clause."""
    return [
        f"{chinese(turn)}、{wording.choice(stock.clauses)}。{paragraph(wording, stock, wording.randint(1, 3))}"
        for turn in range(1, max(1, round(count)) + 1)
    ]


def sections(wording: Random, stock: Stock, headings: Sequence[str], topic: str, paragraphs: float) -> list[str]:
    """Headings 一、二、 with points （一）（二） under them; the paragraphs are shared out evenly."""
    lines: list[str] = []
    each = max(1, round(paragraphs / len(headings)))
    for turn, heading in enumerate(headings, start=1):
        lines.append(f"{chinese(turn)}、{heading}")
        for point in range(1, each + 1):
            head = wording.choice(stock.clauses)
            lines.append(
                f"（{chinese(point)}）{head}。{topic}工作中，{paragraph(wording, stock, wording.randint(1, 3))}"
            )
    return lines


def articles(wording: Random, stock: Stock, topic: str, count: int, figures: Sequence[int]) -> list[str]:
    """第一条 to the last, with terms and fines among them."""
    lines = [
        f"第一条　为了规范{topic}工作，保护公民、法人和其他组织的合法权益，根据有关法律、法规，"
        "结合本地实际，制定本办法。"
    ]
    for turn in range(2, max(6, count)):
        body = sentence(wording, stock)
        duty = wording.choice(("主管部门应当", "有关单位应当", "任何单位和个人不得", "县级以上人民政府应当"))
        lines.append(
            f"第{chinese(turn)}条　{topic}{duty}{body}{sentence(wording, stock) if wording.random() < 0.5 else ''}"
        )
    last = len(lines)
    fine = f"由主管部门责令限期改正；逾期不改正的，处{figures[0]}元以上{figures[0] + figures[1]}元以下的罚款。"
    lines.append(f"第{chinese(last + 1)}条　违反本办法规定的，{fine}")
    lines.append(f"第{chinese(last + 2)}条　本办法自发布之日起施行。")
    return lines

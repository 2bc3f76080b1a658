"""Rules in articles, plans, and the notice that carries a plan.

Enters: wording, facts, the stock of clauses. Leaves: a `Work`.

>>> plan(Random(7), facts, stock(1)).title
'吴江区绿色建筑实施方案'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.dedup.wording import articles, chinese, day_of, sections
from benchmarks.dedup.work import Work, length_of, number_of, signed_work, topic_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from benchmarks.dedup.facts import Facts
    from benchmarks.dedup.lexicon import Stock


def measures(wording: Random, facts: Facts, stock: Stock) -> Work:
    """Rules in articles. Amended, they say so under the title, and an article or two read otherwise."""
    topic, long = topic_of(wording), length_of(wording)
    kind = wording.choice(("管理办法", "条例", "暂行规定", "实施细则"))
    title = f"{facts.place.name}{topic}{kind}{'（征求意见稿）' if facts.draft else ''}"
    lines = articles(wording, stock, topic, int(18 * long), facts.figures[:4])
    for turn in range(facts.amended):
        lines = _amended(lines, turn, facts)
    first = wording.randint(3, 9)
    then = facts.day.replace(year=facts.day.year - first, day=min(facts.day.day, 28))
    adopted = f"（{day_of(then)}{facts.place.name}人民政府令第{facts.serial}号公布"
    note = (
        f"　根据{day_of(facts.day)}《关于修改部分规章的决定》第{chinese(facts.amended)}次修正" if facts.amended else ""
    )
    lines = lines if facts.draft else [f"{adopted}{note}）", *lines]
    number = None if facts.draft or wording.random() < 0.5 else f"{facts.place.name}人民政府令第{facts.serial}号"
    issuer = f"{facts.place.name}人民政府"
    return Work(
        title=title,
        issuer=issuer,
        number=number,
        genre="规章",
        division=facts.place.code,
        day=facts.day,
        lines=tuple(lines),
    )


def _amended(lines: list[str], turn: int, facts: Facts) -> list[str]:
    """One amendment: another office, another term, another duty, an article more; what of it depends on the turn."""
    at = (facts.figures[4 + turn] * 7) % max(1, len(lines) - 2) + 1
    changes: tuple[Callable[[str], str], ...] = (
        lambda line: line.replace("主管部门", "行政审批部门"),
        lambda line: line.rstrip("。") + f"，并在{facts.figures[5] % 90 + 3}日内予以答复。",
        lambda line: (
            line.replace("应当", "可以", 1) if "应当" in line else line.rstrip("。") + "，法律另有规定的除外。"
        ),
    )
    change = changes[(facts.figures[6] + turn) % len(changes)]
    other = [
        change(line) if index == at or (turn % 2 == 0 and index == at + 1) else line for index, line in enumerate(lines)
    ]
    return other if other != lines else [*lines[:-1], "本规定由市人民政府司法行政部门负责解释。", lines[-1]]


def plan(wording: Random, facts: Facts, stock: Stock) -> Work:
    """A plan for a district, which names the district and nothing else that tells it from its neighbour's."""
    topic, long = topic_of(wording), length_of(wording)
    where = facts.place.name
    title = f"{where}{topic}实施方案{'（征求意见稿）' if facts.draft else ''}"
    goals = "；".join(
        f"到{facts.day.year + 3}年，{part}达到{facts.figures[i]}个" for i, part in enumerate(("示范点", "服务站"))
    )
    lines = [
        f"为加快{where}{topic}工作，结合{where}实际，制定本方案。",
        *sections(wording, stock, ("总体要求", "重点任务", "进度安排", "保障措施"), topic, 8 * long),
        "五、工作目标",
        f"{goals}。{where}各有关单位要按照职责分工抓好落实。",
    ]
    number = number_of(wording, facts, where[0] + "政") if not facts.draft else None
    return signed_work(wording, title, f"{where}人民政府", number, "方案", facts, lines)


def issued(wording: Random, facts: Facts, stock: Stock) -> Work:
    """The notice that issues the plan and carries the whole of it."""
    inner = plan(wording, facts, stock)
    cover = [
        f"{facts.place.name}各镇人民政府、街道办事处，各有关单位：",
        f"《{inner.title}》已经研究同意，现印发给你们，请结合实际认真贯彻落实。",
        inner.issuer,
        day_of(facts.day),
        inner.title,
    ]
    return Work(
        title=f"{inner.issuer}关于印发《{inner.title}》的通知",
        issuer=inner.issuer,
        number=f"{inner.issuer[0]}政发〔{facts.day.year}〕{facts.serial}号",
        genre="通知",
        division=inner.division,
        day=inner.day,
        lines=(*cover, *inner.lines),
        payload=len(cover) - 1,
    )

"""Short documents that hold hardly more than names and numbers: appointments, licences, fines, tables, minutes.

Enters: wording, facts, the stock of clauses. Leaves: a `Work`.

>>> penalty(Random(7), facts, stock(1)).title
'行政处罚决定书'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.dedup.lexicon import lexicon
from benchmarks.dedup.wording import chinese, day_of, paragraph
from benchmarks.dedup.work import Work, issuer_of, number_of, signed_work, topic_of

if TYPE_CHECKING:
    from random import Random

    from benchmarks.dedup.facts import Facts
    from benchmarks.dedup.lexicon import Stock


def appointment(wording: Random, facts: Facts, stock: Stock) -> Work:
    """Who takes a post and who leaves one: hardly more than names."""
    issuer, short = issuer_of(wording, facts)
    number = number_of(wording, facts, short)
    leader = facts.people[0]
    title = f"关于{leader}等同志职务任免的通知" if wording.random() < 0.5 else "关于有关同志职务任免的通知"
    departments = wording.choices(lexicon()["departments"], k=6)
    posts = wording.choices(lexicon()["posts"], k=6)
    lines = ["各县（市、区）人民政府，市政府各部门、各直属单位：", f"经研究决定，{issuer}任免下列工作人员职务："]
    for turn, (person, department, post) in enumerate(zip(facts.people, departments, posts, strict=True)):
        lines.append(
            f"任命{person}为{department}局{post}；" if turn % 2 == 0 else f"免去{person}的{department}局{post}职务。"
        )
    return signed_work(wording, title, issuer, number, "任免", facts, lines)


def licence(wording: Random, facts: Facts, stock: Stock) -> Work:
    """A decision on an application: one text for all, with another holder."""
    issuer, _ = issuer_of(wording, facts)
    what = wording.choice(("食品经营许可", "危险化学品经营许可", "医疗机构执业许可", "取水许可", "排污许可"))
    title = f"{what}决定公告" if wording.random() < 0.6 else f"关于准予{facts.firms[0]}{what}的决定"
    lines = [
        f"{facts.firms[0]}：",
        f"你单位于{day_of(facts.day)}提出的{what}申请，经审查符合法定条件、标准，根据《中华人民共和国行政许可法》第三十八条第一款的规定，"
        f"现决定准予{what}，许可证编号：{facts.place.code}{facts.day.year}{facts.figures[0]:05d}{facts.figures[1]:05d}。",
        f"法定代表人：{facts.people[0]}",
        *(paragraph(wording, stock, 2) for _ in range(wording.randint(1, 3))),
        "如对本决定不服，可以自收到本决定书之日起六十日内依法申请行政复议，或者在六个月内依法向人民法院提起行政诉讼。",
    ]
    return signed_work(wording, title, issuer, None, "公告", facts, lines)


def penalty(wording: Random, facts: Facts, stock: Stock) -> Work:
    """A fine: the case is told in the words of all such cases."""
    issuer, short = issuer_of(wording, facts)
    title = "行政处罚决定书"
    lines = [
        f"当事人：{facts.firms[0]}，法定代表人：{facts.people[0]}",
        f"经查，当事人于{day_of(facts.day)}{paragraph(wording, stock, 3)}",
        *(paragraph(wording, stock, 3) for _ in range(wording.randint(2, 4))),
        f"依据有关规定，责令当事人立即改正，没收违法所得{facts.figures[0]}元，并处罚款{facts.figures[1]}元。",
        "当事人应当自收到本决定书之日起十五日内到指定银行缴纳罚款，逾期不缴纳的，每日按罚款数额的百分之三加处罚款。",
    ]
    return signed_work(wording, title, issuer, f"{short}罚〔{facts.day.year}〕{facts.serial}号", "决定", facts, lines)


def bulletin(wording: Random, facts: Facts, stock: Stock) -> Work:
    """Prices or counts in a table, with the same words around them each month."""
    issuer, _ = issuer_of(wording, facts)
    topic = topic_of(wording)
    named = wording.random() < 0.6
    month = f"{facts.day.year}年{facts.day.month}月" if named else ""
    title = f"{facts.place.name}{month}主要商品价格监测情况" if wording.random() < 0.5 else f"{month}{topic}情况统计表"
    goods = wording.sample(lexicon()["crops"], k=12)
    rows = ["| 品种 | 本期 | 上期 |", "| --- | --- | --- |"]
    rows += [
        f"| {item} | {now / 100:.2f} | {then / 100:.2f} |"
        for item, now, then in zip(goods, facts.figures[:12], facts.figures[12:], strict=True)
    ]
    lines = [
        paragraph(wording, stock, 4),
        *rows,
        *(paragraph(wording, stock, 3) for _ in range(wording.randint(1, 4))),
        "注：数据由各监测点采集，最终数据以年报为准。",
    ]
    return signed_work(wording, title, issuer, None, "公报", facts, lines)


def minutes(wording: Random, facts: Facts, stock: Stock) -> Work:
    """A session of the government."""
    where = facts.place.name
    nth = facts.ordinal
    title = f"{where}人民政府第{nth}次常务会议纪要" if wording.random() < 0.5 else "市政府常务会议纪要"
    topics = wording.sample(lexicon()["topics"], k=4)
    lines = [
        f"{day_of(facts.day)}，{facts.people[0]}主持召开{where}人民政府第{nth}次常务会议。现将会议议定事项纪要如下：",
        *(
            f"{chinese(turn)}、会议听取了{topic}工作情况的汇报。会议强调，{paragraph(wording, stock, 5)}"
            for turn, topic in enumerate(topics, start=1)
        ),
        f"出席：{'、'.join(facts.people[1:5])}",
        f"请假：{facts.people[5]}",
    ]
    return signed_work(wording, title, f"{where}人民政府", None, "纪要", facts, lines)

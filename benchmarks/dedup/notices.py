"""Notices that come again: calls, letters about money, lists, opinions.

Enters: wording, facts, the stock of clauses. Leaves: a `Work`.

>>> annual(Random(7), facts, stock(1)).title
'关于组织申报2022年度养老服务机构项目的通知'
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from benchmarks.dedup.wording import chinese, day_of, numbered, paragraph, sections
from benchmarks.dedup.work import Work, issuer_of, length_of, number_of, signed_work, topic_of

if TYPE_CHECKING:
    from benchmarks.dedup.facts import Facts
    from benchmarks.dedup.lexicon import Stock


def annual(wording: Random, facts: Facts, stock: Stock, *, dated: bool = True) -> Work:
    """Comes every year again: a call for applications. Without `dated` the title does not name the year."""
    issuer, short = issuer_of(wording, facts)
    number, topic, long = number_of(wording, facts, short), topic_of(wording), length_of(wording)
    year = f"{facts.day.year}年度" if dated else ""
    title = f"关于组织申报{year}{topic}项目的通知"
    money, top, phone = facts.figures[0], facts.figures[1], facts.figures[2]
    lines = [
        "各县（市、区）主管部门，各有关单位：",
        f"{paragraph(wording, stock, 2)}根据工作安排，现就组织申报{facts.day.year}年度{topic}项目有关事项通知如下：",
        *sections(wording, stock, ("申报范围", "支持重点", "申报条件"), topic, 5 * long),
        "四、资金安排",
        f"{facts.day.year}年度安排专项资金{money}万元，单个项目补助最高不超过{top}万元。{paragraph(wording, stock, 2)}",
        "五、申报程序",
        f"{paragraph(wording, stock, 2)}请于{day_of(facts.closing)}前将申报材料一式三份报送我局，逾期不予受理。",
        f"联系人：{facts.people[0]}，联系电话：{80000000 + phone}",
    ]
    return signed_work(wording, title, issuer, number, "通知", facts, lines)


def undated(wording: Random, facts: Facts, stock: Stock) -> Work:
    """The same, with the year in the text alone."""
    return annual(wording, facts, stock, dated=False)


def quota(wording: Random, facts: Facts, stock: Stock) -> Work:
    """Money or places for one city, told to each in a letter of its own."""
    issuer, short = issuer_of(wording, facts)
    number, topic, long = number_of(wording, facts, short), topic_of(wording), length_of(wording)
    named = wording.random() < 0.5
    to = facts.recipient.name
    title = f"关于下达{to if named else ''}{facts.day.year}年{topic}专项资金的通知"
    first, second, third = facts.figures[:3]
    lines = [
        f"{to}财政局：",
        f"{paragraph(wording, stock, 1)}现下达你地{facts.day.year}年{topic}专项资金{first}万元，"
        f"其中建设类{second}万元，管护类{third}万元，任务{facts.figures[3]}个。",
        *numbered(wording, stock, 4 * long),
        "请按规定及时拨付资金，加强绩效管理，专款专用，不得截留、挤占和挪用。",
    ]
    return signed_work(wording, title, issuer, number, "通知", facts, lines)


def batch(wording: Random, facts: Facts, stock: Stock) -> Work:
    """The third list of firms, after the second."""
    issuer, short = issuer_of(wording, facts)
    number, topic = number_of(wording, facts, short), topic_of(wording)
    nth = chinese(facts.ordinal)
    title = f"关于公布第{nth}批{topic}示范单位名单的公告"
    lines = [
        "各县（市、区）主管部门，各有关单位：",
        f"经自愿申报、地方推荐、专家评审和公示，现将第{nth}批{topic}示范单位名单予以公布。",
        *(paragraph(wording, stock, 3) for _ in range(wording.randint(2, 8))),
        "附件：示范单位名单",
        *(f"{index}. {firm}" for index, firm in enumerate(facts.firms[: wording.randint(4, 12)], start=1)),
    ]
    return signed_work(wording, title, issuer, number, "公告", facts, lines)


def opinions(wording: Random, facts: Facts, stock: Stock) -> Work:
    """Opinions or a circular whose safeguards are copied from the last one: shared boilerplate."""
    issuer, short = issuer_of(wording, facts)
    number, topic, long = number_of(wording, facts, short), topic_of(wording), length_of(wording)
    title = f"关于加快{topic}高质量发展的{wording.choice(('意见', '若干措施', '实施意见'))}"
    shared = Random(f"boilerplate {facts.boilerplate}")
    copied = shared.uniform(1, 8)
    lines = [
        "各县（市、区）人民政府，各有关部门：",
        paragraph(wording, stock, 3),
        *sections(wording, stock, ("总体要求", "重点任务"), topic, 5 * long),
        "三、组织领导",
        *numbered(shared, stock, 3 * copied),
        "四、监督检查",
        *numbered(shared, stock, 2 * copied),
        "本文件自印发之日起施行，有效期五年。此前规定与本文件不一致的，以本文件为准。",
    ]
    return signed_work(wording, title, issuer, number, "意见", facts, lines)

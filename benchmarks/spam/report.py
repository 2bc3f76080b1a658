"""The figures as Markdown tables, and the misses in one line each.

Enters: sheets, controls and cost. Leaves: text. A technique whose spam nobody could see and nobody let through has no
share (n/a).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.quality.report import table
from benchmarks.spam.cost import GROUPS, SPAM
from benchmarks.spam.tools import OURS, TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.spam.alarms import Alarm
    from benchmarks.spam.controls import Control
    from benchmarks.spam.cost import Cost
    from benchmarks.spam.measure import Sheet

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The sheets of one tool and technique (or variant), added up."""

    pages: int
    injected: int
    left: int
    lost: int
    body: int
    titles: int
    flagged: int

    @property
    def recall(self) -> float | None:
        return 1 - self.left / self.injected if self.injected else None

    @property
    def precision(self) -> float | None:
        removed = self.injected - self.left
        return removed / (removed + self.lost) if removed + self.lost else None

    @property
    def loss(self) -> float:
        return self.lost / self.body if self.body else 0.0


def summarize(sheets: Iterable[Sheet]) -> Summary:
    outcomes = [sheet.outcome for sheet in sheets]
    return Summary(
        pages=len(outcomes),
        **{name: sum(getattr(one, name) for one in outcomes) for name in ("injected", "left", "lost", "body")},
        titles=sum(one.title_right for one in outcomes),
        flagged=sum(one.flagged for one in outcomes),
    )


def summaries(sheets: Sequence[Sheet], by_variant: bool = False) -> dict[tuple[str, str], Summary]:
    """By tool and technique (or "technique: variant"), with a row "all" for each tool."""
    groups: dict[tuple[str, str], list[Sheet]] = {}
    for sheet in sheets:
        row = f"{sheet.technique}: {sheet.variant}" if by_variant else sheet.technique
        for name in (row, ALL):
            groups.setdefault((sheet.tool, name), []).append(sheet)
    return {key: summarize(group) for key, group in groups.items()}


def percent(value: float | None, digits: int = 2) -> str:
    return "n/a" if value is None else f"{value:.{digits}%}"


def technique_table(sheets: Sequence[Sheet], by_variant: bool = False) -> str:
    """Ours in full, the others' recall and loss beside it."""
    found = summaries(sheets, by_variant)
    others = [tool for tool in TOOLS if tool != OURS]
    head = ["technique", "pages", "injected", "removed", "body lost", "precision", "titles right", "flagged"]
    head += [f"{tool}: {what}" for tool in others for what in ("removed", "lost")]
    names = [name for tool, name in found if tool == OURS and name != ALL]
    rows = []
    for name in [*names, ALL]:
        s = found[OURS, name]
        row = [name, str(s.pages), f"{s.injected:,}", percent(s.recall), percent(s.loss, 3), percent(s.precision)]
        row += [percent(s.titles / s.pages, 1), percent(s.flagged / s.pages, 1)]
        rows.append(
            row + [percent(v, 1) for tool in others for v in (found[tool, name].recall, found[tool, name].loss)]
        )
    return table(head, rows)


def control_table(controls: Sequence[Control]) -> str:
    rows = []
    for tool in TOOLS:
        of_tool = [control for control in controls if control.tool == tool]
        untouched = sum(not control.lost for control in of_tool)
        lost, body = (sum(getattr(control, name) for control in of_tool) for name in ("lost", "body"))
        flagged = sum(control.flagged for control in of_tool)
        rows.append(
            [tool, str(len(of_tool)), percent(untouched / len(of_tool), 1), percent(lost / body, 3), str(flagged)]
        )
    return table(["controls", "pages", "not one character lost", "lost", "flagged"], rows)


def alarm_table(alarms: Sequence[Alarm], pages: int) -> str:
    rules = Counter(alarm.rule for alarm in alarms)
    told = [[rule, str(count), str(len({a.page for a in alarms if a.rule == rule}))] for rule, count in rules.items()]
    return table([f"alarms on {pages} clean pages and texts", "removals", "pages"], told or [["none", "0", "0"]])


def cost_table(cost: Cost, pages: int) -> str:
    rows = [
        [name, GROUPS[name], f"{taken / pages * 1e6:.0f}", percent(taken / cost.trafilatura)]
        for name, taken in cost.steps.items()
    ]
    rows.append(["trafilatura.extract", "", f"{cost.trafilatura / pages * 1e6:.0f}", "100%"])
    return f"{table(['step', 'group', 'µs a page', 'of trafilatura'], rows)}\n\n{cost_line('clean pages', cost)}"


def cost_line(what: str, cost: Cost) -> str:
    shares = {
        SPAM: cost.steps.get(SPAM, 0.0) / cost.trafilatura,
        "filters": cost.share("filters"),
        "filters and repairs without script": cost.share("filters", "repair"),
        "script repair": cost.share("script"),
    }
    return f"{what}, of trafilatura's time: " + ", ".join(f"{name} {percent(v)}" for name, v in shares.items())


def wrong(sheet: Sheet) -> bool:
    """True if there is something to tell of a page."""
    return bool(sheet.outcome.left or sheet.outcome.lost or not sheet.outcome.title_right)


def misses(sheets: Sequence[Sheet], controls: Sequence[Control], alarms: Sequence[Alarm], limit: int) -> list[str]:
    """The worst pages of ours by technique and variant, then every control that lost something, then every alarm."""
    lines, told = [], Counter[str]()
    ours = [sheet for sheet in sheets if sheet.tool == OURS and wrong(sheet)]
    for sheet in sorted(ours, key=lambda sheet: (sheet.technique, -sheet.outcome.left - sheet.outcome.lost)):
        told[row := f"{sheet.technique} | {sheet.variant}"] += 1
        if told[row] <= limit:
            out = sheet.outcome
            left = f"left {out.left} of {out.injected}: {' … '.join(out.hunted)[:160]!r}" if out.left else ""
            lost = f"lost {out.lost} of {out.body}: {' … '.join(out.missing)[:160]!r}" if out.lost else ""
            title = "" if out.title_right else f"title {out.title[:80]!r}"
            lines.append(f"{row} | {sheet.page} | {'; '.join(filter(None, (left, lost, title)))}")
    for control in controls:
        if control.tool == OURS and (control.lost or control.flagged):
            flag = "flagged; " if control.flagged else ""
            what = f"{' … '.join(control.missing)[:200]!r} {'; '.join(control.rules)}"
            lines.append(f"control | {control.page} | {flag}lost {control.lost}: {what}")
    lines += [f"alarm | {alarm.page} | {alarm.rule}: {alarm.evidence[:120]!r}" for alarm in alarms]
    return lines

"""The parts of a card: strict, and never faster than the default."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from crawler.source import Column, CrawlLimits, Expect, Recheck, Rule, Source, Tolerance

CARD: dict[str, Any] = {
    "id": "demo",
    "title": "某市人民政府",
    "hosts": ["www.example.gov.cn"],
    "platform": "trs",
    "columns": [{"id": "zfwj", "url": "https://www.example.gov.cn/zfwj/"}],
}


def test_a_whole_card() -> None:
    card = Source.model_validate(
        CARD
        | {
            "limits": {"delay": 3, "quiet_hours": "08:00-20:00", "max_pages": 100},
            "recheck": {"days": 7, "sweep": "quarterly"},
            "expect": {"min": 100, "max": 900, "fill": {"doc_number": 0.8}, "tolerance": 0.05},
            "tolerance": {"lost": 0.1, "spam": 0},
            "rules": [
                {"valid_from": "2020-01-01", "body": ["#zoom"]},
                {"valid_from": "2024-06-01", "body": [".TRS_UEDITOR"]},
            ],
            "tls": "legacy",
            "proxy": "http://127.0.0.1:8118",
            "verified": "2026-11-22",
            "enabled": False,
        }
    )
    assert (card.limits.delay, card.recheck.days, card.expect.fill) == (3, 7, {"doc_number": 0.8})
    assert card.tolerance == Tolerance(lost=0.1, altered=0.02, fill=0.05, spam=0)
    assert (card.verified, card.enabled, card.tls) == (datetime.date(2026, 11, 22), False, "legacy")


def test_the_defaults() -> None:
    card = Source.model_validate(CARD)
    assert (card.limits, card.recheck, card.expect, card.rules) == (CrawlLimits(), Recheck(), Expect(), ())
    assert card.tolerance == Tolerance(lost=0.02, altered=0.02, fill=0.05, spam=0.02)
    assert (card.limits.delay, card.verified, card.enabled, card.tls, card.proxy) == (1.5, None, True, "modern", None)
    column = card.columns[0]
    assert (column.kind, column.platform, column.options, column.host) == ("policy", None, {}, "www.example.gov.cn")


def test_a_rule_for_its_time() -> None:
    old, new = (Rule(valid_from=datetime.date(year, 1, 1), body=("#zoom",)) for year in (2020, 2024))
    card = Source(id="demo", title="某市", rules=(old, new))
    days = [
        datetime.date(2019, 12, 31),
        datetime.date(2020, 1, 1),
        datetime.date(2023, 12, 31),
        datetime.date(2024, 1, 1),
    ]
    assert [card.rule(day) for day in days] == [None, old, old, new]


def test_a_column_of_another_family() -> None:
    column = Column(
        id="xxgk", url="https://www.example.gov.cn/module/xxgk/search.jsp", platform="jcms", options={"area": "1"}
    )
    card = Source.model_validate(CARD | {"columns": [*CARD["columns"], column.model_dump()]})
    assert [card.platform_of(column) for column in card.columns] == ["trs", "jcms"]


def changed(**values: object) -> dict[str, Any]:
    return CARD | {"columns": [CARD["columns"][0] | values]}


@pytest.mark.parametrize(
    ("card", "message"),
    [
        (CARD | {"limits": {"dely": 3}}, "limits.dely"),
        (CARD | {"recheck": {"day": 3}}, "recheck.day"),
        (CARD | {"expect": {"filled": {}}}, "expect.filled"),
        (CARD | {"rules": [{"valid_from": "2024-01-01", "body": ["#zoom"], "text": []}]}, "rules.0.text"),
        (changed(kinds="policy"), "columns.0.kinds"),
        (changed(kind="law"), "columns.0.kind"),
        (changed(url="file:///etc/passwd"), "columns.0.url"),
        (changed(url="https://www.example.gov.cn/a b"), "columns.0.url"),
        (changed(url="https://www.example.com/zfwj/"), "zfwj is on www.example.com, which hosts does not name"),
        (changed(options={"channel": "1"}), "column zfwj: trs knows no option channel"),
        (changed(platform="wordpress"), "no platform wordpress; there are sitemap, gkmlpt"),
        (CARD | {"platform": "suzhou"}, "no platform suzhou"),
        (CARD | {"columns": CARD["columns"] * 2}, "two columns have the same id"),
        (CARD | {"limits": {"delay": 1.4}}, "1.4 s is faster than the 1.5 s"),
        (CARD | {"limits": {"delay": -1}}, "limits.delay"),
        (CARD | {"limits": {"quiet_hours": "8-20"}}, "limits.quiet_hours"),
        (CARD | {"limits": {"quiet_hours": "08:00-08:00"}}, "08:00-08:00 is no time at all"),
        *((CARD | {"limits": {"delay": value}}, "limits.delay") for value in (float("inf"), float("nan"), 1e12)),
        *((CARD | {"limits": {"timeout": value}}, "limits.timeout") for value in (float("inf"), float("nan"), 1e12)),
        (CARD | {"limits": {"max_minutes": 10**9}}, "limits.max_minutes"),
        (CARD | {"limits": {"max_bytes": 10**12}}, "limits.max_bytes"),
        (CARD | {"hosts": ["www.example.gov.cn", "a.cn:99999"]}, "a.cn:99999 has a port that does not exist"),
        (changed(options={"item": "ul["}), "option item: 'ul[' is no CSS selector"),
        (changed(platform="generic", options={"pages": "list.html"}), "with {n} in it, not 'list.html'"),
        (changed(platform="epoint", options={"size": 0}), "option size is the number of rows of a page, not 0"),
        (CARD | {"expect": {"min": 9, "max": 3}}, "min 9 is above max 3"),
        (CARD | {"expect": {"fill": {"title": 1.5}}}, "expect.fill.title"),
        (CARD | {"tolerance": {"lost": 2}}, "tolerance.lost"),
        (CARD | {"tolerance": {"losses": 0.1}}, "tolerance.losses"),
        (CARD | {"tolerance": 0.1}, "tolerance: Input should be"),
        (
            CARD | {"rules": [{"valid_from": day, "body": ["p"]} for day in ("2024-01-01", "2020-01-01")]},
            "the oldest first",
        ),
        (CARD | {"rules": [{"valid_from": "2024-01-01", "body": []}]}, "rules.0.body"),
        (CARD | {"rules": [{"valid_from": "2024-01-01", "body": [" "]}]}, "is no CSS selector"),
        (CARD | {"proxy": "http://user:password@proxy.example.com/"}, "proxy"),
        (CARD | {"verified": "yesterday"}, "verified"),
    ],
)
def test_mistakes(card: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Source.model_validate(card)
    assert message in "; ".join(
        f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}" for problem in caught.value.errors()
    )


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:1", "127.0.0.1"])
def test_only_loopback_may_be_fast(host: str) -> None:
    fast = {"id": "demo", "title": "某市", "limits": {"delay": 0}}
    assert Source.model_validate(fast | {"hosts": [host]}).limits.delay == 0
    with pytest.raises(ValidationError, match="faster"):
        Source.model_validate(fast | {"hosts": [host, "www.example.gov.cn"]})

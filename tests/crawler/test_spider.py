"""Real crawls of the loopback city: everything once, then only what is new, edited or gone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from city_crawl import DAY, card_for, go, held, records

from crawler.health import runs
from crawler.page import canonical_url
from tests.city import Rule
from tests.city.messages import text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.city import City


def wanted(town: City, name: str) -> list[str]:
    """All documents and files of a column, as a crawl must find them."""
    addresses = [url for url, _, _ in town.documents(name)] + [url for _, url in town.attachments(name)]
    return sorted(map(canonical_url, addresses))


def test_everything_is_found_once_and_then_nothing_is_fetched_again(calm: City, tmp_path: Path) -> None:
    card = card_for(calm.sites["trs"], platform="trs")
    first = go(card, tmp_path)
    assert (first.outcome, first.reason) == ("ok", None)
    assert held(tmp_path) == wanted(calm, "trs")
    rows = {record.page.url: dict(record.page.hints) for record in records(tmp_path)}
    for url, title, day in calm.documents("trs"):
        assert (rows[url]["title"], rows[url]["published"][:10], rows[url]["column"]) == (title, day, "c0")
    for parent, file in calm.attachments("trs"):
        assert rows[file]["parent"] == parent
    column = first.columns["c0"]
    assert (column.rows, column.walked, column.closed) == (len(calm.documents("trs")), "end", True)
    assert column.fill == {"published": 1.0, "title": 1.0}
    assert first.counts.new == len(held(tmp_path))

    calm.forget()
    second = go(card, tmp_path, now=DAY + timedelta(minutes=10))
    assert (second.outcome, second.counts.details, second.counts.new) == ("unchanged", 0, 0)
    list_page = card.columns[0].url.removeprefix(f"http://{card.hosts[0]}")
    assert {target for _, _, target, _ in calm.log} == {"/robots.txt", list_page}
    assert second.columns["c0"].walked == "known"

    added = calm.add("trs")
    third = go(card, tmp_path, now=DAY + timedelta(minutes=20))
    assert (third.outcome, third.counts.details) == ("ok", 1)
    assert added in held(tmp_path)
    assert [health.outcome for health in runs(tmp_path, "city")] == ["ok", "unchanged", "ok"]


def test_every_family(calm: City, tmp_path: Path) -> None:
    """One card with a column for each list of the city: all of all of them, once."""
    columns = []
    for name, url in calm.sites.items():
        address, options = calm.interfaces.get(name, (url, {}))
        columns.append({"id": name, "url": address, "platform": calm.families[name], "options": options})
    hosts = sorted({urlsplit(column["url"]).netloc for column in columns})
    health = go(card_for(hosts=hosts, columns=columns), tmp_path)
    found = set(held(tmp_path))
    assert len(found) == len(held(tmp_path))
    for name in calm.sites:
        missing = set(wanted(calm, name)) - found
        assert not missing, name
    expected = {url for name in calm.sites for url in wanted(calm, name)}
    assert found == expected
    assert {name: column.walked for name, column in health.columns.items() if column.walked != "end"} == {
        "truecms_closed": "failed"  # its second list page is closed to everybody
    }
    assert (health.outcome, health.failures) == ("partial", {"http_404": 1})


def test_an_article_on_several_pages_is_one_record(calm: City, tmp_path: Path) -> None:
    go(card_for(calm.sites["generic_dede"]), tmp_path)
    pages = {record.page.url: record.page for record in records(tmp_path)}
    long = [url for url, _, _ in calm.documents("generic_dede") if len(calm.parts(url)) > 1]
    assert long
    for url in long:
        assert [part for part, _ in pages[url].parts] == calm.parts(url)[1:]
        assert all(b"<html" in body.lower() for _, body in pages[url].parts)
        assert not set(calm.parts(url)[1:]) & pages.keys()
    assert not any(page.parts for url, page in pages.items() if url not in long)


def test_edits_and_withdrawals_are_seen_by_the_recheck(calm: City, tmp_path: Path) -> None:
    card = card_for(calm.sites["ucap"], platform="ucap", recheck={"days": 3650, "sweep": "never"})
    go(card, tmp_path)
    before = held(tmp_path)
    edited, gone = calm.documents("ucap")[3][0], calm.documents("ucap")[5][0]
    calm.edit(edited)
    calm.withdraw(gone)
    first, second = (go(card, tmp_path, now=DAY + timedelta(hours=hours)) for hours in (21, 46))
    assert (first.outcome, first.counts.changed, first.counts.rechecks) == ("ok", 1, len(before))
    assert first.counts.not_modified == len(before) - 2  # ETag and Last-Modified were sent along
    assert held(tmp_path) == sorted([*before, edited])
    assert (second.counts.changed, second.counts.not_modified) == (0, len(before) - 1)
    # One answer 404 is an accident, two that are a day apart are a fact; both are kept.
    assert [health.gone for health in (first, second)] == [(gone,), (gone,)]
    assert [health.withdrawn for health in (first, second)] == [(), (gone,)]
    assert [record.page.status for record in records(tmp_path) if record.page.url == gone][:2] == [200, 404]


def test_recent_pages_are_asked_for_each_night(calm: City, tmp_path: Path) -> None:
    days = [date.fromisoformat(day) for _, _, day in calm.documents("generic")]
    recent = sum(day >= days[0] - timedelta(days=200) for day in days)
    now = DAY.replace(year=days[0].year, month=days[0].month, day=days[0].day)
    card = card_for(calm.sites["generic"], recheck={"days": 200, "sweep": "never"})
    go(card, tmp_path, now=now)
    health = go(card, tmp_path, now=now + timedelta(days=1))
    first = days[0] - timedelta(days=200)
    young = {url for url, _, day in calm.documents("generic") if date.fromisoformat(day) >= first}
    files = sum(parent in young for parent, _ in calm.attachments("generic"))  # as old as their pages
    assert 0 < recent < len(days)
    assert (health.counts.rechecks, health.counts.changed) == (recent + files, 0)
    assert health.counts.not_modified <= files  # this site knows no ETag: the bytes tell
    assert health.outcome == "unchanged"


def test_the_window_of_days(calm: City, tmp_path: Path) -> None:
    documents = calm.documents("jcms")
    days = sorted(day for _, _, day in documents)
    since, until = date.fromisoformat(days[5]), date.fromisoformat(days[12])
    card = card_for(calm.sites["jcms"], platform="jcms")
    window = go(card, tmp_path, since=since, until=until)
    inside = [url for url, _, day in documents if since <= date.fromisoformat(day) <= until]
    details = {url for url, _, _ in documents}
    assert [url for url in held(tmp_path) if url in details] == sorted(inside)
    assert not window.columns["c0"].closed
    go(card, tmp_path, now=DAY + timedelta(hours=1))
    assert held(tmp_path) == wanted(calm, "jcms")  # the window left no hole


def test_a_limit_is_no_end(calm: City, tmp_path: Path) -> None:
    url, options = calm.interfaces["gkmlpt"]
    card = card_for(url, platform="gkmlpt", columns=[{"id": "c0", "url": url, "options": options}])
    first = go(card, tmp_path, limit=3)
    assert (first.outcome, first.counts.details, first.columns["c0"].walked) == ("ok", 3, "limit")
    assert len(held(tmp_path)) == first.counts.new
    assert not first.columns["c0"].closed
    second = go(card, tmp_path, now=DAY + timedelta(days=1), limit=3)
    assert (second.counts.details, second.counts.rechecks) == (3, 1)  # rechecks do not count as new


def test_what_did_not_come_is_tried_again(calm: City, tmp_path: Path) -> None:
    broken = calm.documents("truecms")[1][0]
    calm.spoil(Rule(answer=text("<h1>500</h1>", status=500), site="truecms", path=broken.rpartition("/")[2]))
    card = card_for(calm.sites["truecms"], platform="truecms")
    first = go(card, tmp_path)
    assert (first.outcome, first.failures) == ("partial", {"http_500": 1})
    assert [pending.url for pending in first.pending] == [broken]
    assert first.columns["c0"].closed  # so the next run need not walk the list for this one page
    calm.calm()
    calm.forget()
    second = go(card, tmp_path, now=DAY + timedelta(hours=1))
    assert (second.outcome, second.counts.lists, second.counts.details) == ("ok", 1, 1)
    assert held(tmp_path) == wanted(calm, "truecms")

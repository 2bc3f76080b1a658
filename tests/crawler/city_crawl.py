"""Cards for the loopback city, crawls of it, and what raw/ holds afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.run import crawl
from crawler.source import Source
from crawler.store import RawStore

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.health import Health
    from crawler.page import RawRecord

DAY = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
"""Long after the newest document of the city, so that rechecks come from the sweep alone."""


def card_for(*urls: str, platform: str = "generic", delay: float = 0.0, **more: Any) -> Source:
    """A card with a column for each list; the hosts are theirs."""
    columns: list[dict[str, Any]] = [{"id": f"c{number}", "url": url} for number, url in enumerate(urls)]
    hosts = more.pop("hosts", sorted({urlsplit(url).netloc for url in urls}))
    limits = {"delay": delay, "timeout": 5} | more.pop("limits", {})
    fields = {"id": "city", "title": "城", "hosts": hosts, "platform": platform, "columns": columns, "limits": limits}
    return Source.model_validate(fields | more)


def go(card: Source, root: Path, **more: Any) -> Health:
    """A crawl whose host locks lie in the test's own folder."""
    return crawl(card, root, **{"now": DAY, "locks": root / "locks"} | more)


def records(root: Path, source: str = "city") -> list[RawRecord]:
    store = RawStore(root / "raw")
    return [record for shard in store.shards() if shard.parent.name == source for record in store.records(shard)]


def held(root: Path) -> list[str]:
    """Addresses of all good captures, sorted; a page that was stored twice stands here twice."""
    return sorted(record.page.url for record in records(root) if record.page.status == 200)

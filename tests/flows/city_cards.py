"""Cards for the loopback city in ROOT/sources/, as a person would write them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.city import City


def write_card(corpus: Path, city: City, name: str, **more: object) -> str:
    """A card for a column of the city; its id is the column's name."""
    address, options = city.interfaces.get(name, (city.sites[name], {}))
    card = {
        "id": name,
        "title": f"{name} 城",
        "division": "320500",
        "hosts": [urlsplit(address).netloc],
        "platform": city.families[name],
        "columns": [{"id": "zfwj", "url": address, "options": options}],
        "limits": {"delay": 0.0, "timeout": 5},
    }
    path = corpus / "sources" / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(card | more, allow_unicode=True), encoding="utf-8")
    return name

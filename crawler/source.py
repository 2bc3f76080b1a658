"""A source card: where a source's pages come from, who publishes them and under which terms they may be used.

Enters: YAML files, the bundled crawler/sources/**/*.yml and over them ROOT/sources/**/*.yml: whoever only installed the
package adds a city, or corrects one, without touching it; and what was learned of a source (*.furniture.yml, see
`crawler.furniture`). Leaves: `Source`s by id.

>>> Source(id="suzhou", title="苏州市人民政府", division="320500").division
'320500'

A card:

    id: suzhou
    title: 苏州市人民政府
    division: "320500"
    publisher: 苏州市人民政府办公室
    licence: 著作权法第五条
    kind: origin
    hosts: [www.suzhou.gov.cn]
    platform: ucap
    verified: null          # the day when somebody saw its lists work; null: nobody has
    columns:
      - {id: zfwj, url: "http://www.suzhou.gov.cn/szinf/…/loadData", options: {channel: dc1a…}}
      - {id: zcjd, url: "https://www.suzhou.gov.cn/…/list.shtml", kind: interpretation}
"""

from __future__ import annotations

import datetime  # noqa: TC003 (pydantic reads the annotation at run time)
import re
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from crawler.card import FREQUENCIES, Column, CrawlLimits, Expect, Frequency, Recheck, Rule, Tolerance
from crawler.errors import SourceError
from crawler.furniture import FURNITURE, Furniture, Limits, read_furniture
from crawler.hosts import with_real_port
from crawler.platforms import PLATFORMS, wrong_option

__all__ = [
    "BUNDLED",
    "FREQUENCIES",
    "PAGES",
    "Column",
    "CrawlLimits",
    "Expect",
    "Frequency",
    "Furniture",
    "Limits",
    "Recheck",
    "Rule",
    "Source",
    "Tolerance",
    "load_sources",
    "read_card",
]

BUNDLED = Path(__file__).parent / "sources"

PAGES = "pages"
"""Folder ROOT/sources/<id>/pages with saved pages of a source: what lies there is no card."""

Line = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
Host = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$"), AfterValidator(with_real_port)]


class Source(BaseModel):
    """One card. Unknown keys are errors, so that a misspelt one is not silently without effect."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[^\s/%]+$")]
    """Name of the source in raw/ and in the corpus; a collection of local files has its folder's name."""
    title: Line
    division: Annotated[str, Field(pattern=r"^[1-9]\d{5}$")] | None = None
    """GB/T 2260 code of the place whose government this is."""
    publisher: Line | None = None
    licence: Line | None = None
    kind: Literal["origin", "repost", "mirror", "file"] | None = None
    """None: told from each page's evidence."""
    hosts: tuple[Host, ...] = ()
    """Hosts of its pages, in lower case, with a port where it is unusual. No request leaves them."""
    platform: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = "generic"
    """CMS family that knows its lists."""
    columns: tuple[Column, ...] = ()
    """The lists that are followed. A source without any is not crawled."""
    limits: CrawlLimits = CrawlLimits()
    frequency: Frequency = "daily"
    """How often `zhengce schedule` crawls it."""
    recheck: Recheck = Recheck()
    expect: Expect = Expect()
    tolerance: Tolerance = Tolerance()
    rules: tuple[Rule, ...] = ()
    """Where text and title stand, by the day from which it is so; without one the pipeline finds them itself."""
    tls: Literal["modern", "legacy"] = "modern"
    """legacy: the site's server only speaks what OpenSSL calls SECLEVEL 1."""
    proxy: Annotated[str, Field(pattern=r"^https?://[^\s/@]+/?$")] | None = None
    """Address of a proxy, without a password: cards are published."""
    verified: datetime.date | None = None
    """Day when its lists were seen to work on the live site; None: never yet."""
    enabled: bool = True
    """False: the source is known, and only crawled when it is named."""
    furniture: Furniture | None = None
    """Lines that its pages have in common; learned into a file of its own, not written in a card."""

    @field_validator("division", mode="before")
    @classmethod
    def _code(cls, value: object) -> object:
        """YAML reads 320500 without quotes as a number."""
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("rules")
    @classmethod
    def _dated(cls, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        days = [rule.valid_from for rule in rules]
        if days != sorted(set(days)):
            raise ValueError("each rule has a valid_from of its own, the oldest first")
        return rules

    @model_validator(mode="after")
    def _whole(self) -> Source:
        """What one part of the card says of another."""
        ids = [column.id for column in self.columns]
        if len(set(ids)) < len(ids):
            raise ValueError("two columns have the same id")
        for name in (self.platform, *(column.platform for column in self.columns if column.platform)):
            if name not in PLATFORMS:
                raise ValueError(f"no platform {name}; there are {', '.join(PLATFORMS)}")
        for column in self.columns:
            if column.host not in self.hosts:
                raise ValueError(f"column {column.id} is on {column.host}, which hosts does not name")
            if problem := wrong_option(column, self.platform_of(column)):
                raise ValueError(f"column {column.id}: {problem}")
        if problem := self.limits.too_fast(self.hosts):
            raise ValueError(problem)
        return self

    def platform_of(self, column: Column) -> str:
        return column.platform or self.platform

    def rule(self, day: datetime.date) -> Rule | None:
        """The rule for pages captured on a day: the newest that is not from later."""
        return next((rule for rule in reversed(self.rules) if rule.valid_from <= day), None)


def load_sources(root: Path | None) -> dict[str, Source]:
    """The cards by id, sorted. root: the directory that holds sources/, or None for the bundled cards alone.

    A card under root replaces the bundled one of the same id, and so does what was learned of a source. Local pages
    without a card get one that says nothing but what was learned. Raises SourceError (one line, names the file).
    """
    cards, learned = _folder(BUNDLED)
    if root is not None:
        own, own_learned = _folder(root / "sources")
        cards, learned = cards | own, learned | own_learned
    for name, furniture in learned.items():
        card = cards.get(name) or Source.model_construct(id=name, title=name)  # a folder's name may have blanks
        cards[name] = card.model_copy(update={"furniture": furniture})
    return dict(sorted(cards.items()))


def _folder(folder: Path) -> tuple[dict[str, Source], dict[str, Furniture]]:
    cards: dict[str, Source] = {}
    learned: dict[str, Furniture] = {}
    files: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.yml")):
        if PAGES in path.relative_to(folder).parts:
            continue
        if path.name.endswith(FURNITURE):
            furniture = read_furniture(path)
            key = f"{furniture.source}{FURNITURE}"
            learned[furniture.source] = furniture
        else:
            card = read_card(path)
            key = card.id
            cards[card.id] = card
        if key in files:
            raise SourceError(f"{path}: the id {key} is taken by {files[key]}; give it another")
        files[key] = path
    return cards, learned


def read_card(path: Path) -> Source:
    """One card. Raises SourceError (one line, names the file and what is wrong with it)."""
    try:
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError(f"{path}: cannot be read as YAML ({_one_line(error)})") from error
    if not isinstance(fields, dict):
        raise SourceError(f"{path}: not a card; it needs at least id and title")
    try:
        return Source.model_validate(fields)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_context=False)
        )
        raise SourceError(f"{path}: {_one_line(problems)}; known keys are {', '.join(Source.model_fields)}") from error


def _one_line(message: object) -> str:
    return re.sub(r"\s+", " ", str(message))

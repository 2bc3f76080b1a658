"""What `zhengce sources learn` counted: the lines that the pages of one source have in common.

Enters: YAML files named *.furniture.yml, beside the cards. Leaves: `Furniture`, which becomes part of the card. A file
holds no clock but the day of the newest capture: the same raw pages give the same bytes.

>>> limits = Limits(pages=5, share=30, border=40, beside=90)
>>> Furniture(source="suzhou", of=40, newest="2026-01-01", limits=limits, foot={"智慧云桌面": 38}).border
16
"""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003 (pydantic reads the annotations)
from typing import TYPE_CHECKING, Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, ValidationError, model_validator

from crawler.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FURNITURE", "Furniture", "Limits", "furniture_text", "read_furniture"]

FURNITURE = ".furniture.yml"
"""Suffix of the files; what stands before it is the source's name in raw/."""

Percent = Annotated[int, Field(ge=1, le=100)]
Counts = dict[Annotated[str, Field(min_length=1)], PositiveInt]


class Limits(BaseModel):
    """What a line needed to be learned. pages: different documents. share: percent of all documents of the source.

    border: percent that the line next to the document needs. beside: percent of the pages of the line outside it
    that it needs too, because a line of the document is less common than the first line of the foot.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pages: PositiveInt
    share: Percent
    border: Percent
    beside: Percent


class Furniture(BaseModel):
    """of: documents it was learned from. newest: day (UTC) of their newest capture.

    head, foot: folded line -> documents in whose head or foot it stands.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Annotated[str, Field(min_length=1)]
    of: NonNegativeInt
    newest: date
    limits: Limits
    head: Counts = {}
    foot: Counts = {}

    @model_validator(mode="after")
    def _counts_fit(self) -> Self:
        if (most := max((*self.head.values(), *self.foot.values()), default=0)) > self.of:
            raise ValueError(f"a line cannot stand on {most} of {self.of} pages")
        return self

    @property
    def fewest(self) -> int:
        """Pages that a line needs."""
        return max(self.limits.pages, -(-self.of * self.limits.share // 100))

    @property
    def border(self) -> int:
        """Pages that the line next to the document needs."""
        return max(self.limits.pages, -(-self.of * self.limits.border // 100))


def furniture_text(found: Furniture) -> str:
    """The file, most common lines first. It is versioned data: read it, delete a line that should stay, commit it."""
    fields = found.model_dump(mode="json")
    for place in ("head", "foot"):
        fields[place] = dict(sorted(fields[place].items(), key=lambda entry: (-entry[1], entry[0])))
    note = f"# Lines that stand on many pages of {found.source}, with the number of pages each.\n"
    return note + yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1 << 16)


def read_furniture(path: Path) -> Furniture:
    """Read a file. Raises SourceError (one line, names the file)."""
    try:
        return Furniture.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        what = f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip()
        raise SourceError(f"{path}: not what zhengce learned ({what}); delete it and learn again") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        what = re.sub(r"\s+", " ", str(error))
        raise SourceError(f"{path}: cannot be read as YAML ({what}); delete it and learn again") from error

"""What is kept out of releases although it was published: ROOT/withhold.yml, a list that people write.

Enters: the file. Leaves: its entries by document id. A mistake in it stops the release: what somebody asked to keep out
must not go out because of a typing error.

    - id: 3b7209d5870134ff
      reason: 含个人信息，发文机关要求撤下
      date: 2026-02-01
    - url: https://www.suzhou.gov.cn/szsrmzf/zfwj/202205/0f3a.shtml
      reason: 同上
      date: 2026-02-01

>>> read_withheld(Path("withhold.yml"))["3b7209d5870134ff"].reason
'含个人信息，发文机关要求撤下'
"""

from __future__ import annotations

import datetime  # noqa: TC003 (pydantic reads the annotation at run time)
from typing import TYPE_CHECKING, Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from crawler.page import document_id
from pipeline.corpus.errors import CorpusError

if TYPE_CHECKING:
    from pathlib import Path

WITHHOLD = "withhold.yml"
"""Name of the file, beside raw/ and clean/."""

__all__ = ["WITHHOLD", "Withheld", "read_withheld"]


class Withheld(BaseModel):
    """One entry. It names its document by id or by url, not by both. date: when it was decided."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    url: Annotated[str, Field(pattern=r"^(https?://[^\s/]+/\S*|urn:zhengce:[^/]+/.+)$")] | None = None
    reason: Annotated[str, Field(pattern=r"^\S(.*\S)?$")]
    date: datetime.date

    @model_validator(mode="after")
    def _one_name(self) -> Withheld:
        if (self.id is None) == (self.url is None):
            raise ValueError("give either id or url")
        document_id(self.url or "")  # raises ValueError when nothing can have such an address
        return self

    @property
    def document(self) -> str:
        """Id of the document that is meant."""
        return self.id or document_id(self.url or "")


def read_withheld(path: Path) -> dict[str, Withheld]:
    """The entries by document id, in the order of the file; none if there is no such file.

    Raises CorpusError (one line, names the file, the entry and what is wrong with it).
    """
    entries: dict[str, Withheld] = {}
    for number, fields in enumerate(_list(path), 1):
        try:
            entry = Withheld.model_validate(fields)
        except ValidationError as error:
            problems = "; ".join(
                ": ".join([*map(str, problem["loc"]), problem["msg"].removeprefix("Value error, ")])
                for problem in error.errors(include_url=False)
            )
            raise CorpusError(
                f"{path}: entry {number}: {problems}; an entry has id or url, reason, and date as 2026-02-01"
            ) from error
        if entry.document in entries:
            raise CorpusError(f"{path}: entry {number}: {entry.document} is withheld twice; remove one of the two")
        entries[entry.document] = entry
    return entries


def _list(path: Path) -> list[object]:
    try:
        # BaseLoader leaves scalars as they are written: to YAML 1.1 the id 0123456701234567 is an octal number.
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CorpusError(f"{path}: cannot be read as YAML ({' '.join(str(error).split())}); mend it") from error
    if content is None:  # a file that holds comments alone
        return []
    if not isinstance(content, list):
        raise CorpusError(f"{path}: is not a list; each entry begins with `- id:` or `- url:`")
    return content

"""The invented documents of invented places: every family shows the same kind of documents in its own markup.

Enters: a place and a number. Leaves: `Document`s, always the same ones, newest first. Nothing here is real: no place of
these names exists, and no sentence was taken from a page.

>>> first, *rest = write(Place("云澜市", "云政", "991100"), 20, "demo")
>>> first.title, first.doc_number, len(rest)
('云澜市人民政府办公室关于印发云澜市古村落保护管理办法的通知', '云政办发〔2022〕24号', 19)
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from random import Random

from tests.city.words import HEADINGS, OFFICES, SENTENCES, SUBJECTS, TASKS

CHINA = timezone(timedelta(hours=8))
Table = tuple[tuple[str, ...], ...]
RARE = "联系人：镕喆、堃㙍、䶮鹏，电话0000-00000000。"
"""Names with characters that GB 18030 has and GB 2312 has not: pages that declare gb2312 are full of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """name: of the government; mark: its sign in document numbers; code: in the style of GB/T 2260, but not in it."""

    name: str
    mark: str
    code: str

    @property
    def office(self) -> str:
        return f"{self.name}人民政府办公室"


@dataclass(frozen=True, slots=True)
class Attachment:
    """name: what the link says, with suffix pdf or docx; text: what the file says."""

    name: str
    text: str

    @property
    def suffix(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a page shows. parts: the pages of the article, each of paragraphs and tables. charset: of its page."""

    key: str
    serial: int
    title: str
    genre: str
    theme: str
    doc_number: str
    index_number: str
    issuer: str
    written: date
    published: datetime
    validity: str
    keywords: str
    parts: tuple[tuple[str | Table, ...], ...]
    attachments: tuple[Attachment, ...] = ()
    charset: str = "utf-8"
    revision: int = 0

    @property
    def day(self) -> str:
        """The date that lists print."""
        return self.published.strftime("%Y-%m-%d")

    @property
    def modified(self) -> datetime:
        return self.published + timedelta(days=self.revision)

    @property
    def blocks(self) -> tuple[str | Table, ...]:
        return tuple(block for part in self.parts for block in part)

    @property
    def hex(self) -> str:
        """32 digits that stand for the document for life, as the ids of several systems do."""
        return hashlib.md5(self.key.encode(), usedforsecurity=False).hexdigest()

    @property
    def uuid(self) -> str:
        return "-".join((self.hex[:8], self.hex[8:12], self.hex[12:16], self.hex[16:20], self.hex[20:]))

    def edited(self) -> Document:
        """The same document after somebody changed a paragraph without a word."""
        changed = f"（第{self.revision + 1}次修订）补助标准调整为每户{3000 + 500 * self.revision}元。"
        first, *others = self.parts
        return replace(self, revision=self.revision + 1, parts=((*first, changed), *others))


def write(place: Place, count: int, shelf: str) -> list[Document]:
    """`count` documents of a place, newest first. shelf: name of the column, so that columns hold different ones."""
    return [_document(place, shelf, serial) for serial in range(count, 0, -1)]


def next_document(place: Place, shelf: str, documents: list[Document]) -> Document:
    """The one that is published after all of these."""
    return _document(place, shelf, 1 + max((document.serial for document in documents), default=0))


def _document(place: Place, shelf: str, serial: int) -> Document:
    chance = Random(f"{place.name}/{shelf}/{serial}")
    offset = sum(map(ord, shelf))
    subject, genre, theme = SUBJECTS[(serial * 7 + offset) % len(SUBJECTS)]
    again = serial // len(SUBJECTS)
    written = date(2018, 3, 1) + timedelta(days=(2700 * serial) // (serial + 12))
    published = datetime(written.year, written.month, written.day, 9, serial % 60, tzinfo=CHINA) + timedelta(days=3)
    year = f"（{written.year}年第{again + 1}批）" if again else ""
    office = serial % 3 != 0
    issuer = place.office if office else f"{place.name}人民政府"
    title = f"{issuer}关于印发{place.name}{subject}{genre}{year}的通知"
    number = f"{place.mark}{'办发' if office else '发'}〔{written.year}〕{serial + 4}号"
    return Document(
        key=f"{place.name}/{shelf}/{serial}",
        serial=serial,
        title=title,
        genre="通知",
        theme=theme,
        doc_number=number,
        index_number=f"{place.code}000/{written.year}-{serial:05d}",
        issuer=issuer,
        written=written,
        published=published,
        validity="失效" if serial % 9 == 4 else "有效",
        keywords=f"{subject},{genre}",
        parts=_parts(place, subject, genre, issuer, written, serial, chance),
        attachments=_attachments(place, subject, serial),
        charset="gb18030" if serial == 5 else "utf-8",
    )


def _parts(
    place: Place, subject: str, genre: str, issuer: str, written: date, serial: int, chance: Random
) -> tuple[tuple[str | Table, ...], ...]:
    cover: list[str | Table] = [
        "各县（市、区）人民政府，市政府各部门、各直属单位：",
        f"《{place.name}{subject}{genre}》已经市政府同意，现印发给你们，请结合实际认真贯彻落实。",
        issuer,
        f"{written.year}年{written.month}月{written.day}日",
        "（此件公开发布）",
        f"{place.name}{subject}{genre}",
    ]
    chapters: list[list[str | Table]] = []
    for number, heading in zip("一二三四五", HEADINGS, strict=True):
        chapter: list[str | Table] = [f"{number}、{heading}"]
        for item, sentence in enumerate(chance.sample(SENTENCES, 3)):
            words = sentence.format(place=place.name, subject=subject, n=chance.randint(12, 980), year=written.year + 3)
            chapter.append(f"（{'一二三'[item]}）{words}")
        chapters.append(chapter)
    chapters[2].append(
        (
            ("序号", "重点任务", "责任单位", "完成时限"),
            *((str(row), chance.choice(TASKS), chance.choice(OFFICES), f"{written.year + 1}年底") for row in (1, 2, 3)),
        )
    )
    if serial == 5:
        chapters[-1].append(RARE)
    if serial % 8 == 3:  # a long one, in three pages
        return (tuple(cover + chapters[0]), tuple(chapters[1] + chapters[2]), tuple(chapters[3] + chapters[4]))
    return (tuple(cover + [block for chapter in chapters for block in chapter]),)


def _attachments(place: Place, subject: str, serial: int) -> tuple[Attachment, ...]:
    if serial % 4 != 1:
        return ()
    plan = Attachment(f"附件1：{subject}任务分工表.docx", f"{place.name}{subject}任务分工表。牵头单位负总责。")
    form = Attachment(f"附件2：{subject}项目申报表.pdf", f"{place.name}{subject}项目申报表，一式三份。")
    return (plan, form) if serial % 8 == 1 else (form,)

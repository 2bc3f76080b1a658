"""Names of columns that hold policy, and links that may lead to one.

Enters: the name of a column, or the text and address of a link. Leaves: the kind of column and how sure it is.

>>> kind_of("政策解读"), kind_of("市政府文件"), kind_of("领导之窗")
(('interpretation', 6), ('policy', 9), None)
>>> promise("政务公开", "https://www.example.gov.cn/zwgk/"), promise("领导之窗", "https://www.example.gov.cn/ldzc/")
(5, 0)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.platforms.rows import NAVIGATION

if TYPE_CHECKING:
    from crawler.site import Kind

__all__ = ["PATH", "kind_of", "promise"]

NOT_WANTED = re.compile(r"征集|征求|图解|咨询|问答|问政|依申请|公开指南|年度?报告|年报|负责人|招标|采购|招聘|下载|专题")
WORDS: tuple[tuple[re.Pattern[str], Kind, int], ...] = (
    (re.compile("解读"), "interpretation", 6),
    (re.compile("规范性文件"), "policy", 10),
    (re.compile("文件"), "policy", 9),
    (re.compile("政策法规|规章"), "policy", 8),
    (re.compile("法规|政府令"), "policy", 7),
    (re.compile("公报"), "policy", 5),
    (re.compile("通知公告|公告公示|公示公告|通告|公告"), "notice", 5),
    (re.compile("政策"), "policy", 4),
)
"""Names of columns that hold policy, and how sure they are; a public crawler chooses by them too (domain.md §1.1)."""

HALLS = re.compile("信息公开|政务公开|公开目录|信息公开目录")
"""Pages from which such columns are reached."""
HALL = 3
PATHS = re.compile(r"/(?:zwgk|zfxxgk|xxgk|zcwj\w*|zcfg|zfwj|gfxwj|gkmlpt|zc)(?:/|$)|/col/col\d+/", re.IGNORECASE)
PATH = 2
DOCUMENTS = re.compile(
    r"/t(?:19|20)\d{6}_\d+|[0-9a-f]{32}\.s?html|/art/|/post_\d+|/content_\d+|/(?:19|20)\d\d/\d|\.(?:pdf|docx?|zip|xlsx?)$",
    re.IGNORECASE,
)
LONGEST_NAME = 16
"""Characters of a column's name; links with more are titles of documents."""


def kind_of(name: str) -> tuple[Kind, int] | None:
    """Kind of column and how sure it is, by a name; None if the name is none of a policy column."""
    if NOT_WANTED.search(name) or len(name) > LONGEST_NAME:
        return None
    return next(((kind, weight) for word, kind, weight in WORDS if word.search(name)), None)


def promise(label: str, target: str) -> int:
    """How likely a link leads to a column of policy, or to a page from which one is reached; 0: not at all."""
    if DOCUMENTS.search(target) or not label or len(label) > LONGEST_NAME:
        return 0
    if NAVIGATION.match(label) or NOT_WANTED.search(label):
        return 0
    kind = kind_of(label)
    weight = kind[1] if kind else HALL if HALLS.search(label) else 0
    return weight + (PATH if PATHS.search(urlsplit(target).path) else 0)

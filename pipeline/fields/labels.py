"""The labels under which Chinese government pages print their facts, and how to read "label: value" lines.

Enters: a line. Leaves: (field, value) pairs. The label variants are those of 信息公开 header tables (国办公开办函〔2019〕61号
names the fields) and of the line under a title, as printed by the CMS families; docs/rules.md lists where each was seen.

>>> labelled("时间: 2022-05-23 09:00 来源: 苏州市人民政府办公室 访问量:").pairs
(('published', '2022-05-23 09:00'), ('publisher', '苏州市人民政府办公室'), ('', ''))
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.text import fold, simplified_table, tidy

# field -> labels. "" marks what is no fact: counters, tools, names of editors.
HEADER = {
    "index_number": "索引号 信息索引号 索取号 索引编号",
    "doc_number": "发文字号 發文字號 文号 文件编号 公文文号 发文文号 发文号 文件号 发布文号 文件文号",
    "issuer": "发文机关 发文单位 制发机关 制发单位 发文部门 发文机构 发布机关 颁布机关 颁布单位 颁布部门 制定机关",
    "publisher": "发布机构 公开机构 公开责任部门 责任部门 信息提供单位 提供单位 信息提供机构 公开主体 信息公开责任单位",
    "title": "标题 法规名称 法规标题 原标题 名称 信息名称 文件名称 公文名称 文件标题",
    "theme": "主题分类 分类 信息分类 主题类别 主题 类别 所属主题 公文主题",
    "genre": "体裁分类 体裁 文种 公文种类 公文类型 文件类型 文件种类 信息体裁",
    "written": "成文日期 成文时间 发文日期 发文时间 生成日期 生成时间 签发日期 制发日期 制文日期 印发日期 印发时间 颁布日期 颁发时间 颁布时间",
    "published": "发布日期 发布时间 公开日期 公开时间 上网日期 上网时间 公布日期 公布时间 发表时间 发表日期 更新时间 更新日期 录入时间 公发布日",
    "effective": "生效日期 施行日期 实施日期 生效时间 施行时间 实施时间 执行日期",
    "expires": "失效日期 废止日期 失效时间 废止时间 终止日期 有效期至 有效期 有效期限",
    "validity": "有效性 时效 效力属性 法规时效 效力状态 是否有效 时效性 文件状态 效力 有效状态 文件时效 状态",
    "": "主题词 关键词 关键字 内容概述 内容概要 概述 摘要 公开类别 公开方式 公开范围 公开形式 统一登记号 规范性文件登记号 登记号 "
    "信息类别 公开时限 公开属性 公开程序 服务对象 适用对象 所属机构 索引 载体类型 审核程序 组配分类 事项分类 规范性文件编号 行文方向 法规编号 依据文号 参考文号 效力级别 效力等级 法规类别 专题分类 信息来源地 提示",
}
LINE = {
    "published": "发布时间 发布日期 时间 日期 发稿时间 发表于 发表时间 发布于 添加时间 更新时间 更新日期 信息时间 文章时间",
    "publisher": "来源 信息来源 文章来源 稿源 稿件来源 发布机构 发布单位 来源单位 供稿 供稿单位 内容来源 文章出处 出处 信息提供 发布者 资料来源单位",
    "": "访问量 浏览次数 浏览量 浏览 点击 点击数 点击率 点击量 点击次数 阅读 阅读量 阅读次数 阅读数 访问次数 阅览次数 人气 查看 字体 字号 字体大小 "
    "作者 编辑 责任编辑 责编 审核 校对 撰稿 发布人 录入 录入者 录入人 打印 分享 分享到 分享至 保护视力色 视力保护色 背景色 关闭 收藏 "
    "栏目 所属栏目 标签 关键词 tags 评论 值班编辑 初审 复审 终审 一审 二审 三审 审核人 上传人 浏览字号 文章字号",
}
PRINTED = {label: name for name, labels in HEADER.items() for label in labels.split()}
"""Folded label -> field, for cells of a header table."""


def _spaced(label: str) -> str:
    return r"\s*".join(map(re.escape, label))


def _pattern(*groups: dict[str, str]) -> re.Pattern[str]:
    labels = {label for group in groups for names in group.values() for label in names.split()}
    return re.compile(
        r"(?<![一-龥])(?:[\[【(]\s*)?(?:"
        + (names := "(" + "|".join(_spaced(x) for x in sorted(labels, key=len, reverse=True)) + ")")
        + r"\s*:|(?<=[\[【])\s*"
        + names
        + r"\s*[\]】]\s*:?)\s*"
    )


_LINE = _pattern(LINE, HEADER)
_FIELD = {**PRINTED, **{label: name for name, labels in LINE.items() for label in labels.split()}}
_COUNTER = re.compile(
    r"(?:(?:已有|共|被)?(?:浏览|阅读|点击|访问|查看)(?:量|数|次数)?[:]?\s*\d*\s*(?:次|人次|人)?(?:浏览|阅读)?|\d+\s*(?:次)?(?:浏览|阅读|点击))"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """prefix: what stands before the first label. pairs: (field, value), field "" where the value is no fact."""

    prefix: str
    pairs: tuple[tuple[str, str], ...]


def labelled(text: str) -> Labelled | None:
    """Read a line made of labels and values; None if it has no label."""
    plain = unicodedata.normalize("NFKC", text).translate(simplified_table())
    plain = tidy(plain.replace("∶", ":"))
    found = list(_LINE.finditer(plain))
    if not found:
        return None
    ends = [match.start() for match in found[1:]] + [len(plain)]
    pairs = tuple(
        (_FIELD[fold(match[1] or match[2])], plain[match.end() : end].strip(" |/;,[]【】)"))
        for match, end in zip(found, ends, strict=True)
    )
    return Labelled(plain[: found[0].start()].strip(" |["), pairs)


def label_of(text: str) -> str | None:
    """The field if the whole line is one label of a header table ("索 引 号："), else None; "" for labels of no fact."""
    return PRINTED.get(fold(text).strip(":[]【】()"))


def is_counter(key: str) -> bool:
    """True for a folded line that only counts visits."""
    return _COUNTER.fullmatch(key.strip("()[]【】|")) is not None

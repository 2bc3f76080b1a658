"""The foot of a page goes; the end of a document stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pagemaker import draft, record, rules, texts

from pipeline.filters.tail import cut_tail
from pipeline.model import Attachment
from pipeline.steps import clean

if TYPE_CHECKING:
    from pipeline.draft import Draft

SENTENCE = "各地各部门要加强组织领导，落实工作责任，确保各项任务按期完成。"


def test_the_tail_goes_and_the_end_of_the_document_stays() -> None:
    end = ["苏州市人民政府", "2022年5月19日", "（此件公开发布）"]
    tail = ["相关链接", "关于某事的解读", "版权所有：苏州市人民政府", "苏ICP备05007022号-1"]
    page = cut_tail(draft(SENTENCE, *end, *tail))
    assert texts(page) == [SENTENCE, *end]
    assert set(rules(page)) == {"furniture.tail"}


@pytest.mark.parametrize(
    "end",
    [
        ["苏州市人民政府", "2022年5月19日"],
        ["（此件公开发布）"],
        ["附件", "重点工作清单", "一、加强领导"],
        ["联系人：王同志"],
        ["市长 李亚平"],
        ["附件：1.清单", "2.名单"],
    ],
)
def test_a_document_without_a_footer_keeps_its_end(end: list[str]) -> None:
    page = draft(SENTENCE, *end)
    assert texts(cut_tail(page)) == [SENTENCE, *end]


def test_the_source_line_and_the_files_below_a_document_become_facts() -> None:
    page = cut_tail(draft(SENTENCE, "来源:烟台市人民政府", "附件：", "重点工作清单.docx", "Copyright © 2024"))
    assert texts(page) == [SENTENCE]
    fact = page.find("publisher")
    assert fact
    assert (fact.value, fact.where) == ("烟台市人民政府", "body")
    assert [(removal.evidence, removal.field) for removal in page.removals if removal.field] == [
        ("来源:烟台市人民政府", "publisher"),
        ("附件：", "attachments"),
        ("重点工作清单.docx", "attachments"),
    ]


def in_container(*lines: str) -> Draft:
    return cut_tail(replace(draft(*lines), extractor="container"))


@pytest.mark.parametrize(
    "end",
    [
        ["主办单位：青屿市人民政府", "承办单位：青屿市文化和旅游局", "联系人：李明"],
        ["咨询热线：0599-1234567", "投诉举报热线：12345"],
        ["技术支持：0599-7654321", "监督电话：12345"],
        ["资料来源：就业数据来自市人社局，其他数据来自市统计局。"],
        ["声明：本单位从未委托任何机构收费。"],
        ["作者：青屿市地方志办公室", "审核：李明"],
        ["关键词：水利 建设"],
        ["更多优惠详见各景区公告"],
        ["关于十四五规划的解读", "关于营商环境的解读"],
        ["青屿一号物流公司 道路运输经营许可证3501"],
        ["申请→受理→审核→发证"],
    ],
)
def test_in_a_known_container_a_document_keeps_its_last_lines(end: list[str]) -> None:
    assert texts(in_container(SENTENCE, *end)) == [SENTENCE, *end]


@pytest.mark.parametrize(
    "tail",
    [
        ["版权所有：青屿市人民政府"],
        ["责任编辑：李明"],
        ["主办：青屿市人民政府 技术支持：青屿市大数据中心", "苏ICP备05007022号-1"],
        ["作者：李明", "更多资讯请看本报"],
        ["最新文章", "关于做好某项工作的通知2022-05-01", "关于做好另一项工作的通知2022-05-02"],
    ],
)
def test_in_a_known_container_what_only_a_site_prints_goes(tail: list[str]) -> None:
    page = in_container(SENTENCE, "青屿市人民政府", *tail)
    assert texts(page) == [SENTENCE, "青屿市人民政府"]


def test_the_mark_over_files_whose_links_were_read_goes_with_them() -> None:
    file = Attachment(name="清单", url="http://www.qingyu.gov.cn/a.doc")
    assert texts(cut_tail(replace(draft(SENTENCE, "附件："), files=(file,)))) == [SENTENCE]
    assert texts(cut_tail(draft(SENTENCE, "附件："))) == [SENTENCE, "附件："]


def test_short_lines_below_the_pages_tools_are_the_sites() -> None:
    text = (
        "关于空气质量的通报",
        "各县（区）人民政府：",
        "现将有关情况通报如下。",
        "青屿市生态环境局",
        "2023年10月18日",
    )
    pool = ("菲菲国际总代", "天天测速", "富豪登录网址", "恒恒主管Q", "蓝蓝在线客服")
    found = clean(record("\n".join((*text, "【打印】【关闭】", "下一篇：没有了", *pool)))).document
    assert found
    assert found.text.endswith("2023年10月18日")
    imprint = ("抄送：市委办公室。", "青屿市生态环境局办公室 2023年10月18日印发")
    kept = clean(record("\n".join((*text, "【打印】【关闭】", *imprint)))).document
    assert kept
    assert kept.text.endswith(imprint[1])

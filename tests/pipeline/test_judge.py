"""What is no document is refused with its reason; documents about the same words are not."""

from __future__ import annotations

import pytest
from pagemaker import cleaned, draft, record

from pipeline.draft import Fact
from pipeline.judge import refuse_empty, refuse_non_documents
from pipeline.model import Removal
from pipeline.steps import clean

SENTENCE = "各地各部门要加强组织领导，落实工作责任，确保各项任务按期完成。"
LISTING = [line for n in range(1, 8) for line in (f"关于开展第{n}批绿色工厂申报工作的通知", f"2024-0{n}-12")]


def refused(*lines: str) -> str | None:
    found = cleaned(*lines)
    if found.document:
        return None
    (page,) = [removal for removal in found.removals if removal.scope == "page"]
    assert page.reason
    return page.rule


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (["404 Not Found", "nginx"], "judge.error_page"),
        (["对不起，您访问的页面不存在或已删除！", "返回首页"], "judge.error_page"),
        (["服务器内部错误"], "judge.error_page"),
        (["安全验证", "请完成滑动验证后继续访问"], "judge.challenge"),
        (["您的请求已被拦截", "创宇盾"], "judge.challenge"),
        (["Please enable JavaScript and refresh the page."], "judge.challenge"),
        (["用户名：", "密码：", "忘记密码"], "judge.login"),
        (["我已阅读并同意《用户服务协议》和《隐私政策》", "请勿将账号、密码及验证码告知他人。"], "judge.login"),
        (LISTING, "judge.listing"),
        ([""], "judge.empty"),
        (["首页 > 政策文件", "分享:"], "judge.empty"),
        (["澳门金沙官网 | 皇冠体育app下载 | 真人百家乐 | 时时彩平台 | 北京赛车投注平台"], "judge.spam_only"),
    ],
)
def test_a_page_that_is_no_document_is_refused(lines: list[str], rule: str) -> None:
    assert refused(*lines) == rule


@pytest.mark.parametrize(
    "lines",
    [
        ["关于规范政府网站404页面的通知", "各单位：", SENTENCE * 14],
        ["关于政务服务平台登录安全验证的通知", "各单位：", "要求用户输入验证码并定期修改密码。", SENTENCE * 14],
        ["关于公布2024年规范性文件清理结果的通知", "各单位：", SENTENCE, *LISTING],
        ["关于同意设立高新区的批复", "苏州市人民政府：同意设立，请抓好落实工作。"],
    ],
)
def test_a_document_about_such_things_is_none_of_them(lines: list[str]) -> None:
    assert refused(*lines) is None


def test_a_refusal_shows_what_was_refused() -> None:
    found = cleaned("404 Not Found", "页面不存在")
    assert [removal.evidence for removal in found.removals] == ["404 Not Found\n页面不存在"]


@pytest.mark.parametrize("file", ["绿色制造实施方案.pdf", "关于印发绿色制造体系实施方案的通知.docx"])
def test_a_page_whose_text_is_in_its_file_is_kept_and_flagged(file: str) -> None:
    found = cleaned("关于印发绿色制造体系实施方案的通知", "附件下载", file).document
    assert found
    assert found.flags == ("body_in_attachment",)
    assert [attachment.name for attachment in found.attachments] == [file]


@pytest.mark.parametrize("flag", ["needs_ocr", "body_in_attachment"])
def test_a_page_without_text_that_says_why_is_kept_if_it_has_a_title(flag: str) -> None:
    titled = draft().learn(Fact("title", "关于防汛的通知", "body", 1))
    assert refuse_empty(titled.flag(flag)) == titled.flag(flag)
    assert isinstance(refuse_empty(titled), Removal)
    assert isinstance(refuse_empty(draft().flag(flag)), Removal)


HEAD = "<title>{0}</title><body><h1>{0}</h1><div id=zoom>{1}</div>"
LINKS = "".join(f"<li><a href=/{n}.html>关于公布第{n}批绿色工厂名单的通知</a>" for n in range(8))


@pytest.mark.parametrize(
    ("inner", "rule"),
    [
        (f"<ul>{LINKS}</ul>", "judge.listing"),
        (f"<p>{SENTENCE}</p><ul>{LINKS}</ul>", None),
        ("<img src=/scan1.jpg>", None),
        ("<a href=/1.pdf>通知全文.pdf</a>", None),
        ("", "judge.empty"),
    ],
    ids=["a list of links", "a text with a list", "a scan", "a file", "nothing"],
)
def test_pages_of_html_are_judged_by_their_links_and_pictures(inner: str, rule: str | None) -> None:
    page = HEAD.format("关于公布绿色工厂名单的通知", inner)
    found = clean(record(page, media_type="text/html", url="https://www.example.gov.cn/a.html"))
    whole = [removal.rule for removal in found.removals if removal.scope == "page"]
    assert whole == ([rule] if rule else [])
    assert (found.document is None) == (rule is not None)


def test_a_good_draft_passes_both_untouched() -> None:
    page = draft("各单位：", SENTENCE)
    assert refuse_non_documents(page) is page
    assert refuse_empty(page) is page
    assert isinstance(refuse_empty(draft("好")), Removal)


def test_results_of_a_search_and_tables_of_documents_are_no_document() -> None:
    source = "<p>时间：2023-12-01 来源：宁泽市人民政府 快照</p>"
    result = f"<p>关于申报2023年度补贴资金的通知</p><p>现就申报事项通知如下：一、申报范围。……</p>{source}"
    rows = "".join(
        f"<tr><td><a href='/{n}.html'>关于第{n}号工程的通知</a></td><td>0001/2024-{n}</td><td>2024-03-1{n}</td></tr>"
        for n in range(8)
    )
    table = f"<table border=1><tr><th>名称</th><th>索引号</th><th>发布日期</th></tr>{rows}</table>"
    for body in (result * 3, f"<h2>近期信息公开</h2>{table}"):
        found = clean(record(f"<html><body>{body}</body></html>", media_type="text/html"))
        assert [removal.rule for removal in found.removals if removal.scope == "page"] == ["judge.listing"]


def test_a_challenge_may_stand_in_the_title() -> None:
    whom = "<p>来源IP：10.0.0.8</p><p>如误拦截，请联系宁泽市人民政府办公室</p>"
    page = f"<h1>您的访问被阻断。</h1>{whom}"
    found = clean(record(f"<html><title>提示</title><body>{page}</body></html>", media_type="text/html"))
    assert [removal.rule for removal in found.removals if removal.scope == "page"] == ["judge.challenge"]

"""Spam inside honest paragraphs: what goes, what stays, and what says why."""

from __future__ import annotations

import pytest
from pagemaker import draft, record

from pipeline.filters.spam.drop import drop_spam
from pipeline.filters.spam.sentences import cut_of
from pipeline.steps import clean

URL = "http://www.qingyu.gov.cn/a.html"
HONEST = "各单位要加强组织领导，落实工作责任，确保各项任务按期完成。"
AD = "金彩娱乐官网注册送58元，加微信ab12345领取彩金。"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (f"{HONEST}{AD}{HONEST}", AD),
        (f"{AD}{HONEST}", AD),
        (f"{HONEST}{AD}", AD),
        ("为规范用地审批，新葡京娱乐城官网www.xpj888.com，现就有关工作通知如下。", "新葡京娱乐城官网www.xpj888.com，"),
        ("各单位要高度重视bet365官网加微信ab12345安全生产工作。", "bet365官网加微信ab12345"),
        ("本平台拥有真人视讯、时时彩、捕鱼游戏，首存送彩金，24小时在线客服等你来玩！请按时报送。", None),
    ],
)
def test_spam_goes_and_not_a_letter_of_the_text_around_it(text: str, cut: str | None) -> None:
    found = cut_of(text)
    assert found == cut if cut else found.endswith("等你来玩！")


@pytest.mark.parametrize(
    "text",
    [
        "公安机关打击网络赌博，查处新葡京娱乐城等涉案网站www.xpj888.com，请勿加微信ab12345。",
        "请加强体育彩票销售点管理，联系电话：13800138000，QQ群：12345678。",
        "（一）真人赌博、体育投注、网络彩票；",
        "永利街道、开云路、九游湖、万博路、亚博馆社区均已完成。",
        "亚洲、欧美、日韩、国产四类设备在线免费展示。",
        "企业可通过平台网址www.example.com注册，客服QQ：12345678。",
        HONEST,
    ],
)
def test_honest_sentences_stay_whole(text: str) -> None:
    assert cut_of(text) == ""
    page = draft(HONEST, text, HONEST)
    assert drop_spam(page) is page


def test_a_cut_is_a_removal_with_its_words_and_the_page_is_flagged() -> None:
    found = drop_spam(draft(HONEST, f"{HONEST}{AD}{HONEST}"))
    assert [block.text for block in found.blocks] == [HONEST, HONEST + HONEST]
    assert [(removal.rule, removal.scope, removal.evidence, removal.line) for removal in found.removals] == [
        ("spam.sentence", "span", AD, 2)
    ]
    assert "compromised" in found.flags


def test_a_paragraph_that_was_nothing_else_goes_whole() -> None:
    found = drop_spam(draft(HONEST, AD))
    assert [block.text for block in found.blocks] == [HONEST]
    assert [(removal.rule, removal.scope) for removal in found.removals] == [("spam.sentence", "block")]


def test_a_page_about_the_fight_loses_nothing_though_one_line_does_not_say_so() -> None:
    warned = "警方提示：谨防新葡京娱乐城、金彩娱乐官网等网络赌博骗局。"
    page = draft(warned, warned, AD)
    assert drop_spam(page) is page


def test_pictures_between_words_go_where_they_are_many_and_those_of_the_writer_stay() -> None:
    spun = draft(f"各单位🧒要加强组织👦领导，落实👧工作责任。{HONEST}", "🎉重要通知", "欢迎报名！🎉")
    found = drop_spam(spun)
    assert found.blocks[0].text == f"各单位要加强组织领导，落实工作责任。{HONEST}"
    assert [block.text for block in found.blocks[1:]] == ["🎉重要通知", "欢迎报名！🎉"]
    once = draft(f"各单位🧒要加强组织领导。{HONEST}")
    assert drop_spam(once) is once


def html(body: str) -> str:
    title = "关于做好防汛工作的通知"
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div id=zoom>{body}</div></body></html>"


def test_a_link_of_the_trade_that_leaves_the_site_goes_alone() -> None:
    link = "<a href='http://ww787000.com/'>缅北银河国际网址</a>"
    page = html(
        f"<p>{link} {HONEST}</p><p>{HONEST}{link}</p><p>{link}</p><p>见<a href='http://a.com/'>软件下载页</a>。{HONEST}</p>"
    )
    found = clean(record(page, media_type="text/html", url="http://www.qingyu.gov.cn/a.html"))
    assert found.document is not None
    assert found.document.text.splitlines() == [HONEST, HONEST, f"见软件下载页。{HONEST}"]
    assert [removal.rule for removal in found.removals if removal.rule.startswith("spam")] == ["spam.link"] * 3
    assert "compromised" in found.document.flags


def test_spam_outside_the_body_and_hidden_spam_name_their_rule() -> None:
    pool = "<div class=foot>友情链接：新葡京 | 金彩娱乐官网 | 百家乐 | 北京赛车 | 六合彩特码</div>"
    hidden = "<div style='display:none'>新葡京娱乐城官网注册送58元</div>"
    page = html(f"<p>{HONEST}</p><p>{HONEST}</p>").replace("</body>", f"{pool}{hidden}</body>")
    found = clean(record(page, media_type="text/html", url="http://www.qingyu.gov.cn/a.html"))
    assert found.document is not None
    assert {removal.rule for removal in found.removals} >= {"spam.link_pool", "spam.hidden"}
    assert "compromised" in found.document.flags


@pytest.mark.parametrize("piece", ["www.a1.cc", "加微信ab12345", "bet365官网", "www.k88.vip加QQ12345678新葡京"])
def test_words_in_the_middle_of_a_word_go_and_the_word_is_whole_again(piece: str) -> None:
    text = f"各单位要认真贯彻国务{piece}院决定，加强组织领导。"
    assert cut_of(text) == piece


def test_cuts_that_touch_are_one_and_no_page_breaks() -> None:
    text = "新葡京娱乐城金彩娱乐官网bet365彩金www.a1.cc加微信ab12345百家乐平台" * 3
    found = drop_spam(draft(HONEST, f"{HONEST}{text}", f"国务{text}院"))
    assert found.blocks[0].text == HONEST
    assert all("bet365" not in block.text for block in found.blocks)


def test_names_of_firms_are_no_spam_wherever_they_lead() -> None:
    firms = ("皇冠家具制造厂", "葡京食品贸易有限公司", "银河微电子（云溪）有限公司")
    links = "、".join(f"<a href='http://www.co{n}-demo.com/'>{firm}</a>" for n, firm in enumerate(firms, 10))
    found = clean(record(html(f"<p>本次签约企业：{links}。</p><p>{HONEST}</p>"), media_type="text/html", url=URL))
    assert found.document
    assert found.document.text.startswith(f"本次签约企业：{'、'.join(firms)}。")
    assert "compromised" not in found.document.flags


def test_honest_words_that_spam_made_links_of_stay() -> None:
    spam = "<a href='http://lw1.vip8899.top/'>论文代写代发</a>、<a href='http://lw2.vip8899.top/'>毕业设计降重包过</a>"
    honest = "鼓励医务人员撰写<a href='http://lw3.vip8899.top/'>学术论文</a>，县财政给予奖励。"
    found = clean(record(html(f"<p>{honest}</p><p>{HONEST}</p><p>{spam}</p>"), media_type="text/html", url=URL))
    assert found.document
    assert found.document.text.splitlines()[0] == "鼓励医务人员撰写学术论文，县财政给予奖励。"
    assert "代写" not in found.document.text


def test_advertisements_in_other_languages_go_whole() -> None:
    for spam in ("buy cheap viagra online without prescription, fast shipping!", "nhà cái uy tín, tài xỉu online"):
        assert cut_of(f"{HONEST}{spam}") == spam


def test_lines_of_nothing_but_links_of_the_trade_go_with_the_strange_ones_among_them() -> None:
    names = ("缅北银河国际网址", "鹰眼天网找人", "光年极速梯子", "土狗拉盘喊单群")
    links = [f"<a href='http://x{n}.vip889{n}.top/'>{name}</a>" for n, name in enumerate(names)]
    for pool in (" ".join(links), "</p><p>".join(links), "<br>".join(links)):
        found = clean(record(html(f"<p>{HONEST}</p><p>{pool}</p><p>{HONEST}</p>"), media_type="text/html", url=URL))
        assert found.document
        assert found.document.text.splitlines() == [HONEST, HONEST]
        assert "compromised" in found.document.flags


def test_a_line_without_letters_is_no_line_of_links() -> None:
    for page in (f"{HONEST}\n——————\n{HONEST}", f"{HONEST}\n* * *\n{HONEST}"):
        assert drop_spam(draft(*page.splitlines())).removals == ()


def test_lists_of_other_sites_stay() -> None:
    names = ("青屿书画研究会", "中国水利企业协会官方网站", "全国扶贫宣传教育中心", "长江日报数字报平台")
    links = "</p><p>".join(f"<a href='http://www.site{n}.com/'>{name}</a>" for n, name in enumerate(names))
    found = clean(record(html(f"<p>{HONEST}</p><p>{links}</p>"), media_type="text/html", url=URL))
    assert found.document
    assert found.document.text.splitlines() == [HONEST, *names]

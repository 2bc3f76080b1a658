"""Spam goes with evidence; documents about the same subjects lose not one character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pagemaker import cleaned, draft, rules, texts

from pipeline.filters.spam.drop import drop_spam
from pipeline.filters.spam.evidence import score
from pipeline.text import letters

BODY = ("各县（区）人民政府：", "现将方案印发给你们，请结合实际认真贯彻执行，确保各项任务落到实处。")
LEGITIMATE = {
    "打击赌博": (
        "关于严厉打击网络赌博违法犯罪活动的通告",
        "严厉打击开设网上赌场、组织参与赌球、六合彩、百家乐、时时彩、老虎机等赌博违法犯罪活动。",
        "一、依法打击赌博网站、棋牌平台、网上投注、彩票开户等违法犯罪行为。",
        "（一）真人赌博、体育投注、网络彩票；",
        "严禁为赌博平台提供推广、支付结算服务",
    ),
    "扫黄打非": (
        "关于开展扫黄打非净网专项行动的通知",
        "全面清查淫秽色情网站、黄色视频、成人视频等有害信息，严肃查处涉黄直播app。",
        "二、重点整治色情直播、成人网站、情色短视频",
        "（三）打击招嫖、约炮、援交等涉黄违法犯罪",
    ),
    "福利彩票管理": (
        "福利彩票发行销售管理办法",
        "第一条 为规范福利彩票、体育彩票、竞彩足球、快三、双色球等游戏的发行销售，制定本办法。",
        "第二条 彩票代销者应当在开奖、投注、兑奖等环节执行规定。",
        "| 序号 | 游戏 | 投注 |\n| 1 | 福利彩票快三 | 2元 |",
        "体育彩票、福利彩票、开奖、投注、走势图",
    ),
    "成人高考": (
        "关于做好2024年成人高考免费报名工作的通知",
        "成人高等学校招生、成人教育、在线学习平台、免费观看课程视频",
        "欧美、日韩留学人员学历认证按有关规定办理。",
        "亚洲、欧美、日韩、国产四类设备在线免费展示。",
    ),
    "六合区": (
        "南京市六合区人民政府关于六合区彩票公益金使用情况的公告",
        "六合区体育局负责体育彩票公益金项目，六合彩虹社区负责实施。",
        "永利街道、开云路、九游湖、万博路、亚博馆社区均已完成。",
        "六合区 | 浦口区 | 江宁区 | 栖霞区",
    ),
}
TITLES = (
    "美国三级日本三级久久99_又黄又粗又爽免费观看_亚洲AV无码一区二区三区国产_亚洲欧洲偷自拍图片区_91精品国产网站",
    "澳门金沙官网|皇冠体育app下载|真人百家乐平台|时时彩开奖直播",
    "欧美日韩在线播放｜国产精品久久久｜成人免费视频｜午夜影院",
    "bet365官网 - 万博体育投注平台 - 亚博体育官网登录 - 送彩金",
)
POOLS = (
    "主站蜘蛛池模板: 中日韩在线视频 | 亚洲av片毛片成人观看 | 欧美成年人影院 | 国产精品久久 | 无码人妻",
    "友情链接：澳门威尼斯人 | 金沙娱乐 | 百家乐 | 北京赛车 | 六合彩特码",
    "国产精品视频_亚洲欧美日韩_成人免费视频_一区二区三区_欧美一级毛片_久久精品国产",
    "开元棋牌丨博彩平台丨真人娱乐丨彩票平台丨捕鱼游戏丨时时彩",
    "代写论文 | 代开发票 | 办证刻章 | 私家侦探 | 传奇私服 | 刷单兼职",
)


@pytest.mark.parametrize("subject", LEGITIMATE)
def test_a_document_on_the_subject_loses_nothing(subject: str) -> None:
    page = draft(*(line for text in LEGITIMATE[subject] for line in text.splitlines()))
    assert drop_spam(page) is page


@pytest.mark.parametrize("subject", LEGITIMATE)
def test_nor_does_it_in_the_whole_pipeline(subject: str) -> None:
    title, *lines = LEGITIMATE[subject]
    found = cleaned(title, *BODY, *lines, "特此通知，请认真贯彻执行。")
    assert found.document
    assert found.document.title == title
    assert "compromised" not in found.document.flags
    for line in lines:
        assert letters(line) in letters(found.document.text)


@pytest.mark.parametrize("title", TITLES)
def test_a_stuffed_title_goes(title: str) -> None:
    page = drop_spam(draft(title, "市政府关于印发方案的通知", *BODY))
    assert texts(page) == ["市政府关于印发方案的通知", *BODY]
    assert rules(page) == ["spam.stuffed_title"]
    assert page.removals[0].evidence == title
    assert page.flags == {"compromised"}


@pytest.mark.parametrize("pool", POOLS)
def test_a_pool_of_links_goes(pool: str) -> None:
    page = drop_spam(draft(*BODY * 5, pool))
    assert texts(page) == list(BODY * 5)
    assert rules(page) == ["spam.link_pool"]
    assert page.flags == {"compromised"}


def test_spam_links_one_a_line_go_with_their_label() -> None:
    links = ["友情链接", "澳门金沙官网", "皇冠体育投注平台", "真人百家乐", "时时彩平台"]
    page = drop_spam(draft(*BODY, *links))
    assert texts(page) == list(BODY)
    assert set(rules(page)) == {"spam.link_list"}


@pytest.mark.parametrize(
    "line",
    [
        "友情链接：中国政府网 | 江苏省人民政府 | 苏州市人民政府",
        "市工信局 | 市发改委 | 市科技局 | 市财政局 | 市商务局 | 市人社局",
        "市发改委、市体育局、市彩票中心、市文广旅局、市公安局",
        "首页 | 新闻 | 体育 | 视频 | 公告",
        "亚洲、欧洲、美洲、非洲、大洋洲",
        "推进生物医药_医疗器械_健康服务",
    ],
)
def test_rows_of_honest_words_stay(line: str) -> None:
    page = draft(*BODY, line)
    assert drop_spam(page) is page


def test_the_score_is_a_share() -> None:
    assert score("") == 0
    assert score("市工信局 | 市发改委") == 0
    assert score("时时彩平台 | 市发改委") == 0.5
    assert score("时时彩平台 | 真人百家乐") == 1


@given(st.lists(st.sampled_from([line for text in LEGITIMATE.values() for line in text]), min_size=1, max_size=6))
def test_no_mixture_of_honest_lines_is_spam(lines: list[str]) -> None:
    assert not [rule for rule in rules(drop_spam(draft("\n".join(lines)))) if rule.startswith("spam")]

"""Four layouts of government sites around a control's document: `{title}` and `{body}` are filled in.

Enters and leaves: templates for str.format. Their menus, tools and links to others are what honest sites have: a filter
may drop them, no one asks for them, but they must not make it drop the document.
"""

from __future__ import annotations

_HEAD = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{title}}_澄川市人民政府</title>'
    '<meta name="SiteName" content="澄川市人民政府"><meta name="SiteDomain" content="www.chengchuan.gov.cn">'
    '<meta name="ArticleTitle" content="{{title}}"><meta name="keywords" content="澄川市,政府网站,{0}"></head>'
)
_FRIENDS = (
    '<a href="http://www.gov.cn">中国政府网</a> | <a href="http://www.lanzhou.gov.cn">省政府</a> | '
    '<a href="http://www.people.com.cn">人民网</a> | <a href="http://www.xinhuanet.com">新华网</a> | '
    '<a href="https://www.creditchina.gov.cn">信用中国</a> | <a href="http://www.ccrcb.com">澄川农商银行</a>'
)
_MENU = "".join(
    f'<li><a href="/col{i}/">{name}</a></li>'
    for i, name in enumerate(("首页", "政务公开", "办事服务", "互动交流", "走进澄川", "数据开放", "专题专栏"))
)

ARTICLE = (
    _HEAD.format("通知公告")
    + f'<body><div class="nav"><ul>{_MENU}</ul></div>'
    + '<div class="article"><h1>{title}</h1><div class="info">'
    "<span>时间：2023-09-12 10:20</span><span>来源：澄川市人民政府</span><span>字号：[大 中 小]</span></div>"
    '<div id="zoom" class="article-con">{body}</div>'
    '<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div></div>'
    f'<div class="friend">友情链接：{_FRIENDS}</div>'
    '<div class="footer">主办：澄川市人民政府办公室 备案号：示备2021003号'
    "</div></body></html>"
)
TABLES = (
    _HEAD.format("政策文件")
    + '<body bgcolor="#ffffff"><table width="1000" align="center"><tr><td>您现在的位置：<a href="/">首页</a> &gt; '
    '<a href="/zc/">政策文件</a></td></tr><tr><td align="center"><b>{title}</b></td></tr><tr><td align="center">'
    '[ 2023-09-12 ] 浏览：<script>document.write(hits)</script></td></tr><tr><td class="content">{body}</td></tr>'
    '<tr><td><a href="javascript:window.print()">打印</a> <a href="javascript:void(0)">关闭</a></td></tr></table>'
    f'<table width="1000"><tr><td>部门链接 {_FRIENDS}</td></tr></table></body></html>'
)
HIDDEN_TOOLS = (
    _HEAD.format("公示公告") + '<body><div style="display:none"><img src="/logo300.png" alt="分享图"></div>'
    f'<header><nav><ul>{_MENU}</ul></nav></header><main><h2 class="tit">{{title}}</h2><p class="sub">'
    '时间：2023-09-12　来源：本站</p><div class="TRS_Editor">{body}</div><div id="qr" style="display:none">'
    '扫一扫在手机打开当前页</div><div class="xg"><b>相关信息</b><ul><li><a href="/a/1.html">澄川市召开例会</a></li>'
    '<li><a href="/a/2.html">关于公布年度考核结果的通报</a></li></ul></div></main>'
    f"<footer><select><option>友情链接</option><option>省政府</option></select><p>{_FRIENDS}</p></footer></body></html>"
)
BARE = (
    '<html><head><meta charset="utf-8"><title>{title}</title></head><body><h3>{title}</h3>{body}'
    '<p><a href="/index.html">返回首页</a></p></body></html>'
)
FRAMES = (ARTICLE, TABLES, HIDDEN_TOOLS, BARE)

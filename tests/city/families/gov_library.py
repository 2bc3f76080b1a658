"""The protocol of the State Council's policy library, spoken by the library of 云岭省.

GET /search-gov/data?t=zhengcelibrary&q=&p=1&n=20&sort=pubtime&searchfield=title… answers {"code":200,"searchVO":{…}}.
t=zhengcelibrary groups the rows: catMap{gongwen,bumenfile,otherfile}.listVO; t=zhengcelibrary_gw or _bm gives one kind
in listVO. n is at most 50. pubtime counts milliseconds, pubtimeStr prints 2022.05.23, titles have <em> around what was
searched. Beyond the end the code is 1001, searchVO null and data an empty list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.city.documents import Document, Place
from tests.city.families import Column, Site, declared
from tests.city.markup import article_metas, blocks, column_metas, escape, foot, labels, page
from tests.city.messages import Answer, Request, data

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = "/search-gov/data"
NOTHING = {"code": 1001, "msg": "抱歉，没有找到相关结果", "data": [], "searchVO": None}
KINDS = {"gov_library": ("gongwen", "zhengcelibrary_gw"), "gov_library_bm": ("bumenfile", "zhengcelibrary_bm")}


class GovLibrary(Site):
    name = "gov_library"

    def build(self) -> Sequence[Column]:
        province, office = Place("云岭省", "云岭政", "990000"), Place("云岭省槐安自治州", "槐政", "992300")
        folder = "/zhengce/zhengcewenjianku"
        return (
            Column("gov_library", f"{folder}/index.htm", province, 24, 20, "省政府文件", **_interface("gov_library")),
            Column("gov_library_bm", f"{folder}/bumen.htm", office, 12, 20, "部门文件", **_interface("gov_library_bm")),
        )

    def lists(self, request: Request) -> Answer | None:
        for column in self.columns.values():
            if request.path == column.path:
                return self.static(self._frame(column))
        if request.path == DATA:
            return self._data(request)
        return None

    def path_of(self, column: Column, document: Document) -> str:
        number = (5600000 if column.key == "gov_library" else 5700000) + document.serial
        return f"/zhengce/content/{document.published:%Y%m}/content_{number}.htm"

    def _frame(self, column: Column) -> str:
        script = (
            f"<script>var url='{DATA}?t={KINDS[column.key][1]}&q=&timetype=timeqb&mintime=&maxtime=&sort=pubtime"
            "&sortType=1"
            f"&searchfield=title&p=1&n={column.per_page}&type=gwyzcwjk';$.getJSON(url,show);</script>"
        )
        body = f'<div class="zcwjk"><ul id="list"></ul></div>\n{script}\n'
        return page(f"政策文件库_{column.place.name}", column_metas(column), body + foot(column))

    def _data(self, request: Request) -> Answer:
        asked = request.query
        kind, words = asked.get("t", ""), asked.get("q", "")
        number, size = max(1, request.number("p", 1)), min(max(1, request.number("n", 5)), 50)
        wanted = [key for key, (_, name) in KINDS.items() if kind in (name, "zhengcelibrary")]
        groups = {KINDS[key][0]: [d for d in self.columns[key].documents if words in d.title] for key in wanted}
        total = sum(map(len, groups.values()))
        shown = {
            name: [self._row(d, words) for d in documents[(number - 1) * size : number * size]]
            for name, documents in groups.items()
        }
        if not any(shown.values()):
            return data(NOTHING)
        result: dict[str, Any] = {"q": words, "totalCount": total, "pageSize": size, "currentPage": number}
        if kind == "zhengcelibrary":
            empty: dict[str, Any] = {
                "otherfile": {"totalCount": 0, "listVO": []},
                "gongbao": {"totalCount": 0, "listVO": []},
            }
            counted = {name: {"totalCount": len(groups[name]), "listVO": rows} for name, rows in shown.items()}
            result |= {"catMap": counted | empty, "listVO": None}
        else:
            result |= {"catMap": None, "listVO": next(iter(shown.values()))}
        return data({"code": 200, "msg": "操作成功", "searchVO": result})

    def _row(self, document: Document, words: str) -> dict[str, Any]:
        column = next(c for c in self.columns.values() if document in c.documents)
        marked = words or document.keywords.partition(",")[0]
        return {
            "id": str(5600000 + document.serial),
            "title": document.title.replace(marked, f"<em>{marked}</em>"),
            "pcode": document.doc_number,
            "puborg": document.issuer,
            "childtype": document.theme.replace("/", "\\"),
            "index": document.index_number,
            "pubtime": int(document.published.timestamp() * 1000),
            "pubtimeStr": document.published.strftime("%Y.%m.%d"),
            "ptime": document.written.strftime("%Y.%m.%d"),
            "summary": f"{document.title}，请认真贯彻执行。",
            "url": self.url_of(column, document),
        }

    def detail(self, column: Column, document: Document, part: int) -> str:
        cells = [f"<td><b>{_wide(label)}：</b></td><td>{escape(value)}</td>" for label, value in labels(document)]
        rows = "\n".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
        body = (
            f'<div class="policyLibraryOverview"><table class="bd1">\n{rows}\n</table></div>\n'
            f"<h1>{escape(document.title)}"
            f'</h1>\n<div class="pages_content" id="UCAP-CONTENT">\n{blocks(document.blocks)}\n'
            f"{self.attachment_links(column, document)}\n</div>\n<div class='tools'>扫一扫在手机打开当前页</div>\n"
        )
        head = article_metas(column, document)
        return page(
            f"{document.title}_{column.title}_{column.place.name}", head, body + foot(column), declared(document)
        )


def _interface(key: str) -> dict[str, Any]:
    return {"interface": DATA, "facts": {"library": KINDS[key][1]}}


def _wide(label: str) -> str:
    """索　引　号: labels of three characters are spread to the width of four."""
    return "　".join(label) if len(label) == 3 else label

"""What sentences do to the documents that they name. The sentences are of the register of real ones."""

from __future__ import annotations

import pytest

from pipeline.fields.relations_cited import find_mentions
from pipeline.fields.relations_listed import listed
from pipeline.fields.relations_said import acts

A, B, C = "《某市供水办法》", "《某市排水办法》", "《某市节水条例》"


def types(text: str, explains: bool = False) -> list[str]:
    return list(acts(text, find_mentions(text), explains))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"本办法自2020年1月1日起施行。{A}同时废止。", ["repeals"]),
        (f"1987年4月29日国务院发布的{A}和1990年11月22日国务院批准、对外经济贸易部发布的{B}同时废止", ["repeals"] * 2),
        (f"经国务院批准，1961年由交通部发布的{A}即行废止", ["repeals"]),
        (f"{A}、{B}{C}同时废止", ["repeals"] * 3),
        (f"{A}（某政发〔2009〕3号）自本通知施行之日起废止", ["repeals"]),
        (f"原{A}停止执行；{B}宣布失效。{C}不再执行", ["repeals"] * 3),
        (f"决定对{A}等7件规章（附件1）予以废止，对{B}等3件规章宣布失效", ["repeals"] * 2),
        (f"决定废止{A}和{B}", ["repeals"] * 2),
        ("某政发〔2009〕3号文件同时废止", ["repeals"]),
        (f"根据{C}，废止1998年市政府发布的{A}", ["cites", "repeals"]),
        (f"依据{C}制定本办法，{A}同时废止", ["cites", "repeals"]),
        (f"{A}中有关看守所的规定同时废止", ["amends"]),
        (f"{A}第五条同时废止", ["amends"]),
        (f"现决定对{A}作如下修改", ["amends"]),
        (f"一、将{A}第五条中的“甲”修改为“乙”", ["amends"]),
        (f"{A}根据本决定作相应修改，重新公布", ["amends"]),
        (f"对{A}（某政发〔2009〕3号）的部分条款进行修订", ["amends"]),
        (f"现将{A}印发给你们", ["issues"]),
        (f"现将修订后的{A}和{B}印发你们", ["issues"] * 2),
        (f"{A}已经市政府同意，现印发给你们，请认真贯彻执行", ["issues"]),
        (f"根据{C}，现将{A}印发给你们", ["cites", "issues"]),
        (f"省民政厅{A}已经省政府同意，现转发给你们", ["forwards"]),
        (f"{A}已经市政府常务会议通过，现予公布", ["issues"]),
    ],
)
def test_what_is_done(text: str, found: list[str]) -> None:
    assert types(text) == found


@pytest.mark.parametrize(
    "text",
    [
        f"其上位法规{A}已废止",
        f"{A}的废止程序",
        f"{A}废止前已经受理的",
        f"不得废止{A}",
        f"建议修改{A}",
        f"抓紧研究对{A}进行修改",
        f"市政府印发了{A}",
        f"与{A}不一致的，以本办法为准",
        f"对{A}进行了修订",
        f"被{A}替代",
        f"国务院关于修改部分行政法规的决定和{A}规定的",
    ],
)
def test_what_is_reported_proposed_or_ruled_out_is_cited(text: str) -> None:
    assert types(text) == ["cites"]


def test_only_an_interpretation_interprets() -> None:
    text = f"现就{A}解读如下"
    assert types(text, explains=True) == ["interprets"]
    assert types(text) == ["cites"]


def test_a_run_of_titles_in_a_table_is_no_list_of_what_ends() -> None:
    assert types(f"保留文件1{A}2{B}3{C}废止") == ["cites", "cites", "repeals"]


LIST = """附件1
某县人民政府废止和宣布失效的行政规范性文件目录
| 序号 | 文件名称 | 文号 | 备注 |
| --- | --- | --- | --- |
| 1 | 某县人民政府关于加强小水电站管理的若干规定 | 某政发〔2004〕27号 | 已被《某县水利规划》代替 |
| 2 | 《某县供水办法》 | 某政发〔2009〕112号 |  |
继续有效的文件目录
| 1 | 某县农村宅基地管理规定 | 某政发〔2014〕9号 |  |"""


def test_lists_of_what_ends_name_one_document_a_row() -> None:
    found = list(listed(LIST, find_mentions(LIST)))
    assert [(kind, one.title, one.number) for one, kind in found] == [
        ("repeals", "某县人民政府关于加强小水电站管理的若干规定", "某政发〔2004〕27号"),
        ("repeals", "某县供水办法", "某政发〔2009〕112号"),
    ]
    assert LIST[found[0][0].start : found[0][0].end] == "某县人民政府关于加强小水电站管理的若干规定"


def test_numbered_lines_do_so_until_another_line() -> None:
    head, items = "决定废止的规章目录（2件）", "1.某市供水办法（2001年3月1日公布）\n说明：已被代替\n2．某市排水办法"
    text = f"{head}\n{items}\n特此公告。\n3.某市节水条例"
    assert [one.title for one, _ in listed(text, find_mentions(text))] == ["某市供水办法", "某市排水办法"]
    assert list(listed("1.某市供水办法", [])) == []

"""What the names of public bodies look like.

Enters: a line, or the value of a field. Leaves: whether it is the name of a body that issues documents. The endings are
those of 国务院机构设置, of the organs of local governments, and of the units under them that sign notices (事业单位
登记管理暂行条例, 第二条), with the companies and agencies that publish tenders.

>>> is_organisation("苏州市人民政府办公室"), is_organisation("红棉区南塘街道办事处"), is_organisation("市政府")
(True, True, False)
"""

from __future__ import annotations

import re

from pipeline.fields.division import leading_place
from pipeline.text import fold

_DEPARTMENT = (
    "(?:财政|教育|科技|技术|公安|民政|司法|保障|人事|劳动|资源|环境|保护|建设|交通|运输|水利|农村|农业|农牧|畜牧|渔业|林业"
    "|商务|贸易|旅游|文化|信息化|产业|管理|事务|审计|卫生|健康|监察|安全|统计|体育|外事|经济)厅"
)
"""Departments of a province. What else ends in 厅 is a room: 报告厅, 服务大厅."""
_UNIT = (
    "(?:办事|管理|事务|联络|代表|筹备|调查)处|(?:派出|研究|税务|监管|司法|管理)所|(?:监测|监督|推广|服务|管理|防治|工作)站"
    "|(?:调查|勘察|考古)队|海关|联席会议|(?:工作|专项|领导|评审|协调)(?:小)?组|专班|(?:合作|联|供销)社|基金会|学会|商会"
    "|(?:[省市区县州]委|[省市区县州]府|网信|外事|侨务|台湾|编制|文明|创建|爱卫|食安|安委|指挥部|领导小组|工作|法制|金融|维稳|信访)办"
    "|大学|学校|纪念馆|博物馆|图书馆|档案馆|党组"
)
"""Units whose last character alone says little: 之处, 场所, 车站, 部队."""
_ORGANISATION = re.compile(
    rf"^(?:中共|中国)?[一-龥（()）·“”\s]{{1,40}}?(?:人民政府|人民代表大会|常务委员会|委员会|办公室|办公厅|总局|局|{_DEPARTMENT}"
    rf"|部|署|院|管委会|政府|指挥部|委|总队|支队|大队|行|联合会|总会|协会|中心|公司|集团|{_UNIT})"
    r"(?:办公室|办公厅)?(?:\([一-龥]{1,12}(?:局|办公室|委员会|中心|署)\))?$"
)
_NATIONAL = ("国务院", "中华人民共和国", "中共中央", "国家", "中国")
_CENTRAL = re.compile(
    r"国务院|审计署|(?:外交|国防|教育|科技|公安|民政|司法|财政|水利|农业|商务|卫生|交通|铁道|文化|建设|监察|人事|劳动|国土资源"
    r"|环境保护|农业农村|生态环境|自然资源|应急管理|交通运输|文化和旅游|住房和城乡建设|工业和信息化|科学技术|退役军人事务)部"
)
"""国务院 and its ministries (国务院机构设置, 1998 to 2023): the only bodies whose names are that short."""
ISSUER_LINE = re.compile(
    rf"^(?:中共)?.{{2,28}}(?:人民政府|委员会|办公室|办公厅|局|厅|部|院|政府|国务院|管委会|总队|支队|中心|{_UNIT})$"
)
"""A folded line that is the name of one public body."""


def is_body(name: str) -> bool:
    """True for what ends as the name of a body does, with or without its place: 市政府, 区发展改革委."""
    return _ORGANISATION.match(fold(name)) is not None


def is_part(name: str) -> bool:
    """True for a body without a place of its own, as an office within another one has it: 科技创新局."""
    key = fold(name)
    return is_body(key) and not leading_place(key) and not key.startswith(_NATIONAL)


def is_organisation(name: str) -> bool:
    """True for the full name of a public body (市政府 and the like name no place and are not)."""
    key = fold(name)
    if _CENTRAL.fullmatch(key):
        return True
    if not 4 <= len(key) <= 60 or not _ORGANISATION.match(key):
        return False
    return bool(leading_place(key.removeprefix("中共"))) or key.startswith(_NATIONAL) or len(key) >= 6

"""A small corpus on disk: cleaned shards, their indexes and the live table that `find_duplicates` reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_factory import cleaned, document

from pipeline.corpus.corpus import Corpus
from pipeline.corpus.duplicates.find import Duplicates, find_duplicates
from pipeline.corpus.tables import write_cleaned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.model import Document

LONG = (
    "各县区人民政府，市各委办局，各有关单位：\n为做好全市防汛抗旱工作，保障人民群众生命财产安全，根据上级部署，现就有关事项通知如下。\n"
    "一、提高思想认识。各地要充分认识当前形势的严峻性和复杂性，克服麻痹思想和侥幸心理，切实增强责任感和紧迫感。\n"
    "二、落实工作责任。严格执行行政首长负责制，层层压实责任，逐级签订责任书，确保每座水库、每段堤防都有专人负责。\n"
    "三、开展隐患排查。到2021年5月底，市财政安排补助资金12亿元，对山洪灾害易发区、城镇低洼地带进行拉网式检查。\n"
    "四、强化监测预警。水利、气象部门要密切关注雨情水情变化，及时发布预警信息，苏州市防汛指挥部实行昼夜值班。\n"
    "五、加强督促检查。市政府将组织督查组深入一线，对工作不力、造成严重后果的单位和个人，依法依规严肃追究责任。\n"
    "市人民政府办公室"
)
"""A notice of 300 letters with a year, an amount and a place."""

TITLE = "市政府办公室关于做好防汛抗旱工作的通知"

REGULATION = (
    "第一条 为了规范农业用水管理，节约水资源，根据有关法律、法规，结合本地实际，制定本办法。\n"
    "第二条 本行政区域内从事农业取水、输水、用水以及相关监督管理活动，适用本办法。\n"
    "第三条 农业用水实行总量控制与定额管理相结合的制度，优先保障粮食作物基本用水需求。\n"
    "第四条 工商行政管理部门负责农业用水计量器具流通领域的监督管理，其他部门按照各自职责做好有关工作。\n"
    "第五条 用水单位应当安装合格的计量设施，保证计量设施正常运行，并接受监督检查。\n"
    "第六条 违反本办法规定的，由主管部门责令限期改正；逾期不改正的，依法给予处罚。\n"
    "第七条 本办法自公布之日起施行。"
)


@dataclass(slots=True)
class Library:
    """A cache folder that keeps what it has seen, as a nightly run does."""

    folder: Path
    shards: int = 0

    def find(self, *groups: Sequence[Document]) -> Duplicates:
        """Adds a shard for each group of documents, then looks for duplicates in all that was added so far."""
        for group in groups:
            write_cleaned(self.folder / f"{self.shards:03}.parquet", [cleaned(one) for one in group])
            self.shards += 1
        corpus = Corpus.of(sorted(self.folder.glob("[0-9][0-9][0-9].parquet")), self.folder)
        return find_duplicates(corpus.documents, corpus.catalogue, self.folder / "duplicates", None)


def notice(name: str, /, **changes: object) -> Document:
    """The notice about floods; every field can be changed."""
    return document(name, **{"title": TITLE, "text": LONG, "doc_number": None, **changes})

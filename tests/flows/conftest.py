"""A small folder of pages and a corpus to put them in; the clock stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.root import Root
from flows.server import PrefectServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

    Zhengce = Callable[..., Result]

EPOCH = "1767225600"
"""2026-01-01 00:00 UTC."""

NOTICE = """首页 > 政务公开 > 文件
{place}人民政府关于印发{place}绿色制造体系建设实施方案的通知
{number}
各县（区）人民政府，市政府各部门：
现将《{place}绿色制造体系建设实施方案》印发给你们，请结合实际认真贯彻执行。
一、总体要求
以绿色发展理念为引领,加快构建高效、清洁、低碳、循环的绿色制造体系,推动工业绿色转型升级。
二、主要任务
（一）创建绿色工厂。按照厂房集约化、原料无害化、生产洁净化的要求，到2027年建成绿色工厂{count}家。
（二）建设绿色园区。推动园区产业链接循环化改造，提高资源能源利用效率。
三、保障措施
各部门要加强组织领导，落实工作责任，确保各项任务按期完成。
{place}人民政府
2025年3月12日
扫一扫在手机打开当前页
"""


def notice(place: str, number: str, count: int) -> str:
    return NOTICE.format(place=place, number=number, count=count)


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("ZHENGCE_ROOT", "PREFECT_API_URL", "PREFECT_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two good pages and two broken files."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "苏州.txt").write_text(notice("苏州市", "苏府〔2025〕11号", 120), encoding="utf-8")
    (folder / "yantai.txt").write_text(notice("烟台市", "烟政发〔2025〕7号", 80), encoding="utf-8")
    (folder / "broken.jsonl.gz").write_bytes(b"\x1f\x8b\x08 this is no gzip file")
    (folder / "empty.html").write_bytes(b"")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


@pytest.fixture
def zhengce(corpus: Path) -> Zhengce:
    """Call a verb in this process: zhengce("run", folder)."""

    def call(*words: object) -> Result:
        return CliRunner().invoke(app, ["--root", str(corpus), *map(str, words)])

    return call


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """One Prefect server for all who need one: it takes 8 s to start."""
    home = tmp_path_factory.mktemp("server")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PREFECT_API_URL", raising=False)
        patch.setenv("PREFECT_HOME", str(home / "home"))
        patch.setenv("DO_NOT_TRACK", "1")
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        running = PrefectServer(Root(home))
        running.start()
    yield running
    running.end()

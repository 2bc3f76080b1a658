"""Remotes of the tests: a folder, a web server and an S3-compatible server on this machine; two versions to publish."""

from __future__ import annotations

import re
import shutil
import threading
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from moto.server import ThreadedMotoServer
from typer.testing import CliRunner

from flows.cli import app
from pipeline.corpus.manifest import Manifest, read_json
from pipeline.corpus.versions import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

DAY = 86_400
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
NOTICE = """{place}人民政府关于印发{place}绿色制造体系建设实施方案的通知
{number}
各县（区）人民政府，市政府各部门：
现将《{place}绿色制造体系建设实施方案》印发给你们，请结合实际认真贯彻执行。
一、总体要求
以绿色发展理念为引领，加快构建高效、清洁、低碳、循环的绿色制造体系，推动工业绿色转型升级。
二、主要任务
（一）创建绿色工厂。按照厂房集约化、原料无害化、生产洁净化的要求，到2027年建成绿色工厂{factories}家。
（二）建设绿色园区。推动园区产业链接循环化改造，提高资源能源利用效率。
{place}人民政府
2025年3月12日
"""
_numbers = count()


def write(page: Path, place: str, number: str, factories: int) -> None:
    page.write_text(NOTICE.format(place=place, number=number, factories=factories), encoding="utf-8")


@cache
def _built() -> TemporaryDirectory[str]:
    """A corpus with two versions, made once: the second has one more document."""
    folder = TemporaryDirectory(prefix="zhengce-")
    inbox, corpus = Path(folder.name, "inbox"), Path(folder.name, "corpus")
    inbox.mkdir()
    write(inbox / "yantai.txt", "烟台市", "烟政发〔2025〕7号", 80)
    write(inbox / "suzhou.txt", "苏州市", "苏府〔2025〕11号", 120)
    for day in range(2):
        environment = {"SOURCE_DATE_EPOCH": str(1767225600 + day * DAY)}
        run = CliRunner().invoke(app, ["--root", str(corpus), "run", str(inbox)], env=environment)
        assert run.exit_code == 0, run.output
        write(inbox / "jinan.txt", "济南市", "济政发〔2025〕3号", 55)
    return folder


def corpus(folder: Path) -> Path:
    """A copy of the corpus with two versions, for one test."""
    shutil.copytree(Path(_built().name, "corpus"), folder)
    return folder


def versions(root: Path) -> list[Manifest]:
    """What stands in a root, the oldest first."""
    found = [read_json(Manifest, path) for path in (root / "clean").glob(f"[!.]*/{MANIFEST}")]
    return sorted(found, key=lambda one: one.created)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Web:
    """A folder behind HTTP: GET with ranges, HEAD, PUT. sent: bytes of each body by its path.

    ranges: False for a server that only gives whole files. cut: the next long blob breaks after so many bytes.
    refuse: a status for every request.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.ranges, self.cut, self.refuse = folder, True, 0, 0
        self.sent: dict[str, int] = {}
        self.received: list[str] = []
        self.address = ""


class _Handler(BaseHTTPRequestHandler):
    web: Web
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.web.folder / self.path.lstrip("/")
        if self.web.refuse or not path.is_file():
            self.send_error(self.web.refuse or 404)
            return
        content, status = path.read_bytes(), 200
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted and self.web.ranges:
            first, last = int(wanted[1]), int(wanted[2] or len(content) - 1)
            whole, content, status = len(content), content[first : last + 1], 206
        self.send_response(status)
        if status == 206:
            self.send_header("Content-Range", f"bytes {first}-{last}/{whole}")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if self.web.cut and "/blobs/" in self.path and len(content) > self.web.cut:
            content, self.web.cut, self.close_connection = content[: self.web.cut], 0, True
        self.web.sent[self.path] = self.web.sent.get(self.path, 0) + len(content)
        self.wfile.write(content)

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.web.refuse:
            self.send_error(self.web.refuse)
            return
        path = self.web.folder / self.path.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.web.received.append(self.path.lstrip("/"))
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[Web]:
    """A web server for the folder while the block runs."""
    web = Web(folder)
    handler = type("Handler", (_Handler,), {"web": web})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        web.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()


@cache
def _s3() -> str:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    return "http://{}:{}".format(*server.get_host_and_port())


def bucket(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a new, empty bucket; this process and its children can reach it."""
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": _s3()}.items():
        monkeypatch.setenv(name, value)
    from fsspec import filesystem

    name = f"bucket-{next(_numbers)}"
    filesystem("s3", skip_instance_cache=True).mkdir(name)
    return f"s3://{name}"


@contextmanager
def remote_of(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty remote: "folder", "http" or "s3"."""
    folder.mkdir(parents=True, exist_ok=True)
    match kind:
        case "folder":
            yield str(folder / "there")
        case "http":
            with serving(folder) as web:
                yield f"{web.address}/there"
        case _:
            yield f"{bucket(monkeypatch)}/there"

"""Remotes: the same operations on a folder, a web server and an S3-compatible server; trouble in one line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from remotes import remote_of, serving

import flows.remote
from flows.address import open_remote
from flows.errors import WrongUse
from flows.remote import Absent, RemoteError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.remote import Remote

TEXT = "政策" * 1000
CONTENT = TEXT.encode()


@pytest.fixture(params=["folder", "http", "s3"])
def remote(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Remote]:
    with remote_of(request.param, tmp_path / "remote", monkeypatch) as address:
        yield open_remote(address)


def test_what_is_written_is_read(remote: Remote, tmp_path: Path) -> None:
    local = tmp_path / "local"
    local.write_bytes(CONTENT)
    remote.put(local, "blobs/ab/abc")
    remote.write(b"one", "latest.json")
    remote.write(b"two", "latest.json")
    assert remote.read("latest.json") == b"two"
    assert remote.size("blobs/ab/abc") == len(CONTENT)
    assert b"".join(remote.chunks("blobs/ab/abc", 0, len(CONTENT))) == CONTENT


def test_what_is_not_there(remote: Remote) -> None:
    assert remote.read("latest.json") is None
    assert remote.size("blobs/ab/abc") is None
    with pytest.raises(Absent, match="there is no such file"):
        list(remote.chunks("blobs/ab/abc", 0, 9))


def test_a_file_from_its_middle_on(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.remote, "BLOCK", 1000)
    remote.write(CONTENT, "file")
    chunks = list(remote.chunks("file", 2500, len(CONTENT)))
    assert b"".join(chunks) == CONTENT[2500:]
    assert len(chunks) == 4


@pytest.mark.parametrize("start", [0, 2500])
def test_a_server_that_gives_whole_files_only(start: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.remote, "BLOCK", 1000)
    (tmp_path / "file").write_bytes(CONTENT)
    with serving(tmp_path) as web:
        web.ranges = False
        assert b"".join(open_remote(web.address).chunks("file", start, len(CONTENT))) == CONTENT[start:]


def test_a_put_that_fails_leaves_nothing(tmp_path: Path) -> None:
    remote = open_remote(str(tmp_path / "there"))
    with pytest.raises(RemoteError):
        remote.put(tmp_path / "missing", "file")
    assert not [path for path in (tmp_path / "there").rglob("*") if path.is_file()]


@pytest.mark.parametrize("address", ["ftp://example.org/x", "https://example.org/x?key=secret", "memory://x"])
def test_an_address_that_cannot_be_one(address: str) -> None:
    with pytest.raises(WrongUse) as refused:
        open_remote(address)
    assert "secret" not in str(refused.value)


def test_nobody_answers_and_the_password_is_not_shown() -> None:
    remote = open_remote("http://user:secret@127.0.0.1:1/x")
    with pytest.raises(RemoteError) as refused:
        remote.read("latest.json")
    assert str(refused.value).startswith("http://127.0.0.1:1/x/latest.json: ")
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_server_that_refuses(tmp_path: Path) -> None:
    with serving(tmp_path) as web:
        web.refuse = 403
        with pytest.raises(RemoteError, match=r"latest\.json: the server answers 403"):
            open_remote(web.address).read("latest.json")
        with pytest.raises(RemoteError, match=r"latest\.json: the server answers 403"):
            open_remote(web.address).write(b"{}", "latest.json")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(WrongUse, match=r"zhengce\[s3\]"):
        open_remote("s3://bucket/x")


def test_a_folder_is_known_as_one(tmp_path: Path) -> None:
    assert open_remote(f"{tmp_path}/").folder == tmp_path
    assert open_remote(tmp_path.as_uri()).folder == tmp_path
    assert open_remote("https://example.org/x").folder is None

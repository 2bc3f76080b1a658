"""Servers that mean harm: each crawl ends soon, in little memory, with the good documents and the right words."""

from __future__ import annotations

import re
import ssl
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from city_crawl import DAY, card_for, go, held
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crawler.health import runs_folder
from tests.city import city

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.city import City

GOOD = ["good-1.html", "good-2.html", "good-3.html"]
MEMORY = 200 << 20
"""Beyond a crawl of nothing, which takes 95 MB; a child also bears the peak of the process that it was forked from."""


@pytest.fixture(scope="module")
def town() -> Iterator[City]:
    with city(bulk=20) as running:
        yield running


def memory(root: Path, run: str) -> int:
    log = (runs_folder(root, "city") / f"{run}.log").read_text(encoding="utf-8")
    return int(re.findall(r"'memusage/max': (\d+)", log)[0])


def names(root: Path) -> list[str]:
    return [url.rpartition("/")[2] for url in held(root)]


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> int:
    root = tmp_path_factory.mktemp("idle")
    return memory(root, go(card_for("http://127.0.0.1:9/list/"), root).run)


def test_lists_without_end_bombs_lies_and_ways_out(town: City, tmp_path: Path, idle: int) -> None:
    kinds = ("endless", "repeating", "redirects", "links", "huge", "lengths", "bomb", "deep", "binary")
    town.forget()
    card = card_for(
        *(town.hostile[kind] for kind in kinds), limits={"timeout": 3, "max_list_pages": 4, "max_bytes": 1 << 20}
    )
    health = go(card, tmp_path)
    walks = {kind: health.columns[f"c{number}"] for number, kind in enumerate(kinds)}
    assert health.outcome == "partial"
    assert (walks["endless"].walked, walks["endless"].pages) == ("cut", 4)
    assert (walks["repeating"].walked, walks["repeating"].rows) == ("end", 3)
    assert set(GOOD) <= set(names(tmp_path))
    assert health.failures["too_big"] == 4  # announced, in chunks, packed, and deep
    assert health.failures["redirects"] == 4
    assert health.failures["off_card"] == 5  # four redirects, and a refresh to an address of metadata
    assert health.failures["cut_short"] == 1
    assert health.counts.off_card >= 6
    assert memory(tmp_path, health.run) < idle + MEMORY
    assert {visit.site for visit in town.visits} == {"portal"}


@pytest.mark.parametrize(
    ("kind", "failures"),
    [("drip", {"timeout": 2}), ("broken", {"connection": 3, "cut_short": 1})],
    ids=["drip", "broken"],
)
def test_answers_that_never_end_and_that_break_off(
    kind: str, failures: dict[str, int], town: City, tmp_path: Path, idle: int
) -> None:
    health = go(card_for(town.hostile[kind], limits={"timeout": 0.4}), tmp_path)
    assert (health.outcome, health.failures) == ("partial", failures)
    assert set(GOOD) <= set(names(tmp_path))
    assert len(health.pending) == sum(failures.values())  # tried again, because such trouble passes
    assert memory(tmp_path, health.run) < idle + MEMORY


def test_entities_that_multiply(town: City, tmp_path: Path, idle: int) -> None:
    health = go(card_for(town.hostile["laughs"], platform="sitemap"), tmp_path)
    assert health.outcome in ("empty", "failed")
    assert memory(tmp_path, health.run) < idle + MEMORY


def test_nobody_is_there(tmp_path: Path) -> None:
    health = go(card_for("http://127.0.0.1:9/list/"), tmp_path)
    assert (health.outcome, health.failures) == ("failed", {"robots_unreachable": 1})


@contextmanager
def https(folder: Path) -> Iterator[str]:
    """A list page behind a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(DAY - timedelta(days=9000))
        .not_valid_after(DAY + timedelta(days=9000))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path != "/robots.txt" else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write('<ul><li><a href="/a.html">关于某事的通知</a> 2022-05-23</li></ul>'.encode() * 3)

        def log_message(self, *args: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_certificates_are_checked_unless_the_card_says_legacy(tmp_path: Path) -> None:
    with https(tmp_path) as url:
        strict = go(card_for(f"{url}/list/"), tmp_path)
        assert (strict.outcome, strict.failures) == ("failed", {"robots_unreachable": 1})
        assert go(card_for(f"{url}/list/", tls="legacy", id="old"), tmp_path).outcome == "ok"

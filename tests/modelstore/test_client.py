"""What goes wrong before a byte flows: certificates, clock, proxy, nobody there."""

import datetime
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.core.settings import Settings
from app.modelstore.errors import ModelStoreError
from app.modelstore.fetch import client as fetch_client
from app.modelstore.fetch.policy import HUB, Policy, policy_of
from app.modelstore.fetch.sources import ask
from app.modelstore.store import Store
from tests.modelstore.hub import QuietServer, listening_but_deaf
from tests.modelstore.offered import ARCHIVE_ROW, HUB_ROW, impatient, make_hub

DAY = datetime.timedelta(days=1)


def _errors(policy: Policy, tmp_path: Path) -> list[str]:
    _, failed = ask([HUB_ROW, ARCHIVE_ROW], Store(tmp_path), policy, threading.Event())
    assert all(isinstance(error, ModelStoreError) and error.hint for error in failed.values())
    return [str(error) for error in failed.values()]


class _Refuser(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""

    def do_CONNECT(self) -> None:
        self.send_response(407)
        self.send_header("Proxy-Authenticate", 'Basic realm="Amt"')
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def _serving(server: QuietServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def test_a_proxy_that_asks_for_a_password_is_named(tmp_path: Path) -> None:
    with _serving(QuietServer(("127.0.0.1", 0), _Refuser)) as port:
        policy = replace(impatient("https://hub.invalid"), proxy=f"http://127.0.0.1:{port}")
        assert all("Der Proxy verlangt ein Kennwort" in line for line in _errors(policy, tmp_path))


def test_nobody_there_and_nobody_answering(tmp_path: Path) -> None:
    assert all("Keine Verbindung zu" in line for line in _errors(impatient("http://127.0.0.1:1"), tmp_path))
    with listening_but_deaf() as url:
        policy = replace(impatient(url, stall=0.1), attempts=2)
        assert all("antwortet seit 0.1 s nicht" in line for line in _errors(policy, tmp_path))


@pytest.mark.parametrize("address", ["http://198.51.100.1", "ftp://127.0.0.1", "spiegel.amt"])
def test_addresses_that_are_not_to_be_used(tmp_path: Path, address: str) -> None:
    lines = _errors(impatient(address), tmp_path)
    assert len(lines) == 2
    assert all("nicht verschlüsselt" in line or "keine Adresse" in line for line in lines), lines


@pytest.mark.parametrize(
    ("begin", "end", "trusted", "words"),
    [
        (-10, -5, True, "gilt nicht zu der Zeit"),
        (5, 10, True, "gilt nicht zu der Zeit"),
        (-5, 5, False, "ist nicht zu trauen"),
    ],
)
def test_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begin: int, end: int, trusted: bool, words: str
) -> None:
    now = datetime.datetime.now(datetime.UTC)
    chain = _certificate(tmp_path / "server.pem", now + begin * DAY, now + end * DAY)
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(chain if trusted else empty))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    fetch_client.certificates.cache_clear()
    server = QuietServer(("127.0.0.1", 0), _Refuser)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with _serving(server) as port:
        lines = _errors(impatient(f"https://127.0.0.1:{port}"), tmp_path)
    fetch_client.certificates.cache_clear()
    assert len(lines) == 2 and all(words in line for line in lines), lines


def _certificate(path: Path, begin: datetime.datetime, end: datetime.datetime) -> Path:
    """A certificate of its own authority for 127.0.0.1, with its key."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(begin).not_valid_after(end)
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(text + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_settings_become_a_policy() -> None:
    assert policy_of(Settings()).hub == HUB
    found = policy_of(Settings(hub_address="https://spiegel/", proxy="http://p:1", download_stall_seconds=5))
    assert (found.hub, found.proxy, found.stall) == ("https://spiegel", "http://p:1", 5)
    with pytest.raises(ModelStoreError, match="größer als null"):
        policy_of(Settings(download_attempts=0))


def test_what_runs_on_this_machine_is_not_asked_for_through_a_proxy(tmp_path: Path) -> None:
    with make_hub() as hub:
        policy = replace(impatient(hub.url), proxy="http://127.0.0.1:1")
        assert _errors(policy, tmp_path) == []

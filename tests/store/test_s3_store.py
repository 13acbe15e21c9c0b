"""The store in storage that speaks S3, with a real server."""

import base64
import datetime
import hashlib
import itertools
import logging
import os
import threading
import time
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr

from archive.errors import OriginalDamaged, SettingsError, StorageAway, StorageError, StorageRefused
from archive.settings.store import StoreSettings
from archive.store.local_copies import LocalCopies
from archive.store.opening import open_bucket, open_stores
from archive.store.s3_bucket import Bucket
from archive.store.s3_store import S3Store
from archive.store.store import Store
from tests.servers.versitygw.fixtures import own_s3_server, s3_program, s3_server
from tests.servers.versitygw.server import SECRET, S3Server
from tests.store.contract import Damage, StoreContract

__all__ = ["own_s3_server", "s3_server"]

_numbers = itertools.count()


@pytest.fixture
def bucket_name() -> str:
    return f"bucket-{next(_numbers)}"


@pytest.fixture
def bucket_folder(s3_server: S3Server, bucket_name: str) -> Path:
    return s3_server.make_bucket(bucket_name)


@pytest.fixture
def bucket(s3_server: S3Server, bucket_name: str, bucket_folder: Path) -> Bucket:
    return Bucket(s3_server.settings(bucket_name))


@pytest.fixture
def store(bucket: Bucket, tmp_path: Path) -> Store:
    return S3Store(bucket, "originals", LocalCopies(tmp_path / "copies", 10**9))


@pytest.fixture
def damage(bucket: Bucket) -> Damage:
    def put_other_bytes(sha256: str, data: bytes) -> None:
        bucket.put(f"originals/{sha256[:2]}/{sha256}", data)

    return put_other_bytes


class TestS3Store(StoreContract):
    pass


def _on_another_machine(bucket: Bucket, tmp_path: Path) -> Store:
    return S3Store(bucket, "originals", LocalCopies(tmp_path / "other", 10**9))


def test_another_machine_reads_what_was_put(store: Store, bucket: Bucket, tmp_path: Path) -> None:
    sha256 = store.put_bytes(b"bilder").sha256
    assert _on_another_machine(bucket, tmp_path).path(sha256).read_bytes() == b"bilder"


def test_damaged_bytes_are_never_handed_out(
    store: Store, bucket: Bucket, damage: Damage, tmp_path: Path
) -> None:
    sha256 = store.put_bytes(b"riktiga bytes").sha256
    damage(sha256, b"felaktiga byt")
    other = _on_another_machine(bucket, tmp_path)
    with pytest.raises(OriginalDamaged):
        other.path(sha256)
    assert not list((tmp_path / "other").glob("[!.]*"))


def test_what_was_read_is_read_from_here_while_the_service_is_away(
    own_s3_server: S3Server, tmp_path: Path
) -> None:
    own_s3_server.make_bucket("arkivet")
    bucket = Bucket(own_s3_server.settings("arkivet", time_s=0.5))
    store = S3Store(bucket, "originals", LocalCopies(tmp_path / "copies", 10**9))
    sha256 = store.put_bytes(b"bilder").sha256
    own_s3_server.stop()
    assert store.path(sha256).read_bytes() == b"bilder"
    with pytest.raises(StorageAway):
        store.put_bytes(b"annat")
    own_s3_server.start()
    assert store.put_bytes(b"annat").created


def test_copies_take_no_more_room_than_they_may(bucket: Bucket, tmp_path: Path) -> None:
    copies = LocalCopies(tmp_path / "few", max_bytes=250_000)
    store = S3Store(bucket, "originals", copies)
    stored = [store.put_bytes(os.urandom(100_000)).sha256 for _ in range(5)]
    hours_ago = time.time() - 7200
    for age, sha256 in enumerate(stored):
        os.utime(tmp_path / "few" / sha256, (hours_ago + age, hours_ago + age))
    newest = store.put_bytes(os.urandom(100_000)).sha256
    assert {path.name for path in (tmp_path / "few").glob("[!.]*")} == {stored[-1], newest}
    assert store.path(stored[0]).stat().st_size == 100_000  # it is fetched again


def test_copy_in_use_is_not_cleared_away(bucket: Bucket, tmp_path: Path) -> None:
    store = S3Store(bucket, "originals", LocalCopies(tmp_path / "few", max_bytes=0))
    paths = [store.path(store.put_bytes(os.urandom(1000)).sha256) for _ in range(3)]
    assert all(path.is_file() for path in paths)


def test_unfinished_copies_are_cleared_when_they_are_old(bucket: Bucket, tmp_path: Path) -> None:
    store = S3Store(bucket, "originals", LocalCopies(tmp_path / "copies", 10**9))
    kept = store.put_bytes(b"kvar").sha256
    for name, age_s in (("new-old", 7200), ("new-young", 0)):
        (tmp_path / "copies" / name).touch()
        os.utime(tmp_path / "copies" / name, (time.time() - age_s,) * 2)
    assert store.clear_temporary(older_than_s=3600) == 1
    assert {path.name for path in (tmp_path / "copies").glob("[!.]*")} == {kept, "new-young"}


def test_objects_are_kept_by_kind_below_the_prefix(
    s3_server: S3Server, bucket_name: str, bucket_folder: Path, tmp_path: Path
) -> None:
    stores = open_stores(s3_server.settings(bucket_name), tmp_path / "data")
    original, picture = stores.originals.put_bytes(b"original"), stores.pictures.put_bytes(b"bild")
    assert (bucket_folder / "arkivet/originals" / original.sha256[:2] / original.sha256).is_file()
    assert (bucket_folder / "arkivet/pictures" / picture.sha256[:2] / picture.sha256).is_file()
    assert list(stores.pictures.digests()) == [picture.sha256]


@pytest.mark.parametrize(
    ("change", "error", "named"),
    [
        ({"url": "s3://finns-inte/arkivet"}, SettingsError, "store.url"),
        ({"secret_access_key": "fel"}, StorageRefused, "store.access_key_id"),
        ({"access_key_id": "fel"}, StorageRefused, "store.access_key_id"),
    ],
)
def test_wrong_setting_is_named_in_one_line(
    s3_server: S3Server,
    bucket_name: str,
    bucket_folder: Path,
    change: dict[str, str],
    error: type[SettingsError | StorageError],
    named: str,
) -> None:
    with pytest.raises(error) as raised:
        open_bucket(s3_server.settings(bucket_name, **change))
    assert named in raised.value.message
    assert "\n" not in raised.value.message
    assert SECRET not in raised.value.message


def test_service_that_is_away_is_told_and_no_reason_not_to_open(
    s3_server: S3Server, bucket_name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        bucket = open_bucket(s3_server.settings(bucket_name, endpoint="http://127.0.0.1:1", time_s=0.5))
    assert "does not answer" in caplog.text
    with pytest.raises(StorageAway):
        bucket.size_bytes("originals/x")


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """Make an authority of one's own and its certificate for the loopback address; return the authority's."""
    own_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca = _certificate("Arkivets provutfardare", own_key, "Arkivets provutfardare", own_key, is_ca=True)
    served = _certificate("127.0.0.1", key, "Arkivets provutfardare", own_key, is_ca=False)
    pem = serialization.Encoding.PEM
    (tmp_path / "ca.pem").write_bytes(ca.public_bytes(pem))
    (tmp_path / "cert.pem").write_bytes(served.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return tmp_path / "ca.pem"


def _certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    is_ca: bool,
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


@pytest.fixture
def tls_server(tmp_path: Path, authority: Path) -> Iterator[S3Server]:
    server = S3Server(s3_program(), tmp_path / "tls", (tmp_path / "cert.pem", tmp_path / "key.pem"))
    server.start()
    server.make_bucket("arkivet")
    yield server
    server.stop()


def test_certificate_of_one_s_own_needs_its_authority(
    tls_server: S3Server, authority: Path, tmp_path: Path
) -> None:
    trusting = tls_server.settings("arkivet", ca_file=authority)
    assert open_stores(trusting, tmp_path / "data").originals.put_bytes(b"bilder").created
    bucket = Bucket(tls_server.settings("arkivet", time_s=0.5))
    with pytest.raises(StorageAway, match=r"store\.ca_file"):
        bucket.check()


def test_secret_is_read_from_a_file(
    s3_server: S3Server, bucket_name: str, bucket_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n", "utf-8")
    settings = s3_server.settings(
        bucket_name, secret_access_key="", secret_access_key_file=tmp_path / "secret"
    )
    open_bucket(settings).check()
    (tmp_path / "secret").unlink()
    with pytest.raises(SettingsError, match=r"store\.secret_access_key_file"):
        open_bucket(settings)


class _Recording(BaseHTTPRequestHandler):
    """A service that has nothing, takes everything, and notes with which headers."""

    taken: ClassVar[list[Message]] = []

    def do_HEAD(self) -> None:
        self.send_error(404)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append(self.headers)
        self.send_response(200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        del code, size

    def log_error(self, *arguments: object) -> None:
        del arguments


def test_encryption_is_asked_of_the_service(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Recording) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = StoreSettings(
            url="s3://arkivet",
            endpoint=f"http://127.0.0.1:{server.server_address[1]}",
            access_key_id="a",
            secret_access_key=SecretStr("b"),
            encryption="aws:kms",
            kms_key_id="nyckel",
        )
        S3Store(Bucket(settings), "originals", LocalCopies(tmp_path / "copies", 10**9)).put_bytes(b"bilder")
        server.shutdown()
    (headers,) = _Recording.taken
    assert headers["x-amz-server-side-encryption"] == "aws:kms"
    assert headers["x-amz-server-side-encryption-aws-kms-key-id"] == "nyckel"
    assert headers["x-amz-checksum-sha256"] == base64.b64encode(hashlib.sha256(b"bilder").digest()).decode()

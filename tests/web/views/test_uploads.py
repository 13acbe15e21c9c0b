"""Files sent in pieces, by an independent client (tuspy) and over real connections."""

import base64
import hashlib
import io
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from tusclient.client import TusClient

from archive.accounts.api_tokens import new_api_token
from archive.accounts.throttle import UPLOAD_STARTS
from archive.catalogue.accounts import accounts, sign_in_states
from archive.model.accounts import Role, TokenScope
from archive.web.factory import create_app
from archive.web.http.large_bodies import LargeBodies
from archive.web.http.signed_in import COOKIE
from tests.waiting import wait_until
from tests.web.people import signed_in
from tests.web.uploading import UploadSite, upload_site

DECKS = Path(__file__).parents[3] / "samples" / "seminar"
TUS = {"Tus-Resumable": "1.0.0", "Sec-Fetch-Site": "same-origin"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}
MIB = 1024 * 1024


@pytest.fixture
def site(tmp_path: Path) -> Iterator[UploadSite]:
    with upload_site(tmp_path / "data", has_workers=False) as served:
        yield served


def _named(name: str, **more: str) -> str:
    values = {"filename": name, **more}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def _begin(site: UploadSite, size_bytes: int, metadata: str = "") -> str:
    answer = site.client.post(
        "/staff/uploads",
        headers={**TUS, "Upload-Length": str(size_bytes), "Upload-Metadata": metadata or _named("a.pptx")},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.location)


def _stored(site: UploadSite, address: str) -> bytes:
    return site.archive.receiving.store.path(address.rpartition("/")[2]).read_bytes()


def test_independent_client_sends_a_file_and_goes_on_after_a_break(site: UploadSite) -> None:
    content = random.Random(1).randbytes(3 * MIB + 17)
    client = TusClient(f"{site.address}/staff/uploads", headers=site.headers)
    uploader = client.uploader(
        file_stream=io.BytesIO(content), chunk_size=MIB, metadata={"filename": "Årets bild.pptx"}
    )
    uploader.upload(stop_at=MIB)
    assert uploader.offset == MIB
    again = client.uploader(file_stream=io.BytesIO(content), chunk_size=MIB, url=uploader.url)
    assert again.offset == MIB
    again.upload()
    assert _stored(site, str(uploader.url)) == content
    assert [row.upload.given.filename for row in site.rows()] == ["Årets bild.pptx"]
    assert site.rows()[0].upload.state == "received"


def test_piece_at_the_wrong_place_changes_nothing(site: UploadSite) -> None:
    address = _begin(site, 10)
    first = site.client.patch(address, data=b"01234", headers={**PIECE, "Upload-Offset": "0"})
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "5")
    assert "Upload-Expires" in first.headers
    again = site.client.patch(address, data=b"01234", headers={**PIECE, "Upload-Offset": "0"})
    assert again.status_code == 409
    assert site.client.head(address, headers=TUS).headers["Upload-Offset"] == "5"
    beyond = site.client.patch(address, data=b"5678901", headers={**PIECE, "Upload-Offset": "5"})
    assert beyond.status_code == 413
    last = site.client.patch(address, data=b"56789", headers={**PIECE, "Upload-Offset": "5"})
    assert last.headers["Upload-Offset"] == "10"
    assert _stored(site, address) == b"0123456789"


def test_piece_whose_bytes_changed_is_not_kept(site: UploadSite) -> None:
    address = _begin(site, 5)
    right = base64.b64encode(hashlib.sha256(b"01234").digest()).decode()
    headers = {**PIECE, "Upload-Offset": "0", "Upload-Checksum": f"sha256 {right}"}
    assert site.client.patch(address, data=b"0123x", headers=headers).status_code == 460
    assert site.client.head(address, headers=TUS).headers["Upload-Offset"] == "0"
    assert site.client.patch(address, data=b"01234", headers=headers).status_code == 204


def test_ended_upload_is_gone_with_its_bytes(site: UploadSite) -> None:
    address = _begin(site, 5)
    site.client.patch(address, data=b"012", headers={**PIECE, "Upload-Offset": "0"})
    assert site.client.delete(address, headers=TUS).status_code == 204
    assert site.client.head(address, headers=TUS).status_code == 404
    assert list(site.archive.receiving.store.upload_ids()) == []
    assert site.rows() == []


def test_abilities_are_told(site: UploadSite) -> None:
    answer = site.client.options("/staff/uploads")
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination,expiration,checksum"
    assert int(answer.headers["Tus-Max-Size"]) == site.archive.settings.extract.zip_max_bytes


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "5"}, 412),
        ({**TUS, "Upload-Length": "-5"}, 400),
        ({**TUS}, 400),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "filename %%%"}, 400),
        ({**TUS, "Upload-Length": "9" * 40}, 413),
        ({**TUS, "Upload-Length": str(513 * MIB)}, 413),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "event eA=="}, 400),
        ({"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_what_cannot_be_an_upload_is_refused(site: UploadSite, headers: dict[str, str], status: int) -> None:
    headers.setdefault("Sec-Fetch-Site", "same-origin")
    assert site.client.post("/staff/uploads", headers=headers).status_code == status
    assert site.rows() == []


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_only_staff_may_send_files(site: UploadSite, role: Role | None) -> None:
    other = create_app(site.archive).test_client()
    if role:
        signed_in(other, site.archive, role)
    address = _begin(site, 5)
    for method, path in (("POST", "/staff/uploads"), ("PATCH", address), ("DELETE", address)):
        answer = other.open(path, method=method, headers={**PIECE, "Upload-Length": "1"})
        assert answer.status_code == (403 if role else 401), method
    assert len(site.rows()) == 1


def test_uploads_of_others_are_not_there(site: UploadSite) -> None:
    other = signed_in(create_app(site.archive).test_client(), site.archive, Role.ADMIN)
    address = _begin(site, 5)
    assert other.head(address, headers=TUS).status_code == 404
    answer = other.patch(address, data=b"01234", headers={**PIECE, "Upload-Offset": "0"})
    assert answer.status_code == 404


def test_full_disk_keeps_nothing_of_a_piece_and_takes_it_later(tmp_path: Path) -> None:
    with upload_site(tmp_path / "data", has_workers=False) as site:
        address = _begin(site, 5)
        cookie = site.cookie
    full = {"free_min_bytes": 2**60}
    with upload_site(tmp_path / "data", has_workers=False, login="other", uploads=full) as site:
        site.client.set_cookie("__Host-archive-session", cookie)
        answer = site.client.patch(address, data=b"01234", headers={**PIECE, "Upload-Offset": "0"})
        assert answer.status_code == 507
        refused = site.client.post("/staff/uploads", headers={**TUS, "Upload-Length": "1"})
        assert refused.status_code == 507
    with upload_site(tmp_path / "data", has_workers=False, login="third") as site:
        site.client.set_cookie("__Host-archive-session", cookie)
        assert site.client.head(address, headers=TUS).headers["Upload-Offset"] == "0"
        answer = site.client.patch(address, data=b"01234", headers={**PIECE, "Upload-Offset": "0"})
        assert answer.status_code == 204


def test_two_files_of_one_name_are_two_uploads(site: UploadSite) -> None:
    first, second = _begin(site, 3), _begin(site, 3)
    assert first != second
    for address in (first, second):
        site.client.patch(address, data=b"abc", headers={**PIECE, "Upload-Offset": "0"})
    assert [row.upload.state for row in site.rows()] == ["received", "received"]


def test_file_without_bytes_is_received_at_once(site: UploadSite) -> None:
    address = _begin(site, 0)
    assert site.rows()[0].upload.state == "received"
    assert site.client.head(address, headers=TUS).headers["Upload-Offset"] == "0"


def test_taken_in_and_searchable(tmp_path: Path) -> None:
    deck = next(DECKS.glob("**/*.pptx")).read_bytes()
    with upload_site(tmp_path / "data") as site:
        client = TusClient(f"{site.address}/staff/uploads", headers=site.headers)
        for name in ("../../Första bilden.pptx", "tom.pptx", "program.exe"):
            content = {"tom.pptx": b"", "program.exe": b"MZ\0\0" * 100}.get(name, deck)
            stream = io.BytesIO(content)
            client.uploader(file_stream=stream, chunk_size=MIB, metadata={"filename": name}).upload()
        wait_until(lambda: site.is_settled(3), "all rows have come to their end")
        rows = {row.upload.given.filename: row for row in site.rows()}
    taken = rows["Första bilden.pptx"]
    assert [file.category for file in taken.files] == ["ok"]
    assert taken.files[0].searchable_at
    assert taken.files[0].word_count
    assert "0 bytes" in rows["tom.pptx"].upload.message
    assert "cannot be read" in rows["program.exe"].upload.message
    assert list((tmp_path / "data" / "uploads").glob("[0-9a-f]*")) == []


@pytest.mark.parametrize("title", ["Damm", ""])
def test_what_a_program_wrote_about_pictures_is_not_waited_for(tmp_path: Path, title: str) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = title
    drawn = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(drawn, "PNG")
    picture = slide.shapes.add_picture(drawn, 0, 0)
    described = "En bild som visar text, klocka\n\nAutomatiskt genererad beskrivning"
    picture._element.nvPicPr.cNvPr.set("descr", described)  # python-pptx has no other way
    stream = io.BytesIO()
    deck.save(stream)
    with upload_site(tmp_path / "data") as site:
        client = TusClient(f"{site.address}/staff/uploads", headers=site.headers)
        client.uploader(file_stream=stream, chunk_size=MIB, metadata={"filename": "klockor.pptx"}).upload()
        wait_until(site.is_settled, "the row has come to its end")


def test_too_many_uploads_begun_are_told_how_long_to_wait(site: UploadSite) -> None:
    item = UPLOAD_STARTS[0]
    with site.archive.database.write() as session:
        lasts = timedelta(seconds=item.get_expiry())
        sign_in_states.add_count(session, item.key_for("upload", "staff@example.org"), item.amount, lasts)
    answer = site.client.post("/staff/uploads", headers={**TUS, "Upload-Length": "3"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= item.get_expiry() + 1


def _bearer(site: UploadSite, scope: TokenScope, role: Role = Role.STAFF) -> dict[str, str]:
    with site.archive.database.write() as session:
        name = f"{scope.value}.{role.value}@example.org"
        account = accounts.find(session, name) or accounts.add(session, name, "Kim", role, "test")
    token, _ = new_api_token(site.archive.database, account, "skript", scope, 1, "test")
    return {"Authorization": f"Bearer {token}"}


def test_program_with_a_token_that_may_write_sends_a_file_in_large_pieces(site: UploadSite) -> None:
    content = random.Random(2).randbytes(3 * MIB + 17)
    client = TusClient(f"{site.address}/staff/uploads", headers=_bearer(site, TokenScope.WRITE))
    assert site.archive.settings.web.body_max_bytes < 2 * MIB
    uploader = client.uploader(
        file_stream=io.BytesIO(content), chunk_size=2 * MIB, metadata={"filename": "rapport.pdf"}
    )
    uploader.upload()
    assert _stored(site, str(uploader.url)) == content
    (row,) = site.rows()
    assert (row.upload.state, row.upload.given.login) == ("received", "write.staff@example.org")


@pytest.mark.parametrize(("scope", "role"), [(TokenScope.READ, Role.STAFF), (TokenScope.WRITE, Role.MEMBER)])
def test_other_tokens_send_nothing(site: UploadSite, scope: TokenScope, role: Role) -> None:
    headers = {"Tus-Resumable": "1.0.0", **_bearer(site, scope, role)}
    assert site.client.post("/staff/uploads", headers={**headers, "Upload-Length": "3"}).status_code == 403
    bodies, piece = LargeBodies(site.archive), f"/staff/uploads/{'a' * 32}"
    given, cookie = headers["Authorization"], f"{COOKIE}={site.cookie}"
    assert bodies.max_bytes("PATCH", piece, "", given) == 0
    assert bodies.max_bytes("PATCH", piece, cookie, "") > MIB
    assert bodies.max_bytes("PATCH", piece, cookie, given) == 0  # a program's cookie counts for nothing

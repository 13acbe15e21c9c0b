"""Members send files into the review queue, where a setting says so, and see what became of them."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from archive.app import Archive
from archive.catalogue import pages
from archive.catalogue.events.new_event import NewEvent
from archive.catalogue.events.save_event import save_event
from archive.catalogue.publishing.drafts import drafts, publish
from archive.catalogue.taken_out import live_row, tombstone
from archive.catalogue.versions import newest_version
from archive.model.accounts import Role
from archive.model.documents import WithdrawalReason
from archive.model.extraction import Extraction, Outcome
from archive.model.visibility import Visibility
from archive.uploads.taking import Taking
from archive.web.factory import create_app
from archive.web.http.large_bodies import LargeBodies
from tests.filled_archive import add, numbered, opened, slide
from tests.web.page_tree import form_with, links, text, texts, tree
from tests.web.people import SAME_SITE, post, session_cookie

TEXT = "Länsstyrelsen möter kommunerna om skogen.\n".encode()
OTHER = "Gruvan öppnar igen efter trettio år.\n".encode()
SENT = "//section[@aria-labelledby='sent-head']"
SAID = {"title": "Skogens framtid", "note": "Byt bild 3.", "talk": "Eva Ek", "rights": "1"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path, uploads={"members_may_send": True}) as archive:
        yield archive


@pytest.fixture
def app(archive: Archive) -> Flask:
    return create_app(archive)


def somebody(app: Flask, archive: Archive, role: Role) -> FlaskClient:
    client = app.test_client(use_cookies=False)
    client.environ_base["HTTP_COOKIE"] = session_cookie(archive, role)["Cookie"]
    return client


@pytest.fixture
def member(app: Flask, archive: Archive) -> FlaskClient:
    return somebody(app, archive, Role.MEMBER)


@pytest.fixture
def staff(app: Flask, archive: Archive) -> FlaskClient:
    return somebody(app, archive, Role.STAFF)


def send(client: FlaskClient, *files: tuple[str, bytes], **fields: str) -> Any:
    data = {**SAID, **fields, "files": [(io.BytesIO(content), name) for name, content in files]}
    return client.post("/send-in", data=data, headers=SAME_SITE)


def take(archive: Archive) -> list[str]:
    """Take in what was received, and return the drafts there are, the oldest first."""
    store = archive.receiving.store
    Taking(archive.database, archive.originals, store, archive.settings).take_all(lambda: False)
    with archive.database.read() as session:
        return [one.record.document.id for one in reversed(drafts(session))]


def read(archive: Archive, document_id: str, outcome: Outcome = Outcome.OK, message: str = "") -> None:
    """Read a document as the worker does."""
    with archive.database.write() as session:
        version = newest_version(session, document_id)
        found = Extraction(outcome, numbered([slide("Skogen och byn")]), "test", message=message)
        pages.save_extraction(session, version.id, found, "sv", "text/plain")
    archive.indexer.catch_up()


def states(client: FlaskClient) -> list[str]:
    return texts(tree(client, "/send-in"), f"{SENT}//li/bdi/following-sibling::span")


def queue_form(page: HtmlElement) -> tuple[str, dict[str, str]]:
    form = form_with(page, "Lämna tillbaka")
    return form.get("action") or "", dict(form.form_values())


def test_where_members_may_not_send_there_is_no_page_and_no_way_to_it(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        app = create_app(archive)
        for role in (Role.MEMBER, Role.STAFF):
            client = somebody(app, archive, role)
            assert "Skicka in" not in client.get("/").text
            assert client.get("/send-in").status_code == 404
            assert send(client, ("skog.txt", TEXT)).status_code == 404
            assert client.post("/send-in/uploads", headers=SAME_SITE).status_code == 404
        cookie = session_cookie(archive, Role.MEMBER)["Cookie"]
        assert LargeBodies(archive).max_bytes("POST", "/send-in", cookie, "") == 0


def test_only_members_have_the_page_and_may_send_large_bodies(app: Flask, archive: Archive) -> None:
    nobody = app.test_client()
    assert nobody.get("/send-in").status_code == 303
    assert send(nobody, ("skog.txt", TEXT)).status_code == 401
    bodies, cookie = LargeBodies(archive), session_cookie(archive, Role.MEMBER)["Cookie"]
    assert bodies.max_bytes("POST", "/en/send-in", cookie, "") > len(TEXT)
    assert bodies.max_bytes("PATCH", f"/send-in/uploads/{'a' * 32}", cookie, "") > len(TEXT)
    assert bodies.max_bytes("POST", "/staff/uploads/form", cookie, "") == 0
    assert bodies.max_bytes("POST", "/send-in", "", "") == 0


def test_what_a_member_sends_waits_in_the_queue_with_sender_and_note(
    app: Flask, archive: Archive, member: FlaskClient, staff: FlaskClient
) -> None:
    assert send(member, ("skog.txt", TEXT), ("gruva.txt", OTHER)).status_code == 303
    assert [one.startswith("Mottagen.") for one in states(member)] == [True, True]
    first, second = take(archive)
    read(archive, first)
    read(archive, second, Outcome.PASSWORD, "The file is locked with a password.")
    told = states(member)
    assert told[0] == "Läst. Väntar på granskning."
    assert told[1].startswith("Mottagen, men den gick inte att läsa:")
    page = tree(staff, "/staff/queue")
    assert "Inskickat av Member" in text(page)
    assert "Byt bild 3." in text(page)
    form = queue_form(tree(staff, post(staff, f"/staff/queue/{first}/take").location))[1]
    assert form["title"] == "Skogens framtid"
    other = somebody(app, archive, Role.MEMBER)
    assert states(other) == []
    assert member.get(f"/d/{first}").status_code == other.get(f"/d/{first}").status_code == 404
    for one in (member, other):
        assert one.get("/api/search?q=skogen").get_json()["total"] == 0


def test_sender_sees_what_was_published_and_not_what_is_for_staff(
    archive: Archive, member: FlaskClient
) -> None:
    send(member, ("skog.txt", TEXT), ("gruva.txt", OTHER))
    first, second = take(archive)
    with archive.database.write() as session:
        publish(session, first, Visibility.MEMBERS, "test")
        publish(session, second, Visibility.STAFF, "test")
    assert states(member) == ["Publicerad.", "Granskad. Personalen har tagit hand om den."]
    assert links(tree(member, "/send-in"), f"{SENT}//a") == [f"/d/{first}"]


def test_what_is_missing_is_named_and_nothing_typed_is_lost(member: FlaskClient) -> None:
    answer = send(member, title="", note="Mina ord", rights="")
    assert answer.status_code == 400
    assert "Mina ord" in answer.text
    shown = {
        part.split('"')[0] for part in answer.text.split('data-error="')[1:] if " hidden" not in part[:30]
    }
    assert shown == {"title", "files", "rights"}
    assert states(member) == []


def test_zip_is_refused_in_a_sentence_and_the_others_arrive(archive: Archive, member: FlaskClient) -> None:
    answer = send(member, ("allt.zip", b"PK\x05\x06" + 18 * b"\0"), ("skog.txt", TEXT))
    assert (answer.status_code, "allt.zip: En zip går inte att skicka in." in answer.text) == (400, True)
    send(member, ("dolt.pptx", b"PK\x05\x06" + 18 * b"\0"))
    assert len(take(archive)) == 1
    assert sum("Togs inte emot" in one for one in states(member)) == 1


def test_unreadable_file_is_told_what_may_be_sent_here(archive: Archive, member: FlaskClient) -> None:
    send(member, ("film.bin", bytes(range(256)) * 8))
    assert take(archive) == []
    (told,) = states(member)
    assert "Typer som går att skicka hit: " in told
    assert ".pptx" in told
    assert ".zip" not in told


def test_declined_file_tells_why_and_comes_back_when_that_is_undone(
    archive: Archive, member: FlaskClient, staff: FlaskClient
) -> None:
    send(member, ("skog.txt", TEXT))
    (document,) = take(archive)
    read(archive, document)
    page = tree(staff, post(staff, f"/staff/queue/{document}/take").location)
    action, fields = queue_form(page)
    refused = post(staff, action, **fields | {"do": "decline", "reason": " "})
    assert (refused.status_code, "Skriv en mening" in refused.text) == (400, True)
    done = post(staff, action, **fields | {"do": "decline", "reason": "Bilderna finns redan."})
    assert "Avböjt." in text(tree(staff, done.location))
    assert states(member) == ["Avböjd: Bilderna finns redan."]
    admin = somebody(create_app(archive), archive, Role.ADMIN)
    assert post(admin, "/staff/journal/2/undo").status_code == 303  # the first edit is its arrival
    assert states(member) == ["Läst. Väntar på granskning."]


def test_only_what_was_sent_in_can_be_declined(staff: FlaskClient, archive: Archive) -> None:
    document = add(archive, "av personal", "Ord", draft=True)
    action, fields = queue_form(tree(staff, post(staff, f"/staff/queue/{document}/take").location))
    answer = post(staff, action, **fields | {"do": "decline", "reason": "Nej."})
    assert (answer.status_code, "Bara det som har skickats in" in answer.text) == (400, True)


def test_nothing_that_is_there_is_changed_by_the_same_bytes(archive: Archive, member: FlaskClient) -> None:
    known = add(archive, "känd", "Ord", data=TEXT.decode())
    hidden = add(archive, "dold", "Ord", data=OTHER.decode(), visibility=Visibility.STAFF)
    with archive.database.write() as session:
        tombstone(session, live_row(session, hidden), WithdrawalReason.LEFT_OUT, "test")
    send(member, ("skog.txt", TEXT), ("gruva.txt", OTHER))
    assert not {known, hidden} & set(take(archive))
    assert len(take(archive)) == 2
    with archive.database.write() as session:
        tombstone(session, live_row(session, known), WithdrawalReason.STAFF, "test")
    for document in take(archive):
        with archive.database.write() as session:
            tombstone(session, live_row(session, document), WithdrawalReason.DISCARDED, "test")
    send(member, ("igen.txt", TEXT))
    assert take(archive) == []
    assert states(member)[0] == "Togs inte emot. Fråga personalen."


def test_seminar_that_is_picked_is_known_to_staff_and_one_for_staff_is_not(
    archive: Archive, member: FlaskClient, staff: FlaskClient
) -> None:
    with archive.database.write() as session:
        shown = save_event(session, NewEvent("Malmdagen"), "test").event_id
        save_event(session, NewEvent("Hemliga dagen", visibility=Visibility.STAFF), "test")
    page = tree(member, "/send-in")
    assert page.xpath("//datalist/option/@value") == ["Malmdagen"]
    send(member, ("skog.txt", TEXT), event="Malmdagen")
    send(member, ("gruva.txt", OTHER), event="Hemliga dagen")
    take(archive)
    told = "//div[p/strong[starts-with(., 'Inskickat av')]]"
    assert links(tree(staff, "/staff/queue"), f"{told}//a") == [f"/e/{shown}"]


def pieces(client: FlaskClient, method: str, path: str, **headers: str) -> Any:
    return client.open(path, method=method, headers={**SAME_SITE, "Tus-Resumable": "1.0.0", **headers})


def metadata(**given: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in given.items())


def test_file_comes_in_pieces_and_belongs_to_its_sender_alone(
    app: Flask, archive: Archive, member: FlaskClient
) -> None:
    staffs = add(archive, "av personal", "Ord")
    begun = post(member, "/send-in", **SAID, files_follow="1")
    assert begun.status_code == 201
    submission = begun.get_json()["submission"]
    given = metadata(filename="skog.txt", submission=submission, document=staffs)
    headers = {"Upload-Length": str(len(TEXT)), "Upload-Metadata": given}
    other = somebody(app, archive, Role.MEMBER)
    assert pieces(other, "POST", "/send-in/uploads", **headers).status_code == 404
    address = pieces(member, "POST", "/send-in/uploads", **headers).headers["Location"]
    piece = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    assert member.patch(address, data=TEXT[:9], headers={**SAME_SITE, "Tus-Resumable": "1.0.0", **piece})
    assert pieces(member, "HEAD", address).headers["Upload-Offset"] == "9"
    assert states(member) == [f"Tas emot, {900 // len(TEXT)} %. Välj samma fil igen för att fortsätta."]
    for client in (other, somebody(app, archive, Role.STAFF)):
        assert pieces(client, "HEAD", address).status_code == 404
        assert pieces(client, "DELETE", address).status_code == 404
    piece["Upload-Offset"] = "9"
    member.patch(address, data=TEXT[9:], headers={**SAME_SITE, "Tus-Resumable": "1.0.0", **piece})
    assert pieces(member, "DELETE", address).status_code == 400
    (document,) = take(archive)
    assert document != staffs


def test_errors_are_told_to_a_script_by_field(member: FlaskClient) -> None:
    answer = post(member, "/send-in", files_follow="1")
    assert (answer.status_code, set(answer.get_json()["errors"])) == (400, {"title", "rights"})

"""A speaker's link: made by staff, used by nobody who signs in, and what it sends decided on by staff."""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement

from archive.accounts.credentials import token_digest
from archive.app import Archive
from archive.catalogue.editing import talks
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.recording import recording
from archive.catalogue.proposals import links
from archive.model.accounts import Role
from archive.model.edits import Author, Reason
from archive.web.factory import create_app
from archive.web.http.large_bodies import LargeBodies
from tests.filled_archive import opened
from tests.web.page_tree import form_with, text, tree
from tests.web.people import SAME_SITE, post, session_cookie


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


@pytest.fixture
def talk(archive: Archive) -> str:
    speakers = (NewSpeaker("Eva Ek", "geolog", "Gruv AB"),)
    new = NewEvent("Malmdagen", talks=(NewTalk("Gruvor", 1, "Om gruvor.", speakers=speakers),))
    with archive.database.write() as session:
        return save_event(session, new, "test").talk_ids[0]


@pytest.fixture
def app(archive: Archive) -> Flask:
    return create_app(archive)


@pytest.fixture
def staff(app: Flask, archive: Archive) -> FlaskClient:
    client = app.test_client(use_cookies=False)
    client.environ_base["HTTP_COOKIE"] = session_cookie(archive, Role.STAFF)["Cookie"]
    return client


@pytest.fixture
def speaker(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def path(staff: FlaskClient, talk: str) -> str:
    """Return the path of a link that staff have made on the talk's page."""
    made = post(staff, f"/staff/talks/{talk}/links", speaker="1")
    (address,) = html.fromstring(made.text).xpath("//input[@aria-label='Länk till talaren']")
    return "/" + str(address.get("value")).split("/", 3)[3]


def fields_of(page: HtmlElement) -> dict[str, str]:
    (form,) = page.xpath("//form[.//input[@name='mark']]")
    return dict(form.form_values())


def proposed(speaker: FlaskClient, path: str, **changed: str) -> None:
    fields = fields_of(tree(speaker, path))
    answer = post(speaker, path, **(fields | changed))
    assert (answer.status_code, answer.location) == (303, f"{path}?done=1")


def proposal_page(staff: FlaskClient) -> tuple[str, HtmlElement]:
    (address,) = tree(staff, "/staff/queue").xpath("//section[@aria-labelledby='proposals-head']//a/@href")
    return str(address), tree(staff, str(address))


def test_link_is_shown_once_and_can_be_ended(
    staff: FlaskClient, speaker: FlaskClient, talk: str, path: str
) -> None:
    assert re.fullmatch(r"/speaker/[A-Za-z0-9_-]{43}", path)
    page = tree(staff, f"/staff/talks/{talk}/links")
    assert path not in html.tostring(page, encoding="unicode")
    assert f"/staff/talks/{talk}/links" in staff.get(f"/staff/talks/{talk}").text
    (revoke,) = page.xpath("//form[contains(@action, 'revoke')]/@action")
    assert speaker.get(path).status_code == 200
    assert post(staff, str(revoke)).status_code == 303
    assert speaker.get(path).status_code == 410
    assert "återkallad" in text(tree(staff, f"/staff/talks/{talk}/links"))


def test_link_made_by_a_command_says_so_in_the_language_of_the_page(
    archive: Archive, staff: FlaskClient, talk: str
) -> None:
    with archive.database.write() as session:
        links.add(session, talk, 1, token_digest("k" * 43), timedelta(days=1), "command line")
    assert "av kommandoraden" in text(tree(staff, f"/staff/talks/{talk}/links"))
    assert "by the command line" in text(tree(staff, f"/en/staff/talks/{talk}/links"))


def test_nobody_signs_in_no_cookie_is_set_and_the_address_stays_secret(
    speaker: FlaskClient, path: str
) -> None:
    for _ in range(2):
        answer = speaker.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
    fields = fields_of(html.fromstring(answer.text))
    assert (fields["name"], fields["role"], fields["topic"]) == ("Eva Ek", "geolog", "Gruvor")
    assert "Malmdagen" in answer.text
    assert f"next={path}" not in answer.text


def test_unknown_and_malformed_links_get_the_same_answer_and_old_ones_say_so(
    archive: Archive, speaker: FlaskClient, talk: str
) -> None:
    with archive.database.write() as session:
        links.add(session, talk, 1, token_digest("o" * 43), timedelta(seconds=-1), "anna")
    unknown, malformed = (speaker.get(f"/speaker/{token}") for token in ("x" * 43, "y"))
    assert unknown.status_code == malformed.status_code == 404
    assert unknown.text.replace("x" * 43, "") == malformed.text.replace("/speaker/y", "/speaker/")
    old = speaker.get(f"/speaker/{'o' * 43}")
    assert (old.status_code, "Länken gäller inte längre" in old.text) == (410, True)
    assert old.headers["Referrer-Policy"] == "no-referrer"
    bodies = LargeBodies(archive)
    for token in ("x" * 43, "o" * 43):
        assert bodies.max_bytes("POST", f"/speaker/{token}", "", "") == 0
        assert post(speaker, f"/speaker/{token}", name="x").status_code in (404, 410)


def test_what_is_sent_is_decided_on_field_by_field(
    archive: Archive, staff: FlaskClient, speaker: FlaskClient, talk: str, path: str
) -> None:
    proposed(speaker, path, name="Eva Ekström", role="statsgeolog", note="Jag har gift mig.")
    assert "väntar på granskning" in text(tree(speaker, path))
    address, page = proposal_page(staff)
    assert "Jag har gift mig." in text(page)
    assert [text(one) for one in page.cssselect("ins")] == ["Eva Ekström", "statsgeolog"]
    with archive.database.read() as session:
        assert talks.known(session, talk).speakers[0].name == "Eva Ek"
    fields = fields_of(page)
    answer = post(staff, address, mark=fields["mark"], do="accept", field="name", reason="Rollen var geolog.")
    assert "är infört" in text(tree(staff, answer.location))
    with archive.database.read() as session:
        first = talks.known(session, talk).speakers[0]
    assert (first.name, first.role) == ("Eva Ekström", "geolog")
    assert "Rollen var geolog." in text(tree(speaker, path))
    assert "talaren genom länk" in text(tree(staff, f"/staff/history/talk/{talk}"))
    assert post(staff, address, mark=fields["mark"], do="accept", field="role").status_code == 409


def test_declined_proposal_tells_the_speaker_why(staff: FlaskClient, speaker: FlaskClient, path: str) -> None:
    proposed(speaker, path, topic="Något annat")
    address, page = proposal_page(staff)
    mark = fields_of(page)["mark"]
    assert post(staff, address, mark=mark, do="decline").status_code == 400
    assert post(staff, address, mark=mark, do="accept").status_code == 400
    assert (
        post(staff, address, mark=mark, do="decline", reason="Det står så i programmet.").status_code == 303
    )
    assert "Det står så i programmet." in text(tree(speaker, path))


def test_proposal_of_a_removed_talk_leads_to_the_removal(
    staff: FlaskClient, speaker: FlaskClient, talk: str, path: str
) -> None:
    proposed(speaker, path, topic="Något annat")
    address, page = proposal_page(staff)
    assert post(staff, f"/staff/talks/{talk}/delete").status_code == 303
    history = f"/staff/history/talk/{talk}"
    assert staff.get(address).location == history
    decided = post(staff, address, mark=fields_of(page)["mark"], do="accept", field="topic")
    assert decided.location == history
    (removal, *_) = tree(staff, history).xpath("//main//a[starts-with(@href, '/staff/journal/')]/@href")
    assert post(staff, f"{removal}/undo").status_code == 303
    assert proposal_page(staff)[0] == address
    assert staff.get("/staff/proposals/never").status_code == 404


def test_nothing_changed_or_wrong_is_named_and_nothing_typed_is_lost(
    staff: FlaskClient, speaker: FlaskClient, talk: str, path: str
) -> None:
    fields = fields_of(tree(speaker, path))
    answer = post(speaker, path, **fields)
    assert (answer.status_code, "Inget är ändrat." in answer.text) == (400, True)
    answer = post(speaker, path, **(fields | {"topic": "", "abstract": "Mina ord"}))
    assert (answer.status_code, "Mina ord" in answer.text) == (400, True)
    of_talk = form_with(tree(staff, f"/staff/talks/{talk}"), "Spara")
    assert (
        post(staff, f"/staff/talks/{talk}", **dict(of_talk.form_values()) | {"topic": "Malm"}).status_code
        == 303
    )
    answer = post(speaker, path, **(fields | {"abstract": "Mina ord"}))
    assert (answer.status_code, "Mina ord" in answer.text) == (409, True)
    assert "I arkivet nu: Malm" in text(html.fromstring(answer.text))
    fresh = fields_of(html.fromstring(answer.text))
    assert post(speaker, path, **fresh).status_code == 303


def test_deck_needs_the_box_and_comes_with_the_form_or_in_pieces(
    archive: Archive, speaker: FlaskClient, path: str
) -> None:
    fields = fields_of(tree(speaker, path))
    fields.pop("files", None)
    deck = {"files": [(io.BytesIO(b"Nya bilder."), "nytt.txt")]}
    answer = speaker.post(path, data={**fields, **deck}, headers=SAME_SITE)
    assert (answer.status_code, "Kryssa i rutan" in answer.text) == (400, True)
    deck = {"files": [(io.BytesIO(b"Nya bilder."), "nytt.txt")]}
    answer = speaker.post(path, data={**fields, **deck, "rights": "1"}, headers=SAME_SITE)
    assert answer.status_code == 303
    assert "Mottagen." in text(tree(speaker, path))
    begun = post(speaker, path, **(fields | {"rights": "1", "files_follow": "1"}))
    assert begun.get_json()["submission"]
    headers = {**SAME_SITE, "Tus-Resumable": "1.0.0", "Upload-Length": "3"}
    assert speaker.post(f"{path}/uploads", headers=headers).status_code == 404
    assert LargeBodies(archive).max_bytes("POST", path, "", "") > 0


def test_no_log_keeps_the_token(
    app: Flask,
    speaker: FlaskClient,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setitem(app.view_functions, "speakers.form", fail)
    monkeypatch.setattr(logging.getLogger("archive"), "propagate", True)
    assert speaker.get(path).status_code == 500
    assert "/speaker/…" in caplog.text
    assert path.rpartition("/")[2] not in caplog.text


def test_words_that_staff_have_changed_since_are_given_up_only_by_hand(
    archive: Archive, staff: FlaskClient, speaker: FlaskClient, talk: str, path: str
) -> None:
    proposed(speaker, path, role="statsgeolog", abstract="Talarens ord")
    with archive.database.write() as session, recording(session, Author("anna", Reason.FORM)):
        fields = replace(talks.known(session, talk), abstract="Personalens ord")
        talks.change(session, talk, fields, "anna")
    address, page = proposal_page(staff)
    assert "anna ändrade sammanfattningen" in text(page)
    assert "När förslaget skickades: Om gruvor." in text(page)
    assert page.xpath("//input[@name='field'][@checked]/@value") == ["role"]
    assert post(staff, address, **fields_of(page) | {"do": "accept"}).status_code == 303
    with archive.database.read() as session:
        assert talks.known(session, talk).abstract == "Personalens ord"

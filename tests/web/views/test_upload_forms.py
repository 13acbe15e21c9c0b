"""Rows of uploads and what can be done at each, as forms."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.catalogue import records
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.model.accounts import Role
from archive.model.uploads import UploadProgress
from archive.uploads.taking import Taking
from archive.web.factory import create_app
from tests.web.page_tree import text, texts, tree
from tests.web.people import SAME_SITE, post, signed_in
from tests.web.uploading import UploadSite, upload_site

TEXT = "Länsstyrelsen möter kommunerna om skogen.\n".encode()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[UploadSite]:
    with upload_site(tmp_path / "data", has_workers=False) as served:
        yield served


def send(site: UploadSite, *files: tuple[str, bytes], **fields: str) -> int:
    data = {**fields, "files": [(io.BytesIO(content), name) for name, content in files]}
    return site.client.post("/staff/uploads/form", data=data, headers=SAME_SITE).status_code


def take(site: UploadSite) -> None:
    archive = site.archive
    store = archive.receiving.store
    Taking(archive.database, archive.originals, store, archive.settings).take_all(lambda: False)


def named(site: UploadSite, name: str) -> UploadProgress:
    return next(row for row in site.rows() if row.upload.given.filename == name)


def first_document(row: UploadProgress) -> str:
    found = row.files[0].uploaded.document_id
    assert found
    return found


def test_rows_tell_how_far_each_file_has_come(site: UploadSite) -> None:
    assert send(site, ("skog.txt", TEXT), ("program.exe", b"MZ\0\0" * 99)) == 303
    page = tree(site.client, "/staff")
    done = texts(page, "//*[@data-row]//ol/li[contains(., '✓')]")
    assert done == ["✓ mottagen"] * 2
    assert page.xpath("//noscript/meta[@http-equiv='refresh']")
    take(site)
    page = tree(site.client, "/staff")
    assert "togs inte emot" in text(page.xpath("//*[@data-row][contains(., 'program.exe')]")[0])
    taken = page.xpath("//*[@data-row][contains(., 'skog.txt')]")[0]
    assert "läses" in text(taken)
    assert taken.xpath(".//a/@href") == [f"/d/{first_document(named(site, 'skog.txt'))}"]
    assert page.xpath("//*[@data-pending-rows]")


def test_form_without_a_file_says_so(site: UploadSite) -> None:
    answer = site.client.post("/staff/uploads/form", data={}, headers=SAME_SITE)
    assert answer.status_code == 400
    assert "Välj en eller flera filer" in answer.text


def test_same_bytes_are_known_with_title_date_and_address(site: UploadSite) -> None:
    send(site, ("Skogens framtid.txt", TEXT))
    sha256 = hashlib.sha256(TEXT).hexdigest()
    assert site.client.get(f"/staff/uploads/known?sha256={sha256}").json == {}
    take(site)
    known = site.client.get(f"/staff/uploads/known?sha256={sha256}").json
    assert known
    assert known["title"] == "Skogens framtid"
    assert known["address"] == f"/d/{first_document(site.rows()[0])}"
    assert (known["is_linked"], known["is_newest"]) == (False, True)
    assert site.client.get("/staff/uploads/known?sha256=x").status_code == 400


def test_event_shows_its_uploads_and_takes_what_is_there_already(site: UploadSite) -> None:
    with site.archive.database.write() as session:
        new = NewEvent(kind="seminar", title="Skog och berg", starts_on=None, ends_on=None)
        event_id = save_event(session, new, "test", frozenset, lambda _: True).event_id
    send(site, ("loss.txt", TEXT))
    send(site, ("till.txt", TEXT + b"Mer om berg."), event=event_id)
    take(site)
    page = site.client.get(f"/e/{event_id}").text
    assert "till.txt" in page
    assert "loss.txt" not in page
    document = first_document(named(site, "loss.txt"))
    answer = post(site.client, "/staff/uploads/link", known=document, event=event_id)
    assert answer.location == f"/e/{event_id}"
    assert f"/d/{document}" in site.client.get(f"/e/{event_id}").text
    other = post(site.client, "/staff/uploads/link", known=document, event="x" * 8)
    assert other.status_code == 400


def test_talk_without_a_deck_takes_one_on_its_events_page(site: UploadSite) -> None:
    with site.archive.database.write() as session:
        talks = (NewTalk("Skogen", 1), NewTalk("Berget", 2), NewTalk("Havet", 3))
        saved = save_event(session, NewEvent("Skog och berg", talks=talks), "test")
    forest, mountain, sea = saved.talk_ids
    page = tree(site.client, f"/e/{saved.event_id}")
    assert page.xpath("//*[@data-drop-talk]/@data-drop-talk") == [forest, mountain, sea]
    assert page.xpath(f"//form[.//input[@name='talk' and @value='{forest}']]//input[@type='file']")
    assert not tree(create_app(site.archive).test_client(), f"/e/{saved.event_id}").xpath(
        "//*[@data-drop-talk]"
    )
    send(site, ("skog.txt", TEXT), event=saved.event_id, talk=forest)
    send(site, ("berg.txt", TEXT + b"Mer om berg."))
    take(site)
    page = tree(site.client, f"/e/{saved.event_id}")
    assert page.xpath("//*[@data-drop-talk]/@data-drop-talk") == [mountain, sea]
    sent = first_document(named(site, "skog.txt"))
    with site.archive.database.read() as session:
        record = records.record(session, sent)
    assert record.talk
    assert (record.talk.id, record.title) == (forest, "Skogen")
    known = first_document(named(site, "berg.txt"))
    values = {"known": known, "event": saved.event_id, "talk": mountain}
    assert post(site.client, "/staff/uploads/link", **values).status_code == 303
    with site.archive.database.read() as session:
        assert records.record(session, known).title == "Berget"
    refused = post(site.client, "/staff/uploads/link", **(values | {"talk": forest}))
    assert refused.status_code == 400
    assert "redan ett dokument" in refused.text


def test_next_version_stays_at_its_talk_wherever_it_is_sent(site: UploadSite) -> None:
    with site.archive.database.write() as session:
        first = save_event(session, NewEvent("Skog", talks=(NewTalk("Skogen", 1),)), "test")
        second = save_event(session, NewEvent("Berg"), "test")
    send(site, ("skog.txt", TEXT), event=first.event_id, talk=first.talk_ids[0])
    take(site)
    document = first_document(named(site, "skog.txt"))
    send(site, ("ny.txt", TEXT + b"Nytt."), event=second.event_id, document=document)
    take(site)
    with site.archive.database.read() as session:
        record = records.record(session, document)
    assert record.document.version.number == 2
    assert record.event
    assert record.event.title == "Skog"


def test_retry_password_separate_and_remove_are_forms_at_the_row(site: UploadSite) -> None:
    send(site, ("skog.txt", TEXT), ("samma.txt", TEXT))
    take(site)
    row = named(site, "samma.txt")
    page = tree(site.client, "/staff")
    shown = page.xpath(f"//*[@data-row='{row.upload.id}']")[0]
    assert "Arkivet har redan samma fil" in text(shown)
    own = f"/staff/uploads/{row.upload.id}"
    assert post(site.client, f"{own}/separate").location == "/staff"
    take(site)
    separate = first_document(named(site, "samma.txt"))
    assert separate != first_document(named(site, "skog.txt"))
    assert post(site.client, f"{own}/again", read=separate).status_code == 303
    assert post(site.client, f"{own}/password", read=separate, password="hemlis").status_code == 303
    assert list(site.archive.receiving.passwords.values()) == ["hemlis"]
    assert b"hemlis" not in (site.archive.settings.data / "catalogue.db").read_bytes()
    assert post(site.client, f"{own}/remove").status_code == 303
    assert [one.upload.given.filename for one in site.rows()] == ["skog.txt"]
    assert site.client.get(f"/d/{separate}").status_code == 200


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_others_see_no_uploads_and_can_do_nothing_to_them(site: UploadSite, role: Role | None) -> None:
    send(site, ("skog.txt", TEXT))
    other = create_app(site.archive).test_client()
    if role:
        signed_in(other, site.archive, role)
    upload_id = site.rows()[0].upload.id
    for path in ("form", "link", *(f"{upload_id}/{what}" for what in ("again", "password", "remove"))):
        assert post(other, f"/staff/uploads/{path}").status_code == (403 if role else 401), path
    for path in ("rows", "known?sha256=" + "0" * 64):
        assert other.get(f"/staff/uploads/{path}").status_code == (403 if role else 303), path
    assert len(site.rows()) == 1

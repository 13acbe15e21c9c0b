"""The page of jobs: what failed with its remedy, another try, the log; for staff alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.catalogue import audit, documents, jobs
from archive.catalogue.imports import links
from archive.catalogue.imports.imports import add_import
from archive.catalogue.operation import fixity, incoming
from archive.catalogue.operation.remedies import ADVICE, STOPPED
from archive.catalogue.outcomes import NOT_WHOLE, note_refusal
from archive.catalogue.uploads import uploads
from archive.errors import OriginalDamaged
from archive.imports.drafting import draft_of
from archive.messages import in_swedish
from archive.model.accounts import Role
from archive.model.extraction import Outcome
from archive.model.jobs import JobKind
from archive.model.seminar_pages.imports import GivenSource, ImportKind, NewLink
from archive.model.uploads import NewUpload
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.catalogue.operation.planted import end
from tests.imports.seminar_pages import ADDRESS, PAGE
from tests.web.page_tree import text, tree
from tests.web.people import post, signed_in

# The rows of a page that has one list, without those that lead elsewhere.
ROWS = "//main//li[not(ancestor::nav)]"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


@pytest.fixture
def staff(archive: Archive, client: FlaskClient) -> FlaskClient:
    return signed_in(client, archive, Role.STAFF)


def _end(archive: Archive, category: Outcome, message: str = "", name: str = "") -> str:
    with archive.database.write() as session:
        return end(session, f"/in/{name or category.value}.pdf", category, message)


def _queued(archive: Archive) -> int:
    with archive.database.read() as session:
        return jobs.pending(session)[JobKind.EXTRACT]


@pytest.mark.parametrize(
    "address",
    [
        "/staff/jobs",
        "/staff/jobs/failed/crash",
        "/staff/jobs/refused/damaged",
        "/staff/jobs/abcdefghjk",
        "/staff/questions",
    ],
)
def test_page_is_for_staff(archive: Archive, client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 303
    assert post(client, "/staff/jobs/retry", category="all").status_code == 401
    member = signed_in(client, archive, Role.MEMBER)
    assert member.get(address).status_code == 403
    assert post(member, "/staff/jobs/retry", category="all").status_code == 403


def test_each_outcome_is_shown_with_its_remedy(archive: Archive, staff: FlaskClient) -> None:
    for category in Outcome:
        _end(archive, category)
    page, english = tree(staff, "/staff/jobs"), tree(staff, "/en/staff/jobs")
    for category in NOT_WHOLE:
        section = text(page.xpath(f'//*[@id="outcome-{category.value}"]')[0])
        assert in_swedish(ADVICE[category]) in section
        assert f"{category.value}.pdf" in section
        assert "Försök igen" in section
        assert ADVICE[category] in text(english.xpath(f'//*[@id="outcome-{category.value}"]')[0])
    assert "outcome-ok" not in {one.get("id") for one in page.xpath("//*[@id]")}
    assert "Jobb" in text(page.xpath('//a[@aria-current="page"]')[0])


def test_nothing_to_do_is_said(staff: FlaskClient) -> None:
    page = text(tree(staff, "/staff/jobs").xpath("//main")[0])
    for words in ("Inget arbete pågår.", "Alla filer är lästa.", "I fas med katalogen"):
        assert words in page
    assert "Lagda åt sidan" not in page


def test_set_aside_are_told(archive: Archive, staff: FlaskClient) -> None:
    _end(archive, Outcome.CRASH, STOPPED)
    page = tree(staff, "/staff/jobs")
    assert "1 dokument avbröt läsningen varje gång" in text(page.xpath('//*[@id="aside"]')[0])


def test_one_is_tried_again(archive: Archive, staff: FlaskClient) -> None:
    document_id = _end(archive, Outcome.CRASH)
    _end(archive, Outcome.TIMEOUT)
    answer = post(staff, "/staff/jobs/retry", document=document_id)
    assert (answer.status_code, answer.location) == (303, "/staff/jobs?asked=1")
    assert _queued(archive) == 1
    page = staff.get(answer.location).text
    assert "1 dokument läses en gång till." in page
    assert "väntar på ny läsning" in page
    again = post(staff, "/staff/jobs/retry", document=document_id, back="log")
    assert again.location == f"/staff/jobs/{document_id}?asked=0"
    assert "väntar redan" in staff.get(again.location).text
    with archive.database.read() as session:
        (event,) = [one for one in audit.latest(session, 20) if one.action == "document.retry"]
    assert event.actor == "staff@example.org"


def test_outcome_and_all_are_tried_again(archive: Archive, staff: FlaskClient) -> None:
    for name in ("a", "b"):
        _end(archive, Outcome.CRASH, name=name)
    _end(archive, Outcome.TIMEOUT)
    _end(archive, Outcome.OK_PARTIAL)
    answer = post(staff, "/staff/jobs/retry", category="crash", back="crash", page="1")
    assert answer.location == "/staff/jobs/failed/crash?page=1&asked=2"
    assert _queued(archive) == 2
    assert post(staff, "/staff/jobs/retry", category="all").location == "/staff/jobs?asked=1"
    assert _queued(archive) == 3


@pytest.mark.parametrize(
    ("fields", "status"),
    [({}, 400), ({"category": "nonsense"}, 404), ({"category": "ok"}, 404), ({"document": "nonsense"}, 404)],
)
def test_wrong_forms_are_refused(staff: FlaskClient, fields: dict[str, str], status: int) -> None:
    assert post(staff, "/staff/jobs/retry", **fields).status_code == status


def test_list_of_an_outcome_is_paged(archive: Archive, staff: FlaskClient) -> None:
    with archive.database.write() as session:
        for number in range(51):
            end(session, f"/in/{number}.pdf", Outcome.DAMAGED)
    first = tree(staff, "/staff/jobs/failed/damaged")
    last = tree(staff, "/staff/jobs/failed/damaged?page=2")
    assert [len(page.xpath(ROWS)) for page in (first, last)] == [50, 1]
    assert first.xpath('//a[@rel="next"]/@href') == ["/staff/jobs/failed/damaged?page=2"]
    assert last.xpath('//a[@rel="prev"]/@href') == ["/staff/jobs/failed/damaged?page=1"]
    assert len(tree(staff, "/staff/jobs").xpath("//section[@id='failed']//li")) == 5
    beyond = tree(staff, "/staff/jobs/failed/damaged?page=9")
    assert len(beyond.xpath(ROWS)) == 1
    assert staff.get("/staff/jobs/failed/nonsense").status_code == 404


def test_log_tells_what_happened_without_paths(archive: Archive, staff: FlaskClient) -> None:
    document_id = _end(archive, Outcome.CRASH, "It broke in /srv/arkiv/tmp/deck.pptx.")
    with archive.database.write() as session:
        audit.record(session, "worker", "document.read", document_id, "crash", 'Broke.\n  File "/a/b.py"')
    page = staff.get(f"/staff/jobs/{document_id}").text
    told = text(tree(staff, f"/staff/jobs/{document_id}").xpath("//main")[0])
    for words in ("Läsningen avbröts", "Togs emot", "Texten lästes: Läsningen avbröts", "arkivet"):
        assert words in told
    assert "/srv" not in page
    assert "b.py" not in page
    assert staff.get("/staff/jobs/abcdefghjk").status_code == 404


def test_files_names_are_shown_as_text(archive: Archive, staff: FlaskClient) -> None:
    _end(archive, Outcome.DAMAGED, name="<script>alert(1)<")
    assert "<script>alert" not in staff.get("/staff/jobs").text


def _upload(archive: Archive, name: str) -> str:
    with archive.database.write() as session:
        upload = uploads.add(session, NewUpload("anna", name, 3))
        uploads.receive(session, upload.id)
    return upload.id


def test_uploads_that_wait_and_files_that_were_refused_are_shown_with_what_to_do(
    archive: Archive, staff: FlaskClient
) -> None:
    assert not tree(staff, "/staff/jobs").xpath('//*[@id="refused"]')
    waiting = _upload(archive, "vantar.pptx")
    with archive.database.write() as session:
        uploads.wait(session, waiting, "storage", "There is no room on the archive's disk just now.")
    refused = [_upload(archive, f"bild{number}.exe") for number in range(7)]
    with archive.database.write() as session:
        for upload_id in refused:
            uploads.refuse(session, upload_id, "unsupported_type", "It is /srv/secret/a.exe of another type.")
    page = tree(staff, "/staff/jobs")
    assert "Mottagna filer, inte inlagda än1 (" in text(page.xpath('//*[@id="waiting"]')[0])
    section = page.xpath('//*[@id="refused-unsupported_type"]')[0]
    told = text(section)
    assert in_swedish(incoming.advice("unsupported_type")) in told
    assert "Filtyp som inte går att läsa 7" in told
    assert len(section.xpath(".//li")) == 5
    assert "/srv" not in told
    listed = tree(staff, section.xpath('.//a[@id="refused-all-unsupported_type"]/@href')[0])
    assert len(listed.xpath(ROWS)) == 7
    assert "Inga." in text(tree(staff, "/staff/jobs/refused/damaged").xpath("//main")[0])


def test_file_of_an_ingest_is_listed_for_as_long_as_it_lies_there(
    archive: Archive, staff: FlaskClient, tmp_path: Path
) -> None:
    there, gone = tmp_path / "there.exe", tmp_path / "gone.exe"
    there.write_bytes(b"x")
    with archive.database.write() as session:
        for file in (there, gone):
            note_refusal(session, str(file), "unsupported_type", "It is of another type.", "kim")
    told = text(tree(staff, "/staff/jobs").xpath('//*[@id="refused"]')[0])
    assert "there.exe" in told
    assert "gone.exe" not in told
    assert str(tmp_path) not in told


def test_links_of_imports_that_are_to_be_fetched_are_told_with_why_they_wait(
    archive: Archive, staff: FlaskClient
) -> None:
    source = GivenSource(ImportKind.PAGE, ADDRESS, "", "a" * 64, 10, "text/html")
    wanted = [NewLink(f"https://example.org/{number}.pdf", f"Bild {number}") for number in range(3)]
    with archive.database.write() as session:
        links.queue_links(session, add_import(session, source, PAGE, draft_of(PAGE), "anna"), wanted)
        now = datetime.now(UTC)
        leased = links.lease_link(session, "here", now, 60)
        assert leased
        links.fail_link(session, leased, "site_down", "Nobody answers there.", True, now)
    told = [text(one) for one in tree(staff, "/staff/jobs").xpath("//*[starts-with(@id, 'links-')]")]
    assert [one.startswith("Länkar i importer att hämta") for one in told] == [True, True]
    assert [one.removeprefix("Länkar i importer att hämta").split()[0] for one in told] == ["2", "1"]
    assert told[1].endswith("Nobody answers there.")


def test_log_tells_what_verifying_the_files_has_shown(archive: Archive, staff: FlaskClient) -> None:
    document_id = _end(archive, Outcome.OK)
    address = f"/staff/jobs/{document_id}"
    assert "har inte kontrollerats än" in text(tree(staff, address).xpath('//*[@id="fixity"]')[0])
    with archive.database.write() as session:
        (version,) = documents.versions(session, document_id)
        digest = version.original.sha256
        damage = OriginalDamaged.of(digest).message
        audit.record(session, fixity.ACTOR, fixity.DAMAGED, digest, "damaged", damage)
        audit.record(session, fixity.ACTOR, fixity.MENDED, digest, "mended", "/mnt/kopior/arkiv")
        audit.record(session, fixity.ACTOR, fixity.VERIFIED, fixity.ARCHIVE, "problems", "2")
    page = text(tree(staff, address).xpath("//main")[0])
    for words in ("2 fel", "En fil var skadad eller borta", "kom tillbaka från en säkerhetskopia – arkiv"):
        assert words in page
    english = text(tree(staff, f"/en{address}").xpath("//main")[0])
    for words in ("2 faults", "A file was damaged or gone", "came back from a backup", "verifying the files"):
        assert words in english

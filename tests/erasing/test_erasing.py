"""A person is erased, and nothing in the folder has her any more; the rest is as it was."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.backup.folder_place import FolderPlace
from archive.backup.making import back_up
from archive.catalogue import documents, pages
from archive.catalogue.erasing import erasures
from archive.catalogue.erasing.people import names_of
from archive.catalogue.events import events
from archive.catalogue.export import documents as exported
from archive.catalogue.export.scope import ExportScope, instant
from archive.catalogue.journal import chain, history
from archive.catalogue.uploads import uploads
from archive.erasing.erasing import Erased, ErasureOrder, erase
from archive.erasing.files import search_files
from archive.erasing.names import MARK, ErasedNames
from archive.errors import NotFound
from archive.model.uploads import UploadState
from archive.model.visibility import Visibility
from archive.search.question import Question
from tests.erasing.person import FORMER, NAME, WORDS, Filled, fill
from tests.erasing.traces import traces
from tests.ingest.ingests import ingest, settings_for

_PARTS = ("catalogue.db", "index/", "docProps/core.xml", "notesSlide", "commentAuthors", "uploads/")
_TABLES = ("page", "picture", "seminar_import", "import_reading", "submission", "talk_proposal", "upload")
REASON = "Begäran enligt artikel 17"


@dataclass(frozen=True)
class After:
    """An archive after the erasure, and what there was before."""

    archive: Archive
    data: Path
    filled: Filled
    erased: Erased
    traces_before: list[str]
    others_before: dict[str, bytes]
    backups: Path


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[After]:
    folder = tmp_path_factory.mktemp("erasing")
    data = folder / "data"
    with open_archive(settings_for(data)) as archive:
        filled = fill(archive, folder / "in")
        back_up(archive, FolderPlace(folder / "backups"), _ignored)
        before, others = traces(data, *WORDS), _originals(archive, filled.others)
        names = _names(archive, filled)
        searched = search_files(archive, names, _ignored)
        order = ErasureOrder(names, "asta", REASON, filled.person_id)
        order = replace(order, files=searched.holding, uploads=searched.uploads)
        erased = erase(archive, order, _ignored)
        yield After(archive, data, filled, erased, before, others, folder / "backups")


def test_words_were_everywhere(after: After) -> None:
    told = "\n".join(after.traces_before)
    assert [part for part in _PARTS if part not in told] == []


def test_what_others_sent_and_what_was_imported_is_found(after: After) -> None:
    assert [table for table in _TABLES if table not in after.erased.found.by_kind] == []


def test_files_that_wait_are_refused_and_say_why(after: After) -> None:
    with after.archive.database.read() as session:
        refused = uploads.in_states(session, UploadState.REFUSED)
    assert [one.code for one in refused] == ["erased", "erased"]
    assert all("erased from the archive" in one.message for one in refused)


def test_no_byte_of_the_folder_has_them(after: After) -> None:
    assert traces(after.data, *WORDS) == []


def test_no_search_finds_them(after: After) -> None:
    for question in (NAME, FORMER, *WORDS, "Åkerbrandts", "Åkerbrandtmodellen", '"Vilhelmina Åkerbrandt"'):
        found = after.archive.search.search(Question(question), Visibility.STAFF)
        assert (question, found.total_slides) == (question, 0)


def test_the_rest_of_the_slides_is_found_with_a_mark(after: After) -> None:
    found = after.archive.search.search(Question("siffror granar"), Visibility.PUBLIC)
    assert found.total_slides >= 1
    found = after.archive.search.search(Question("borttaget"), Visibility.PUBLIC)
    assert found.total_slides >= 2


def test_other_documents_are_the_same_to_the_byte(after: After) -> None:
    assert _originals(after.archive, after.filled.others) == after.others_before


def test_a_redacted_pdf_takes_the_place_of_the_report(after: After) -> None:
    with after.archive.database.read() as session:
        listed = {one.filename: one.id for one in documents.list_documents(session)}
        version = documents.document(session, listed["rapport.pdf"]).version
        read, pictures = pages.pages(session, version.id), pages.pictures(session, version.id)
    assert version.original.media_type == "application/pdf"
    assert after.archive.originals.path(version.original.sha256).read_bytes()[:5] == b"%PDF-"
    assert MARK in read[0].blocks[0].text + read[0].blocks[-1].text
    assert [word.text for word in pictures[1].words].count(MARK) == 1
    assert "Svensson" in [word.text for word in pictures[1].words]


def test_an_export_says_whose_original_was_replaced_when_and_why(after: After) -> None:
    with after.archive.database.read() as session:
        told = {one["filename"]: one for one in exported.versions(session, ExportScope(with_withdrawn=False))}
        (erasure,) = erasures.all_of(session)
    assert told["rapport.pdf"]["original_replaced_at"] == instant(erasure.at)
    assert told["rapport.pdf"]["original_replaced_reason"] == REASON
    others = [one for one in told.values() if one["document_id"] in after.filled.others]
    assert others
    assert {(one["original_replaced_at"], one["original_replaced_reason"]) for one in others} == {(None, "")}


def test_the_record_is_gone_and_its_talk_is_not(after: After) -> None:
    with after.archive.database.read() as session:
        assert history.history(session, "person", after.filled.person_id)
        with pytest.raises(NotFound):
            events.person(session, after.filled.person_id, 9)


def test_the_chain_of_the_journal_holds(after: After) -> None:
    with after.archive.database.read() as session:
        assert chain.problems(session) == ()
    assert after.erased.rechained_edits


def test_nothing_is_wrong_with_the_archive(after: After) -> None:
    assert list(after.archive.problems()) == []


def test_the_erasure_says_when_and_why_and_not_who(after: After) -> None:
    with after.archive.database.read() as session:
        (noted,) = erasures.all_of(session)
    assert (noted.actor, noted.reason, noted.is_done) == ("asta", REASON, True)
    assert noted.places == len(after.erased.found.places) > 10


def test_the_same_file_is_not_taken_in_again(after: After) -> None:
    notes = ingest(after.archive, after.data.parent / "in" / "rapport.pdf")
    assert [step.reason for step in notes.left_out if "erased" in step.reason]
    assert notes.stored == []


def _names(archive: Archive, filled: Filled) -> ErasedNames:
    with archive.database.read() as session:
        return ErasedNames(names_of(session, filled.person_id))


def _originals(archive: Archive, document_ids: tuple[str, ...]) -> dict[str, bytes]:
    found = {}
    with archive.database.read() as session:
        for document_id in document_ids:
            sha256 = documents.document(session, document_id).version.original.sha256
            found[document_id] = archive.originals.path(sha256).read_bytes()
    return found


def _ignored(what: str, count: int) -> None:
    del what, count

"""Data folders that earlier versions left (tests/data, made by scripts/kept_data.py) open in this one."""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive.accounts.sign_in import Client
from archive.app import Archive, open_archive
from archive.catalogue import documents, taken_out
from archive.catalogue.events import events
from archive.catalogue.journal import chain
from archive.errors import Gone, SignInFailed
from archive.export.exporting import export_archive
from archive.model.accounts import Role
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from scripts.release import extract_all
from tests.export.second_reader import SecondReader
from tests.filled_archive import ask

FOLDERS = sorted((Path(__file__).parents[1] / "data").glob("*.tar.xz"))
CLIENT = Client("127.0.0.1", "test")
STAFF = Visibility.STAFF


@dataclass(frozen=True)
class _Kept:
    archive: Archive
    facts: dict[str, Any]


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: path.name.removesuffix(".tar.xz"))
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Kept]:
    """Open a copy of a kept folder: it is brought up to date by that."""
    packed: Path = request.param
    data = tmp_path_factory.mktemp("kept") / "data"
    with tarfile.open(packed) as content:
        extract_all(content, data)
    facts = json.loads(packed.with_name(packed.name.replace(".tar.xz", ".json")).read_text("utf-8"))
    with open_archive(Settings(data=data)) as archive:
        yield _Kept(archive, facts)


def test_folders_are_small_and_there_is_one_of_before_the_first_release() -> None:
    assert {"50e370c3.tar.xz"} < {path.name for path in FOLDERS}
    assert all(path.stat().st_size <= 300_000 for path in FOLDERS)


def test_records_are_as_they_were(kept: _Kept) -> None:
    with kept.archive.database.read() as session:
        for one in kept.facts["documents"]:
            if one["withdrawn"]:
                with pytest.raises(Gone):
                    taken_out.live_row(session, one["document"])
                continue
            document = documents.document(session, one["document"])
            assert document.title == one["title"]
            assert document.version.filename == one["filename"]
            assert document.version.page_count == one["page_count"]
        (event,) = kept.facts["events"]
        found = events.event(session, event["id"], STAFF.rank)
        assert (found.title, found.place) == (event["title"], "Provstad")
        topics = {talk["id"]: talk["title"] for talk in kept.facts["talks"]}
        assert {id_: events.talk(session, id_, STAFF.rank).topic for id_ in topics} == topics
    assert len({one["document"] for one in kept.facts["documents"]}) == 8


def test_originals_have_their_bytes(kept: _Kept) -> None:
    assert list(kept.archive.originals.digests()) == kept.facts["originals"]
    for sha256 in kept.facts["originals"]:
        kept.archive.originals.verify(sha256)


def test_questions_find_what_they_found(kept: _Kept) -> None:
    for question, pages in kept.facts["answers"].items():
        page = ask(kept.archive, question, STAFF)
        assert {document for document, _ in pages} <= {
            hit.document_id for group in page.groups for hit in group.best
        }, question
    assert ask(kept.archive, "anteckningsord").total_slides == 0  # a speaker's note is for staff
    assert ask(kept.archive, "skyltord").total_slides == 1


def test_account_signs_in_with_its_password(kept: _Kept) -> None:
    sign_in, login = kept.archive.sign_in, kept.facts["login"]
    signed_in = sign_in.find(sign_in.by_password(login, kept.facts["password"], CLIENT))
    assert signed_in
    assert signed_in.account.role is Role.ADMIN
    with pytest.raises(SignInFailed):
        sign_in.by_password(login, "ett annat lösenord", CLIENT)


def test_chain_of_the_journal_holds(kept: _Kept) -> None:
    with kept.archive.database.read() as session:
        assert chain.problems(session) == ()
        assert chain.last(session)[0] == kept.facts["edits"] > 5


def test_nothing_is_wrong_with_it_and_it_leaves_whole(kept: _Kept, tmp_path: Path) -> None:
    assert list(kept.archive.problems()) == []

    def told(what: str, count: int) -> None:
        del what, count

    assert not export_archive(kept.archive, tmp_path / "out", with_withdrawn=True, told=told).missing
    opened = SecondReader(tmp_path / "out").all_is_there()
    assert opened["original_file"] == len(kept.facts["originals"])
    assert min(opened["picture_file"], opened["pdf_file"], opened["text_file"]) > 0

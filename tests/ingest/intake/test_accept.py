import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from archive.app import Archive
from archive.catalogue import jobs, records
from archive.catalogue.accept import Acceptance
from archive.catalogue.events import events
from archive.errors import StorageError
from archive.ingest.filetypes.media_types import SUFFIXES
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.sources import find_sources
from archive.ingest.progress import LeftOut, Refused, Stored
from archive.model.documents import DocumentKind
from archive.model.visibility import Visibility
from archive.store.folder_store import FolderStore
from tests.ingest.ingests import deck, found, ingest, names, outcomes, report, take, write, zip_file

SEMINAR = """
[event]
title = "Smart industri"
date = 2022-05-19
[[talk]]
topic = "Gruvor och stål"
deck = "gruvor.pptx"
regions = ["Dalarnas län", "Norra Mellansverige"]
[[talk.speaker]]
name = "Lisa Virén"
organisation = "Region Örebro län"
[[talk]]
topic = "Internt"
deck = "bilder/internt.pptx"
visibility = "staff"
[[report]]
title = "Exportvärden"
publisher = "Handelskammaren"
year = 2021
file = "export.pdf"
"""


def seminar(folder: Path, text: str = SEMINAR) -> Path:
    write(folder / "seminar.toml", text)
    deck(folder / "gruvor.pptx", "Gruvor")
    deck(folder / "bilder" / "internt.pptx", "Internt")
    report(folder / "export.pdf", "Export")
    write(folder / "anteckningar.txt", "Ej med")
    return folder


def test_file_of_unknown_type_is_refused_with_what_to_do(archive: Archive, tmp_path: Path) -> None:
    (step,) = take(archive, write(tmp_path / "brev.docx", b"\x00\x01inte en presentation"))
    assert isinstance(step, Refused)
    assert (step.file, step.code) == (str(tmp_path / "brev.docx"), "unsupported_type")
    for media_type, name in SUFFIXES.items():
        assert f"{name} " in step.message or f"{name}," in step.message or f"{name})" in step.message, (
            media_type
        )
    assert list(archive.originals.digests()) == []


def test_file_that_cannot_be_opened_is_refused(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, good = deck(tmp_path / "in" / "a.pptx", "A"), deck(tmp_path / "in" / "b.pptx", "B")
    open_path = Path.open

    def refuse(path: Path, *arguments: Any, **named: Any) -> object:
        if path == locked:
            raise PermissionError(13, "no")
        return open_path(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", refuse)
    assert outcomes(take(archive, locked, good)) == {"a.pptx": "bad_path", "b.pptx": "new"}


def test_file_that_turned_into_a_folder_is_refused(archive: Archive, tmp_path: Path) -> None:
    intake = Intake(archive.database, archive.originals, 10**7, "test")
    (source,) = find_sources([report(tmp_path / "a.pdf", "A")])
    (tmp_path / "a.pdf").unlink()
    (tmp_path / "a.pdf").mkdir()
    assert outcomes(list(intake.take(source))) == {"a.pdf": "bad_path"}


def test_file_that_is_too_large_is_refused(archive: Archive, tmp_path: Path) -> None:
    small, large = report(tmp_path / "a.pdf", "kort"), deck(tmp_path / "b.pptx", "A")
    steps = take(archive, small, large, file_max_bytes=10_000)
    assert outcomes(steps) == {"a.pdf": "new", "b.pptx": "too_large"}


def test_empty_file_is_refused(archive: Archive, tmp_path: Path) -> None:
    assert outcomes(take(archive, write(tmp_path / "tom.pptx", b""))) == {"tom.pptx": "unsupported_type"}


def test_full_disk_ends_the_intake(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(FolderStore, "put_file", refuse)
    with pytest.raises(StorageError):
        take(archive, deck(tmp_path / "a.pptx", "A"))


def test_seminar_is_taken_in_with_its_talks_and_reports(archive: Archive, tmp_path: Path) -> None:
    folder = seminar(tmp_path / "malm")
    assert outcomes(take(archive, folder)) == {
        "gruvor.pptx": "new",
        "internt.pptx": "new",
        "export.pdf": "new",
        "anteckningar.txt": "left_out",
    }
    with archive.database.read() as session:
        (event,) = events.events(session, Visibility.STAFF.rank)
        talks = events.talks_of_event(session, event.id, Visibility.STAFF.rank)
        held = records.records_of_event(session, event.id, Visibility.STAFF.rank)
    assert event.title == "Smart industri"
    assert [(talk.topic, talk.visibility) for talk in talks] == [
        ("Gruvor och stål", Visibility.PUBLIC),
        ("Internt", Visibility.STAFF),
    ]
    assert talks[0].contributions[0].name == "Lisa Virén"
    assert set(talks[0].region_codes) == {"SE312", "SE31"}
    by_kind = {record.document.kind: record.document for record in held}
    paper = by_kind[DocumentKind.REPORT]
    assert (paper.title, paper.publisher, paper.year) == ("Exportvärden", "Handelskammaren", 2021)
    assert sorted(record.document.title for record in held) == ["Exportvärden", "Gruvor och stål", "Internt"]


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('"Dalarnas län"', '"Darlarnas län"', "talk[1].regions[1]"),
        ("gruvor.pptx", "gruvorna.pptx", "talk[1].deck"),
        ("year = 2021", 'year = "2021"', "report[1].year"),
        ("[event]", "[event", "line 2"),
    ],
)
def test_mistake_in_a_seminar_file_refuses_that_seminar_only(
    archive: Archive, tmp_path: Path, wrong: str, right: str, told: str
) -> None:
    seminar(tmp_path / "in" / "bra")
    seminar(tmp_path / "in" / "fel", SEMINAR.replace(wrong, right))
    deck(tmp_path / "in" / "lös.pptx", "Lös")
    steps = take(archive, tmp_path / "in")
    (refused,) = [step for step in steps if isinstance(step, Refused)]
    assert refused.file == str(tmp_path / "in" / "fel" / "seminar.toml")
    assert refused.code == "bad_seminar_file"
    assert refused.message.startswith(f"{told}: ")
    assert sorted(names(step.file for step in steps if isinstance(step, Stored))) == [
        "export.pdf",
        "gruvor.pptx",
        "internt.pptx",
        "lös.pptx",
    ]


def test_same_bytes_under_another_name_are_a_duplicate(archive: Archive, tmp_path: Path) -> None:
    first = deck(tmp_path / "a.pptx", "Samma")
    second = write(tmp_path / "b.pptx", first.read_bytes())
    one, two = take(archive, first, second)
    assert isinstance(one, Stored)
    assert isinstance(two, Stored)
    assert (one.acceptance, two.acceptance) == (Acceptance.NEW, Acceptance.DUPLICATE)
    assert (one.document_id, one.version_id) == (two.document_id, two.version_id)


def test_second_intake_adds_nothing(archive: Archive, tmp_path: Path) -> None:
    folder = seminar(tmp_path / "malm")
    take(archive, folder)
    with archive.database.read() as session:
        before = jobs.pending(session)
    assert outcomes(take(archive, folder)) == {
        "gruvor.pptx": "unchanged",
        "internt.pptx": "unchanged",
        "export.pdf": "unchanged",
        "anteckningar.txt": "left_out",
    }
    with archive.database.read() as session:
        assert jobs.pending(session) == before
        assert len(events.events(session, Visibility.STAFF.rank)) == 1


def test_reports_of_the_same_name_in_two_folders_are_two(archive: Archive, tmp_path: Path) -> None:
    text = '[event]\ntitle = "E"\n' + "".join(
        f'[[report]]\ntitle = "R{year}"\nfile = "{year}/rapport.pdf"\n' for year in (2020, 2021)
    )
    write(tmp_path / "e" / "seminar.toml", text)
    report(tmp_path / "e" / "2020" / "rapport.pdf", "tjugo")
    report(tmp_path / "e" / "2021" / "rapport.pdf", "tjugoett")
    steps = [step for step in take(archive, tmp_path / "e") if isinstance(step, Stored)]
    assert [step.acceptance for step in steps] == [Acceptance.NEW, Acceptance.NEW]
    assert len({step.document_id for step in steps}) == 2


def test_name_that_is_not_utf8_is_taken_in(archive: Archive, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc5re.pptx"))
    try:
        deck(path, "Åre")
    except OSError:
        pytest.skip("this machine's file system has only UTF-8 names")
    (step,) = take(archive, tmp_path / path.name)
    assert isinstance(step, Stored)
    assert step.file.endswith("\\xc5re.pptx")
    with archive.database.read() as session:
        assert records.record(session, step.document_id).document.title == "\\xc5re"


def test_letters_that_were_taken_apart_are_composed(archive: Archive, tmp_path: Path) -> None:
    path = deck(tmp_path / unicodedata.normalize("NFD", "Östergötland.pptx"), "Ö")
    (step,) = take(archive, path)
    assert isinstance(step, Stored)
    assert step.file == str(path)
    with archive.database.read() as session:
        assert records.record(session, step.document_id).document.version.filename == "Östergötland.pptx"


def test_changed_deck_is_a_new_version_with_only_its_own_words(archive: Archive, tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", "Gruvnäring", "Stålverk")
    (first,) = ingest(archive, path).stored
    assert found(archive, "stålverk") == [("a.pptx", 2)]
    deck(path, "Gruvnäring", "Vindkraft", "Stålverken")
    (second,) = ingest(archive, path).stored
    assert second.acceptance is Acceptance.NEW_VERSION
    assert second.document_id == first.document_id
    assert found(archive, "vindkraft") == [("a.pptx", 2)]
    assert found(archive, "stålverk") == [("a.pptx", 3)]
    assert archive.engine.counts() == (1, 3)


def test_each_file_in_a_zip_is_a_document_named_by_zip_and_member(archive: Archive, tmp_path: Path) -> None:
    deck(tmp_path / "in" / "bilder" / "a.pptx", "A")
    report(tmp_path / "in" / "b.pdf", "B")
    write(tmp_path / "in" / "skräp.bin", b"\x00\x01\x02")
    path = zip_file(tmp_path / "allt.zip", tmp_path / "in")
    steps = take(archive, path)
    assert outcomes(steps) == {"a.pptx": "new", "b.pdf": "new", "skräp.bin": "unsupported_type"}
    stored = [step for step in steps if isinstance(step, Stored)]
    assert sorted(step.file for step in stored) == [f"{path}/b.pdf", f"{path}/bilder/a.pptx"]
    with archive.database.read() as session:
        titles = {records.record(session, step.document_id).document.title for step in stored}
    assert titles == {"A", "B"}


def test_second_intake_of_a_zip_adds_nothing_and_a_changed_file_in_it_is_a_new_version(
    archive: Archive, tmp_path: Path
) -> None:
    deck(tmp_path / "in" / "a.pptx", "A")
    deck(tmp_path / "in" / "b.pptx", "B")
    path = zip_file(tmp_path / "allt.zip", tmp_path / "in")
    take(archive, path)
    assert outcomes(take(archive, path)) == {"a.pptx": "unchanged", "b.pptx": "unchanged"}
    deck(tmp_path / "in" / "b.pptx", "B", "Mer")
    zip_file(path, tmp_path / "in")
    assert outcomes(take(archive, path)) == {"a.pptx": "unchanged", "b.pptx": "new_version"}


def test_seminar_in_a_zip_is_a_seminar(archive: Archive, tmp_path: Path) -> None:
    path = zip_file(tmp_path / "malm.zip", seminar(tmp_path / "in"))
    steps = take(archive, path)
    assert outcomes(steps) == {
        "gruvor.pptx": "new",
        "internt.pptx": "new",
        "export.pdf": "new",
        "anteckningar.txt": "left_out",
    }
    assert {Path(step.file).parent for step in steps if isinstance(step, LeftOut)} == {path}
    with archive.database.read() as session:
        (event,) = events.events(session, Visibility.STAFF.rank)
    assert event.title == "Smart industri"


def test_mistake_in_a_seminar_file_in_a_zip_names_the_zip(archive: Archive, tmp_path: Path) -> None:
    wrong = SEMINAR.replace("gruvor.pptx", "gruvorna.pptx")
    path = zip_file(tmp_path / "malm.zip", seminar(tmp_path / "in", wrong))
    (step,) = take(archive, path)
    assert isinstance(step, Refused)
    assert step.file == f"{path}/seminar.toml"
    assert step.message.startswith("talk[1].deck: ")


def test_damaged_zip_is_refused_and_the_others_are_taken(archive: Archive, tmp_path: Path) -> None:
    deck(tmp_path / "in" / "a.pptx", "A")
    zip_file(tmp_path / "a.zip", tmp_path / "in")
    write(tmp_path / "in" / "a.pptx", "text")
    whole = zip_file(tmp_path / "b.zip", tmp_path / "in").read_bytes()
    write(tmp_path / "b.zip", whole.replace(b"PK\x01\x02", b"XX\x01\x02"))
    write(tmp_path / "tom.zip", b"PK\x05\x06" + bytes(18))
    found = outcomes(take(archive, tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "tom.zip"))
    assert found == {"a.pptx": "new", "b.zip": "damaged", "tom.zip": "unsupported_type"}


def test_zip_as_a_talks_deck_is_refused(archive: Archive, tmp_path: Path) -> None:
    folder = seminar(tmp_path / "malm")
    deck(tmp_path / "in" / "a.pptx", "A")
    zip_file(folder / "gruvor.pptx", tmp_path / "in")
    steps = take(archive, folder)
    assert outcomes(steps)["gruvor.pptx"] == "unsupported_type"
    assert outcomes(steps)["internt.pptx"] == "new"


@pytest.mark.parametrize(("name", "kind"), [("a.txt", DocumentKind.REPORT), ("a.pptx", DocumentKind.DECK)])
def test_text_is_a_report_and_slides_are_a_deck(
    archive: Archive, tmp_path: Path, name: str, kind: DocumentKind
) -> None:
    path = deck(tmp_path / name, "A") if name.endswith("pptx") else write(tmp_path / name, "Några ord.")
    (step,) = take(archive, path)
    assert isinstance(step, Stored)
    with archive.database.read() as session:
        assert records.record(session, step.document_id).document.kind is kind


def test_link_in_a_folder_is_left_out_and_told_and_its_target_stays_outside(
    archive: Archive, tmp_path: Path
) -> None:
    secret = deck(tmp_path / "privat" / "lön.pptx", "Löner")
    deck(tmp_path / "in" / "a.pptx", "A")
    (tmp_path / "in" / "bilder.pptx").symlink_to(secret)
    steps = take(archive, tmp_path / "in")
    assert outcomes(steps) == {"a.pptx": "new", "bilder.pptx": "left_out"}
    assert "link" in next(step.reason for step in steps if isinstance(step, LeftOut))


def test_seminar_file_that_is_a_link_keeps_its_folder_out(archive: Archive, tmp_path: Path) -> None:
    folder = seminar(tmp_path / "in")
    (folder / "seminar.toml").rename(tmp_path / "annan.toml")
    (folder / "seminar.toml").symlink_to(tmp_path / "annan.toml")
    (step,) = take(archive, folder)
    assert isinstance(step, Refused)
    assert "symbolic link" in step.message

"""A seminar that is ingested again after its file was changed: left out, given again, corrected."""

from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import documents, records
from archive.catalogue.events import events
from archive.errors import Gone
from archive.ingest.progress import Corrected, LeftOut, Step, Stored, Withdrawn
from archive.model.visibility import Visibility
from tests.ingest.extractors.decks import deck_of_titles
from tests.ingest.extractors.mails import mail
from tests.ingest.ingests import deck, outcomes, report, take, write

HEAD = '[event]\ntitle = "Industri"\ndate = 2022-05-19\n'
MINES = '[[talk]]\ntopic = "Gruvor"\ndeck = "gruvor.pptx"\n'
STEEL = '[[talk]]\ntopic = "Stål"\ndeck = "stål.pptx"\n'
EXPORT = '[[report]]\ntitle = "Export"\nfile = "export.pdf"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    deck(folder / "gruvor.pptx", "Gruvor")
    deck(folder / "stål.pptx", "Stål")
    report(folder / "export.pdf", "Export")
    return folder


def given(archive: Archive, folder: Path, *parts: str) -> list[Step]:
    write(folder / "seminar.toml", "".join(parts))
    return take(archive, folder)


def ids(steps: list[Step]) -> dict[str, str]:
    """Return the identifiers of the documents by file name."""
    return {Path(step.file).name: step.document_id for step in steps if isinstance(step, Stored)}


def topics(archive: Archive) -> list[str]:
    with archive.database.read() as session:
        (event,) = events.events(session, Visibility.PUBLIC.rank)
        return [talk.topic for talk in events.talks_of_event(session, event.id, Visibility.PUBLIC.rank)]


def is_live(archive: Archive, document_id: str) -> bool:
    with archive.database.read() as session:
        try:
            documents.document(session, document_id)
        except Gone:
            return False
        return True


def test_talk_and_report_that_are_left_out_are_withdrawn_by_name_and_come_back(
    archive: Archive, folder: Path
) -> None:
    first = ids(given(archive, folder, HEAD, MINES, STEEL, EXPORT))
    steps = given(archive, folder, HEAD, MINES)
    assert [step for step in steps if isinstance(step, Withdrawn)] == [
        Withdrawn(name, first[name]) for name in sorted(("stål.pptx", "export.pdf"), key=first.__getitem__)
    ]
    assert {Path(step.file).name for step in steps if isinstance(step, LeftOut)} == {
        "stål.pptx",
        "export.pdf",
    }
    assert [is_live(archive, first[name]) for name in ("gruvor.pptx", "stål.pptx", "export.pdf")] == [
        True, False, False,
    ]  # fmt: skip
    assert topics(archive) == ["Gruvor"]
    assert not [step for step in given(archive, folder, HEAD, MINES) if isinstance(step, Withdrawn)]
    again = given(archive, folder, HEAD, MINES, STEEL, EXPORT)
    assert outcomes(again) == {"gruvor.pptx": "unchanged", "stål.pptx": "restored", "export.pdf": "restored"}
    assert ids(again) == first
    assert topics(archive) == ["Gruvor", "Stål"]
    with archive.database.read() as session:
        talk = records.record(session, first["stål.pptx"]).talk
    assert talk is not None
    assert talk.topic == "Stål"


def test_deck_that_a_talk_no_longer_names_is_withdrawn_and_comes_back_with_other_bytes(
    archive: Archive, folder: Path
) -> None:
    first = ids(given(archive, folder, HEAD, MINES, STEEL))
    given(archive, folder, HEAD, MINES, '[[talk]]\ntopic = "Stål"\n')
    assert not is_live(archive, first["stål.pptx"])
    assert topics(archive) == ["Gruvor", "Stål"]
    deck(folder / "stål.pptx", "Stål", "Mer")
    again = given(archive, folder, HEAD, MINES, STEEL)
    assert outcomes(again)["stål.pptx"] == "restored"
    assert ids(again) == first


def test_file_that_cannot_be_read_this_time_is_not_withdrawn(archive: Archive, folder: Path) -> None:
    first = ids(given(archive, folder, HEAD, MINES, STEEL, EXPORT))
    for name in ("stål.pptx", "export.pdf"):
        write(folder / name, b"\x00\x01")
    steps = given(archive, folder, HEAD, MINES, STEEL, EXPORT)
    assert not [step for step in steps if isinstance(step, Withdrawn)]
    assert all(is_live(archive, one) for one in first.values())


def test_what_staff_withdrew_does_not_come_back_and_its_talk_can_be_left_out(
    archive: Archive, folder: Path
) -> None:
    first = ids(given(archive, folder, HEAD, MINES, STEEL))
    with archive.database.write() as session:
        documents.withdraw(session, first["stål.pptx"], "test")
    steps = given(archive, folder, HEAD, MINES, STEEL)
    assert "archive restore" in next(step.reason for step in steps if isinstance(step, LeftOut))
    given(archive, folder, HEAD, MINES)
    assert topics(archive) == ["Gruvor"]
    assert not is_live(archive, first["stål.pptx"])


def test_files_in_a_mail_are_withdrawn_with_it(archive: Archive, folder: Path) -> None:
    write(folder / "brev.eml", mail(files={"a.pptx": deck_of_titles("A")}).as_bytes())
    letter = '[[report]]\ntitle = "Brev"\nfile = "brev.eml"\n'
    first = ids(given(archive, folder, HEAD, MINES, letter))
    assert all(is_live(archive, first[name]) for name in ("brev.eml", "a.pptx"))
    given(archive, folder, HEAD, MINES)
    assert not any(is_live(archive, first[name]) for name in ("brev.eml", "a.pptx"))
    assert ids(given(archive, folder, HEAD, MINES, letter)) == first


def test_corrected_title_and_day_are_told_and_make_no_second_seminar(archive: Archive, folder: Path) -> None:
    first = ids(given(archive, folder, HEAD, MINES, STEEL))
    head = HEAD.replace("Industri", "Industrin").replace("05-19", "05-20")
    steps = given(archive, folder, head, MINES, STEEL)
    (corrected,) = [step for step in steps if isinstance(step, Corrected)]
    assert corrected.message == "Industri → Industrin; 2022-05-19 → 2022-05-20"
    assert ids(steps) == first
    assert topics(archive) == ["Gruvor", "Stål"]


def test_moved_folder_with_title_and_day_corrected_is_the_same_seminar(
    archive: Archive, folder: Path
) -> None:
    first = ids(given(archive, folder, HEAD, MINES, STEEL))
    moved = folder.rename(folder.with_name("flyttad"))
    head = HEAD.replace("Industri", "Industrin").replace("05-19", "05-20")
    assert ids(given(archive, moved, head, MINES, STEEL)) == first
    assert topics(archive) == ["Gruvor", "Stål"]


def test_folder_whose_seminar_file_has_another_name_for_a_while_keeps_its_seminar(
    archive: Archive, folder: Path
) -> None:
    first = ids(given(archive, folder, HEAD, MINES, STEEL))
    file = folder / "seminar.toml"
    renamed = file.rename(folder / "seminar-2022.toml")
    steps = take(archive, folder)
    assert first.items() <= ids(steps).items()
    assert topics(archive) == ["Gruvor", "Stål"]
    renamed.rename(file)
    assert ids(take(archive, folder)) == first
    assert topics(archive) == ["Gruvor", "Stål"]


def test_seminars_that_swap_decks_keep_their_talks_and_addresses(archive: Archive, folder: Path) -> None:
    other = folder.with_name("skog")
    deck(other / "skog.pptx", "Skog")
    write(
        other / "seminar.toml",
        '[event]\ntitle = "Skogen"\ndate = 2023-03-01\n[[talk]]\ntopic = "Skog"\ndeck = "skog.pptx"\n',
    )
    first = ids(given(archive, folder, HEAD, MINES)) | ids(take(archive, other))
    mine, wood = folder / "gruvor.pptx", other / "skog.pptx"
    mine_bytes, wood_bytes = mine.read_bytes(), wood.read_bytes()
    mine.write_bytes(wood_bytes)
    wood.write_bytes(mine_bytes)
    head = HEAD.replace("Industri", "Industrin")
    assert ids(given(archive, folder, head, MINES)) | ids(take(archive, other)) == first
    with archive.database.read() as session:
        found = {each.title for each in events.events(session, Visibility.PUBLIC.rank)}
        shown = {name: records.record(session, document_id) for name, document_id in first.items()}
    assert found == {"Industrin", "Skogen"}
    assert {name: record.talk.topic for name, record in shown.items() if record.talk} == {
        "gruvor.pptx": "Gruvor",
        "skog.pptx": "Skog",
    }
    assert {record.document.version.number for record in shown.values()} == {2}

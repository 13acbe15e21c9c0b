"""A folder whose name ends in .key is one deck, wherever it lies."""

from pathlib import Path

import pytest

from archive.app import Archive
from archive.errors import TooLarge
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.media_types import KEY
from archive.ingest.intake.keynote_folder import as_one_file, is_keynote_folder
from archive.ingest.intake.sources import SingleFile, find_sources
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import outcomes, take, write, zip_file


def keynote(folder: Path) -> Path:
    write(folder / "QuickLook" / "Preview.pdf", pdf([lines(["Landsbygdens framtid"], 400)]))
    write(folder / "Data" / "foto.jpg", b"\xff\xd8\xff")
    write(folder / "index.apxl.gz", b"\x1f\x8b")
    return folder


def test_folder_is_one_source_below_another_and_named_itself(tmp_path: Path) -> None:
    deck = keynote(tmp_path / "in" / "Landsbygd.key")
    assert find_sources([tmp_path / "in"]) == [SingleFile(deck)]
    assert find_sources([deck]) == [SingleFile(deck)]


def test_folder_of_that_name_without_a_deck_is_walked(tmp_path: Path) -> None:
    loose = write(tmp_path / "nycklar.key" / "a.pdf", b"%PDF-1.4")
    assert not is_keynote_folder(tmp_path / "nycklar.key")
    assert find_sources([tmp_path]) == [SingleFile(loose)]


def test_folder_is_packed_alike_each_time_and_links_in_it_are_not_followed(tmp_path: Path) -> None:
    deck = keynote(tmp_path / "Landsbygd.key")
    (deck / "Data" / "passwd").symlink_to("/etc/passwd")
    packed = []
    for _ in range(2):
        with as_one_file(deck, tmp_path, 1_000_000) as whole:
            assert detect(whole) == KEY
            packed.append(whole.read_bytes())
    assert packed[0] == packed[1]
    assert b"passwd" not in packed[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Landsbygd.key"]


def test_folder_larger_than_is_taken_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge), as_one_file(keynote(tmp_path / "Landsbygd.key"), tmp_path, 100):
        pass


def test_folder_and_one_in_a_zip_are_decks_by_their_names(archive: Archive, tmp_path: Path) -> None:
    deck = keynote(tmp_path / "in" / "Landsbygd.key")
    packed = zip_file(tmp_path / "allt.zip", tmp_path / "in")
    assert outcomes(take(archive, deck)) == {"Landsbygd.key": "new"}
    assert outcomes(take(archive, packed)) == {"Landsbygd.key": "duplicate"}


def test_talk_may_name_the_folder_as_its_deck(archive: Archive, tmp_path: Path) -> None:
    keynote(tmp_path / "m" / "Landsbygd.key")
    text = '[event]\ntitle = "Möte"\n[[talk]]\ntopic = "Bygd"\ndeck = "Landsbygd.key"\n'
    write(tmp_path / "m" / "seminar.toml", text.encode())
    assert outcomes(take(archive, tmp_path / "m")) == {"Landsbygd.key": "new"}

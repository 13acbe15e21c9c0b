import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from archive.ingest.intake.seminar import load_seminar
from samples.build import DECKS, FOLDER, REPORT, build

TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
WRITTEN = re.compile(r"ppt/(slides|notesSlides|diagrams|charts)/[^/]+\.xml$")


def slides(deck: Path) -> list[str]:
    return sorted(re.findall(r"ppt/slides/slide\d+\.xml", "\n".join(zipfile.ZipFile(deck).namelist())))


def words_of_deck(deck: Path) -> dict[str, list[str]]:
    with zipfile.ZipFile(deck) as package:
        return {
            name: [element.text or "" for element in etree.fromstring(package.read(name)).iter(TEXT)]
            for name in package.namelist()
            if WRITTEN.match(name)
        }


def words_of_report(report: Path) -> list[str]:
    document = pypdfium2.PdfDocument(report)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    build(folder)
    return folder


@pytest.mark.parametrize("name", DECKS)
def test_committed_deck_has_the_words_of_its_script(built: Path, name: str) -> None:
    assert words_of_deck(FOLDER / name) == words_of_deck(built / name)


def test_committed_report_has_the_words_of_its_script(built: Path) -> None:
    assert words_of_report(FOLDER / REPORT) == words_of_report(built / REPORT)


def test_building_again_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    for path in build(tmp_path):
        assert path.read_bytes() == (built / path.name).read_bytes(), path.name


@pytest.mark.parametrize("name", DECKS)
def test_decks_are_labelled_and_of_seminar_size(name: str) -> None:
    deck = FOLDER / name
    assert 6 <= len(slides(deck)) <= 9
    assert deck.stat().st_size < 400 * 1024
    words = words_of_deck(deck)
    for slide in slides(deck):
        assert any("Exempelmaterial" in text for text in words[slide]), slide


def test_decks_hold_what_an_archive_meets() -> None:
    parts: list[str] = []
    hidden = pictures = groups = tables = 0
    for name in DECKS:
        with zipfile.ZipFile(FOLDER / name) as package:
            parts += package.namelist()
            for slide in slides(FOLDER / name):
                xml = package.read(slide).decode()
                hidden += 'show="0"' in xml
                pictures += "<p:pic>" in xml and 'descr="Teckning' in xml
                groups += "<p:grpSp>" in xml
                tables += "<a:tbl>" in xml
    assert hidden == 2
    assert min(pictures, groups, tables) >= 2
    assert sum("/charts/chart" in part for part in parts) >= 2
    assert sum("/diagrams/data" in part for part in parts) == 2
    assert sum("/notesSlides/notesSlide" in part for part in parts) >= 8


def test_suggested_words_stand_on_several_slides() -> None:
    texts = [
        " ".join(words_of_deck(FOLDER / name)[slide]).casefold()
        for name in DECKS
        for slide in slides(FOLDER / name)
    ]
    for word in ("gruvnäring", "gruvnäringen", "gruvnäringens", "kompetensförsörjning"):
        assert sum(bool(re.search(rf"\b{word}\b", text)) for text in texts) >= 2, word
    report = words_of_report(FOLDER / REPORT)
    assert len(report) == 5
    assert all(f"Sida {number}" in page for number, page in enumerate(report, 1))
    assert sum("ruvnäring" in page for page in report) >= 3


def test_every_file_is_named_in_the_seminar_file() -> None:
    seminar = load_seminar(FOLDER, lambda name: name)
    decks = [deck.name for deck in seminar.talk_decks if deck]
    assert decks == list(DECKS)
    assert [report.file.name for report in seminar.reports] == [REPORT]
    speakers = [speaker.name for talk in seminar.event.talks for speaker in talk.speakers]
    assert speakers == [f"Exempel Talare {number}" for number in range(1, 5)]

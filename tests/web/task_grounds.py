"""The two archives on which the ten tasks are tried, made by the archive's own commands."""

import shutil
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest

from scripts.archive_command import ArchiveCommand
from tests.waiting import HANG_S, wait_until

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "seminar"
NOSAD = ROOT / ".." / "shared" / "corpus" / "nosad"


@dataclass(frozen=True)
class Ground:
    """An archive and what a member looks for in it.

    `word` stands on the slides `hits` of one talk, among them `slide_number` with `slide_title`; the talk's
    deck was `original` and comes back as `filename`, or as the PDF `pdf_name` where it has notes. `year` is
    empty where all talks are of one year, which is then a part of `broad`. `misspelt` is what somebody in a
    hurry writes for `meant`; the words of `misquoted` stand on one slide, but not beside each other.
    """

    address: str
    original: Path
    word: str
    slide_title: str
    slide_number: int
    hits: tuple[int, ...]
    filename: str
    pdf_name: str
    speaker: str
    speaker_talk: str
    broad: str
    year: str
    region: str
    region_talks: tuple[str, ...]
    misspelt: str
    meant: str
    misquoted: str


_SAMPLE = Ground(
    address="",
    original=SAMPLE / "04-hallbar-gruvnaring.pptx",
    word="kompetensförsörjning",
    slide_title="Kompetensförsörjning i gruvan",
    slide_number=7,
    hits=(3, 7, 9),
    filename="04-hallbar-gruvnaring.pptx",
    pdf_name="innovation-for-en-hallbar-gruvnaring.pdf",
    speaker="Exempel Talare 3",
    speaker_talk="Exportindustrins betydelse för välfärden",
    broad="kompetensförsörjning år:2022",
    year="",
    region="Örebro län",
    region_talks=("Innovation för en hållbar gruvnäring", "Smart specialisering i Östra Mellansverige"),
    misspelt="kompetensförsörning",
    meant="kompetensförsörjning",
    misquoted='"gruvnäringens elektriker"',
)
_NOSAD = Ground(
    address="",
    original=Path("2021/beskrivningar.pptx"),
    word="metadata",
    slide_title="Vad är metadata?",
    slide_number=5,
    hits=(4, 5, 6, 7),
    filename="beskrivningar.pptx",
    pdf_name="beskrivningar-som-skapas-av-sig-sjalva.pdf",
    speaker="Exempel Nätverkare 2",
    speaker_talk="Miljödata för utvecklare",
    broad="öppen",
    year="2021",
    region="Stockholms län",
    region_talks=("Ett kompetenscentrum för öppen programvara",),
    misspelt="riktlinjjer",
    meant="riktlinjer",
    misquoted='"metadata licens"',
)

# Each file by the beginning of its name in the corpus. The speakers, days and regions are invented.
_FILES = {
    "469bde": "beskrivningar.pptx",
    "ea7ad4": "miljodata.pptx",
    "5c0fef": "kompetenscentrum.pptx",
    "0c1ada": "rad.pdf",
    "fe25d0": "agenda.pdf",
    "80bcdc": "policy.pdf",
}
_SEMINARS = {
    "2021": """
[event]
title = "Öppna data på en förmiddag"
date = 2021-10-12
[[talk]]
topic = "Beskrivningar som skapas av sig själva"
regions = ["Västernorrlands län"]
deck = "beskrivningar.pptx"
[[talk.speaker]]
name = "Exempel Nätverkare 1"
[[talk]]
topic = "Miljödata för utvecklare"
regions = ["Jämtlands län"]
deck = "miljodata.pptx"
[[talk.speaker]]
name = "Exempel Nätverkare 2"
organisation = "Exempelverket"
[[talk]]
topic = "Ett kompetenscentrum för öppen programvara"
regions = ["Stockholms län"]
deck = "kompetenscentrum.pptx"
""",
    "2020": """
[event]
title = "Öppen programvara på en eftermiddag"
date = 2020-12-01
[[talk]]
topic = "Råd om öppen källkod"
regions = ["Stockholms län"]
deck = "rad.pdf"
[[talk]]
topic = "Vad ska vi tala om?"
deck = "agenda.pdf"
[[report]]
title = "Policy för programvara"
file = "policy.pdf"
year = 2020
""",
}


@contextmanager
def opened_ground(name: str, folder: Path) -> Iterator[Ground]:
    """Ingest one of the two ("sample", "nosad") into a folder and serve it while the context lasts."""
    source = SAMPLE if name == "sample" else _seminars_written(folder / "seminars")
    data = folder / "data"
    data.mkdir()
    # None of the words that are looked for stands in a picture alone.
    (data / "archive.toml").write_text('[ocr]\ncommand = "none"\n', encoding="utf-8")
    archive = ArchiveCommand(data)
    summary = archive.ingest_steps(source)[-1]
    assert summary["pictures"] == summary["slides"], summary
    server = archive.serve(0)
    try:
        ground = _SAMPLE if name == "sample" else replace(_NOSAD, original=source / _NOSAD.original)
        ground = replace(ground, address=server.address.rstrip("/"))
        _wait_until_helpful(ground)
        yield ground
    finally:
        server.end()


def _seminars_written(folder: Path) -> Path:
    """Copy some small decks and reports of the corpus under plain names, each beside its seminar file."""
    if not NOSAD.is_dir():
        pytest.skip("the shared corpus is not on this machine")
    for year, seminar in _SEMINARS.items():
        place = folder / year
        place.mkdir(parents=True)
        (place / "seminar.toml").write_text(seminar, encoding="utf-8")
        for beginning, name in _FILES.items():
            if f'"{name}"' in seminar:
                shutil.copyfile(next(NOSAD.glob(f"{beginning}_*")), place / name)
    return folder


def _wait_until_helpful(ground: Ground) -> None:
    """Wait for what a server reads after its start: the words it mends with, the names it suggests.

    Until it has them its pages are whole, but offer neither.
    """
    for path, sign in (
        (f"/suggest?q={quote(ground.speaker)}", ground.speaker),
        (f"/?q={quote(ground.misspelt)}", "Menade du"),
    ):
        address = ground.address + path
        wait_until(lambda address=address, sign=sign: sign in _answer(address), f"{path} offers help")  # type: ignore[misc]  # defaults bind the loop's values


def _answer(address: str) -> str:
    with urllib.request.urlopen(address, timeout=HANG_S) as answer:
        text: str = answer.read().decode()
    return text

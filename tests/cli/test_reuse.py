"""`archive reuse` lists the slides that talks have in common."""

from pathlib import Path

import pytest

from archive.app import open_archive
from archive.settings.settings import Settings
from tests.cli.commands import Run
from tests.filled_archive import add, slide
from tests.reuse.decks import ENERGY, MARKET, NEXT_YEAR, PEOPLE, sign_all


@pytest.fixture
def decks(data: Path) -> tuple[str, str]:
    with open_archive(Settings(data=data)) as archive:
        made = add(archive, "a", MARKET, ENERGY, year=2019), add(archive, "b", PEOPLE, NEXT_YEAR, year=2021)
        add(archive, "c", PEOPLE, year=2022)
        sign_all(archive)
        return made


def test_most_reused_slides_are_listed(run: Run, decks: tuple[str, str]) -> None:
    told = run("reuse", "--json").json["slides"]
    assert {(one["number"], one["talk_count"], one["first_year"], one["last_year"]) for one in told} == {
        (2, 2, "2019", "2021"),
        (1, 2, "2021", "2022"),
    }
    assert "2019–2021" in run("reuse", "--limit", "5").out
    assert f"{decks[1]}/2" in run("reuse").out


def test_slides_of_a_document_are_listed(run: Run, decks: tuple[str, str]) -> None:
    (only,) = run("reuse", decks[0], "--json").json["slides"]
    assert (only["number"], only["title"]) == (1, "Stålmarknaden i Sverige")
    assert run("reuse", "unknown").code == 1


def test_archive_without_a_slide_in_common(run: Run, data: Path) -> None:
    with open_archive(Settings(data=data)) as archive:
        add(archive, "a", MARKET)
    assert run("reuse").out == "There are none.\n"


def test_slide_without_a_title_is_known_by_its_deck(run: Run, data: Path) -> None:
    untitled = slide("", "tolv ord som räcker för att två bilder ska vara samma bild här ändå")
    with open_archive(Settings(data=data)) as archive:
        first = add(archive, "Energi för alla", untitled, year=2020)
        add(archive, "Mer energi", untitled, year=2019)
        sign_all(archive)
    assert [one["title"] for one in run("reuse", "--json").json["slides"]] == ["Energi för alla"]
    assert [one["title"] for one in run("reuse", first, "--json").json["slides"]] == ["Energi för alla"]

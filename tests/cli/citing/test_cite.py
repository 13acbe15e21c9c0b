"""`archive cite`: the same references as the pages give, by identifier or by address."""

import json

import pytest
import rispy

from tests.cli.commands import Run, assert_one_line


@pytest.fixture
def deck_id(full: Run) -> str:
    identifier = full("search", "--json", "gruvnäringen").json["hits"][0]["document"]
    assert isinstance(identifier, str)
    return identifier


def test_document_is_cited_in_the_style_and_language_asked_for(full: Run, deck_id: str) -> None:
    told = full("cite", deck_id)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("Virén, L. (2022, maj 19). Gruvnäringens framtid [Presentation].")
    english = full("cite", deck_id, "--style", "ieee", "--language", "en").out
    assert english.startswith(
        "L. Virén, “Gruvnäringens framtid,” presented at the Smart industri, May 19, 2022."
    )


@pytest.mark.parametrize(
    "form", ["{}/2", "d/{}/v1/2", "/d/{}/2?q=stål", "https://arkiv.example.org/en/d/{}/v1/2/cite"]
)
def test_slide_is_cited_by_any_of_its_addresses(full: Run, deck_id: str, form: str) -> None:
    (item,) = json.loads(full("cite", form.format(deck_id), "--format", "csl-json").out)
    assert item["title"] == "Gruvnäringens framtid, bild 2"
    assert item["URL"].endswith(f"/d/{deck_id}/v1/2")


def test_formats_are_read_back(full: Run, deck_id: str) -> None:
    (read,) = rispy.loads(full("cite", deck_id, "--format", "ris").out)
    assert read["authors"] == ["Virén, Lisa"]


def test_unknown_style_or_format_says_which_there_are(full: Run, deck_id: str) -> None:
    style = full("cite", deck_id, "--style", "nature")
    assert (style.code, "apa, harvard, oxford, vancouver, ieee, chicago" in style.err) == (2, True)
    of_files = full("cite", deck_id, "--format", "word")
    assert (of_files.code, "bibtex, biblatex, ris, csl-json" in of_files.err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["no such thing"],
        ["d/{}/v1"],
        ["unknown123"],
        ["{}/99"],
        ["{}/v9/1"],
        ["t/unknown123"],
        ["{}", "--style", "nature"],
        ["{}", "--format", "word"],
    ],
)
def test_what_cannot_be_cited_is_said_in_one_line(full: Run, deck_id: str, arguments: list[str]) -> None:
    told = full("cite", *(one.format(deck_id) for one in arguments))
    assert told.code != 0
    assert_one_line(told)

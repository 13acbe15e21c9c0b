import pytest

from archive.app import Archive
from archive.model.visibility import Visibility
from archive.search.question import Question
from tests.web.web_archive import Built


def meant(archive: Archive, text: str, visitor: Visibility = Visibility.PUBLIC) -> str:
    found = archive.spelling.meant(Question(text), visitor)
    return found.text if found else ""


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("signaltknik", "signalteknik"),
        ("kompetens signaltekink", "kompetens signalteknik"),
        ("komptens signaltekink", "kompetens signalteknik"),
        ("Signaltknik", "Signalteknik"),
        ("kompetens-signaltekink", "kompetens-signalteknik"),
    ],
)
def test_misspelt_words_are_mended(archive: Archive, built: Built, typed: str, right: str) -> None:
    assert meant(archive, typed) == right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("talare:ekstörm", "talare:Ekström"),
        ("organisation:handelskamaren", "organisation:Handelskammaren"),
        ("export organisation:handelskamaren", "export organisation:Handelskammaren"),
    ],
)
def test_words_of_a_field_are_mended_by_its_own(
    archive: Archive, built: Built, typed: str, right: str
) -> None:
    assert meant(archive, typed) == right


def test_a_name_that_only_staff_may_see_is_offered_to_staff_alone(archive: Archive, built: Built) -> None:
    assert meant(archive, "talare:hlom") == ""
    assert meant(archive, "talare:hollm") == ""
    assert meant(archive, "talare:hollm", Visibility.STAFF) == "talare:Holm"


@pytest.mark.parametrize("typed", ["signalteknik", '"signaltknik"', "talare:signaltknik", "-signaltknik", ""])
def test_right_words_phrases_and_names_are_left_alone(archive: Archive, built: Built, typed: str) -> None:
    assert meant(archive, typed) == ""


def test_a_word_that_only_staff_may_see_is_offered_to_staff_alone(archive: Archive, built: Built) -> None:
    assert meant(archive, "förtrolgit") == ""
    assert meant(archive, "förtrolgit", Visibility.STAFF) == "förtroligt"


def test_what_is_offered_is_said_to_find_what_it_finds(archive: Archive, built: Built) -> None:
    found = archive.spelling.meant(Question("signaltknik"), Visibility.PUBLIC)
    assert found
    assert found.total_pages == archive.search.total(Question(found.text), Visibility.PUBLIC) == 1


@pytest.mark.parametrize(
    "typed",
    ["Signaltknik_2021_v2.pptx", "signaltknik.pdf", "<signaltknik>", "<b>signaltknik</b>", "{{signaltknik}}"],
)
def test_names_of_files_and_markup_are_left_alone(archive: Archive, built: Built, typed: str) -> None:
    assert meant(archive, typed) == ""

"""Signs that LaTeX or BibTeX would take for its own are written out; letters stay."""

import pytest

from archive.citations.formats import latex
from archive.citations.reading import organisation_name, person_name


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Åkerberg & Öst", r"Åkerberg {\&} Öst"),
        ("a < b > c | d", r"a {\textless} b {\textgreater} c {\textbar} d"),
        ("{ och }", r"{\textbraceleft} och {\textbraceright}"),
        ("CO₂ på m⁴", r"CO{\textsubscript{2}} på m{\textsuperscript{4}}"),
        ("α ≤ √", r"{\ensuremath{\alpha}} {\ensuremath{\leq}} {\ensuremath{\surd}}"),
        ("så – “här”", "så – “här”"),
        ("中文", "中文"),
    ],
)
def test_text_is_set_as_it_is(text: str, written: str) -> None:
    assert latex.escaped(text) == written


def test_capitals_of_a_title_are_kept() -> None:
    assert latex.title("Norrbottens malm") == "{Norrbottens malm}"


def test_suffix_stands_between_family_and_given_name() -> None:
    assert latex.name(person_name("Per von Ek Jr")) == "von Ek, Jr, Per"


def test_organisation_is_one_name_whatever_it_is_called() -> None:
    assert latex.name(organisation_name("Och and Son, Malmö")) == "{Och and Son, Malmö}"


def test_and_within_a_name_begins_no_other_one() -> None:
    assert latex.name(person_name("Anna and Bo Berg")) == "Berg, Anna {and} Bo"
    assert latex.name(person_name("Bo And")) == "{And}, Bo"
    assert latex.name(person_name("Sandra Brand")) == "Brand, Sandra"

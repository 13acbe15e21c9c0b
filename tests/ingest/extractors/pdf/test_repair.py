import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.extractors.pdf.letters import Letter, composed, recompose, recompose_text
from archive.ingest.extractors.pdf.repair import is_unreadable, repaired
from archive.ingest.extractors.pdf.spacing import join_spaced, spaced_runs


def _placed(*letters: tuple[str, float, float]) -> list[Letter]:
    return [(text, left, 0.0, left + width, 10.0, 10.0) for text, left, width in letters]


def _text(letters: list[Letter]) -> str:
    return "".join(letter[0] for letter in letters)


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ([("L", 0, 6), ("¨", 6, 5), ("a", 6, 5), ("n", 11, 6)], "Län"),
        ([("L", 0, 6), ("a", 6, 5), ("¨", 6, 5), ("n", 11, 6)], "Län"),
        ([("˚", 0, 7), ("a", 1, 5), ("r", 6, 4)], "år"),
        ([("˚", 0, 7), ("A", 0, 7), ("¨", 8, 5), ("A", 7, 8), ("¨", 17, 5), ("O", 15, 8)], "ÅÄÖ"),
        ([("i", 0, 3), ("d", 3, 5), ("´", 8, 5), ("e", 8, 4)], "idé"),
        ([("´", 0, 5), ("ı", 1, 3)], "í"),
        ([("\u0308", 0, 5), ("o", 0, 5)], "ö"),
        ([("a", 0, 5), ("¨", 0, 5), ("¨", 5, 5), ("o", 5, 5)], "äö"),
        ([("L", 0, 6), (" ", 6, 0), ("¨", 6, 5), (" ", 11, 0), ("¨", 6, 5), ("a", 6, 5)], "Lä"),
        ([("O", 0, 8), ("l", 9, 3), (" ", 12, 4), ("¨", 2, 5)], "Öl "),
        ([("S", 0, 6), ("´", 7, 3), ("s", 11, 5)], "S´s"),
        ([("¨", 0, 5), ("b", 0, 5)], "¨b"),
    ],
)
def test_accents_stand_on_the_letter_in_the_same_place(
    letters: list[tuple[str, float, float]], text: str
) -> None:
    assert _text(recompose(_placed(*letters))) == text


def test_letter_with_accent_keeps_the_place_of_its_base() -> None:
    (letter,) = recompose(_placed(("˚", 0, 7), ("a", 1, 5)))
    assert letter[1:4:2] == (1, 6)


@pytest.mark.parametrize(
    ("text", "repaired_text"),
    [
        ("L¨ansstyrelsen f˚ar ¨andra", "Länsstyrelsen får ändra"),
        ("fra˚n La¨nsstyrelsen go¨r sa˚", "från Länsstyrelsen gör så"),
        ("H\x7far \x17ar e\x0bektivt", "Här år effektivt"),
        ("id´e", "idé"),
        ("Lisa´s hund", "Lisa´s hund"),
        ("5 ˚C", "5 ˚C"),
    ],
)
def test_accents_are_put_on_letters_where_only_the_order_is_known(text: str, repaired_text: str) -> None:
    assert recompose_text(text) == repaired_text


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cc", "Sk", "Mn"], exclude_characters="`^~˚"), max_size=60
    )
)
def test_text_without_loose_accents_is_left_as_it_is(text: str) -> None:
    assert recompose_text(text) == text


def test_only_real_letters_are_composed() -> None:
    assert composed("b", "¨") == ""
    assert composed("1", "¨") == ""


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("R A P P O R T", "RAPPORT"),
        ("Å R E T S  R A P P O R T", "ÅRETS RAPPORT"),
        ("A B C D", "A B C D"),
        ("X Y Z T", "X Y Z T"),
        ("a b o e", "a b o e"),
        ("FÖR A T T", "FÖR A T T"),
    ],
)
def test_letter_spaced_headings_are_words(text: str, joined: str) -> None:
    assert join_spaced(text) == joined


def test_runs_of_letter_spaced_words_are_found_among_words() -> None:
    assert spaced_runs(["en", "R", "A", "P", "P", "O", "R", "T", "om", "A", "B"]) == [(1, 8)]


@pytest.mark.parametrize(
    ("text", "is_bad"),
    [
        ("(cid:3)(cid:4)(cid:5) ord", True),
        ("\ue000\ue001\ue002 är", True),
        ("\ufffd\ufffd\ufffd\ufffd", True),
        ("Ett vanligt stycke med ord.", False),
        ("\uf0b7 ett\n\uf0b7 två\n\uf0b7 tre\n\uf0b7 fyra", False),
        ("(cid:127) ett", False),
        ("", False),
    ],
)
def test_letters_without_a_meaning_are_told(text: str, is_bad: bool) -> None:
    assert is_unreadable(text, 0.1) is is_bad


def test_share_of_letters_without_a_meaning_is_a_setting() -> None:
    text = "(cid:3)" * 4 + " " + "ord " * 3
    assert is_unreadable(text, 0.2)
    assert not is_unreadable(text, 0.5)


def test_pdfium_text_is_repaired_line_by_line() -> None:
    assert repaired("R A P P O R T\r\nL¨an") == "RAPPORT\r\nLän"

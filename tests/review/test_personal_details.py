"""Personal identity numbers are found in every form, and nothing else is taken for one."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from archive.model.documents import Original, Version
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.review.personal_details import personal_numbers
from archive.review.warnings import WarningKind, warnings_of

TODAY = date(2026, 11, 28)
_BORN_FROM, _BORN_DAYS = date(1927, 1, 1), 29_000  # until 2006


def _check_digit(digits: str) -> str:
    """Return the check digit by Luhn's algorithm (ISO/IEC 7812-1), written here once more as the oracle."""
    doubled = [int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(digits)]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def planted(seed: int, is_coordination_number: bool = False) -> tuple[str, str, str]:
    """Return a century, a date and four last digits that make a valid number."""
    numbers = random.Random(seed)
    born = _BORN_FROM + timedelta(days=numbers.randrange(_BORN_DAYS))
    day = f"{born.day + 60 * is_coordination_number:02}"
    date_digits = f"{born:%y%m}{day}"
    serial = f"{numbers.randrange(1, 1000):03}"
    return f"{born:%Y}"[:2], date_digits, serial + _check_digit(date_digits + serial)


FORMS = (
    "{date}-{last}", "{date}{last}", "{date} {last}", "{century}{date}-{last}", "{century}{date}{last}",
    "{century}{date} {last}", "{date} - {last}", "{date}–{last}",
    "Personnummer: {date}-{last}.", "({date}-{last})",
)  # fmt: skip


def _texts() -> list[str]:
    found = []
    for at in range(40):
        century, day, last = planted(at, is_coordination_number=at % 5 == 4)
        found.append(FORMS[at % len(FORMS)].format(century=century, date=day, last=last))
    return found


def _version(filename: str = "a.pptx", **properties: str) -> Version:
    original = Original("0" * 64, 1, "application/x-deck")
    return Version("v", 1, filename, original, datetime(2026, 1, 1, tzinfo=UTC), properties=properties)


def _block(at: int, text: str) -> Block:
    """Return the number on a slide: in text, in a table, in the notes, or read in a picture by OCR."""
    words = f"Anna Åkesson {text} deltog"
    if at % 4 == 1:
        return Block(BlockField.TABLE, rows=(("namn", "nummer", "år"), ("Anna Åkesson", text, "2021")))
    field = (BlockField.BODY, BlockField.TABLE, BlockField.NOTES, BlockField.OCR)[at % 4]
    return Block(field, (Paragraph(words),))


def test_forty_planted_numbers_are_found_in_texts_tables_notes_and_pictures() -> None:
    pages = [Page(at + 1, (_block(at, text),)) for at, text in enumerate(_texts())]
    found = [one for one in warnings_of(_version(), pages) if one.kind is WarningKind.PERSONAL_NUMBER]
    assert [one.page_number for one in found] == list(range(1, 41))
    assert all(one.count == 1 for one in found)
    assert sum(one.is_for_staff for one in found) == 10  # those in notes


def test_no_warning_holds_a_whole_number() -> None:
    pages = [Page(1, tuple(_block(at, text) for at, text in enumerate(_texts())))]
    for warning in warnings_of(_version(), pages):
        for word in warning.words:
            assert list(personal_numbers(word)) == []
            assert word.endswith("••••")


def test_plus_means_a_hundred_years_more() -> None:
    (found,) = personal_numbers("Född 121211+1213 i Falun", TODAY)
    assert found.masked == "121211+••••"


def test_numbers_in_the_name_and_the_properties_of_the_file_are_found() -> None:
    _, day, last = planted(1)
    version = _version(f"Intyg {day}-{last}.pdf", subject=f"{day}-{last}")
    (warning,) = warnings_of(version, [Page(1, (_block(0, "x"),))])
    assert (warning.kind, warning.page_number, warning.count) == (WarningKind.PERSONAL_NUMBER, None, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Org.nr 556036-0793",  # an organisation: its third digit is 2 or more
        "202100-5489",
        "Tel 0701234569",
        "0701234569",
        "0701-23 45 69",
        "811218-9877",  # wrong check digit
        "811318-9876",  # no such month
        "Ordernummer: 811218-9876",
        "Dnr 811218-9876",
        "20201103-1412.pdf",
        "1234811218-9876",
        "811218-98761",
        "id=8112189876",
        "SE811218987601",
        "10.1016/8112189876",
        "811218\t9876",
        "20390101-1233",  # later than today
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert list(personal_numbers(text, TODAY)) == []


def test_number_after_the_word_for_it_is_one_whatever_it_looks_like() -> None:
    digits = "20201103" + "141"
    number = digits + _check_digit(digits[2:])
    assert list(personal_numbers(number, TODAY)) == []
    assert [one.masked for one in personal_numbers(f"personnummer {number}", TODAY)] == ["20201103••••"]


def test_neighbouring_cells_make_no_number() -> None:
    table = Block(BlockField.TABLE, rows=(("811218", "9876"), ("811218-", "9876")))
    assert not [one for one in warnings_of(_version(), [Page(1, (table,))]) if one.words]

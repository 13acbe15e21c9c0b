"""Staff are told what of a document they may not want to publish."""

from datetime import UTC, datetime

import pytest

from archive.model.documents import Original, Version
from archive.model.drawing_facts import DrawingFacts
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.review.personal_details import email_addresses, phone_numbers
from archive.review.warnings import PublishingWarning, Remedy, WarningKind, warnings_of


def _version(**properties: str) -> Version:
    original = Original("0" * 64, 1, "application/x-deck")
    return Version("v", 1, "a.pptx", original, datetime(2026, 1, 1, tzinfo=UTC), properties=properties)


def _block(field: BlockField, *lines: str) -> Block:
    return Block(field, tuple(map(Paragraph, lines)))


def _warned(kind: WarningKind, *pages: Page) -> list[PublishingWarning]:
    return [warning for warning in warnings_of(_version(), pages) if warning.kind is kind]


def test_nothing_is_said_of_a_slide_with_words_alone() -> None:
    assert warnings_of(_version(title="Vätgas"), [Page(1, (_block(BlockField.BODY, "Vätgas i norr"),))]) == ()


def test_notes_are_counted_and_for_staff() -> None:
    (found,) = _warned(
        WarningKind.NOTES, Page(3, (_block(BlockField.BODY, "ord"), _block(BlockField.NOTES, "säg")))
    )
    assert (found.page_number, found.count, found.is_for_staff) == (3, 1, True)
    assert Remedy.OFFER_CLEAN_COPY in found.remedies


def test_comments_name_their_authors() -> None:
    comments = _block(BlockField.COMMENT, "Kim Ek: stryk detta", "Kim Ek: igen", "Åsa Ö: ja", "utan namn")
    (found,) = _warned(WarningKind.COMMENTS, Page(1, (_block(BlockField.BODY, "ord"), comments)))
    assert (found.count, found.words) == (4, ("Kim Ek", "Åsa Ö"))


def test_hidden_slides_embedded_files_links_and_empty_slides_are_told() -> None:
    pages = [
        Page(1, (_block(BlockField.TITLE, "Dold"),), hidden=True),
        Page(2, (_block(BlockField.BODY, "se"), _block(BlockField.EMBEDDED, "Budget\n100"))),
        Page(3, (_block(BlockField.LINK, "https://example.org/a tips", "mailto:a@example.org"),)),
        Page(4, (_block(BlockField.FOOTER, "Föreningen 2021"), _block(BlockField.PAGE_NUMBER, "4"))),
    ]
    assert [
        (found.kind, found.page_number, found.words)
        for found in warnings_of(_version(), pages)
        if found.kind is not WarningKind.EMAIL_ADDRESS
    ] == [
        (WarningKind.HIDDEN_SLIDE, 1, ("Dold",)),
        (WarningKind.EMBEDDED_FILE, 2, ("Budget",)),
        (WarningKind.NO_WORDS, 4, ()),
        (WarningKind.WEB_LINK, 3, ("https://example.org/a",)),
    ]


def test_picture_with_words_read_in_it_is_no_slide_without_words() -> None:
    assert _warned(WarningKind.NO_WORDS, Page(1, (_block(BlockField.OCR, "Vätgas"),))) == []


def test_graver_kinds_come_first() -> None:
    pages = [
        Page(1, (_block(BlockField.LINK, "https://example.org"), _block(BlockField.BODY, "kim@example.org"))),
        Page(2, (_block(BlockField.BODY, "811218-9876"),)),
    ]
    kinds = [found.kind for found in warnings_of(_version(), pages)]
    assert kinds == [WarningKind.PERSONAL_NUMBER, WarningKind.EMAIL_ADDRESS, WarningKind.WEB_LINK]


def test_fonts_and_undescribed_pictures_are_told_where_the_reader_noted_them() -> None:
    facts = DrawingFacts(("Frutiger", "Calibri"), ((2, 3), (7, 1)))
    found = warnings_of(_version(**facts.as_properties()), [], lambda name: name == "Frutiger")
    assert [(one.kind, one.page_number, one.count, one.words) for one in found] == [
        (WarningKind.NO_ALT_TEXT, 2, 3, ()),
        (WarningKind.NO_ALT_TEXT, 7, 1, ()),
        (WarningKind.MISSING_FONT, None, 1, ("Frutiger",)),
    ]


@pytest.mark.parametrize(
    "text",
    ["08-452 73 80", "0706-44 01 44", "070-123 45 67", "+46 70 123 45 67", "+46 (0)8 452 73 80",
     "0046 70 1234567",
     "0701234567", "070 123 45 67", "0470-123 45", "010-516 50 00", "+46-8-452 73 80", "026-10 10 10"],
)  # fmt: skip
def test_swedish_telephone_numbers_are_found(text: str) -> None:
    assert list(phone_numbers(f"Ring {text}, tack")) == [text]


@pytest.mark.parametrize(
    "text",
    ["2021-05-04", "2019-136", "0,5-1,5", "0-10 000", "2020-2030", "811218-9876", "978-91-983667-6-1",
     "1 200 450",
     "05-06", "ISSN 1653-2325", "556036-0793", "2021 05 04 12 30", "0.05-0.10", "https://a.se/070-123456789"],
)  # fmt: skip
def test_other_figures_are_no_telephone_numbers(text: str) -> None:
    assert list(phone_numbers(text)) == []


def test_number_after_the_word_for_it_is_a_telephone_number() -> None:
    assert list(phone_numbers("Tel. 0243 123 45")) == ["0243 123 45"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("anna.åkesson@example.org.", "anna.åkesson@example.org"),
        ("a.b(@)skr.se Tel", "a.b(@)skr.se"),
        ("mailto:kim@example.org", "kim@example.org"),
    ],
)
def test_mail_addresses_are_found(text: str, address: str) -> None:
    assert list(email_addresses(text)) == [address]
    assert list(email_addresses("@libremente a@b 3 @ 5 kr.st")) == []

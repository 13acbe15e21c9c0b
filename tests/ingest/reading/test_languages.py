from archive.ingest.reading.languages import with_languages
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph

SWEDISH = "Regionen vill att fler unga skaffar en utbildning inom vården och omsorgen."
ENGLISH = "The region wants more young people to study nursing and to work in health care."


def page(number: int, *texts: str) -> Page:
    blocks = tuple(Block(BlockField.BODY, (Paragraph(text, 0, False),)) for text in texts)
    return Page(number=number, blocks=blocks)


def tagged(*pages: Page) -> tuple[Extraction, str]:
    return with_languages(Extraction(Outcome.OK, pages))


def test_document_takes_the_language_of_most_pages() -> None:
    extraction, language = tagged(page(1, SWEDISH), page(2, ENGLISH), page(3, SWEDISH))
    assert language == "sv"
    assert [one.language for one in extraction.pages] == ["sv", "en", "sv"]


def test_short_block_takes_the_language_of_its_page() -> None:
    extraction, _ = tagged(page(1, ENGLISH, "2019"), page(2, SWEDISH, "Tack"), page(3, SWEDISH))
    assert [[block.language for block in one.blocks] for one in extraction.pages] == [
        ["en", "en"],
        ["sv", "sv"],
        ["sv"],
    ]


def test_short_page_takes_the_language_of_the_document() -> None:
    extraction, _ = tagged(page(1, SWEDISH), page(2, SWEDISH), page(3, "Tack"))
    assert extraction.pages[2].language == "sv"


def test_block_in_another_language_keeps_its_own() -> None:
    extraction, _ = tagged(page(1, SWEDISH, SWEDISH, ENGLISH), page(2, SWEDISH))
    assert [block.language for block in extraction.pages[0].blocks] == ["sv", "sv", "en"]


def test_document_without_words_has_no_language() -> None:
    assert tagged(page(1, "12 %"))[1] == ""
    assert tagged()[1] == ""

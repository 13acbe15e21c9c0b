from archive.ingest.reading.convert import with_rendered_words, with_unrendered_words, without_dates
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph


def block(field: BlockField, *texts: str) -> Block:
    return Block(field, tuple(Paragraph(text) for text in texts))


def extraction(*pages: tuple[Block, ...], category: Outcome = Outcome.OK) -> Extraction:
    return Extraction(category, tuple(Page(number, blocks) for number, blocks in enumerate(pages, 1)))


def embedded(result: Extraction) -> list[list[str]]:
    return [[each.text for each in page.blocks if each.field is BlockField.EMBEDDED] for page in result.pages]


def test_words_that_only_the_rendering_shows_are_added_in_its_order() -> None:
    slides = extraction((block(BlockField.TITLE, "Resor per år"),), (block(BlockField.BODY, "Slut"),))
    rendering = extraction(
        (block(BlockField.TITLE, "RESOR per år"), block(BlockField.BODY, "2003 Partners", "10000 partners")),
        (block(BlockField.BODY, "slut"),),
    )
    result = with_rendered_words(slides, rendering)
    assert embedded(result) == [["2003 Partners\n10000"], []]
    assert result.pages[0].blocks[0] == slides.pages[0].blocks[0]


def test_page_number_is_no_word() -> None:
    slides = extraction((block(BlockField.TITLE, "Ett"),), (block(BlockField.TITLE, "Två"),))
    rendering = extraction((block(BlockField.BODY, "Ett 1"),), (block(BlockField.BODY, "Två 2"),))
    assert with_rendered_words(slides, rendering) == slides


def test_bookmarks_are_no_words_of_the_slide() -> None:
    slides = extraction((block(BlockField.TITLE, "Ett"),))
    rendering = extraction((block(BlockField.SECTION, "Slide 1"),))
    assert with_rendered_words(slides, rendering) == slides


def test_rendering_with_another_number_of_pages_is_left_alone() -> None:
    slides = extraction((block(BlockField.TITLE, "Ett"),))
    rendering = extraction((block(BlockField.BODY, "annat"),), ())
    assert with_rendered_words(slides, rendering) == slides


def test_deck_whose_words_are_all_drawn_is_not_empty() -> None:
    slides = extraction((), category=Outcome.EMPTY_NEEDS_OCR)
    result = with_rendered_words(slides, extraction((block(BlockField.BODY, "Schema"),)))
    assert (result.category, embedded(result)) == (Outcome.OK, [["Schema"]])
    still = with_rendered_words(slides, extraction(()))
    assert still.category is Outcome.EMPTY_NEEDS_OCR


def test_comments_and_descriptions_come_to_the_page_that_the_file_says() -> None:
    rendering = extraction((block(BlockField.BODY, "ett"),), (block(BlockField.BODY, "två"),))
    document = extraction((), (block(BlockField.ALT_TEXT, "En karta"), block(BlockField.BODY, "två")))
    result = with_unrendered_words(rendering, document)
    assert [each.text for each in result.pages[1].blocks] == ["två", "En karta"]
    assert result.pages[0] == rendering.pages[0]


def test_comments_come_to_the_first_page_where_pages_are_counted_differently() -> None:
    rendering = extraction((block(BlockField.BODY, "ett"),), (block(BlockField.BODY, "två"),))
    result = with_unrendered_words(rendering, extraction((block(BlockField.COMMENT, "Åsa\nStämmer det?"),)))
    assert [each.field for each in result.pages[0].blocks] == [BlockField.BODY, BlockField.COMMENT]


def test_properties_of_the_file_win() -> None:
    rendering = Extraction(Outcome.OK, (Page(1),), properties={"title": "Microsoft Word", "created": "2024"})
    document = Extraction(Outcome.OK, (Page(1),), properties={"title": "Rapport"})
    assert with_unrendered_words(rendering, document).properties == {"title": "Rapport", "created": "2024"}


def test_date_of_a_rendering_is_not_that_of_the_file() -> None:
    rendering = Extraction(Outcome.OK, (Page(1),), properties={"created": "2026", "author": "Kim"})
    document = Extraction(Outcome.OK, (Page(1),), properties={"created": "2019"})
    assert without_dates(rendering).properties == {"author": "Kim"}
    assert with_unrendered_words(without_dates(rendering), document).properties["created"] == "2019"

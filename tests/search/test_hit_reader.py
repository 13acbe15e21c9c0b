"""From the engine's hits to what is shown: never more than the visitor may see, whatever the index says."""

from collections.abc import Iterator

import pytest

from archive.app import Archive
from archive.catalogue import documents
from archive.index.search import GroupHit, PageRef
from archive.model.pages import Block, BlockField, Page, Paragraph, Picture, WordBox
from archive.model.visibility import Visibility
from archive.search.hit_reader import (
    HitReader,
    marked_words,
    snippet_of,
    visible_texts,
)
from bench.synthetic.catalogue import page_texts
from tests.filled_archive import add, block, numbered, opened, save_picture, slide
from tests.highlight.matchers import matcher_of

_PUBLIC, _STAFF = Visibility.PUBLIC, Visibility.STAFF


def _page(*blocks: Block, language: str = "sv") -> Page:
    return Page(1, blocks, language=language)


def _snippet(text: str, page: Page, visitor: Visibility = _PUBLIC) -> str:
    parts = snippet_of(page_texts(page), matcher_of(text), visitor).segments
    return "".join(f"[{part.text}]" if part.marked else part.text for part in parts)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("hits")) as opened_archive:
        yield opened_archive


def _read(
    archive: Archive, hit: GroupHit, text: str, visitor: Visibility = _PUBLIC
) -> tuple[list[str], bool]:
    """Return each group as "title: best / matching pages / occurrences", and whether all was there."""
    with archive.database.read() as session:
        reader = HitReader(session, [hit], matcher_of(text), visitor)
        groups = [
            f"{group.title}: {[slide.number for slide in group.best]} /"
            f" {group.slide_count} / {group.occurrence_count}"
            for group in reader.groups()
        ]
        return groups, reader.is_complete


def _hit(document: str, best: tuple[int, ...], pages: tuple[int, ...]) -> GroupHit:
    refs = {number: PageRef(document, number) for number in (*best, *pages)}
    return GroupHit(document, tuple(refs[one] for one in best), tuple(refs[one] for one in pages))


def test_words_are_counted_on_all_matching_pages(archive: Archive) -> None:
    document = add(archive, "Räkna", "kommun kommuner", "annat", slide("Kommunen", "kommun"))
    assert _read(archive, _hit(document, (3,), (1, 3)), "kommun") == (["Räkna: [3] / 2 / 4"], True)


@pytest.mark.parametrize("text", ["kommun", ""])
def test_a_talk_says_how_many_slides_match_in_each_of_its_documents(archive: Archive, text: str) -> None:
    deck = add(archive, f"Bilder {text}", "kommun", "kommun", "kommun")
    report = add(archive, f"Rapport {text}", "kommun", "kommun")
    refs = tuple(
        PageRef(name, number) for name, count in ((deck, 3), (report, 2)) for number in range(1, count + 1)
    )
    with archive.database.read() as session:
        (group,) = HitReader(session, [GroupHit("talk", refs[:2], refs)], matcher_of(text), _PUBLIC).groups()
    assert (group.slide_count, group.own_slide_count) == (5, 3)
    assert [(record.document.id, count) for record, count in group.others] == [(report, 2)]


def test_without_words_pages_are_counted_and_only_the_shown_ones_read(archive: Archive) -> None:
    document = add(archive, "Alla", "ett", "två", "tre")
    assert _read(archive, _hit(document, (1,), (1, 2, 3)), "") == (["Alla: [1] / 3 / 0"], True)


def test_page_that_the_catalogue_lacks_is_left_out_and_said_so(archive: Archive) -> None:
    document = add(archive, "Kort", "kommun")
    assert _read(archive, _hit(document, (2, 1), (1, 2)), "kommun") == (["Kort: [1] / 1 / 1"], False)
    assert _read(archive, _hit(document, (2,), (2,)), "kommun") == ([], False)


def test_withdrawn_document_is_left_out_and_said_so(archive: Archive) -> None:
    document = add(archive, "Bort", "kommun")
    with archive.database.write() as session:
        documents.withdraw(session, document, "test")
    for text in ("kommun", ""):
        assert _read(archive, _hit(document, (1,), (1,)), text) == ([], False)


def test_document_above_the_visitor_is_left_out_and_said_so(archive: Archive) -> None:
    document = add(archive, "Sluten", "kommun", visibility=Visibility.MEMBERS)
    assert _read(archive, _hit(document, (1,), (1,)), "kommun") == ([], False)
    assert _read(archive, _hit(document, (1,), (1,)), "kommun", Visibility.MEMBERS)[1]


@pytest.mark.parametrize("text", ["kommun", ""])
def test_hidden_slide_is_left_out_even_where_the_index_gives_it(archive: Archive, text: str) -> None:
    document = add(archive, f"Gömd {text}", slide("Kommun", hidden=True), "kommun")
    hit = _hit(document, (1, 2), (1, 2))
    (group,), is_complete = _read(archive, hit, text)
    assert "[2]" in group
    assert not is_complete
    assert _read(archive, hit, text, _STAFF)[1]


def test_picture_and_its_marks_belong_to_their_slide(archive: Archive) -> None:
    document = add(archive, "Bilder", "kommun ett", "kommun två")
    save_picture(archive, document, 2, "Kommunen", "två,", "kommuner.")
    with archive.database.read() as session:
        (group,) = HitReader(
            session, [_hit(document, (2, 1), (1, 2))], matcher_of("kommun"), _PUBLIC
        ).groups()
    with_picture, without = group.best
    assert with_picture.picture is not None
    assert [box.text for box in with_picture.marks] == ["Kommunen", "kommuner."]
    assert (without.picture, without.marks) == (None, ())


def test_snippet_prefers_body_to_title_and_both_to_footer() -> None:
    title, footer = block(BlockField.TITLE, "Kommunen"), block(BlockField.FOOTER, "kommun, sida 1")
    body = block(BlockField.BODY, "Om kommuner")
    assert _snippet("kommun", _page(title, body, footer)) == "Om [kommuner]"
    assert _snippet("kommun", _page(title, block(BlockField.BODY, "Annat"), footer)) == "[Kommunen] · Annat"
    assert _snippet("kommun", _page(block(BlockField.BODY, "Annat"), footer)) == "Annat · [kommun], sida 1"


def test_snippet_is_the_beginning_of_the_body_where_nothing_matches() -> None:
    page = _page(block(BlockField.TITLE, "Rubrik"), block(BlockField.BODY, "Först", "Sedan"))
    assert _snippet("kommun", page) == "Först · Sedan"
    assert _snippet("", page) == "Först · Sedan"
    assert _snippet("kommun", _page(block(BlockField.TITLE, "Rubrik"))) == ""


@pytest.mark.parametrize(
    ("field", "named"),
    [
        (BlockField.CHART, BlockField.CHART),
        (BlockField.ALT_TEXT, BlockField.ALT_TEXT),
        (BlockField.BODY, None),
    ],
)
def test_snippet_names_the_field_of_its_words(field: BlockField, named: BlockField | None) -> None:
    page = _page(block(BlockField.BODY, "Annat"), block(field, "Om kommuner"), block(BlockField.TITLE, "Nej"))
    assert snippet_of(page_texts(page), matcher_of("kommun"), _PUBLIC).field is named


def test_line_that_is_merely_broken_goes_on() -> None:
    page = _page(Block(BlockField.BODY, (Paragraph("ett\nlångt\tstycke"), Paragraph("nästa"))))
    assert _snippet("", page) == "ett långt stycke · nästa"


def test_rows_of_a_table_are_parted() -> None:
    table = Block(BlockField.TABLE, rows=(("Län", "2021"), ("Dalarna", "21 600")), has_header=True)
    assert _snippet("dalarna", _page(table)) == "Län 2021 · [Dalarna] 21 600"


@pytest.mark.parametrize("field", [BlockField.NOTES, BlockField.COMMENT])
def test_staff_only_words_are_neither_shown_nor_counted_for_others(field: BlockField) -> None:
    page = _page(block(BlockField.BODY, "Öppet"), block(field, "hemlig kommun"))
    for visitor in (_PUBLIC, Visibility.MEMBERS):
        assert "hemlig" not in _snippet("kommun", page, visitor)
        assert visible_texts(page_texts(page), visitor) == [("Öppet", "sv")]
    assert _snippet("kommun", page, _STAFF) == "Öppet · hemlig [kommun]"
    assert len(visible_texts(page_texts(page), _STAFF)) == 2


def test_words_of_a_block_are_read_in_its_own_language() -> None:
    english = block(BlockField.BODY, "cities", language="en")
    assert visible_texts(page_texts(_page(english)), _PUBLIC) == [("cities", "en")]
    assert _snippet("city", _page(english)) == "[cities]"


def test_title_on_several_lines_is_one_line() -> None:
    (page,) = numbered([slide("Ett\n  och två")])
    assert page.title == "Ett och två"


def test_slide_without_a_picture_has_no_marks() -> None:
    assert marked_words(None, matcher_of("kommun"), "sv") == ()
    boxes = (WordBox("kommun", 0, 0, 1, 1),)
    picture = Picture(1, 960, 540, 1280, 720, "a", "b", boxes)
    assert marked_words(picture, matcher_of("kommun"), "sv") == boxes
    assert marked_words(picture, matcher_of(""), "sv") == ()

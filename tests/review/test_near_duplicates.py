"""Decks with the same slides are found, whatever order and file they come in."""

import hashlib
import random
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import documents, ocr_results, pages
from archive.catalogue.database.database import Database
from archive.catalogue.reuse import duplicates
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.review.minhash import (
    SCHEME,
    common_shares,
    resemblances,
    sketch_of,
    slide_shingles,
    text_shingles,
)
from archive.review.near_duplicates import (
    near_duplicates,
    near_duplicates_of,
    same_bytes,
    sketch_missing,
    sketch_of_pages,
)
from tests.catalogue.conftest import database, put, save_event, session

__all__ = ["database", "session"]
WORDS = [f"ord{number}" for number in range(400)]


def deck(seed: int, count: int = 20) -> tuple[Page, ...]:
    """Return a deck of slides with words of its own, and an opening that all decks of a template have."""
    numbers = random.Random(seed)
    opening = Block(BlockField.BODY, (Paragraph("Välkommen till föreningens årsmöte om industri"),))
    made = [Page(1, (opening,), language="sv")]
    for number in range(2, count + 1):
        lines = [" ".join(numbers.choices(WORDS, k=6)) for _ in range(4)]
        blocks = (
            Block(BlockField.TITLE, (Paragraph(lines[0]),)),
            Block(BlockField.BODY, tuple(map(Paragraph, lines[1:]))),
            Block(BlockField.FOOTER, (Paragraph("Föreningen 2021"),)),
            Block(BlockField.NOTES, (Paragraph("Säg detta"),)),
        )
        made.append(Page(number, blocks, language="sv"))
    return tuple(made)


def numbered(slides: list[Page]) -> tuple[Page, ...]:
    return tuple(replace(page, number=number) for number, page in enumerate(slides, 1))


def as_pdf(slides: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return the slides as a PDF has them: one block, lines broken elsewhere, the footer among the words."""
    made = []
    for page in slides:
        words = " ".join(block.text for block in page.blocks if block.field is not BlockField.NOTES).split()
        lines = [" ".join(words[start : start + 5]) for start in range(0, len(words), 5)]
        made.append(Page(page.number, (Block(BlockField.BODY, tuple(map(Paragraph, lines))),)))
    return tuple(made)


def keep(session: Session, slides: tuple[Page, ...], source: str, is_sketched: bool = True) -> str:
    document_id = put(session, source, source=f"/in/{source}.pptx")
    version_id = documents.versions(session, document_id)[0].id
    pages.save_extraction(session, version_id, Extraction(Outcome.OK, slides, "test"), "sv", "")
    if is_sketched:
        duplicates.save(session, version_id, sketch_of_pages(slides))
    return document_id


@pytest.mark.parametrize("kind", ["the same", "reordered", "one in ten exchanged", "a PDF", "half of it"])
def test_deck_made_of_another_is_found_with_the_slides_they_share(session: Session, kind: str) -> None:
    slides = deck(1)
    wanted = keep(session, slides, "wanted")
    for seed in range(2, 8):
        keep(session, deck(seed), f"other{seed}")
    made, shared = list(slides), 20
    if kind == "reordered":
        random.Random(1).shuffle(made)
    elif kind == "one in ten exchanged":
        made[4], made[9], shared = deck(20)[4], deck(20)[9], 18
    elif kind == "a PDF":
        made = list(as_pdf(slides))
    elif kind == "half of it":
        made, shared = made[:10], 10
    found = near_duplicates_of(session, numbered(made))
    assert [one.record.document.id for one in found] == [wanted]
    assert (found[0].overlap.same_slides, found[0].overlap.slides) == (shared, len(made))


def test_pairs_tell_which_slide_is_which(session: Session) -> None:
    slides = deck(1, 4)
    keep(session, slides, "wanted")
    found = near_duplicates_of(session, numbered([slides[3], slides[1], slides[2], slides[0]]))
    assert found[0].overlap.pairs == ((1, 4), (2, 2), (3, 3), (4, 1))


def test_different_decks_of_one_template_are_none(session: Session) -> None:
    for seed in range(2, 8):
        keep(session, deck(seed), f"other{seed}")
    assert near_duplicates_of(session, deck(1)) == ()


def test_document_is_not_its_own_duplicate_and_withdrawn_ones_are_none(session: Session) -> None:
    first, second = keep(session, deck(1), "a"), keep(session, deck(1), "b")
    assert [one.record.document.id for one in near_duplicates(session, first)] == [second]
    documents.withdraw(session, second, "kim")
    assert near_duplicates(session, first) == ()


def test_slides_without_words_resemble_nothing(session: Session) -> None:
    empty = tuple(Page(number) for number in range(1, 9))
    keep(session, empty, "empty")
    assert near_duplicates_of(session, empty) == ()
    assert slide_shingles(Page(1, (Block(BlockField.BODY, (Paragraph("Tack för mig"),)),))) == frozenset()


def test_words_that_ocr_read_count_where_the_file_has_none() -> None:
    seen = Block(BlockField.OCR, (Paragraph("Vätgas i norra Sverige"),))
    own = Block(BlockField.BODY, (Paragraph("Vätgas i norra Sverige"),))
    assert slide_shingles(Page(1, (seen,))) == slide_shingles(Page(1, (own,)))
    assert slide_shingles(
        Page(1, (own, replace(seen, paragraphs=(Paragraph("a b c d e"),))))
    ) == slide_shingles(Page(1, (own,)))


def test_sketches_of_before_are_made_when_wanted(database: Database) -> None:
    with database.write() as session:
        first = keep(session, deck(1), "a", is_sketched=False)
        second = keep(session, deck(1), "b", is_sketched=False)
    assert sketch_missing(database, at_most=1) == 1
    assert (sketch_missing(database), sketch_missing(database)) == (1, 0)
    with database.read() as session:
        assert [one.record.document.id for one in near_duplicates(session, first)] == [second]


def test_sketch_is_made_anew_once_ocr_has_read_words(session: Session) -> None:
    document_id = keep(session, (Page(1),), "a")
    version_id = documents.versions(session, document_id)[0].id
    block = Block(BlockField.OCR, (Paragraph("Vätgas i norra Sverige"),), language="sv")
    ocr_results.save(session, version_id, 1, block, (), "tesseract")
    ocr_results.finish(session, version_id, "tesseract")
    assert duplicates.missing(session, SCHEME, 10) == [version_id]


def test_estimates_are_near_the_exact_shares() -> None:
    one, other, small = frozenset(range(2000)), frozenset(range(1000, 3000)), frozenset(range(500))
    hashed = [
        sketch_of([value * 0x9E3779B97F4A7C15 % 2**64 for value in values]) for values in (one, other, small)
    ]
    assert abs(resemblances(hashed[0], hashed[1:2])[0] - 1 / 3) < 0.13
    assert abs(common_shares(hashed[0], hashed[2:])[0] - 1.0) < 0.3
    assert resemblances(hashed[0], [hashed[0]])[0] == 1.0
    assert common_shares(sketch_of([]), hashed).tolist() == [0.0, 0.0, 0.0]


def test_words_of_kept_pages_give_the_shingles_of_the_pages(session: Session) -> None:
    version_id = documents.document(session, put(session)).version.id
    lines = (Paragraph("Malmen  bryts\ti norr"), Paragraph("och fraktas till Narvik"))
    table = Block(BlockField.TABLE, rows=(("År", "Ton malm"), ("2024", "tolv\nmiljoner")))
    read = (
        Page(1, (Block(BlockField.BODY, lines), table, Block(BlockField.NOTES, lines))),
        Page(2, (Block(BlockField.OCR, lines),)),
    )
    pages.save_extraction(session, version_id, Extraction(Outcome.OK, read), "", "")
    of_texts = {number: text_shingles(one.blocks) for number, one in pages.texts(session, version_id).items()}
    assert of_texts == {page.number: slide_shingles(page) for page in pages.pages(session, version_id)}
    assert all(of_texts.values())


def _digest(data: str) -> str:
    return hashlib.sha256(data.encode()).hexdigest()


def test_document_with_these_bytes_is_told_with_its_talk_and_date(session: Session) -> None:
    saved = save_event(session)
    document_id = put(session, "bytes", source="event:a:b.pptx", talk_id=saved.talk_ids[0], title="Bilder")
    (found,) = same_bytes(session, _digest("bytes").upper())
    assert (found.document_id, found.title) == (document_id, "Strategi")
    assert (found.talk_id, found.talk_topic) == (saved.talk_ids[0], "Strategi")
    assert (found.event_title, found.date) == ("Smart och hållbar industri", "2022-05-03")
    assert (found.is_newest, found.withdrawn_at) == (True, None)


def test_replaced_and_withdrawn_documents_are_told_as_such(session: Session) -> None:
    replaced = put(session, "bytes", source="/in/a.pptx")
    put(session, "others", source="/in/a.pptx")
    withdrawn = put(session, "bytes", source="/in/b.pptx")
    documents.withdraw(session, withdrawn, "kim")
    found = same_bytes(session, _digest("bytes"))
    assert [(one.document_id, one.is_newest) for one in found] == [(replaced, False), (withdrawn, True)]
    assert [one.withdrawn_at is not None for one in found] == [False, True]
    assert found[1].withdrawn_reason == "staff"


def test_unknown_bytes_and_other_texts_are_nobodys(session: Session) -> None:
    put(session, "bytes")
    assert same_bytes(session, _digest("unknown")) == ()
    assert same_bytes(session, "%") == ()

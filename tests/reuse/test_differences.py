"""Which words one of two slides has alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from archive.app import Archive
from archive.catalogue import pages
from archive.catalogue.block_codec import pack_blocks, unpack_texts
from archive.catalogue.pages import PageTexts
from archive.model.pages import BlockField, Page
from archive.model.visibility import Visibility
from archive.reuse.differences import Row, aligned, compared, word_changes
from tests.filled_archive import add, block, opened, slide, version_of
from tests.reuse.decks import ENERGY, MARKET, NEXT_YEAR, PEOPLE, sign_all


def texts(page: Page) -> PageTexts:
    return PageTexts(page.hidden, page.language, unpack_texts(pack_blocks(page.blocks)))


def test_words_of_one_alone_are_told_in_their_order() -> None:
    changes = word_changes(texts(MARKET), texts(NEXT_YEAR))
    assert (changes.ours, changes.theirs) == (("60",), ("72", "Priset", "föll"))


def test_order_and_capitals_are_no_change() -> None:
    assert word_changes(texts(slide("", "Stål och malm")), texts(slide("", "malm och stål"))).is_same


def test_word_counts_as_often_as_it_stands_there() -> None:
    changes = word_changes(texts(slide("", "stål stål malm")), texts(slide("", "stål malm")))
    assert (changes.ours, changes.theirs) == (("stål",), ())


def test_numbers_stay_whole() -> None:
    changes = word_changes(texts(slide("", "17,5 % av 1.200")), texts(slide("", "17,6 % av 1.200")))
    assert (changes.ours, changes.theirs) == (("17,5",), ("17,6",))


def test_what_staff_alone_read_is_no_change() -> None:
    said = block(BlockField.NOTES, "hemligt"), block(BlockField.COMMENT, "ändra")
    assert word_changes(texts(MARKET), texts(replace(MARKET, blocks=(*MARKET.blocks, *said)))).is_same


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as made:
        yield made


def rows(archive: Archive, here: str, there: str) -> tuple[Row, ...]:
    versions = version_of(archive, here), version_of(archive, there)
    with archive.database.read() as session:
        first, second = (pages.numbers(session, one, Visibility.PUBLIC) for one in versions)
        return compared(session, versions, (first, second))


@pytest.mark.parametrize("is_signed", [False, True], ids=["made when asked", "kept"])
def test_slides_are_paired_in_their_order(archive: Archive, is_signed: bool) -> None:
    here = add(archive, "2019", slide("Titel"), MARKET, ENERGY)
    there = add(archive, "2021", slide("Titel"), PEOPLE, NEXT_YEAR, ENERGY)
    if is_signed:
        sign_all(archive)
    found = rows(archive, here, there)
    assert [(row.here, row.there, row.is_same) for row in found] == [
        (1, 1, True),
        (0, 2, False),
        (2, 3, False),
        (3, 4, True),
    ]
    assert found[2].changes.ours == ("60",)
    assert found[2].changes.theirs == ("72", "Priset", "föll")


def test_moved_slide_is_told_where_it_is(archive: Archive) -> None:
    here, there = add(archive, "a", MARKET, ENERGY, PEOPLE), add(archive, "b", ENERGY, PEOPLE, MARKET)
    found = rows(archive, here, there)
    assert [(row.here, row.there, row.elsewhere) for row in found] == [
        (1, 0, 3),
        (2, 1, 0),
        (3, 2, 0),
        (0, 3, 1),
    ]


def test_documents_without_a_slide_in_common(archive: Archive) -> None:
    here, there = add(archive, "a", MARKET), add(archive, "b", ENERGY)
    assert [(row.here, row.there) for row in rows(archive, here, there)] == [(1, 0), (0, 1)]


def test_document_without_slides(archive: Archive) -> None:
    here, there = add(archive, "a"), add(archive, "b", ENERGY)
    assert [(row.here, row.there) for row in rows(archive, here, there)] == [(0, 1)]
    assert rows(archive, there, here)[0].here == 1


def test_alignment_is_the_best_of_all() -> None:
    numbers = np.random.default_rng(5)
    for _ in range(40):
        alike = numbers.random((4, 5)) * (numbers.random((4, 5)) > 0.5)
        pairs = [(at, beside) for at, beside in aligned(alike) if at >= 0 and beside >= 0]
        assert pairs == sorted(pairs)
        assert sum(alike[pair] for pair in pairs) == pytest.approx(_best(alike, 0, 0))


def _best(alike: NDArray[np.float64], at: int, beside: int) -> float:
    """Return the most that any pairing in order has, by trying all."""
    if at == alike.shape[0] or beside == alike.shape[1]:
        return 0.0
    return max(
        float(alike[at, beside]) + _best(alike, at + 1, beside + 1),
        _best(alike, at + 1, beside),
        _best(alike, at, beside + 1),
    )


def test_every_slide_stands_in_one_line() -> None:
    numbers = np.random.default_rng(7)
    alike = numbers.random((30, 40)) * (numbers.random((30, 40)) > 0.9)
    found = aligned(alike)
    assert [at for at, _ in found if at >= 0] == list(range(30))
    assert [beside for _, beside in found if beside >= 0] == list(range(40))

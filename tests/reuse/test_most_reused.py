"""Which slides most talks have in common, in one deck and in the archive."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import pages, records
from archive.catalogue.reuse import families
from archive.model.visibility import Visibility
from archive.reuse.most_reused import DeckReuse, most_reused, of_deck
from tests.filled_archive import add, opened, slide
from tests.reuse.decks import ENERGY, MARKET, NEXT_YEAR, PEOPLE, sign_all

AGENDA = slide(
    "Dagordning", "Mötets öppnande", "Val av ordförande vid mötet", "Övriga frågor", "Mötet avslutas av alla"
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as made:
        yield made


def reuse(archive: Archive, document_id: str, visitor: Visibility = Visibility.PUBLIC) -> DeckReuse:
    with archive.database.read() as session:
        record = records.record(session, document_id)
        numbers = pages.numbers(session, record.document.version.id, visitor)
        return of_deck(session, record, numbers, visitor)


def test_deck_tells_which_slides_are_elsewhere_and_where(archive: Archive) -> None:
    own = add(archive, "own", MARKET, ENERGY, PEOPLE)
    both = add(archive, "both", ENERGY, NEXT_YEAR)
    one = add(
        archive, "one", PEOPLE, slide("Något annat", "helt andra ord som ingen annan bild har i hela arkivet")
    )
    sign_all(archive)
    found = reuse(archive, own)
    assert sorted(found.slides) == [1, 2, 3]
    assert [(copy.document_id, count) for copy, count in found.talks] == [(both, 2), (one, 1)]


def test_deck_does_not_count_what_the_visitor_may_not_see(archive: Archive) -> None:
    own = add(archive, "own", MARKET, ENERGY)
    add(archive, "members'", MARKET, visibility=Visibility.MEMBERS)
    add(archive, "staff's", ENERGY, visibility=Visibility.STAFF)
    sign_all(archive)
    slides = {visitor: sorted(reuse(archive, own, visitor).slides) for visitor in Visibility}
    assert slides == {Visibility.PUBLIC: [], Visibility.MEMBERS: [1], Visibility.STAFF: [1, 2]}


def test_agenda_is_left_out_of_a_deck(archive: Archive) -> None:
    own = add(archive, "own", AGENDA, MARKET)
    add(archive, "other", AGENDA, MARKET)
    sign_all(archive)
    found = reuse(archive, own)
    assert (sorted(found.slides), found.boilerplate) == ([2], (1,))
    assert [count for _, count in found.talks] == [1]


def test_slides_of_most_talks_are_first(archive: Archive) -> None:
    for number in range(3):
        add(archive, f"deck {number}", MARKET, *([ENERGY] if number else []), year=2019 + number)
    add(archive, "alone", PEOPLE)
    sign_all(archive)
    with archive.database.read() as session:
        found = most_reused(session, Visibility.PUBLIC, 10)
    assert [(one.talk_count, one.copy.day, one.copy.number) for one in found] == [
        (3, "2021", 1),
        (2, "2021", 2),
    ]


@pytest.mark.parametrize(
    ("visitor", "talks"), [(Visibility.PUBLIC, [2]), (Visibility.MEMBERS, [3]), (Visibility.STAFF, [4])]
)
def test_most_reused_counts_what_the_visitor_may_see(
    archive: Archive, visitor: Visibility, talks: list[int]
) -> None:
    levels = (Visibility.PUBLIC, Visibility.PUBLIC, Visibility.MEMBERS, Visibility.STAFF)
    for number, level in enumerate(levels):
        add(archive, f"deck {number}", MARKET, visibility=level)
    sign_all(archive)
    with archive.database.read() as session:
        found = most_reused(session, visitor, 10)
    assert [one.talk_count for one in found] == talks


def test_slides_that_are_hidden_from_a_visitor_push_no_others_out(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = add(archive, "own", MARKET, ENERGY)
    for name in "abcd":
        add(archive, f"staff's {name}", MARKET, visibility=Visibility.STAFF)
    add(archive, "hidden", replace(MARKET, hidden=True))
    other = add(archive, "other", ENERGY)
    sign_all(archive)
    monkeypatch.setattr(families, "RELATIVES_MAX", 2)
    with archive.database.read() as session:
        (largest,) = families.reused(session, 1, Visibility.PUBLIC)
        found = families.relatives_of(session, [largest], Visibility.PUBLIC)
    assert {relative.document_id for relative in found[largest]} == {own, other}

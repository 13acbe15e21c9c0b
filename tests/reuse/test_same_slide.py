"""The same slide in other talks: found, counted, and never beyond what a visitor may see."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import documents, hidden_pages, records
from archive.model.visibility import Visibility
from archive.reuse.same_slide import BOILERPLATE_MIN, Copies, copies
from tests.filled_archive import add, opened, version_of
from tests.reuse.decks import ENERGY, MARKET, NEXT_YEAR, PEOPLE, add_grey, shades, sign_all


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as made:
        yield made


def found(archive: Archive, document_id: str, number: int, visitor: Visibility = Visibility.PUBLIC) -> Copies:
    with archive.database.read() as session:
        return copies(session, records.record(session, document_id), number, visitor)


def places(made: Copies) -> list[tuple[str, int]]:
    return [(copy.document_id, copy.number) for copy in made.copies]


def test_slide_is_found_in_other_decks_the_newest_first(archive: Archive) -> None:
    own = add(archive, "2019", ENERGY, MARKET, year=2019)
    older = add(archive, "2017", MARKET, year=2017)
    newer = add(archive, "2022", PEOPLE, PEOPLE, NEXT_YEAR, year=2022)
    sign_all(archive)
    made = found(archive, own, 2)
    assert places(made) == [(newer, 3), (older, 1)]
    assert made.years == ("2017", "2022")
    assert not found(archive, own, 1).copies


def test_of_several_like_it_in_a_talk_the_one_that_has_most_in_common_is_named(archive: Archive) -> None:
    own = add(archive, "a", MARKET)
    other = add(archive, "b", NEXT_YEAR, MARKET, NEXT_YEAR)
    sign_all(archive)
    assert places(found(archive, own, 1)) == [(other, 2)]


def test_slide_without_signature_yet_is_nowhere(archive: Archive) -> None:
    own = add(archive, "a", MARKET)
    add(archive, "b", MARKET)
    assert not found(archive, own, 1).copies


@pytest.mark.parametrize("level", [Visibility.MEMBERS, Visibility.STAFF])
def test_documents_above_the_visitor_are_not_counted(archive: Archive, level: Visibility) -> None:
    own = add(archive, "a", MARKET)
    closed = add(archive, "b", MARKET, visibility=level)
    sign_all(archive)
    for visitor in Visibility:
        expected = [(closed, 1)] if visitor.rank >= level.rank else []
        assert places(found(archive, own, 1, visitor)) == expected


def test_hidden_slide_is_for_staff(archive: Archive) -> None:
    own, other = add(archive, "a", MARKET), add(archive, "b", ENERGY, MARKET)
    sign_all(archive)
    with archive.database.write() as session:
        hidden_pages.set_hidden(session, other, 2, True, "test")
    assert not found(archive, own, 1).copies
    assert not found(archive, own, 1, Visibility.MEMBERS).copies
    assert places(found(archive, own, 1, Visibility.STAFF)) == [(other, 2)]


@pytest.mark.parametrize("visitor", list(Visibility))
def test_withdrawn_document_is_not_counted(archive: Archive, visitor: Visibility) -> None:
    own, other = add(archive, "a", MARKET), add(archive, "b", MARKET)
    sign_all(archive)
    with archive.database.write() as session:
        documents.withdraw(session, other, "test")
    assert not found(archive, own, 1, visitor).copies


@pytest.mark.parametrize("is_signed", [False, True], ids=["not yet signed", "signed"])
def test_only_the_version_that_readers_see_counts(archive: Archive, is_signed: bool) -> None:
    own, other = add(archive, "a", MARKET), add(archive, "b", MARKET)
    sign_all(archive)
    add(archive, "b", PEOPLE, data="new")
    if is_signed:
        sign_all(archive)
    assert not found(archive, own, 1, Visibility.STAFF).copies
    assert not found(archive, other, 1, Visibility.STAFF).copies


def test_slide_with_few_words_is_found_by_its_picture(archive: Archive) -> None:
    own, same, another = (add(archive, name, "Resultat") for name in ("a", "b", "c"))
    for document_id, seed in ((own, 1), (same, 1), (another, 2)):
        add_grey(archive, document_id, 1, shades(seed))
    sign_all(archive)
    assert places(found(archive, own, 1)) == [(same, 1)]


def test_other_file_of_the_same_talk_is_no_other_talk(archive: Archive) -> None:
    from archive.catalogue.events.new_event import NewEvent, NewTalk
    from archive.catalogue.events.save_event import save_event

    with archive.database.write() as session:
        talk = save_event(session, NewEvent(title="Möte", talks=(NewTalk("Stål", 1),)), "test").talk_ids[0]
    own = add(archive, "a", MARKET, talk=talk)
    add(archive, "a as PDF", MARKET, talk=talk)
    sign_all(archive)
    assert not found(archive, own, 1).copies


def test_slide_of_very_many_talks_says_nothing(archive: Archive) -> None:
    made = [add(archive, f"deck {number}", MARKET) for number in range(BOILERPLATE_MIN + 1)]
    sign_all(archive)
    of_one = found(archive, made[0], 1)
    assert len(of_one.copies) == BOILERPLATE_MIN
    assert of_one.is_boilerplate
    assert version_of(archive, made[0]) not in {copy.version_id for copy in of_one.copies}

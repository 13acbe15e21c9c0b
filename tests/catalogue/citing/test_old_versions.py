"""A slide that was cited goes on being read after its deck was replaced, by those who could see it then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import documents
from archive.catalogue.citing.old_versions import old_version, visible_numbers
from archive.catalogue.hidden_pages import set_hidden
from archive.catalogue.publishing import drafts
from archive.catalogue.tables.documents import VersionRow
from archive.errors import NotFound
from archive.model.visibility import Visibility
from tests.filled_archive import add, opened, slide

PUBLIC, MEMBERS, STAFF = Visibility


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as made:
        yield made


def deck(archive: Archive, visibility: Visibility = PUBLIC, draft: bool = False) -> str:
    """Take in the first version of a deck: three slides, of which its author has hidden the last."""
    first = (slide("Ett"), slide("Två"), slide("Tre", hidden=True))
    return add(archive, "bilder", *first, visibility=visibility, draft=draft)


def replaced(archive: Archive, draft: bool = False) -> None:
    """Take in the next version: the second slide has other words, the hidden one is gone."""
    add(archive, "bilder", slide("Ett"), slide("Två, rättad"), data="nytt", draft=draft)


def seen(archive: Archive, document_id: str, version: int = 1) -> dict[Visibility, tuple[int, ...]]:
    """Return the slides of a version by who asks; () where the version is not for them."""
    found: dict[Visibility, tuple[int, ...]] = {}
    with archive.database.read() as session:
        document = documents.document(session, document_id)
        for visitor in Visibility:
            try:
                wanted = old_version(session, document, version, visitor)
            except NotFound:
                found[visitor] = ()
            else:
                found[visitor] = visible_numbers(session, document, wanted, visitor)
    return found


def test_replaced_version_of_a_public_deck_is_seen_by_all_without_its_hidden_slides(archive: Archive) -> None:
    document = deck(archive)
    replaced(archive)
    assert seen(archive, document) == {PUBLIC: (1, 2), MEMBERS: (1, 2), STAFF: (1, 2, 3)}
    assert seen(archive, document, 2) == dict.fromkeys(Visibility, (1, 2))


def test_version_that_there_never_was_is_for_nobody(archive: Archive) -> None:
    document = deck(archive)
    for number in (0, 2, 99):
        assert seen(archive, document, number) == dict.fromkeys(Visibility, ())


def test_version_that_was_replaced_while_a_draft_stays_for_staff(archive: Archive) -> None:
    document = deck(archive, draft=True)
    replaced(archive, draft=True)
    with archive.database.write() as session:
        drafts.publish(session, document, PUBLIC, "staff")
    assert seen(archive, document) == {PUBLIC: (), MEMBERS: (), STAFF: (1, 2, 3)}
    assert seen(archive, document, 2) == dict.fromkeys(Visibility, (1, 2))


def test_version_that_was_published_before_it_was_replaced_is_seen(archive: Archive) -> None:
    document = deck(archive, draft=True)
    with archive.database.write() as session:
        drafts.publish(session, document, PUBLIC, "staff")
    replaced(archive)
    assert seen(archive, document)[PUBLIC] == (1, 2)


@pytest.mark.parametrize("is_published_anew", [False, True])
def test_version_that_only_members_could_see_is_not_opened_with_the_deck(
    archive: Archive, is_published_anew: bool
) -> None:
    document = deck(archive, MEMBERS)
    replaced(archive)
    with archive.database.write() as session:
        if is_published_anew:
            drafts.publish(session, document, PUBLIC, "staff")
        else:
            documents.set_visibility(session, document, PUBLIC, "staff")
    expected = () if is_published_anew else (1, 2)  # what it was then is told by the second alone
    assert seen(archive, document) == {PUBLIC: (), MEMBERS: expected, STAFF: (1, 2, 3)}


def test_version_is_seen_again_once_a_deck_that_was_hidden_is_shown_again(archive: Archive) -> None:
    document = deck(archive)
    replaced(archive)
    with archive.database.write() as session:
        documents.set_visibility(session, document, STAFF, "staff")
        documents.set_visibility(session, document, PUBLIC, "staff")
    assert seen(archive, document)[PUBLIC] == (1, 2)


def test_deck_that_became_a_draft_again_and_was_published_keeps_its_old_slides_to_staff(
    archive: Archive,
) -> None:
    document = deck(archive)
    with archive.database.write() as session:
        drafts.unpublish(session, document, "staff")
    replaced(archive, draft=True)
    with archive.database.write() as session:
        drafts.publish(session, document, PUBLIC, "staff")
    assert seen(archive, document) == {PUBLIC: (), MEMBERS: (), STAFF: (1, 2, 3)}


def test_slide_that_staff_hide_now_is_hidden_in_the_older_version_wherever_its_words_stand(
    archive: Archive,
) -> None:
    document = deck(archive)
    add(archive, "bilder", slide("Nytt först"), slide("Ett"), data="nytt")
    with archive.database.write() as session:
        set_hidden(session, document, 2, True, "staff")
    assert seen(archive, document) == {PUBLIC: (), MEMBERS: (), STAFF: (1, 2, 3)}


def test_slide_that_its_author_hides_in_the_next_version_is_hidden_in_the_older_one(archive: Archive) -> None:
    document = deck(archive)
    add(archive, "bilder", slide("Nytt först"), slide("Ett", hidden=True), data="nytt")
    assert seen(archive, document)[PUBLIC] == (2,)


def test_version_that_was_never_read_is_for_staff(archive: Archive) -> None:
    document = deck(archive)
    replaced(archive)
    with archive.database.write() as session:
        first = session.query(VersionRow).filter_by(document_id=document, number=1).one()
        first.category = None
    assert seen(archive, document)[PUBLIC] == ()

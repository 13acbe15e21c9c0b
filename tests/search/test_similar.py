"""Similar slides: of other talks, alike enough, never what the visitor may not see."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from archive.app import Archive
from archive.catalogue import records
from archive.model.visibility import Visibility
from archive.search.results import SimilarSlide
from archive.web.factory import create_app
from tests.filled_archive import add, opened, slide
from tests.web.page_tree import links, text, texts, tree

_SLIDE = ("Flaskhalsar på Bergslagsbanan", "Enkelspår mellan Kil och Ställdalen", "Signalteknik saknas")


@dataclass(frozen=True)
class _Decks:
    archive: Archive
    own: str
    same: str
    near: str
    other: str
    staff: str


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Decks]:
    with opened(tmp_path_factory.mktemp("similar")) as archive:
        near = slide("Flaskhalsar", "Enkelspår från Kil till Ställdalen", "Räls och växlar")
        made = _Decks(
            archive,
            own=add(archive, "Järnväg", slide(*_SLIDE), slide(*_SLIDE, hidden=True)),
            same=add(archive, "Järnväg igen", slide("Förord", "Om agendan"), slide(*_SLIDE, "12")),
            near=add(archive, "Spår", near),
            other=add(
                archive, "Vård", slide("Omsorg", "Hemtjänst i Kil, skola och vård för alla som bor där")
            ),
            staff=add(archive, "Styrelsen", slide(*_SLIDE), visibility=Visibility.STAFF),
        )
        for number in range(12):
            add(archive, f"Annat {number}", slide(f"Agenda {number}", "Kil och annat som hör till dagen"))
        archive.indexer.catch_up()
        yield made


def _similar(
    decks: _Decks, document: str, number: int, visitor: Visibility = Visibility.PUBLIC
) -> tuple[SimilarSlide, ...]:
    with decks.archive.database.read() as session:
        record = records.record(session, document)
        return decks.archive.search.similar(session, record, number, visitor)


def _without(decks: _Decks, *groups: str) -> list[str]:
    with decks.archive.database.read() as session:
        record = records.record(session, decks.own)
        return _documents(decks.archive.search.similar(session, record, 1, Visibility.STAFF, groups))


def _documents(found: tuple[SimilarSlide, ...]) -> list[str]:
    return [one.group.record.document.id for one in found]


def test_slides_of_other_talks_come_the_most_alike_first(decks: _Decks) -> None:
    found = _similar(decks, decks.own, 1)
    assert _documents(found) == [decks.same, decks.near]
    assert [one.group.best[0].number for one in found] == [2, 1]


def test_a_slide_that_says_the_same_is_told(decks: _Decks) -> None:
    assert [one.is_same for one in _similar(decks, decks.own, 1)] == [True, False]


def test_talks_that_are_shown_beside_them_are_left_out(decks: _Decks) -> None:
    assert set(_without(decks)) == {decks.same, decks.staff, decks.near}
    assert _without(decks, decks.same) == [decks.staff, decks.near]
    assert _without(decks, decks.same, decks.staff, decks.near) == []


def test_slides_that_share_no_more_than_a_word_are_not_shown(decks: _Decks) -> None:
    assert decks.other not in _documents(_similar(decks, decks.own, 1))
    assert _similar(decks, decks.other, 1) == ()


def test_hidden_slides_and_talks_are_not_among_them(decks: _Decks) -> None:
    assert decks.staff not in _documents(_similar(decks, decks.own, 1))
    assert decks.staff in _documents(_similar(decks, decks.own, 1, Visibility.STAFF))


@pytest.mark.parametrize("number", [0, 2, 999])
def test_a_slide_that_is_not_there_or_hidden_has_none(decks: _Decks, number: int) -> None:
    assert _similar(decks, decks.own, number) == ()


def test_the_page_of_a_slide_names_similar_ones_by_their_own_titles(decks: _Decks) -> None:
    page = tree(create_app(decks.archive).test_client(), f"/d/{decks.own}/1")
    shown = "//section[@aria-labelledby='similar']"
    assert links(page, f"{shown}//a") == [f"/d/{decks.same}/2", f"/d/{decks.near}/1"]
    first, second = page.xpath(f"{shown}//li")
    assert texts(first, "./a/span[2]") == ["Flaskhalsar på Bergslagsbanan"]
    assert "Samma bild" in text(first)
    assert "Järnväg igen" in text(first)
    assert "Samma bild" not in text(second)

"""What hits share on a page of results: ordinary ones get all, long ones what those before them have left."""

import random
from collections.abc import Iterator

import pytest

from archive.app import Archive
from archive.catalogue import pages
from archive.highlight.matcher import Matcher
from archive.index.search import GroupHit, PageRef
from archive.model.visibility import Visibility
from archive.search.hit_reader import MARKS_MAX, WORDS_MAX, HitReader, marked_words, snippet_of
from archive.search.results import GroupResult
from archive.search.shared_reading import Share
from bench.synthetic.catalogue import page_texts
from tests.filled_archive import add, opened, save_picture, slide, version_of
from tests.highlight.matchers import matcher_of

_LONG_TALKS = 5
_LINES = 9000
_WORDS = ("region", "skola", "regioner", *(f"ord{number}" for number in range(30)))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("shared")) as filled:
        yield filled


@pytest.fixture(scope="module")
def long(archive: Archive) -> list[GroupResult]:
    """Return talks of one slide each, with 18,000 words and as many on the picture."""
    names = []
    for talk in range(_LONG_TALKS):
        name = add(archive, f"Lång {talk}", slide("Lång", *["region kommun"] * _LINES, "regionsist"))
        save_picture(archive, name, 1, *["region", "kommun"] * _LINES)
        names.append(name)
    return _groups(archive, [_hit(name, 1, 1) for name in names], matcher_of("region"))


def _hit(document: str, best_count: int, page_count: int) -> GroupHit:
    refs = tuple(PageRef(document, number) for number in range(1, page_count + 1))
    return GroupHit(document, refs[:best_count], refs)


def _groups(archive: Archive, hits: list[GroupHit], matcher: Matcher) -> list[GroupResult]:
    with archive.database.read() as session:
        reader = HitReader(session, hits, matcher, Visibility.PUBLIC)
        assert reader.is_complete
        return list(reader.groups())


def test_ordinary_slides_have_the_snippets_marks_and_counts_that_each_has_alone(archive: Archive) -> None:
    chosen, matcher = random.Random(7), matcher_of("region skola")
    hits, expected = [], []
    for talk in range(20):
        texts = [[" ".join(chosen.choices(_WORDS, k=9)) for _ in range(60)] for _ in range(4)]
        slides = [slide(f"Bild {number}", *lines) for number, lines in enumerate(texts)]
        name = add(archive, f"Vanlig {talk}", *slides)
        for number, lines in enumerate(texts, 1):
            save_picture(archive, name, number, *" ".join(lines).split())
        hits.append(_hit(name, 3, 4))
        version_id = version_of(archive, name)
        with archive.database.read() as session:
            pictures = pages.pictures(session, version_id)
        snippets = [snippet_of(page_texts(page), matcher, Visibility.PUBLIC).segments for page in slides]
        marks = [marked_words(pictures[number], matcher, "sv") for number in (1, 2, 3)]
        count = sum(matcher.count(block.text, "sv") for page in slides for block in page.blocks)
        expected.append((snippets[:3], marks, count, True))
    found = _groups(archive, hits, matcher_of("region skola"))
    shown = [
        (
            [one.snippet for one in group.best],
            [one.marks for one in group.best],
            group.occurrence_count,
            group.is_counted,
        )
        for group in found
    ]
    assert shown == expected


def test_first_long_slide_is_read_as_if_it_were_alone(archive: Archive, long: list[GroupResult]) -> None:
    (alone,) = _groups(archive, [_hit(long[0].id, 1, 1)], matcher_of("region"))
    assert long[0] == alone
    assert alone.occurrence_count == _LINES + 1
    (first,) = alone.best
    assert first.picture is not None
    assert (len(first.picture.words), len(first.marks)) == (WORDS_MAX, MARKS_MAX)


def test_later_long_slides_have_a_snippet_and_marks_of_their_beginning(long: list[GroupResult]) -> None:
    (last,) = long[-1].best
    assert any(part.marked for part in last.snippet)
    assert last.picture is not None
    assert 0 < len(last.picture.words) < WORDS_MAX
    assert 0 < len(last.marks) < MARKS_MAX
    assert 0 < long[-1].occurrence_count < _LINES


def test_talk_that_was_not_read_whole_does_not_say_how_many_words_it_has(long: list[GroupResult]) -> None:
    assert [group.is_counted for group in long] == [True, *[False] * (_LONG_TALKS - 1)]
    assert not any(group.is_found_by_record for group in long)


def test_pages_that_are_too_many_to_count_are_still_among_the_slides_found(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.search.shared_reading.READ_MAX", 1000)
    name = add(archive, "Många", *["region"] * 20)
    (group,) = _groups(archive, [_hit(name, 3, 20)], matcher_of("region"))
    assert (group.slide_count, group.is_counted) == (20, False)
    assert 3 <= group.occurrence_count < 20


def test_share_gives_each_its_own_and_what_is_beyond_until_it_is_used_up() -> None:
    share = Share(10, 5)
    assert [share.take(wanted) for wanted in (3, 10, 12, 14, 11, 4)] == [3, 10, 12, 13, 10, 4]

"""A question in, a page of results out: groups, best slides, exact totals, snippets and marks, pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.app import Archive
from archive.index.schema import Facet
from archive.index.search import Sort
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.service import SearchService
from archive.settings.sections import SearchSettings
from tests.analysis.strategies import any_text, questions
from tests.filled_archive import add, ask, found, marked, matching_slides, opened, slide, titles
from tests.sample_archive import EXPORT, STEEL, STRATEGY, Sample, opened_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with opened_sample(tmp_path_factory.mktemp("sample")) as built:
        yield built


@pytest.fixture
def archive(sample: Sample) -> Archive:
    return sample.archive


def _with(archive: Archive, **bounds: int) -> SearchService:
    chosen = SearchSettings().model_copy(update=bounds)
    return SearchService(archive.database, archive.engine, archive.analyzer, chosen)


def test_slides_are_grouped_by_talk_and_documents_without_talk_stand_alone(archive: Archive) -> None:
    result = ask(archive, "gemensam")
    assert sorted(titles(result)) == [EXPORT, STEEL, STRATEGY]
    assert {group.title: group.slide_count for group in result.groups} == {EXPORT: 2, STEEL: 2, STRATEGY: 5}
    assert (result.total_groups, result.total_slides) == (3, 9)


def test_group_shows_its_three_best_slides_best_first(archive: Archive) -> None:
    (group,) = ask(archive, "kommun").groups
    assert group.slide_count == 4
    assert group.best[0].number == 2  # the word is in the title and in the body
    assert len({hit.number for hit in group.best}) == 3


def test_number_of_best_slides_is_a_setting(archive: Archive) -> None:
    (group,) = _with(archive, slides_per_group=1).search(Question("kommun"), Visibility.PUBLIC).groups
    assert len(group.best) == 1
    assert group.slide_count == 4


def test_occurrences_count_marked_words_on_all_matching_slides(archive: Archive) -> None:
    (group,) = ask(archive, "kommun").groups
    # Slide 2: title, two in the body, footer; slide 3: two; slide 4: one; slide 5: in the footer.
    assert group.occurrence_count == 4 + 2 + 1 + 1
    (group,) = ask(archive, "kommun kompetens").groups
    assert group.slide_count == 1
    assert group.occurrence_count == 4


def test_notes_and_hidden_slides_count_for_staff_only(archive: Archive) -> None:
    (group,) = ask(archive, "kommun", Visibility.STAFF).groups
    assert (group.slide_count, group.occurrence_count) == (5, 9)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("kommun", {"kommuner", "kommun", "kommunen"}),
        ("kommunerna", {"kommuner", "kommun", "kommunen"}),
        ("kompetenser", {"Kompetensen"}),
        ("KOMMUNERS kompetens", {"kommun", "Kompetensen", "kommunen"}),
        ('"gemensam kommun"', {"gemensam", "kommun"}),
        ("verks*", {"verkstad"}),
        ("-kommunen verkstad", set()),
        ("demand -varslet", {"Demand"}),
    ],
)
def test_inflected_words_are_marked_in_snippets(archive: Archive, asked: str, expected: set[str]) -> None:
    assert set(marked(ask(archive, asked))) == expected


def test_inflected_words_are_marked_on_the_picture(archive: Archive) -> None:
    group = ask(archive, "kommuner gemensam").groups[0]
    shown = {hit.number: [box.text for box in hit.marks] for hit in group.best}
    assert shown[2] == ["Kommunerna", "gemensam"]
    assert all(not boxes for number, boxes in shown.items() if number != 2)
    assert next(hit.picture for hit in group.best if hit.number == 2) is not None


def test_snippet_comes_from_the_body_where_the_footer_matches_too(archive: Archive) -> None:
    (group,) = ask(archive, "kommun").groups
    words = {hit.number: "".join(part.text for part in hit.snippet) for hit in group.best}
    assert words[2] == "gemensam verkstad · kommuner och kommun"


def test_footer_is_shown_where_nothing_else_matches(archive: Archive) -> None:
    (group,) = ask(archive, "sidfot").groups
    (hit,) = group.best
    assert marked(ask(archive, "sidfot")) == ["sidfoten"]
    assert "".join(part.text for part in hit.snippet).endswith("sidfoten om kommun")


def test_word_in_the_title_alone_is_found_and_marked(archive: Archive) -> None:
    result = ask(archive, "demand")
    assert found(result) == {(STEEL, 2)}
    assert marked(result) == ["Demand"]
    assert ask(archive, "titel:demand").total_slides == 1
    assert ask(archive, "titel:plants").total_slides == 0


@pytest.mark.parametrize("asked", ["Ekström", "Maja Ekström", "omställning", "Hållbara Ekström"])
def test_words_that_only_the_talk_has_find_one_slide_of_it(archive: Archive, asked: str) -> None:
    result = ask(archive, asked)
    first = result.groups[0]
    assert (first.title, [hit.number for hit in first.best]) == (STRATEGY, [1])
    assert (result.complete or (result.total_groups, result.total_slides)) == (1, 1)


def test_words_of_talk_and_slide_find_the_slide(archive: Archive) -> None:
    assert found(ask(archive, "Ekström kompetens")) == {(STRATEGY, 3)}


def test_talk_whose_slides_are_all_hidden_is_found_by_staff(archive: Archive) -> None:
    add(archive, "Undangömda bilder", slide("Ett", hidden=True), slide("Två", hidden=True))
    archive.indexer.catch_up()
    assert found(ask(archive, "undangömda", Visibility.STAFF)) == {("Undangömda bilder", 1)}
    assert not ask(archive, "undangömda", Visibility.MEMBERS).groups


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of seven documents that say the same."""
    with opened(tmp_path_factory.mktemp("many")) as archive:
        for number, title in enumerate(["Zebra", "Åka", "Ärlig", "Öppen", "adel", "Ub", "Übler"]):
            add(archive, title, "samma ord", year=2010 + number)
        archive.indexer.catch_up()
        yield archive


def test_page_beyond_the_last_shows_the_last(many: Archive) -> None:
    service = _with(many, groups_per_page=3)
    pages = [service.search(Question("samma", page=number), Visibility.PUBLIC) for number in (1, 2, 3)]
    assert [len(page.groups) for page in pages] == [3, 3, 1]
    assert len({group.id for page in pages for group in page.groups}) == 7
    for number in (4, 1000, 10**9):
        beyond = service.search(Question("samma", page=number), Visibility.PUBLIC)
        assert (beyond.page_number, beyond.last_page, beyond.total_groups) == (3, 3, 7)
        assert beyond.groups == pages[2].groups


@pytest.mark.parametrize("number", [-1, 0, 1])
def test_page_before_the_first_shows_the_first(many: Archive, number: int) -> None:
    result = ask(many, "samma", page=number)
    assert (result.page_number, len(result.groups)) == (1, 7)


def test_nothing_found_is_one_empty_page_whatever_page_was_asked_for(many: Archive) -> None:
    result = ask(many, "finnsinte", page=7)
    assert (result.page_number, result.last_page, result.total_groups, result.groups) == (1, 1, 0, ())


def test_no_more_pages_than_the_bound(many: Archive) -> None:
    result = _with(many, groups_per_page=2, result_pages_max=2).search(
        Question("samma", page=9), Visibility.PUBLIC
    )
    assert (result.page_number, result.last_page, result.total_groups) == (2, 2, 7)


def test_titles_sort_as_swedish_does(many: Archive) -> None:
    result = many.search.search(Question("samma", sort=Sort.TITLE), Visibility.PUBLIC)
    assert titles(result) == ["adel", "Ub", "Übler", "Zebra", "Åka", "Ärlig", "Öppen"]


def test_newest_and_oldest_first(many: Archive) -> None:
    newest = many.search.search(Question("samma", sort=Sort.NEWEST), Visibility.PUBLIC)
    oldest = many.search.search(Question("samma", sort=Sort.OLDEST), Visibility.PUBLIC)
    assert titles(newest)[0] == "Übler"
    assert titles(newest) == titles(oldest)[::-1]


def test_no_words_give_everything_without_marks(archive: Archive) -> None:
    result = ask(archive, "")
    assert result.is_everything
    assert marked(result) == []
    assert all(group.occurrence_count == 0 for group in result.groups)
    assert sum(group.slide_count for group in result.groups) == result.total_slides
    assert not ask(archive, "kommun").is_everything


def test_matching_slides_of_one_document(sample: Sample) -> None:
    assert matching_slides(sample.archive, "kommun", sample.strategy, Visibility.PUBLIC) == (2, 3, 4, 5)
    assert matching_slides(sample.archive, "", sample.strategy, Visibility.PUBLIC) == ()
    assert matching_slides(sample.archive, "kommun", sample.export, Visibility.PUBLIC) == ()
    assert matching_slides(sample.archive, "kommun", "unknown", Visibility.PUBLIC) == ()


def test_archive_without_an_index_finds_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as empty:
        assert ask(empty, "kommun").total_groups == 0
        assert ask(empty, "").total_groups == 0


@given(
    st.one_of(any_text, questions),
    st.sampled_from(Visibility),
    st.sampled_from(Sort),
    st.integers(-5, 10**7),
    st.dictionaries(
        st.sampled_from(Facet),
        st.lists(st.sampled_from(["2021", "deck", "x", "SE31", "☃"]), max_size=2),
        max_size=2,
    ),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_gives_a_page_of_results(
    archive: Archive,
    text: str,
    visitor: Visibility,
    sort: Sort,
    page: int,
    filters: dict[Facet, list[str]],
) -> None:
    chosen = {facet: tuple(values) for facet, values in filters.items()}
    result = archive.search.search(Question(text, chosen, sort, page), visitor)
    assert 1 <= result.page_number <= result.last_page
    assert len(result.groups) <= result.total_groups <= result.total_slides
    assert all(1 <= len(group.best) <= min(3, group.slide_count) for group in result.groups)
    assert bool(result.groups) == bool(result.total_groups)

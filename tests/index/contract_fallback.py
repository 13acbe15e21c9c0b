"""Contract: what is found, too, where few groups match; and which pages hold what."""

from collections.abc import Mapping, Sequence

import pytest

from archive.index.engine import SearchEngine
from archive.index.query import AllOf, AnyOf, Term
from archive.index.schema import Facet, TextField
from archive.index.search import Fallback, PageRef, Scope, SearchAnswer, SearchRequest, Sort
from tests.index.index_documents import STAFF, counted, document, order, page, write

SKOG, GRUVA = Term(TextField.TEXT, "skog"), Term(TextField.TEXT, "gruva")
BOTH, EITHER = AllOf((SKOG, GRUVA)), AnyOf((SKOG, GRUVA))
YEAR = Facet.YEAR


def _ask(
    engine: SearchEngine,
    enough: int = 10,
    filters: Mapping[Facet, Sequence[str]] | None = None,
    sort: Sort = Sort.RELEVANCE,
    document: str = "",
) -> SearchAnswer:
    request = SearchRequest(
        BOTH,
        Scope(filters=filters or {}),
        sort,
        facets=[YEAR],
        document=document,
        fallback=Fallback(EITHER, enough),
    )
    return engine.search(request)


class FallbackContract:
    @pytest.fixture
    def mixed(self, engine: SearchEngine) -> SearchEngine:
        write(
            engine,
            document("both", "skog gruva", "skog", year="2019", date="2019-01-01"),
            document("wood", "skog skog skog", "skog", year="2020", date="2020-01-01"),
            document("mine", "gruva", page(2, "skog gruva", rank=STAFF), year="2021", date="2021-01-01"),
            document("talk-1", "skog gruva", group="talk", year="2018", date="2018-01-01"),
            document("talk-2", "skog", group="talk", year="2022", date="2022-01-01"),
        )
        return engine

    def test_groups_of_the_fallback_come_last_in_every_order(self, mixed: SearchEngine) -> None:
        for sort in Sort:
            answer = _ask(mixed, sort=sort)
            assert [hit.is_fallback for hit in answer.groups] == [False, False, True, True]
            assert set(order(answer)[2:]) == {"wood", "mine"}
        assert order(_ask(mixed, sort=Sort.NEWEST)) == ["both", "talk", "mine", "wood"]

    def test_groups_that_match_keep_only_the_pages_that_match(self, mixed: SearchEngine) -> None:
        answer = _ask(mixed)
        pages = {hit.group: hit.pages for hit in answer.groups}
        assert pages["both"] == (PageRef("both", 1),)
        assert pages["talk"] == (PageRef("talk-1", 1),)
        assert pages["wood"] == (PageRef("wood", 1), PageRef("wood", 2))

    def test_totals_tell_both_apart(self, mixed: SearchEngine) -> None:
        answer = _ask(mixed)
        assert (answer.total_groups, answer.total_pages) == (4, 5)
        assert (answer.fallback_groups, answer.fallback_pages) == (2, 3)

    def test_enough_groups_need_no_fallback(self, mixed: SearchEngine) -> None:
        answer = _ask(mixed, enough=2)
        assert (answer.total_groups, answer.fallback_groups) == (2, 0)
        assert not any(hit.is_fallback for hit in answer.groups)

    def test_chosen_values_do_not_decide_whether_few_match(self, mixed: SearchEngine) -> None:
        assert _ask(mixed, enough=2, filters={YEAR: ["2020"]}).total_groups == 0
        assert order(_ask(mixed, enough=3, filters={YEAR: ["2020"]})) == ["wood"]

    def test_chosen_values_do_not_make_a_group_one_of_the_fallback(self, mixed: SearchEngine) -> None:
        assert _ask(mixed, filters={YEAR: ["2022"]}).total_groups == 0

    def test_choosing_a_value_gives_what_its_count_says(self, mixed: SearchEngine) -> None:
        for value, groups, pages in counted(_ask(mixed), YEAR):
            chosen = _ask(mixed, filters={YEAR: [value]})
            assert (chosen.total_groups, chosen.total_pages) == (groups, pages)

    def test_pages_that_may_not_be_seen_decide_nothing(self, mixed: SearchEngine) -> None:
        mine = next(hit for hit in _ask(mixed).groups if hit.group == "mine")
        assert (mine.is_fallback, mine.pages) == (True, (PageRef("mine", 1),))

    def test_pages_of_a_document_are_those_of_its_group(self, mixed: SearchEngine) -> None:
        assert _ask(mixed, document="both").document_pages == (1,)
        assert _ask(mixed, document="wood").document_pages == (1, 2)
        assert _ask(mixed, document="talk-2").document_pages == ()

    def test_pages_are_told_by_what_they_hold(self, mixed: SearchEngine) -> None:
        asked = [PageRef("both", 1), PageRef("both", 2), PageRef("mine", 1), PageRef("gone", 1)]
        with_wood, with_mine = mixed.holding([SKOG, GRUVA], asked)
        assert with_wood == {PageRef("both", 1), PageRef("both", 2)}
        assert with_mine == {PageRef("both", 1), PageRef("mine", 1)}
        write(mixed, document("both", "gruva"))
        assert mixed.holding([SKOG], asked) == (frozenset(),)

    def test_without_an_index_no_page_holds_anything(self, engine: SearchEngine) -> None:
        assert engine.holding([SKOG], [PageRef("both", 1)]) == (frozenset(),)

"""Contract: groups, their order, best pages and paging."""

import sys

import pytest

from archive.index.engine import SearchEngine
from archive.index.query import AllOf, AnyOf, BestOf, FacetFilter, MatchAll, Term, TermPrefix
from archive.index.schema import Facet, TextField
from archive.index.search import PageRef, Sort
from tests.index.index_documents import ask, document, mark, order, page, write

TEXT = TextField.TEXT
TITLE = TextField.TITLE


def word(term: str, boost: float = 1.0) -> Term:
    return Term(TEXT, term, boost)


class OrderContract:
    @pytest.fixture
    def dated(self, engine: SearchEngine) -> SearchEngine:
        write(
            engine,
            document("a", "skog", date="2019-05-01", sort_title="beta"),
            document("b", "skog", date="2021-01-31", sort_title="delta"),
            document("c", "skog", date="", sort_title="alfa"),
            document("d", "skog", date="2020-12-01", sort_title=""),
            document("e", "skog", date="2021-01-31", sort_title="beta"),
        )
        return engine

    def test_documents_of_a_group_come_together(self, engine: SearchEngine) -> None:
        write(
            engine,
            document("a", "skog", "sjö", group="talk"),
            document("b", "skog", "skog", group="talk"),
            document("c", "skog"),
        )
        answer = ask(engine, word("skog"))
        assert (answer.total_groups, answer.total_pages) == (2, 4)
        talk = next(group for group in answer.groups if group.group == "talk")
        assert talk.pages == (PageRef("a", 1), PageRef("b", 1), PageRef("b", 2))

    def test_group_spreads_over_commits(self, engine: SearchEngine) -> None:
        write(engine, document("b", "skog", group="talk"))
        write(engine, document("a", "skog", group="talk"))
        answer = ask(engine, word("skog"))
        assert answer.total_groups == 1
        assert answer.groups[0].pages == (PageRef("a", 1), PageRef("b", 1))

    def test_pages_stand_in_reading_order(self, engine: SearchEngine) -> None:
        pages = [page(number, "skog " * (number % 3 + 1)) for number in (11, 2, 30, 1)]
        write(engine, document("a", *pages))
        assert [ref.number for ref in ask(engine, word("skog")).groups[0].pages] == [1, 2, 11, 30]

    def test_best_pages_come_best_first(self, engine: SearchEngine) -> None:
        write(
            engine,
            document("a", "skog ett två tre", "skog skog skog fyra", "skog skog fem sex", "sju"),
        )
        group = ask(engine, word("skog"), best=2).groups[0]
        assert [ref.number for ref in group.best] == [2, 3]
        assert len(group.pages) == 3

    def test_equally_good_pages_stand_in_reading_order(self, engine: SearchEngine) -> None:
        write(engine, document("a", *[page(number, "skog") for number in (5, 3, 9, 1)]))
        assert [ref.number for ref in ask(engine, word("skog"), best=3).groups[0].best] == [1, 3, 5]

    @pytest.mark.parametrize("sort", Sort)
    def test_all_pages_of_all_groups_are_listed_without_best_ones(
        self, engine: SearchEngine, sort: Sort
    ) -> None:
        write(
            engine, document("b", "skog", "sjö", group="talk"), document("c", "skog skog", date="2020-01-01")
        )
        write(engine, document("a", *[page(number, "skog") for number in (12, 3)], group="talk"))
        listed = ask(engine, word("skog"), sort=sort, limit=sys.maxsize, best=0)
        shown = ask(engine, word("skog"), sort=sort, best=3)
        assert [(one.group, *one.pages) for one in listed.groups] == [
            (one.group, *one.pages) for one in shown.groups
        ]
        assert [len(one.pages) for one in listed.groups] == [len(one.pages) for one in shown.groups]
        assert sum(len(one.pages) for one in listed.groups) == listed.total_pages == 4
        assert {one.best for one in listed.groups} == {()}

    def test_no_best_pages_when_none_are_asked_for(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"))
        group = ask(engine, word("skog"), best=0).groups[0]
        assert (group.best, len(group.pages)) == ((), 1)

    def test_group_ranks_by_its_best_page(self, engine: SearchEngine) -> None:
        write(
            engine,
            document("a", "skog ett två tre", "skog ett två tre", "skog ett två tre"),
            document("b", "skog skog skog skog", "ett två tre fyra"),
        )
        assert order(ask(engine, word("skog"))) == ["b", "a"]

    def test_title_beats_text_where_all_else_is_equal(self, engine: SearchEngine) -> None:
        write(
            engine,
            document("a", page(1, "skog ett två", title="tre fyra fem")),
            document("b", page(1, "tre fyra fem", title="skog ett två")),
        )
        assert order(ask(engine, BestOf((Term(TITLE, "skog", 2.0), word("skog"))))) == ["b", "a"]
        assert order(ask(engine, AnyOf((Term(TITLE, "skog", 2.0), word("skog"))))) == ["b", "a"]

    def test_rare_term_tells_more(self, engine: SearchEngine) -> None:
        common = [document(f"x{n}", "region ett två") for n in range(20)]
        write(engine, *common, document("rare", "vulkan ett två"))
        assert order(ask(engine, AnyOf((word("region"), word("vulkan")))))[0] == "rare"

    def test_more_matching_words_tell_more(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog ett"), document("b", "skog sjö"), document("c", "två sjö"))
        assert order(ask(engine, AnyOf((word("skog"), word("sjö")))))[0] == "b"

    def test_more_occurrences_tell_more(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog ett två tre"), document("b", "skog skog skog tre"))
        assert order(ask(engine, word("skog"))) == ["b", "a"]

    def test_short_text_tells_more(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog " + "ord " * 60), document("b", "skog ord"))
        assert order(ask(engine, word("skog"))) == ["b", "a"]

    def test_part_tells_less_than_the_word(self, engine: SearchEngine) -> None:
        write(engine, document("a", "gruvnäring|gruva ett"), document("b", "ett|ett gruva"))
        assert order(ask(engine, word("gruva"))) == ["b", "a"]

    def test_boost_of_a_term_decides(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog ett"), document("b", "sjö ett"))
        assert order(ask(engine, AnyOf((word("skog", 3.0), word("sjö"))))) == ["a", "b"]
        assert order(ask(engine, AnyOf((word("skog"), word("sjö", 3.0))))) == ["b", "a"]

    def test_boost_of_a_prefix_decides(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skogen ett"), document("b", "sjöar ett"))
        exact = TextField.EXACT
        query = AnyOf((TermPrefix(exact, "skog", 0.2), TermPrefix(exact, "sjö", 2.0)))
        assert order(ask(engine, query)) == ["b", "a"]

    def test_best_counts_only_the_best_child(self, engine: SearchEngine) -> None:
        write(engine, document("b", "sjö berg ett"), document("c", "vik vik ett"))
        query = BestOf((word("sjö"), word("berg"), word("vik", 1.5)))
        assert order(ask(engine, query)) == ["c", "b"]

    def test_value_adds_nothing_to_the_score(self, engine: SearchEngine) -> None:
        write(
            engine,
            document("a", "skog skog ett", year="2019"),
            document("b", "skog ett två", year="2020"),
        )
        query = AllOf((word("skog"), AnyOf((FacetFilter(Facet.YEAR, ("2020",)), MatchAll()))))
        assert order(ask(engine, query)) == ["a", "b"]

    def test_newest_first_undated_last(self, dated: SearchEngine) -> None:
        assert order(ask(dated, word("skog"), sort=Sort.NEWEST)) == ["b", "e", "d", "a", "c"]

    def test_oldest_first_undated_last(self, dated: SearchEngine) -> None:
        assert order(ask(dated, word("skog"), sort=Sort.OLDEST)) == ["a", "d", "b", "e", "c"]

    def test_title_order_untitled_last(self, dated: SearchEngine) -> None:
        assert order(ask(dated, word("skog"), sort=Sort.TITLE)) == ["c", "e", "a", "b", "d"]

    def test_equal_relevance_goes_by_date_then_identifier(self, dated: SearchEngine) -> None:
        assert order(ask(dated, MatchAll())) == ["b", "e", "d", "a", "c"]
        assert order(ask(dated, word("skog"))) == ["b", "e", "d", "a", "c"]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_equal_groups_go_by_their_content_not_by_identifier(
        self, engine: SearchEngine, sort: Sort
    ) -> None:
        """The same content has the same order whatever its identifiers are and however it came."""
        first = {"date": "2021-01-31", "sort_title": "t", "group_order": "alfa"}
        second = {**first, "group_order": "beta", "order": "a"}
        third = {**first, "group_order": "beta", "order": "ö"}
        write(engine, document("a", "skog", **third), document("c", "skog", **first))
        write(engine, document("b", "skog", **second))
        assert order(ask(engine, word("skog"), sort=sort)) == ["c", "b", "a"]
        assert order(ask(engine, word("skog"), sort=sort, offset=1)) == ["b", "a"]
        assert order(ask(engine, word("skog"), sort=sort, limit=1)) == ["c"]
        write(engine, document("a"), document("b"), document("c"))
        write(engine, document("a", "skog", **first), document("b", "skog", **third))
        write(engine, document("c", "skog", **second))
        assert order(ask(engine, word("skog"), sort=sort)) == ["a", "c", "b"]

    def test_documents_of_a_group_go_by_their_content_not_by_identifier(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog", "skog", group="talk", order="beta"))
        write(engine, document("b", "skog", "skog", group="talk", order="alfa"))
        group = ask(engine, word("skog"), best=3).groups[0]
        assert group.pages == (PageRef("b", 1), PageRef("b", 2), PageRef("a", 1), PageRef("a", 2))
        assert group.best == group.pages[:3]

    def test_order_in_which_documents_come_does_not_matter(self, engine: SearchEngine) -> None:
        documents = [document(f"d{n}", "skog", group_order=f"{n % 3}", order=f"{n}") for n in range(9)]
        write(engine, *documents)
        expected = order(ask(engine, word("skog")))
        with engine.rebuild() as rebuild:
            rebuild.write(documents[::-1])
            rebuild.publish(mark(9))
        assert (
            order(ask(engine, word("skog")))
            == expected
            == ["d0", "d3", "d6", "d1", "d4", "d7", "d2", "d5", "d8"]
        )

    def test_group_has_the_newest_date_of_its_documents(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog", group="old", date="2001-01-01"))
        write(engine, document("b", "skog", group="old", date="2022-01-01"))
        write(engine, document("c", "skog", date="2010-01-01"))
        assert order(ask(engine, word("skog"), sort=Sort.NEWEST)) == ["old", "c"]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_pages_of_results_join_to_the_whole(self, dated: SearchEngine, sort: Sort) -> None:
        whole = order(ask(dated, MatchAll(), sort=sort))
        parts = [order(ask(dated, MatchAll(), sort=sort, offset=offset, limit=2)) for offset in (0, 2, 4, 6)]
        assert [len(part) for part in parts] == [2, 2, 1, 0]
        assert [group for part in parts for group in part] == whole

    def test_totals_do_not_depend_on_the_page(self, dated: SearchEngine) -> None:
        for offset, limit in ((0, 1), (4, 10), (99, 5), (0, 0)):
            answer = ask(dated, MatchAll(), offset=offset, limit=limit)
            assert (answer.total_groups, answer.total_pages) == (5, 5)

    def test_limit_nought_still_counts(self, dated: SearchEngine) -> None:
        answer = ask(dated, MatchAll(), limit=0, facets=[Facet.YEAR])
        assert (answer.groups, answer.total_groups) == ((), 5)

    def test_offset_beyond_the_end_is_empty(self, dated: SearchEngine) -> None:
        assert ask(dated, MatchAll(), offset=5).groups == ()

"""Contract: what a visitor may see and has chosen, and the counts beside the results."""

import pytest

from archive.index.engine import SearchEngine
from archive.index.query import AllOf, AnyOf, FacetFilter, MatchAll, NoneOf, Term, TermPrefix
from archive.index.schema import Facet, TextField
from archive.index.search import Scope, SearchRequest
from tests.index.index_documents import (
    STAFF,
    ask,
    counted,
    document,
    documents_found,
    found,
    order,
    page,
    write,
)

SKOG = Term(TextField.TEXT, "skog")
YEAR = Facet.YEAR
REGION = Facet.REGION


class ScopeContract:
    @pytest.fixture
    def chosen(self, engine: SearchEngine) -> SearchEngine:
        write(
            engine,
            document("a", "skog", "skog", year="2019", region="SE11 SE12"),
            document("b", "skog", "sjö", year="2019", region="SE12"),
            document("c", "skog", year="2020", region="SE11"),
            document("d", "skog", year="2021"),
        )
        return engine

    @pytest.fixture
    def ranked(self, engine: SearchEngine) -> SearchEngine:
        write(
            engine,
            document("open", page(1, "skog"), page(2, "skog hemlig", rank=STAFF), year="2019"),
            document("members", page(1, "skog medlem", rank=1), year="2020"),
            document("staff", page(1, "skog skogsplan", rank=STAFF), year="2021"),
        )
        return engine

    def test_values_of_one_facet_widen(self, chosen: SearchEngine) -> None:
        answer = ask(chosen, SKOG, filters={YEAR: ["2019", "2020"]})
        assert sorted(order(answer)) == ["a", "b", "c"]
        assert answer.total_pages == 4

    def test_facets_narrow_each_other(self, chosen: SearchEngine) -> None:
        assert order(ask(chosen, SKOG, filters={YEAR: ["2020"], REGION: ["SE11"]})) == ["c"]
        assert order(ask(chosen, SKOG, filters={YEAR: ["2020"], REGION: ["SE12"]})) == []

    def test_unknown_value_lets_nothing_through(self, chosen: SearchEngine) -> None:
        assert ask(chosen, MatchAll(), filters={YEAR: ["1999"]}).total_pages == 0

    def test_facet_without_values_is_no_filter(self, chosen: SearchEngine) -> None:
        assert ask(chosen, SKOG, filters={YEAR: []}).total_groups == 4

    def test_filter_works_without_words(self, chosen: SearchEngine) -> None:
        assert ask(chosen, MatchAll(), filters={REGION: ["SE12"]}).total_pages == 4

    def test_facets_count_groups_and_pages(self, chosen: SearchEngine) -> None:
        answer = ask(chosen, SKOG, facets=[YEAR, REGION])
        assert counted(answer, YEAR) == [("2019", 2, 3), ("2020", 1, 1), ("2021", 1, 1)]
        assert counted(answer, REGION) == [("SE11", 2, 3), ("SE12", 2, 3)]

    def test_only_the_facets_asked_for_are_counted(self, chosen: SearchEngine) -> None:
        assert set(ask(chosen, SKOG, facets=[YEAR]).facets) == {YEAR}
        assert dict(ask(chosen, SKOG).facets) == {}

    def test_facet_leaves_out_its_own_filter(self, chosen: SearchEngine) -> None:
        answer = ask(chosen, SKOG, filters={YEAR: ["2020"]}, facets=[YEAR, REGION])
        assert counted(answer, YEAR) == [("2019", 2, 3), ("2020", 1, 1), ("2021", 1, 1)]
        assert counted(answer, REGION) == [("SE11", 1, 1)]

    def test_facet_keeps_the_other_filters(self, chosen: SearchEngine) -> None:
        answer = ask(chosen, SKOG, filters={YEAR: ["2019"], REGION: ["SE11"]}, facets=[YEAR, REGION])
        assert order(answer) == ["a"]
        assert counted(answer, YEAR) == [("2019", 1, 2), ("2020", 1, 1)]
        assert counted(answer, REGION) == [("SE12", 2, 3), ("SE11", 1, 2)]

    def test_facet_counts_promise_what_choosing_gives(self, chosen: SearchEngine) -> None:
        for count in ask(chosen, SKOG, filters={REGION: ["SE12"]}, facets=[YEAR]).facets[YEAR]:
            narrowed = ask(chosen, SKOG, filters={REGION: ["SE12"], YEAR: [count.value]})
            assert (narrowed.total_groups, narrowed.total_pages) == (count.groups, count.pages)

    def test_facet_limit_keeps_the_most_frequent(self, chosen: SearchEngine) -> None:
        answer = ask(chosen, SKOG, facets=[YEAR], facet_limit=2)
        assert [one.value for one in answer.facets[YEAR]] == ["2019", "2020"]

    def test_group_with_several_documents_counts_once(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog", group="talk", year="2019"))
        write(engine, document("b", "skog", "skog", group="talk", year="2019"))
        assert counted(ask(engine, SKOG, facets=[YEAR]), YEAR) == [("2019", 1, 3)]

    def test_value_twice_counts_once(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog", year="2019 2019"))
        assert counted(ask(engine, SKOG, facets=[YEAR]), YEAR) == [("2019", 1, 1)]

    def test_page_language_stands_in_for_the_document(self, engine: SearchEngine) -> None:
        pages = (page(1, "skog"), page(2, "skog", language="en"), page(3, "skog", language="sv"))
        write(engine, document("a", *pages, language="sv"))
        answer = ask(engine, SKOG, facets=[Facet.LANGUAGE])
        assert counted(answer, Facet.LANGUAGE) == [("sv", 1, 2), ("en", 1, 1)]
        english = ask(engine, SKOG, filters={Facet.LANGUAGE: ["en"]})
        assert [ref.number for ref in english.groups[0].pages] == [2]

    def test_facet_values_keep_case_blanks_and_letters(self, engine: SearchEngine) -> None:
        odd = 'Åre, "Öst" | 7 \\ x'
        plain = document("a", "skog")
        write(engine, type(plain)("a", "a", plain.pages, {REGION: [odd]}))
        assert counted(ask(engine, SKOG, facets=[REGION]), REGION) == [(odd, 1, 1)]
        assert documents_found(engine, FacetFilter(REGION, (odd,))) == "a"
        assert documents_found(engine, FacetFilter(REGION, (odd.lower(),))) == ""

    def test_order_tells_nothing_of_pages_that_may_not_be_seen(self, engine: SearchEngine) -> None:
        """`gruva OR hamn`: the rarer word comes first, and staff's pages make it the commoner one of all."""
        either = AnyOf((Term(TextField.TEXT, "gruva"), Term(TextField.TEXT, "hamn")))
        write(engine, document("a", "gruva"), document("b", "hamn"), document("c", "hamn"))
        assert order(ask(engine, either, max_rank=0)) == ["a", "b", "c"]
        hidden = page(1, "skog", rank=0), *(page(n, "gruva gruva", rank=STAFF) for n in range(2, 12))
        write(engine, document("d", *hidden), document("e", *(page(n, "gruva", rank=1) for n in range(1, 9))))
        assert order(ask(engine, either, max_rank=0)) == ["a", "b", "c"]
        # Those who see them have the order that they make.
        assert order(ask(engine, either, max_rank=1))[0] == "b"
        write(engine, document("d", "skog"), document("e"))
        assert order(ask(engine, either, max_rank=STAFF)) == ["a", "b", "c"], "removed pages count no more"

    def test_beginnings_stand_for_words_of_pages_that_may_be_seen(self, engine: SearchEngine) -> None:
        """Of many words that begin so the most frequent are taken; staff's words take no place among them."""
        secret = [page(n, "skogsplan skogsbrand", rank=STAFF) for n in range(2, 6)]
        write(engine, document("a", page(1, "skogen"), *secret), document("b", "skogar"))
        found = ask(engine, TermPrefix(TextField.TEXT, "skog", max_terms=2), max_rank=0)
        assert sorted(order(found)) == ["a", "b"]

    @pytest.mark.parametrize(("rank", "pages", "groups"), [(0, 1, 1), (1, 2, 2), (2, 4, 3)])
    def test_rank_decides_what_is_there(
        self, ranked: SearchEngine, rank: int, pages: int, groups: int
    ) -> None:
        for query in (SKOG, MatchAll(), AllOf((NoneOf(Term(TextField.TEXT, "vulkan")),))):
            answer = ask(ranked, query, max_rank=rank, facets=[YEAR])
            assert (answer.total_groups, answer.total_pages) == (groups, pages)
            assert sum(one.pages for one in answer.facets[YEAR]) == pages
            assert len(answer.facets[YEAR]) == groups

    def test_hidden_page_is_in_no_group(self, ranked: SearchEngine) -> None:
        assert found(ranked, SKOG) == {("open", 1)}
        assert found(ranked, Term(TextField.TEXT, "hemlig")) == set()
        assert found(ranked, Term(TextField.TEXT, "hemlig"), max_rank=STAFF) == {("open", 2)}

    def test_hidden_pages_do_not_match_one_by_one(self, ranked: SearchEngine) -> None:
        assert ranked.matching_pages(SKOG, Scope(max_rank=0), "open") == (1,)
        assert ranked.matching_pages(SKOG, Scope(max_rank=STAFF), "open") == (1, 2)

    def test_hidden_words_are_not_suggested(self, ranked: SearchEngine) -> None:
        exact = TextField.EXACT
        assert ranked.suggest("skog", exact, 0, 5) == ("skog",)
        assert ranked.suggest("skog", exact, STAFF, 5) == ("skog", "skogsplan")
        assert ranked.suggest("hem", exact, 1, 5) == ()

    def test_masked_document_is_in_no_count(self, chosen: SearchEngine) -> None:
        answer = ask(chosen, SKOG, masked=["a", "d"], facets=[YEAR, REGION])
        assert sorted(order(answer)) == ["b", "c"]
        assert (answer.total_groups, answer.total_pages) == (2, 2)
        assert counted(answer, YEAR) == [("2019", 1, 1), ("2020", 1, 1)]
        assert counted(answer, REGION) == [("SE11", 1, 1), ("SE12", 1, 1)]

    def test_masked_document_leaves_its_group_to_the_others(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog", group="talk"), document("b", "skog", group="talk"))
        answer = ask(engine, SKOG, masked=["a"])
        assert [ref.document for ref in answer.groups[0].pages] == ["b"]

    def test_masked_document_has_no_matching_pages(self, chosen: SearchEngine) -> None:
        assert chosen.matching_pages(SKOG, Scope(masked=frozenset({"a"})), "a") == ()

    def test_masked_words_are_not_suggested(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skogsplan"), document("b", "skogen"))
        assert engine.suggest("skog", TextField.EXACT, 0, 5, frozenset({"a"})) == ("skogen",)

    def test_an_answer_has_the_matching_pages_of_the_document_asked_about(self, chosen: SearchEngine) -> None:
        def pages(scope: Scope, document: str) -> tuple[int, ...]:
            return chosen.search(SearchRequest(SKOG, scope, limit=0, document=document)).document_pages

        assert pages(Scope(), "a") == (1, 2)
        assert pages(Scope(), "b") == (1,)
        assert pages(Scope(filters={YEAR: ["2020"]}), "a") == ()
        assert pages(Scope(masked=frozenset({"a"})), "a") == ()
        assert pages(Scope(), "nobody") == pages(Scope(), "") == ()

    def test_matching_pages_follow_tree_and_filters(self, chosen: SearchEngine) -> None:
        assert chosen.matching_pages(SKOG, Scope(), "a") == (1, 2)
        assert chosen.matching_pages(SKOG, Scope(), "b") == (1,)
        assert chosen.matching_pages(MatchAll(), Scope(), "b") == (1, 2)
        assert chosen.matching_pages(SKOG, Scope(filters={YEAR: ["2020"]}), "a") == ()
        assert chosen.matching_pages(SKOG, Scope(), "nobody") == ()

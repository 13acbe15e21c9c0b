"""Contract: which pages match a query."""

import pytest

from archive.index.documents import IndexPage
from archive.index.engine import SearchEngine
from archive.index.query import (
    AllOf,
    AnyOf,
    BestOf,
    FacetFilter,
    MatchAll,
    MatchNone,
    NoneOf,
    Query,
    Term,
    TermPhrase,
)
from archive.index.schema import Facet, TextField
from archive.index.search import Scope
from tests.index.index_documents import ask, document, documents_found, found, page, tokens, write

TEXT = TextField.TEXT
EXACT = TextField.EXACT


def word(term: str) -> Term:
    return Term(TEXT, term)


class MatchingContract:
    @pytest.fixture
    def filled(self, engine: SearchEngine) -> SearchEngine:
        write(
            engine,
            document("a", "klimat och energi", "energi och regioner", year="2019"),
            document("b", "regioner och klimat", page(2, "skog", title="klimat"), year="2020"),
            document("c", "skog", year="2020 2021"),
        )
        return engine

    def test_nothing_written_finds_nothing(self, engine: SearchEngine) -> None:
        answer = ask(engine, MatchAll(), facets=[Facet.YEAR])
        assert (answer.groups, answer.total_groups, answer.total_pages) == ((), 0, 0)
        assert answer.facets == {Facet.YEAR: ()}

    def test_nothing_written_has_no_words(self, engine: SearchEngine) -> None:
        assert engine.suggest("kli", EXACT, 2, 5) == ()
        assert list(engine.vocabulary(2).frequencies(TEXT, ["klimat"])) == [0]
        assert list(engine.vocabulary(2).terms(TEXT)) == []
        assert engine.matching_pages(MatchAll(), Scope(), "a") == ()
        assert engine.counts() == (0, 0)

    def test_term_finds_pages_of_its_field_only(self, filled: SearchEngine) -> None:
        assert found(filled, word("klimat")) == {("a", 1), ("b", 1)}
        assert found(filled, Term(TextField.TITLE, "klimat")) == {("b", 2)}

    def test_unknown_term_finds_nothing(self, filled: SearchEngine) -> None:
        assert found(filled, word("vulkan")) == set()

    def test_term_is_not_a_beginning(self, filled: SearchEngine) -> None:
        assert found(filled, word("klima")) == set()

    def test_totals_are_exact(self, filled: SearchEngine) -> None:
        answer = ask(filled, word("energi"))
        assert (answer.total_groups, answer.total_pages) == (1, 2)

    def test_all_needs_every_child_on_one_page(self, filled: SearchEngine) -> None:
        assert found(filled, AllOf((word("klimat"), word("regioner")))) == {("b", 1)}

    def test_any_needs_one_child(self, filled: SearchEngine) -> None:
        assert found(filled, AnyOf((word("energi"), word("skog")))) == {
            ("a", 1),
            ("a", 2),
            ("b", 2),
            ("c", 1),
        }

    def test_best_matches_like_any(self, filled: SearchEngine) -> None:
        children = (word("energi"), Term(TextField.TITLE, "klimat"))
        assert found(filled, BestOf(children)) == found(filled, AnyOf(children)) != set()

    def test_without_takes_pages_away(self, filled: SearchEngine) -> None:
        assert found(filled, AllOf((word("klimat"), NoneOf(word("energi"))))) == {("b", 1)}

    def test_only_without_leaves_the_rest(self, filled: SearchEngine) -> None:
        assert found(filled, AllOf((NoneOf(word("skog")),))) == {("a", 1), ("a", 2), ("b", 1)}

    def test_without_an_unknown_term_takes_nothing(self, filled: SearchEngine) -> None:
        assert found(filled, AllOf((word("skog"), NoneOf(word("vulkan"))))) == {("b", 2), ("c", 1)}

    def test_several_withouts_all_take(self, filled: SearchEngine) -> None:
        query = AllOf((NoneOf(word("skog")), NoneOf(word("energi"))))
        assert found(filled, query) == {("b", 1)}

    def test_every_finds_every_page(self, filled: SearchEngine) -> None:
        answer = ask(filled, MatchAll())
        assert (answer.total_groups, answer.total_pages) == (3, 5)

    def test_every_beside_a_term_changes_nothing(self, filled: SearchEngine) -> None:
        assert found(filled, AllOf((MatchAll(), word("skog")))) == {("b", 2), ("c", 1)}

    def test_every_in_any_finds_all(self, filled: SearchEngine) -> None:
        assert len(found(filled, AnyOf((word("skog"), MatchAll())))) == 5

    def test_never_finds_nothing(self, filled: SearchEngine) -> None:
        assert found(filled, MatchNone()) == set()
        assert found(filled, AllOf((word("skog"), MatchNone()))) == set()

    def test_never_in_any_changes_nothing(self, filled: SearchEngine) -> None:
        assert found(filled, AnyOf((MatchNone(), word("skog")))) == {("b", 2), ("c", 1)}

    def test_empty_all_finds_every_page(self, filled: SearchEngine) -> None:
        assert len(found(filled, AllOf(()))) == 5

    @pytest.mark.parametrize(
        "query", [AnyOf(()), BestOf(()), FacetFilter(Facet.YEAR, ()), TermPhrase(EXACT, ())]
    )
    def test_empty_choices_find_nothing(self, filled: SearchEngine, query: Query) -> None:
        assert found(filled, query) == set()

    def test_value_finds_pages_of_a_facet(self, filled: SearchEngine) -> None:
        assert documents_found(filled, FacetFilter(Facet.YEAR, ("2020",))) == "b c"
        assert documents_found(filled, FacetFilter(Facet.YEAR, ("2019", "2021"))) == "a c"

    def test_unknown_value_finds_nothing(self, filled: SearchEngine) -> None:
        assert found(filled, FacetFilter(Facet.YEAR, ("1999",))) == set()
        assert found(filled, FacetFilter(Facet.REGION, ("2020",))) == set()

    def test_value_stands_in_any_and_without(self, filled: SearchEngine) -> None:
        assert documents_found(filled, AnyOf((word("energi"), FacetFilter(Facet.YEAR, ("2021",))))) == "a c"
        assert (
            documents_found(filled, AllOf((word("skog"), NoneOf(FacetFilter(Facet.YEAR, ("2021",)))))) == "b"
        )

    def test_queries_nest(self, filled: SearchEngine) -> None:
        inner = AnyOf((AllOf((word("klimat"), NoneOf(word("energi")))), BestOf((word("skog"), MatchNone()))))
        query = AllOf((inner, NoneOf(AllOf((FacetFilter(Facet.YEAR, ("2021",)), word("skog"))))))
        assert found(filled, query) == {("b", 1), ("b", 2)}

    def test_swedish_letters_are_their_own(self, engine: SearchEngine) -> None:
        write(engine, document("a", "gård båt"), document("b", "gard bat"), document("c", "gärd böt"))
        assert documents_found(engine, word("gård")) == "a"
        assert documents_found(engine, word("gard")) == "b"
        assert documents_found(engine, word("böt")) == "c"

    def test_parts_at_one_position_are_found(self, engine: SearchEngine) -> None:
        write(engine, document("a", "ny gruvnäring|gruva|näring växer"))
        for term in ("gruvnäring", "gruva", "näring", "växer"):
            assert found(engine, word(term)) == {("a", 1)}

    @pytest.mark.parametrize("field", [name for name in TextField if name not in (TEXT, EXACT)])
    def test_each_field_answers_for_itself(self, engine: SearchEngine, field: TextField) -> None:
        write(engine, document("a", IndexPage(1, 0, {TEXT: tokens("annat"), field: tokens("ordet")})))
        assert found(engine, Term(field, "ordet"), max_rank=2) == {("a", 1)}
        assert found(engine, word("ordet"), max_rank=2) == set()

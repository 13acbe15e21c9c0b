"""All words of a question first, then some of them: no more for a narrower question, no other order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.analysis.analyzer import Token
from archive.index.documents import IndexDocument, IndexPage, Watermark
from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.index.query import AllOf, AnyOf, MatchAll, MatchNone, Term
from archive.index.schema import Facet, TextField
from archive.index.search import Scope, SearchRequest, Sort
from archive.query.compile import CompiledQuery, SomeWords
from archive.search.matching_strategy import ENOUGH_GROUPS, ask

_HARBOUR, _ORE = Term(TextField.TEXT, "hamn"), Term(TextField.TEXT, "malm")
_SOME = SomeWords(AnyOf((_HARBOUR, _ORE)), (("hamn", _HARBOUR), ("malm", _ORE)))
_BOTH = CompiledQuery(AllOf((_HARBOUR, _ORE)), _SOME, ())


def _document(name: str, year: int, *words: str) -> IndexDocument:
    tokens = [Token(word, at, at, at + 1) for at, word in enumerate(words)]
    page = IndexPage(1, 0, {TextField.TEXT: tokens})
    return IndexDocument(name, name, [page], {Facet.YEAR: [str(year)]}, date=f"{year}-01-01")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SearchEngine]:
    opened = open_engine("whoosh", tmp_path / "index")
    yield opened
    opened.close()


def _fill(engine: SearchEngine, documents: list[IndexDocument]) -> None:
    with engine.rebuild() as rebuild:
        rebuild.write(documents)
        rebuild.publish(Watermark("test", 1, "test"))


def _with_both(count: int, year: int) -> list[IndexDocument]:
    return [_document(f"both-{year}-{number}", year, "hamn", "malm") for number in range(count)]


def test_those_with_some_words_follow_where_few_have_all(engine: SearchEngine) -> None:
    _fill(engine, [*_with_both(2, 2020), _document("harbour", 2021, "hamn")])
    answered = ask(engine, _BOTH, SearchRequest(MatchAll()))
    assert [group.group for group in answered.answer.groups][-1] == "harbour"
    assert answered.complete == (2, 2)
    assert [answered.query_of(group) for group in answered.answer.groups][1:] == [_BOTH.strict, _SOME.query]


def test_choosing_a_value_does_not_let_words_go(engine: SearchEngine) -> None:
    some = [_document(f"harbour-{number}", 2021, "hamn") for number in range(9)]
    _fill(engine, [*_with_both(ENOUGH_GROUPS, 2020), *_with_both(3, 2021), *some])
    narrowed = SearchRequest(MatchAll(), Scope(filters={Facet.YEAR: ("2021",)}))
    answered = ask(engine, _BOTH, narrowed)
    assert answered.answer.total_groups == 3
    assert answered.complete is None


@pytest.mark.parametrize("sort", Sort)
def test_no_order_drops_those_with_some_words_nor_puts_them_first(engine: SearchEngine, sort: Sort) -> None:
    _fill(engine, [*_with_both(2, 2020), _document("harbour", 2021, "hamn"), _document("ore", 2019, "malm")])
    answered = ask(engine, _BOTH, SearchRequest(MatchAll(), sort=sort))
    assert [group.is_fallback for group in answered.answer.groups] == [False, False, True, True]


def test_talks_with_all_words_are_enough_from_ten_on(engine: SearchEngine) -> None:
    _fill(engine, [*_with_both(ENOUGH_GROUPS, 2020), _document("harbour", 2021, "hamn")])
    answered = ask(engine, _BOTH, SearchRequest(MatchAll()))
    assert (answered.answer.total_groups, answered.complete) == (ENOUGH_GROUPS, None)


def test_newest_first_finds_some_words_where_none_has_all(engine: SearchEngine) -> None:
    _fill(engine, [_document("ore", 2020, "malm"), _document("harbour", 2021, "hamn")])
    answered = ask(engine, _BOTH, SearchRequest(MatchAll(), sort=Sort.NEWEST))
    assert [group.group for group in answered.answer.groups] == ["harbour", "ore"]
    assert answered.complete == (0, 0)


def _quoting(loose: Term) -> CompiledQuery:
    return CompiledQuery(MatchNone(), None, (), SomeWords(loose, ()))


def test_phrases_are_let_go_where_nothing_has_them(engine: SearchEngine) -> None:
    _fill(engine, [_document("harbour", 2021, "hamn")])
    answered = ask(engine, _quoting(_HARBOUR), SearchRequest(MatchAll()))
    assert [group.group for group in answered.answer.groups] == ["harbour"]
    assert answered.complete == (0, 0)
    assert [answered.query_of(group) for group in answered.answer.groups] == [_HARBOUR]


def test_phrases_hold_where_a_chosen_value_alone_hides_them(engine: SearchEngine) -> None:
    _fill(engine, [_document("ore", 2020, "malm"), _document("harbour", 2021, "hamn")])
    narrowed = SearchRequest(MatchAll(), Scope(filters={Facet.YEAR: ("2021",)}))
    assert (
        ask(engine, CompiledQuery(_ORE, None, (), SomeWords(_HARBOUR, ())), narrowed).answer.total_groups == 0
    )

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
from archive.query.compile import CompiledQuery
from archive.search.matching_strategy import ENOUGH_GROUPS, MatchingStrategy, ask

_HARBOUR, _ORE = Term(TextField.TEXT, "hamn"), Term(TextField.TEXT, "malm")
_BOTH = CompiledQuery(AllOf((_HARBOUR, _ORE)), AnyOf((_HARBOUR, _ORE)), ())


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
    assert answered.strategy is MatchingStrategy.SOME_WORDS


def test_choosing_a_value_does_not_let_words_go(engine: SearchEngine) -> None:
    some = [_document(f"harbour-{number}", 2021, "hamn") for number in range(9)]
    _fill(engine, [*_with_both(ENOUGH_GROUPS, 2020), *_with_both(3, 2021), *some])
    narrowed = SearchRequest(MatchAll(), Scope(filters={Facet.YEAR: ("2021",)}))
    answered = ask(engine, _BOTH, narrowed)
    assert answered.answer.total_groups == 3
    assert answered.complete is None


def test_newest_first_does_not_put_some_words_before_all(engine: SearchEngine) -> None:
    _fill(engine, [*_with_both(2, 2020), _document("harbour", 2021, "hamn")])
    answered = ask(engine, _BOTH, SearchRequest(MatchAll(), sort=Sort.NEWEST))
    assert answered.answer.total_groups == 2


def test_newest_first_finds_some_words_where_none_has_all(engine: SearchEngine) -> None:
    _fill(engine, [_document("ore", 2020, "malm"), _document("harbour", 2021, "hamn")])
    answered = ask(engine, _BOTH, SearchRequest(MatchAll(), sort=Sort.NEWEST))
    assert [group.group for group in answered.answer.groups] == ["harbour", "ore"]
    assert answered.complete == (0, 0)


def _quoting(loose: Term) -> CompiledQuery:
    return CompiledQuery(MatchNone(), None, (), loose)


def test_phrases_are_let_go_where_nothing_has_them(engine: SearchEngine) -> None:
    _fill(engine, [_document("harbour", 2021, "hamn")])
    answered = ask(engine, _quoting(_HARBOUR), SearchRequest(MatchAll()))
    assert [group.group for group in answered.answer.groups] == ["harbour"]
    assert answered.complete == (0, 0)
    assert (answered.query, answered.strategy) == (_HARBOUR, MatchingStrategy.NO_PHRASES)


def test_phrases_hold_where_a_chosen_value_alone_hides_them(engine: SearchEngine) -> None:
    _fill(engine, [_document("ore", 2020, "malm"), _document("harbour", 2021, "hamn")])
    narrowed = SearchRequest(MatchAll(), Scope(filters={Facet.YEAR: ("2021",)}))
    assert ask(engine, CompiledQuery(_ORE, None, (), _HARBOUR), narrowed).answer.total_groups == 0

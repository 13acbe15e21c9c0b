"""Compiling is a function of a question and of what was read of its words: no analyser, lexicon or index."""

from collections.abc import Iterator

import pytest

from archive.index.query import AllOf, AnyOf, BestOf, NoneOf, Query, Term, TermPhrase, TermPrefix
from archive.index.schema import TextField
from archive.query.ast import And, Not, Or, ParsedQuery, Phrase, Prefix, SearchField, Word
from archive.query.compile import CompiledQuery, compile_query
from archive.query.query_expansion import Expansion, ExpansionKind
from archive.query.word_readings import AlternativeReading, PairReading, Readings, WordReading
from tests.query.golden import FILE, golden

_RESTORED = ExpansionKind.RESTORED


def _reading(
    form: str, *parts: str, others: tuple[str, ...] = (), derived: tuple[str, ...] = ()
) -> WordReading:
    alternatives = tuple(AlternativeReading(one, 0.5, _RESTORED, (_reading(one),)) for one in others)
    written_apart = (parts,) if parts else ()
    return WordReading(form, ((form, 1.0),), parts, written_apart, alternatives, derived)


_WORDS = {
    "hamn": (_reading("hamn", others=("kaj",), derived=("hamning",)),),
    "malm": (_reading("malm"),),
    "malmtåg": (_reading("malmtåg", "malm", "tåg"),),
    "och": (WordReading("och", ()),),
    "malm hamn": (_reading("malm"), _reading("hamn", others=("kaj",))),
    "?": (),
}
_READINGS = Readings(_WORDS, {})
_JOINED = Readings(_WORDS, {("malm", "hamn"): PairReading(_reading("malmhamn"))})


def _compiled(query: ParsedQuery, readings: Readings = _READINGS, notes: bool = False) -> CompiledQuery:
    return compile_query(query, readings, notes)


def _terms(query: Query | None) -> set[str]:
    return {leaf.term for leaf in _leaves(query) if isinstance(leaf, Term)} if query else set()


def _leaves(query: Query) -> Iterator[Query]:
    match query:
        case AllOf(children) | AnyOf(children) | BestOf(children):
            for child in children:
                yield from _leaves(child)
        case NoneOf(child):
            yield from _leaves(child)
        case _:
            yield query


def _parts_of(first: str, second: str, query: Query | None) -> set[type]:
    """Return how two parts of a compound go together."""
    if not isinstance(query, AllOf | AnyOf | BestOf):
        return set()
    if len(query.children) == 2 and [_terms(child) for child in query.children] == [{first}, {second}]:
        return {type(query)}
    return set().union(*(_parts_of(first, second, child) for child in query.children))


def test_questions_compile_to_what_was_written_down() -> None:
    assert golden() == FILE.read_text("utf-8")


def test_the_same_readings_give_the_same_queries() -> None:
    query = And((Word("malm"), Word("hamn"), Not(Word("malmtåg"))))
    assert _compiled(query, _JOINED) == _compiled(query, _JOINED)


def test_alternatives_are_looked_for_and_reported() -> None:
    compiled = _compiled(Word("hamn"))
    assert _terms(compiled.strict) == {"hamn", "kaj"}
    assert compiled.widened == (Expansion("hamn", "kaj", _RESTORED),)


def test_relatives_are_looked_for_where_the_word_need_not_be_there() -> None:
    compiled = _compiled(And((Word("hamn"), Word("malm"))))
    assert "hamning" not in _terms(compiled.strict)
    assert "hamning" in _terms(compiled.relaxed.query if compiled.relaxed else None)


def test_excluded_words_mean_what_was_typed_and_no_more() -> None:
    for query in (Not(Word("hamn")), Not(And((Word("malm"), Word("hamn"))))):
        compiled = _compiled(And((Word("malmtåg"), query)), _JOINED)
        (excluded,) = [child for child in compiled.strict.children if isinstance(child, NoneOf)]  # type: ignore[union-attr]
        assert not _terms(excluded) & {"kaj", "hamning", "malmhamn"}
        assert compiled.widened == ()


def test_two_words_or_the_one_that_they_make() -> None:
    compiled = _compiled(And((Word("malm"), Word("och"), Word("hamn"))), _JOINED)
    assert "malmhamn" in _terms(compiled.strict)
    assert "malmhamn" in _terms(compiled.relaxed.query if compiled.relaxed else None)
    assert Expansion("malm hamn", "malmhamn", ExpansionKind.JOINED) in compiled.widened


def test_a_compound_that_must_be_there_is_its_parts_in_a_row_and_any_of_them_elsewhere() -> None:
    compiled = _compiled(And((Word("malmtåg"), Word("hamn"))))
    phrases = {leaf.terms for leaf in _leaves(compiled.strict) if isinstance(leaf, TermPhrase)}
    assert phrases == {("malm", "tåg")}
    assert _parts_of("malm", "tåg", compiled.strict) == set()
    assert compiled.relaxed is not None
    assert _parts_of("malm", "tåg", compiled.relaxed.query) == {AnyOf}


@pytest.mark.parametrize(
    "query",
    [
        Word("malm"),
        Phrase(("malm", "hamn")),
        Or((Word("malm"), Word("hamn"))),
        And((Word("malm"), Prefix("hamn"))),
        And((Word("malm"), Word("hamn", SearchField.SPEAKER))),
        And((Word("malm"), Word("och"))),
    ],
)
def test_where_every_word_is_needed_there_is_no_other_query(query: ParsedQuery) -> None:
    compiled = _compiled(query)
    assert compiled.relaxed is None
    assert compiled.loose is None


def test_a_phrase_may_be_let_go() -> None:
    released = _compiled(And((Word("malmtåg"), Phrase(("malm", "hamn"))))).loose
    loose = released.query if released else None
    assert {"malmtåg", "malm", "hamn"} <= _terms(loose)
    assert not any(isinstance(leaf, TermPhrase) for leaf in _leaves(loose or AllOf(())))


@pytest.mark.parametrize("notes", [False, True])
def test_notes_are_searched_for_staff_alone(notes: bool) -> None:
    leaves = list(_leaves(_compiled(And((Word("hamn"), Prefix("malm"))), notes=notes).strict))
    fields = {leaf.field for leaf in leaves if isinstance(leaf, Term | TermPhrase | TermPrefix)}
    assert bool(fields & {TextField.NOTES, TextField.NOTES_EXACT}) is notes

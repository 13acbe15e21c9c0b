"""The first step of reading a question: its signs and its clauses, in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from archive.analysis.spellings import spelling_with_spaces
from archive.analysis.stopwords import ENGLISH, SWEDISH
from archive.analysis.tokenizer import WORD_MAX_CHARS, surface, words
from archive.query.ast import And, ParsedQuery, Phrase, Prefix, SearchField, Values, Word
from archive.query.field_names import FIELD_NAMES, HAS_VALUES, field_values

CLAUSES_MAX = 12
"""A question's further words are not looked at: 12 clauses of the commonest words still end in time. Stop
words are not counted, since they are not looked up next to other words.
"""

_STOP_WORDS = SWEDISH | ENGLISH
_PHRASE_WORDS_MAX = 8
_TERM_WORDS_MAX = 8
_PREFIX_LETTERS_MIN = 3
_QUOTES = '"“”„‟«»'
_QUOTED = re.compile(f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_CHUNK = re.compile(rf"[^\s(){_QUOTES}]+")
# `titel: policy` is `titel:policy`, and `år:2019 - 2022` is `år:2019-2022`.
_VALUE_APART = re.compile(rf"[^\s(){_QUOTES}:]+:[ ]+([^\s(){_QUOTES}-][^\s(){_QUOTES}]*)")
_YEARS_APART = re.compile(r"[^\s:]+:[ ]*[0-9]{4}[ ]*[-–—][ ]*[0-9]{4}(?!\S)")
_SPACES = re.compile("[ ]*")
_MINUS = re.compile(r"-+(?=[^\s)-])")


class Sign(Enum):
    """What joins clauses."""

    AND = "and"
    OR = "or"
    NOT = "not"
    OPEN = "("
    CLOSE = ")"


_OPERATORS = {
    "AND": Sign.AND,
    "OCH": Sign.AND,
    "OR": Sign.OR,
    "ELLER": Sign.OR,
    "NOT": Sign.NOT,
    "INTE": Sign.NOT,
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the question: its clauses, and where the text goes on."""

    clauses: tuple[ParsedQuery, ...]
    end: int


def lex(text: str, operators: bool = True) -> list[Sign | ParsedQuery]:
    """Return the signs and clauses of a question; no clause beyond the first 12 words or phrases.

    A word of several parts (`smart-grid`) counts as many, and has at most 8. With `operators` False, AND, OR
    and NOT in either language are words like others. Several words that were written as one (`nytt:läge`)
    come as one And, so that a minus before them holds for all of them.
    """
    items: list[Sign | ParsedQuery] = []
    room = CLAUSES_MAX
    for item in _items(text, operators):
        if isinstance(item, Sign):
            items.append(item)
            continue
        kept, room = _fitting(tuple(dict.fromkeys(item)), room)
        if kept:
            items.append(kept[0] if len(kept) == 1 else And(kept))
        if room == 0:
            break
    return items


def _fitting(clauses: tuple[ParsedQuery, ...], room: int) -> tuple[tuple[ParsedQuery, ...], int]:
    """Return the clauses that there is room for, and the room that is left."""
    kept: list[ParsedQuery] = []
    for clause in clauses:
        if room <= 0:
            break
        kept.append(clause)
        room -= _weight(clause)
    return tuple(kept), max(room, 0)


def _weight(clause: ParsedQuery) -> int:
    """Return how many clauses of the bound a clause takes: one a word, one a phrase, none a stop word."""
    if isinstance(clause, Word) and clause.field is None and surface(clause.text) in _STOP_WORDS:
        return 0
    if isinstance(clause, Word | Prefix):
        return sum(1 for _ in words(clause.text))
    return 1


def _items(text: str, operators: bool) -> Iterator[Sign | tuple[ParsedQuery, ...]]:
    at = 0
    while at < len(text):
        if text[at] in "()":
            yield Sign.OPEN if text[at] == "(" else Sign.CLOSE
            at += 1
            continue
        minus = _MINUS.match(text, at) if _begins_word(text, at) else None
        start = minus.end() if minus else at
        if minus and text[start] == "(":
            yield Sign.NOT
            at = start
            continue
        piece = _piece(text, start)
        chunk = text[start : piece.end]
        if operators and chunk in _OPERATORS:
            yield _OPERATORS[chunk]
        elif piece.clauses:
            if minus:
                yield Sign.NOT
            yield piece.clauses
        at = piece.end


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] == "("


def _piece(text: str, at: int) -> _Piece:
    """Return the clauses of the phrase or word that begins here; it always ends behind `at`."""
    quoted = _QUOTED.match(text, at)
    if quoted:
        return _Piece(_phrase(quoted[1], None), quoted.end())
    end = spelling_with_spaces(text, at)
    if end:  # 17 300, 4 maj 2021
        return _Piece((Word(text[at:end]),), end)
    chunk = _CHUNK.match(text, at)
    if chunk is None:  # a space, or a quotation mark that nothing closes
        return _Piece((), at + 1)
    name, colon, rest = chunk[0].partition(":")
    field = FIELD_NAMES.get(name.lower()) if colon else None
    if field is None:
        return _Piece(_plain(chunk[0]), chunk.end())
    years = _YEARS_APART.match(text, at) if field is SearchField.YEAR else None
    if years:
        return _Piece(_field_clauses(field, years[0].partition(":")[2].replace(" ", "")), years.end())
    if rest:
        return _Piece(_field_clauses(field, rest), chunk.end())
    spaces = _SPACES.match(text, chunk.end())
    quoted = _QUOTED.match(text, spaces.end() if spaces else chunk.end())
    if quoted:
        return _Piece(_field_phrase(field, quoted[1]), quoted.end())
    value = _VALUE_APART.match(text, at)
    # "Seminarium: vägen framåt" is a title that somebody pasted.
    if value and _is_value(field, value[1]) and (name.islower() or value.end() == len(text)):
        return _Piece(_field_clauses(field, value[1]), value.end())
    return _Piece(_plain(chunk[0]), chunk.end())


def _is_value(field: SearchField, text: str) -> bool:
    """Return whether a word behind a field's name and a space is meant for the field."""
    if text in _OPERATORS or text.partition(":")[0].lower() in FIELD_NAMES:
        return False
    return field not in HAS_VALUES or bool(field_values(field, text))


def _field_clauses(field: SearchField, rest: str) -> tuple[ParsedQuery, ...]:
    if field not in HAS_VALUES:
        return _word(rest, field)
    values = field_values(field, rest)
    return (Values(field, values),) if values else _plain(rest)


def _field_phrase(field: SearchField, text: str) -> tuple[ParsedQuery, ...]:
    if field not in HAS_VALUES:
        return _phrase(text, field)
    values = field_values(field, text)
    return (Values(field, values),) if values else _phrase(text, None)


def _plain(chunk: str) -> tuple[ParsedQuery, ...]:
    """Return the words of something without a field name; a colon parts them unless it is inside a word."""
    spans = list(words(chunk))
    if ":" not in chunk or len(spans) < 2:
        return _word(chunk, None)
    parts: list[ParsedQuery] = []
    begin = 0
    for (_, _, end), (_, start, _) in pairwise(spans):
        if ":" in chunk[end:start]:
            parts += _word(chunk[begin:start].rstrip(":"), None)
            begin = start
    return (*parts, *_word(chunk[begin:], None))


def _word(chunk: str, field: SearchField | None) -> tuple[ParsedQuery, ...]:
    """Return the word or prefix in a chunk without the punctuation around it; () if there is none."""
    spans = list(words(chunk))[:_TERM_WORDS_MAX]
    if not spans:
        return ()
    start, end = spans[0][1], spans[-1][2]
    text = chunk[start : min(end, start + WORD_MAX_CHARS)]
    last = spans[-1][0]
    if chunk[end : end + 1] == "*" and sum(map(str.isalnum, last)) >= _PREFIX_LETTERS_MIN:
        return (Prefix(text, field),)
    return (Word(text, field),)


def _phrase(text: str, field: SearchField | None) -> tuple[ParsedQuery, ...]:
    forms = tuple(word[:WORD_MAX_CHARS] for word, _, _ in words(text))[:_PHRASE_WORDS_MAX]
    return (Phrase(forms, field),) if forms else ()

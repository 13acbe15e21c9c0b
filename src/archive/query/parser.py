"""The query language: from what a visitor typed to a tree.

    words together           kompetens region      all of them; where few pages have all, some of them
    AND, OCH                 policy AND licens     all of them, whatever is found
    "a phrase"               "smart specialisering"
    -word, NOT word, INTE    without it
    OR, ELLER                either (binds less than words together)
    ( … )                    groups
    field:word               titel: talare: organisation: region: fokusområde: seminarium: anteckningar:
                             år:2019-2022 typ:rapport språk:sv, and their English names
    word*                    the beginning of a word, at least three letters

Whatever is typed gives a tree: what makes no sense as a sign is read as a word or left out.
"""

from archive.analysis.normalize import normalize
from archive.query.ast import And, Everything, Not, Nothing, Or, ParsedQuery
from archive.query.lexer import Sign, lex

TEXT_MAX_CHARS = 200
"""The rest of a longer question is not looked at."""

_DEPTH_MAX = 5
# Normalising can make a text shorter; what lies beyond this is never read, however little is left before it.
_RAW_MAX_CHARS = 2000


def parse_query(text: str) -> ParsedQuery:
    """Return the tree of a question: `Everything` if it is empty, `Nothing` if it holds no letter or digit.

    Never raises, whatever the text. Bounded: 200 characters, 12 clauses, 64 characters a term, 5 levels of
    parentheses (deeper ones are not looked at), 8 words a phrase.
    """
    typed = normalize(text[:_RAW_MAX_CHARS]).strip()[:TEXT_MAX_CHARS]
    if not typed:
        return Everything()
    query = _Parser(_balanced(lex(typed))).either()
    if query is None:  # nothing but signs: they were meant as words, then
        query = _Parser(_balanced(lex(typed, operators=False))).either()
    return query or Nothing()


def _balanced(items: list[Sign | ParsedQuery]) -> list[Sign | ParsedQuery]:
    """Return the items with every parenthesis paired and none deeper than the bound."""
    kept: list[Sign | ParsedQuery] = []
    opened: list[bool] = []
    for item in items:
        if item is Sign.OPEN:
            opened.append(len(opened) < _DEPTH_MAX)
            if not opened[-1]:
                continue
        elif item is Sign.CLOSE and not (opened and opened.pop()):
            continue
        kept.append(item)
    return kept + [Sign.CLOSE] * sum(opened)


class _Parser:
    """Recursive descent over balanced items; its depth is the depth of parentheses, at most 5."""

    def __init__(self, items: list[Sign | ParsedQuery]) -> None:
        self._items = items
        self._at = 0

    def either(self) -> ParsedQuery | None:
        """Read `all OR all OR …`; None if there is nothing."""
        children = [self._all()]
        while self._take(Sign.OR):
            children.append(self._all())
        return _or([child for child in children if child is not None])

    def _all(self) -> ParsedQuery | None:
        children: list[ParsedQuery] = []
        is_typed = False
        while self._next() not in (None, Sign.OR, Sign.CLOSE):
            if self._take(Sign.AND):
                is_typed = True
                continue
            negative = False
            while self._take(Sign.NOT):
                negative = not negative
            child = self._clause()
            if child is not None:
                children.append(_negated(child) if negative else child)
        return _and(children, is_typed)

    def _clause(self) -> ParsedQuery | None:
        item = self._next()
        if item is None or item in (Sign.AND, Sign.OR, Sign.CLOSE):
            return None
        self._at += 1
        if item is not Sign.OPEN:
            return item if not isinstance(item, Sign) else None
        query = self.either()
        self._take(Sign.CLOSE)
        return query

    def _next(self) -> Sign | ParsedQuery | None:
        return self._items[self._at] if self._at < len(self._items) else None

    def _take(self, sign: Sign) -> bool:
        if self._next() is not sign:
            return False
        self._at += 1
        return True


def _negated(child: ParsedQuery) -> ParsedQuery:
    match child:
        case And((Everything(), Not(inner)), _):
            return inner
    return Not(child)


def _and(children: list[ParsedQuery], is_typed: bool) -> ParsedQuery | None:
    """Return the children as one tree: nested Ands opened, repeated ones once, never only negative."""
    flat: dict[ParsedQuery, None] = {}
    for child in children:
        is_typed = is_typed or (isinstance(child, And) and child.is_typed)
        flat.update(dict.fromkeys(child.children if isinstance(child, And) else (child,)))
    flat.pop(Everything(), None)
    if not flat:
        return None
    if all(isinstance(child, Not) for child in flat):
        return And((Everything(), *flat))
    return next(iter(flat)) if len(flat) == 1 else And(tuple(flat), is_typed)


def _or(children: list[ParsedQuery]) -> ParsedQuery | None:
    """Return the children as one tree: nested Ors opened, repeated ones once."""
    flat: dict[ParsedQuery, None] = {}
    for child in children:
        flat.update(dict.fromkeys(child.children if isinstance(child, Or) else (child,)))
    if not flat:
        return None
    return next(iter(flat)) if len(flat) == 1 else Or(tuple(flat))

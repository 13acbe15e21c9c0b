"""What every tree of a question must be like."""

from archive.analysis.stopwords import ENGLISH, SWEDISH
from archive.analysis.tokenizer import surface, words
from archive.query.ast import And, Everything, Not, Or, ParsedQuery, Phrase, Prefix, Values, Word


def text_of(leaf: ParsedQuery) -> str:
    if isinstance(leaf, Phrase):
        return " ".join(leaf.words)
    assert isinstance(leaf, Word | Prefix)
    return leaf.text


def leaves(query: ParsedQuery) -> list[ParsedQuery]:
    if isinstance(query, And | Or):
        return [leaf for child in query.children for leaf in leaves(child)]
    return leaves(query.child) if isinstance(query, Not) else [query]


def _depth(query: ParsedQuery) -> int:
    if isinstance(query, And | Or):
        return 1 + max(_depth(child) for child in query.children)
    return _depth(query.child) if isinstance(query, Not) else 0


def check_tree(query: ParsedQuery) -> None:
    """Assert what engines and the expansion rely on."""
    assert _depth(query) <= 12
    found = leaves(query)
    assert sum(1 for leaf in found if not isinstance(leaf, Everything) and not _is_stop_word(leaf)) <= 12
    for leaf in found:
        _check_leaf(leaf)
    _check_shape(query, inside_and=False)


def _is_stop_word(leaf: ParsedQuery) -> bool:
    return isinstance(leaf, Word) and leaf.field is None and surface(leaf.text) in SWEDISH | ENGLISH


def _check_leaf(leaf: ParsedQuery) -> None:
    if isinstance(leaf, Word | Prefix):
        assert 0 < len(leaf.text) <= 64
        assert 0 < len(list(words(leaf.text))) <= 8
    if isinstance(leaf, Prefix):
        assert len(list(words(leaf.text))[-1][0]) >= 3
    if isinstance(leaf, Phrase):
        assert 0 < len(leaf.words) <= 8
        assert all(0 < len(word) <= 64 for word in leaf.words)
    if isinstance(leaf, Values):
        assert 0 < len(leaf.values) <= 201


def _check_shape(query: ParsedQuery, inside_and: bool) -> None:
    if isinstance(query, Not):
        assert inside_and
        _check_shape(query.child, inside_and=False)
    if isinstance(query, And | Or):
        assert len(query.children) > 1
        assert len(set(query.children)) == len(query.children)
        assert isinstance(query, Or) or not all(isinstance(child, Not) for child in query.children)
        for child in query.children:
            assert type(child) is not type(query)
            _check_shape(child, inside_and=isinstance(query, And))

"""What a question marks on a page: terms, surface forms, prefixes and phrases, each with the bit of its
target.

A target is one thing the question asks for, in whatever form: the alternatives of a word share its bit. A
word that answers several targets (a compound: the whole and its parts) gets several bits.
"""

from collections.abc import Iterator

from archive.index.query import AllOf, AnyOf, BestOf, Query, Term, TermPhrase, TermPrefix
from archive.index.schema import TextField

_SURFACE_FIELDS = frozenset({TextField.EXACT, TextField.NOTES_EXACT})
_MAIN_FIELDS = frozenset({TextField.TITLE, TextField.TEXT, TextField.NOTES})
_PAGE_FIELDS = _SURFACE_FIELDS | _MAIN_FIELDS

Leaf = Term | TermPhrase | TermPrefix


class MarkTargets:
    """The leaves of a query that mark words on a page; not what is excluded, nor fields of the talk alone.

    `main` and `exact` map index terms and surface forms to their bits, `prefixes` prefixes of either,
    `phrases` surface forms in a row.
    """

    def __init__(self, tree: Query) -> None:
        self.main: dict[str, int] = {}
        self.exact: dict[str, int] = {}
        self.prefixes: dict[str, int] = {}
        self.phrases: dict[tuple[str, ...], int] = {}
        bit = 1
        for leaves in _alternatives(tree):
            if sum(self._add(leaf, bit) for leaf in leaves):
                bit <<= 1
        self.terms = frozenset((*self.main, *self.exact))

    @property
    def is_empty(self) -> bool:
        """Return whether nothing would be marked on any page."""
        return not (self.terms or self.prefixes or self.phrases)

    def _add(self, leaf: Leaf, bit: int) -> bool:
        """Add a leaf; return whether it is new."""
        if leaf.field not in _PAGE_FIELDS:
            return False
        if isinstance(leaf, TermPhrase):
            return self.phrases.setdefault(leaf.terms, bit) == bit
        if isinstance(leaf, TermPrefix):
            return self.prefixes.setdefault(leaf.prefix, bit) == bit
        bits = self.exact if leaf.field in _SURFACE_FIELDS else self.main
        return bits.setdefault(leaf.term, bit) == bit


def _alternatives(tree: Query) -> Iterator[list[Leaf]]:
    """Yield the leaves of each target: those directly under one `BestOf` together, every other alone."""
    if isinstance(tree, Leaf):
        yield [tree]
    elif isinstance(tree, AllOf | AnyOf | BestOf):
        own = [child for child in tree.children if isinstance(child, Leaf)]
        if isinstance(tree, BestOf):
            yield own
        else:
            yield from ([leaf] for leaf in own)
        for child in tree.children:
            if not isinstance(child, Leaf):
                yield from _alternatives(child)

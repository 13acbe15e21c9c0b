"""What a question asks of a page's own words: terms, surface forms, beginnings and phrases, each with a bit.

A bit stands for one thing asked, whatever forms it may take: the alternatives of a word share it. A word that
answers several (a compound, its own question and those of its parts) has several bits.
"""

from collections.abc import Iterator

from archive.index.query import AllOf, AnyOf, BestOf, Query, Term, TermPhrase, TermPrefix
from archive.index.schema import TextField

_SURFACE_FIELDS = frozenset({TextField.EXACT, TextField.NOTES_EXACT})
_MAIN_FIELDS = frozenset({TextField.TITLE, TextField.TEXT, TextField.NOTES})
_PAGE_FIELDS = _SURFACE_FIELDS | _MAIN_FIELDS

Leaf = Term | TermPhrase | TermPrefix


class MarkTargets:
    """The leaves of a tree that mark words on a page; not what is excluded or asked of a talk alone.

    `main` and `exact` give the bits of index terms and surface forms, `prefixes` those of beginnings of
    either, `phrases` those of surface forms in a row.
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
        """Return whether nothing on any page would be marked."""
        return not (self.terms or self.prefixes or self.phrases)

    def _add(self, leaf: Leaf, bit: int) -> bool:
        """Take up a leaf; return whether it was new."""
        if leaf.field not in _PAGE_FIELDS:
            return False
        if isinstance(leaf, TermPhrase):
            return self.phrases.setdefault(leaf.terms, bit) == bit
        if isinstance(leaf, TermPrefix):
            return self.prefixes.setdefault(leaf.prefix, bit) == bit
        into = self.exact if leaf.field in _SURFACE_FIELDS else self.main
        return into.setdefault(leaf.term, bit) == bit


def _alternatives(tree: Query) -> Iterator[list[Leaf]]:
    """Yield the leaves that stand for the same thing: those right under one `BestOf`, every other alone."""
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

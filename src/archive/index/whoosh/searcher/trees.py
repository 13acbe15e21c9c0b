"""See that a term tree is one that can be answered, before any file is touched."""

from archive.index.query import AllOf, AnyOf, BestOf, NoneOf, Query, TermPhrase
from archive.index.whoosh.segment.schema import POSITIONAL


def check_tree(tree: Query) -> None:
    """Raise ValueError, a mistake in the program, where a tree breaks the rules of `archive.index.query`."""
    if isinstance(tree, NoneOf):
        raise ValueError("A NoneOf may only be directly inside an AllOf.")  # noqa: TRY004 - the type is fine, its place is not
    if isinstance(tree, TermPhrase) and tree.field not in POSITIONAL:
        raise ValueError(f"The field {tree.field.value} keeps no positions and cannot answer phrases.")
    if isinstance(tree, AllOf | AnyOf | BestOf):
        for child in tree.children:
            check_tree(child.child if isinstance(tree, AllOf) and isinstance(child, NoneOf) else child)

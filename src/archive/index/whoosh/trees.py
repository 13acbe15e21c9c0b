"""See that a term tree is one that can be answered, before any file is touched."""

from archive.index.whoosh.schema import POSITIONAL
from archive.text.terms import All, Any, Best, TermPhrase, TermTree, Without


def check_tree(tree: TermTree) -> None:
    """Raise ValueError, a mistake in the program, where a tree breaks the rules of `archive.text.terms`."""
    if isinstance(tree, Without):
        raise ValueError("Without stands only directly inside All.")  # noqa: TRY004 - the type is fine, its place is not
    if isinstance(tree, TermPhrase) and tree.field not in POSITIONAL:
        raise ValueError(f"The field {tree.field.value} keeps no positions and cannot answer phrases.")
    if isinstance(tree, All | Any | Best):
        for child in tree.children:
            check_tree(child.child if isinstance(tree, All) and isinstance(child, Without) else child)

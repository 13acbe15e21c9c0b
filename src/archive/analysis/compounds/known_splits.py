"""Words whose parts are given, not learnt: what the splitter gets wrong, and an archive's own terms."""

from collections.abc import Iterable
from importlib import resources

from archive.analysis.normalize import fold_accents


def exceptions(own_terms: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return words with their parts: those of `exceptions.txt`, then `own_terms`, which win.

    A term is written with `|` between its parts (`region|utvecklings|ansvar`), without where it is to stay
    whole.
    """
    text = resources.files("archive.analysis.compounds").joinpath("exceptions.txt").read_text("utf-8")
    listed = (line.strip() for line in text.splitlines() if not line.startswith("#"))
    found: dict[str, tuple[str, ...]] = {}
    for term in (*listed, *own_terms):
        parts = tuple(part for part in fold_accents(term.lower()).split("|") if part)
        if parts:
            found["".join(parts)] = parts
    return found

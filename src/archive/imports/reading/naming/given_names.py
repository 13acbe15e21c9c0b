"""Whether a word is somebody's given name, in any of many countries."""

from functools import cache
from importlib import resources

from archive.review.folding import folded
from archive.review.given_names import is_given_name as is_common_in_sweden


@cache
def _names() -> frozenset[str]:
    text = resources.files("archive.imports.reading.naming").joinpath("given_names.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def is_given_name(word: str) -> bool:
    """Return whether a word, or the first part of one with a hyphen, is a given name."""
    if is_common_in_sweden(word):
        return True
    whole = folded(word)
    return whole in _names() or ("-" in whole and whole.partition("-")[0] in _names())

"""What counts as a word in the lexicon, and how its letters are written there."""

import re

from archive.analysis.normalize import fold_accents

_PLAIN = re.compile(r"[a-zåäö]+")


def plain_word(word: str) -> str:
    """Return the word in lowercase without foreign accents, "" if it holds anything but Swedish letters."""
    folded = fold_accents(word.lower())
    return folded if _PLAIN.fullmatch(folded) else ""

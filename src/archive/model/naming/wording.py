"""Whether texts have the same words, however they are written."""

import re

_LOOSE_MATCH_MIN_CHARS = 12
_NOT_WORDS = re.compile(r"[\W_]+")


def word_key(text: str) -> str:
    """Return the words of a text alone, in small letters: equal for texts that say the same."""
    return _NOT_WORDS.sub(" ", text).strip().casefold()


def is_within(wanted: str, text: str) -> bool:
    """Return whether the words of `wanted` stand in a text one after the other, however they are written."""
    wanted, words = word_key(wanted), word_key(text)
    if f" {wanted} " in f" {words} ":
        return True
    joined = wanted.replace(" ", "")
    return len(joined) >= _LOOSE_MATCH_MIN_CHARS and joined in words.replace(" ", "")


def begins(text: str, beginning: str) -> bool:
    """Return whether a text begins with the words of another."""
    return f"{word_key(text)} ".startswith(f"{word_key(beginning)} ")

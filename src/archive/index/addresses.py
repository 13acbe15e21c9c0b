"""Addresses in a text: what they are made of says less of what a page is about than its words."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from archive.analysis.analyzer import Token

ADDRESS_WEIGHT = 0.5
"""The weight of words in web and mail addresses: of two pages with a word, the list of links is not meant."""

# Possessive, and from the beginning of a word only: no text takes more than linear work.
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)\S++|(?<!\S)[^\s@]*+@\S++")


def with_lighter_addresses(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens of a text, those inside of addresses with less weight."""
    if "://" not in text and "@" not in text and "www." not in text:
        return tokens
    spans = [match.span() for match in _ADDRESS.finditer(text)]
    starts = [start for start, _ in spans]
    ends = [0, *(end for _, end in spans)]
    return [
        replace(token, boost=ADDRESS_WEIGHT * token.boost)
        if token.start < ends[bisect_right(starts, token.start)]
        else token
        for token in tokens
    ]

"""The main form of a word, which all its inflections share, and those of a compound's parts."""

from dataclasses import dataclass
from functools import lru_cache

from archive.analysis.compounds.splitter import Splitter
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.linking import left_bases
from archive.analysis.stemmer import stem, stem_fully

VERSION = 1
"""Counted up whenever the result changes: indexes made with another version are rebuilt."""

_CACHE_WORDS = 1 << 17
_LINK_COST = 0.3


@dataclass(frozen=True, slots=True)
class CompoundPart:
    """One part of a compound, or several parts in a row: its main form and where it stands in the word."""

    form: str
    start: int
    end: int


class Lemmatizer:
    """Finds main forms. Words are given in lowercase, without foreign accents and added endings."""

    def __init__(self, lexicon: Lexicon, splitter: Splitter) -> None:
        self._lexicon = lexicon
        self._splitter = splitter
        self.swedish = lru_cache(maxsize=_CACHE_WORDS)(self._swedish)
        self.english = lru_cache(maxsize=_CACHE_WORDS)(self._english)

    def _swedish(self, word: str) -> str:
        """Return the lemma; of an unknown compound all of it with its head's lemma; else the stem."""
        if not word.isalpha():
            return word
        found = self._lemma(word)
        if not found:
            *first, head = self._splitter.split(word)
            if not first:
                return stem_fully(word, "sv")
            found = "".join(first) + (self._lemma(head) or head)
        return stem(found, "sv")

    def _lemma(self, word: str) -> str:
        """Return the lemma of a form or of the form without its genitive s, "" for an unknown one."""
        found = self._lexicon.lemma(word)
        return self._lexicon.lemma(word[:-1]) if not found and word[-1] == "s" and len(word) > 3 else found

    def _english(self, word: str) -> str:
        return stem(self._lexicon.lemma(word, "en") or word, "en")

    def parts(self, word: str) -> tuple[CompoundPart, ...]:
        """Return a Swedish compound's parts, each alone and every run of them but the whole; () for others.

        `gruvnäringspolitik`: gruva, gruvnäring, näring, näringspolitik, politik.
        """
        written = self._splitter.split(word)
        if len(written) == 1:
            return ()
        ends = [sum(map(len, written[:count])) for count in range(len(written) + 1)]
        found: dict[str, CompoundPart] = {}
        for first in range(len(written)):
            for last in range(first, len(written)):
                if (first, last) == (0, len(written) - 1):
                    continue
                start, end = ends[first], ends[last + 1]
                whole = word[start : ends[last]] + self._as_word(written[last], last == len(written) - 1)
                form = self.swedish(whole)
                found.setdefault(form, CompoundPart(form, start, end))
        return tuple(found.values())

    def _as_word(self, part: str, is_head: bool) -> str:
        """Return a part as it is written when it stands alone: `närings` → `näring`, `kyrko` → `kyrka`."""
        return part if is_head else self.left_base(part)

    def left_base(self, left: str) -> str:
        """Return the lemma that a first part most likely comes from; the part itself where none is known."""
        lexicon = self._lexicon
        bases = left_bases(left, lexicon.is_lemma, lexicon.lemma)
        best = max(
            bases, key=lambda base: lexicon.frequency(base[0]) - _LINK_COST * base[1], default=(left, 0)
        )
        return best[0]

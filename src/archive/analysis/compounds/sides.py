"""What the lexicon says of a first and of a last part, each by itself. Parts recur, so answers are kept."""

from functools import lru_cache
from typing import NamedTuple

from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.linking import COMBINING, NEVER_HEADS, NO_LINK, left_bases

_CACHE_PARTS = 1 << 15
_NAME_MIN_CHARS = 4
_NAME_MIN_ZIPF = 2.5


class LeftSide(NamedTuple):
    """A first part as it is written (`närings`), its count as log(1 + compounds)."""

    log_count: float
    zipf: float
    link: int
    may_begin: bool
    has_base: bool


class HeadSide(NamedTuple):
    """A last part as it is written (`näringen`)."""

    log_count: float
    zipf: float
    may_end: bool


class Sides:
    """Looks parts up in a lexicon. Threads may share one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.left = lru_cache(maxsize=_CACHE_PARTS)(self._left)
        self.head = lru_cache(maxsize=_CACHE_PARTS)(self._head)

    def _left(self, left: str) -> LeftSide | None:
        """Return what is known of a first part; None where it can be none."""
        lexicon = self.lexicon
        bases = list(left_bases(left, lexicon.is_lemma, lexicon.lemma))
        may_begin, count = lexicon.may_begin(left) or left in COMBINING, lexicon.left_count(left)
        if not bases and not may_begin and not count and not self._is_seen(left):
            return None
        base, link = max(bases, key=lambda one: (lexicon.frequency(one[0]), -one[1]), default=(left, NO_LINK))
        zipf = max(lexicon.frequency(base), lexicon.frequency(left) if link == NO_LINK else 0.0)
        return LeftSide(count, zipf, link, may_begin, bool(bases))

    def _head(self, head: str) -> HeadSide | None:
        """Return what is known of a last part, by the lemma that most compounds end with; None as above."""
        lexicon = self.lexicon
        may_end = lexicon.may_end(head)
        found = self.lemmas(head) or ((head,) if may_end else ())
        lemma = max((one for one in found if one not in NEVER_HEADS), key=lexicon.head_count, default="")
        if not lemma:
            return None
        zipf = max(lexicon.frequency(lemma), lexicon.frequency(head))
        return HeadSide(lexicon.head_count(lemma), zipf, may_end)

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Return the lemmas of a form, or of the form without its genitive s; () for an unknown one."""
        found = self.lexicon.lemmas(form)
        return self.lexicon.lemmas(form[:-1]) if not found and form.endswith("s") else found

    def _is_seen(self, left: str) -> bool:
        """Return whether a word that no dictionary knows, a name mostly, is common in texts."""
        return len(left) >= _NAME_MIN_CHARS and self.lexicon.frequency(left) >= _NAME_MIN_ZIPF

"""What tells that a word is put together at a boundary: the figures that the splitter's weights are for."""

from archive.text.lexicon.lexicon import Lexicon
from archive.text.lexicon.linking import (
    LINK_CHANGED,
    LINK_LOST,
    LINK_S,
    NEVER_HEADS,
    NO_LINK,
    PARTICLES,
    left_bases,
)

NAMES = (
    "left_count",
    "head_count",
    "consistency",
    "known",
    "word_zipf",
    "left_zipf",
    "head_zipf",
    "parts_above_word",
    "left_chars",
    "head_chars",
    "link_s",
    "link_changed",
    "no_link",
    "may_begin",
    "may_end",
    "name",
    "left_known",
    "head_short",
    "left_short",
    "candidate",
)
"""The figures in the order of their weights."""

_CHARS_MAX = 12
_SHORT_CHARS = 3


class WordFeatures:
    """The boundaries of one word that come into question, with their figures."""

    def __init__(self, lexicon: Lexicon, word: str) -> None:
        self._lexicon = lexicon
        self._word = word
        self.lemmas = lemmas_of(lexicon, word)
        self._boundaries = [(lemma, lexicon.boundaries(lemma)) for lemma in self.lemmas]
        self._zipf = max(lexicon.frequency(one) for one in (word, *self.lemmas))
        self._is_name = any(map(lexicon.is_name, (word, *self.lemmas)))

    def at(self, at: int) -> tuple[float, ...] | None:
        """Return the figures of the boundary `at` characters from the start, None where there can be none."""
        lexicon = self._lexicon
        left, head = self._word[:at], self._word[at:]
        if left in PARTICLES or left in NEVER_HEADS or head in NEVER_HEADS:
            return None
        may_end = lexicon.may_end(head)
        heads = [
            lemma
            for lemma in lemmas_of(lexicon, head) or ((head,) if may_end else ())
            if lemma not in NEVER_HEADS
        ]
        if not heads:
            return None
        bases = list(left_bases(left, lexicon.is_lemma, lambda form: lexicon.lemma(form)))
        may_begin, left_count = lexicon.may_begin(left), lexicon.left_count(left)
        if not bases and not may_begin and not left_count:
            return None
        lemma = max(heads, key=lexicon.head_count)
        base, link = max(bases, key=lambda one: (lexicon.frequency(one[0]), -one[1]), default=(left, NO_LINK))
        left_zipf = max(lexicon.frequency(base), lexicon.frequency(left) if link == NO_LINK else 0.0)
        head_zipf = max(lexicon.frequency(lemma), lexicon.frequency(head))
        consistency, candidate = self._agreement(left, at)
        return (
            left_count,
            lexicon.head_count(lemma),
            consistency,
            float(bool(self.lemmas)),
            self._zipf,
            left_zipf,
            head_zipf,
            min(left_zipf, head_zipf) - self._zipf,
            min(len(left), _CHARS_MAX),
            min(len(head), _CHARS_MAX),
            float(link == LINK_S),
            float(link in (LINK_LOST, LINK_CHANGED)),
            float(link == NO_LINK),
            float(may_begin),
            float(may_end),
            float(self._is_name),
            float(bool(bases)),
            float(len(head) <= _SHORT_CHARS),
            float(len(left) <= _SHORT_CHARS),
            candidate,
        )

    def _agreement(self, left: str, at: int) -> tuple[float, float]:
        """Return how much of the inflection agrees with the last part, and whether the lexicon says so."""
        consistency = candidate = 0.0
        for lemma, boundaries in self._boundaries:
            if lemma.startswith(left) and at in boundaries:
                share, kept = boundaries[at]
                consistency, candidate = max(consistency, share), max(candidate, float(kept))
        return consistency, candidate


def lemmas_of(lexicon: Lexicon, form: str) -> tuple[str, ...]:
    """Return the lemmas of a form, or of the form without its genitive s; () for an unknown one."""
    lemmas = lexicon.lemmas(form)
    return lexicon.lemmas(form[:-1]) if not lemmas and form.endswith("s") else lemmas

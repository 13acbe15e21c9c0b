"""Other words that a typed word may stand for: å, ä, ö that its writer lacked, the other language, the
compound that two words make, and words derived from one another (`granska` and `granskning`). Nothing is
offered that the index does not hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

from archive.analysis.analyzer import Analyzer
from archive.analysis.lexicon.lexicon import Language, Lexicon
from archive.analysis.stemmer import derived_forms
from archive.analysis.tokenizer import surface
from archive.index.schema import TextField
from archive.index.vocabulary import Vocabulary


class ExpansionKind(StrEnum):
    """Why a word was added to a question."""

    RESTORED = "restored"
    TRANSLATED = "translated"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Expansion:
    """What is looked for in addition to words as they were typed, in its dictionary form."""

    typed: str
    added: str
    kind: ExpansionKind


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word that may stand in for a typed one, what it weighs next to it (0–1), a translation's language."""

    word: str
    weight: float
    kind: ExpansionKind
    language: str = ""


# A word that exists is taken for another without its å, ä, ö only where the other is 40 times as common:
# "over" and "gora" are, "far" (beside "får", 34 times) is not.
_COMMONER_MIN = 1.6
_RESTORED_WEIGHT = 1.0
_RESTORED_KNOWN_WEIGHT = 0.7
_RESTORED_MAX = 2
_CHANGES_MAX = 4
_TRIES_MAX = 400
# "far" and "data" are in both languages: a question is English where its words are clearly so (Zipf scale).
_LEANING_MIN = 0.5
_TRANSLATED_WEIGHT = 0.3
# Where no page has the word itself, only its translation can be meant.
_TRANSLATED_ALONE_WEIGHT = 0.7
_TRANSLATED_MAX = 4
_TRANSLATION_MIN = 0.5
# The dictionary must lead back to what was typed; of several translations the texts support those that they
# hold about as often as the commonest: where many say "open", "frank" is not meant by öppen.
_BACK_MIN = 0.3
_SUPPORT_RATIO = 2
# Where no text has the likeliest translation, one that is five times rarer in its language is not meant
# either: texts that say "frank" and never "open" speak of somebody called so.
_RARER_MAX = 0.7
# The commonest words ("upp" for "open") are on every slide and say nothing of what is asked.
_TRANSLATION_ZIPF_MAX = 6.3
_RELATIVES_MAX = 4
_LINKS = ("", "s", "e", "o", "u", "a")
_PART_MIN_CHARS = 3
_LONG_MIN_CHARS = 5


class Expander:
    """Finds alternatives for one archive and one kind of visitor."""

    def __init__(
        self, analyzer: Analyzer, lexicon: Lexicon, vocabulary: Vocabulary, into: Language = "en"
    ) -> None:
        """`into`: the language that words are translated into."""
        self._analyzer = analyzer
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._into: Language = into

    def for_question(self, words: Sequence[str]) -> "Expander":
        """Return an expander that translates into the language that a question's words are not in.

        A question is English where its words are commoner in English than in Swedish, all taken together.
        """
        lexicon = self._lexicon
        forms = [surface(word) for word in words]
        leaning = sum(lexicon.frequency(form, "en") - lexicon.frequency(form) for form in forms)
        into: Language = "sv" if leaning > _LEANING_MIN else "en"
        return Expander(self._analyzer, lexicon, self._vocabulary, into)

    def alternatives(self, form: str) -> tuple[Alternative, ...]:
        """Return what else a typed word (a surface form) may stand for, the likeliest first."""
        return (*self._restored(form), *self._translated(form))

    def translations(self, words: Sequence[str]) -> tuple[Alternative, ...]:
        """Return what several words together are called in the other language (`climate change`)."""
        return tuple(self._translated(" ".join(words)))

    def relatives(self, terms: Sequence[str]) -> tuple[str, ...]:
        """Return the main forms derived from the same root as a word's, the commonest on the pages first.

        At most four, and none of an English word. `terms` are the word's own main forms, the Swedish one
        first.
        """
        likely = [form for form in derived_forms(terms[0]) if form not in terms] if terms else []
        counts = self._vocabulary.frequencies(TextField.TEXT, likely)
        commonest = sorted(zip(counts, likely, strict=True), key=lambda counted: -counted[0])
        return tuple(form for count, form in commonest[:_RELATIVES_MAX] if count)

    def joined(self, left: str, right: str) -> str:
        """Return the compound that two typed words make, where the index holds it, else ""."""
        if min(len(left), len(right)) < _PART_MIN_CHARS or not (left + right).isalpha():
            return ""
        bases = dict.fromkeys((left, self._lexicon.lemma(left) or left))
        candidates = [
            begun + link + right
            for base in bases
            for begun in dict.fromkeys((base, base[:-1] if base[-1] in "ae" else base))
            for link in _LINKS
        ]
        compounds = [candidate for candidate in dict.fromkeys(candidates) if self._is_compound(candidate)]
        if not compounds and self._is_written_together(left, right):
            return left + right
        return max(compounds, key=self._frequency, default="")

    def _is_written_together(self, left: str, right: str) -> bool:
        """Return whether the index holds two words as one that is no other word (`open source`).

        Long ones need not be in any lexicon, nor does it matter whether what they make is (`tvåfaktors
        autentisering`).
        """
        if min(len(left), len(right)) < _LONG_MIN_CHARS and (
            self._is_word(left + right) or not (self._is_word(left) and self._is_word(right))
        ):
            return False
        return self._vocabulary.frequencies(TextField.EXACT, [left + right])[0] > 0

    def apart(self, form: str) -> tuple[str, ...]:
        """Return the two words that an unknown one is also written as (`opensource`), () where it is not."""
        lexicon, ways = self._lexicon, []
        if lexicon.is_known(form) or lexicon.is_known(form, "en") or not form.isalpha():
            return ()
        for at in range(_PART_MIN_CHARS, len(form) - _PART_MIN_CHARS + 1):
            halves = form[:at], form[at:]
            if all(self._is_word(half) for half in halves):
                ways.append((min(map(self._zipf, halves)), halves))
        best = max(ways, default=None)
        if best is None or not all(self._vocabulary.frequencies(TextField.EXACT, best[1])):
            return ()
        return best[1]

    def _is_word(self, form: str) -> bool:
        return self._lexicon.is_known(form) or self._lexicon.is_known(form, "en")

    def _zipf(self, form: str) -> float:
        return max(self._lexicon.frequency(form), self._lexicon.frequency(form, "en"))

    def _is_compound(self, word: str) -> bool:
        """Return whether the index holds a word that analysis takes apart: "is" and "en" make no "isen"."""
        return self._frequency(word) > 0 and len(self._analyzer.word_terms(word, "sv")) > 1

    def _restored(self, form: str) -> Iterator[Alternative]:
        if not (form.isascii() and form.isalpha()):
            return
        lexicon = self._lexicon
        is_word = lexicon.is_known(form) or lexicon.is_known(form, "en")
        candidates = dict.fromkeys(word for word in lexicon.restorations(form) if self._frequency(word))
        if is_word and not lexicon.is_name(form):
            least = lexicon.frequency(form) + _COMMONER_MIN
            candidates = {word: None for word in candidates if lexicon.frequency(word) >= least}
        elif not candidates:
            candidates = dict.fromkeys(self._guessed(form))
        # A name in a mail address has no dots; it is still the name that is meant.
        exists = is_word or bool(self._vocabulary.frequencies(TextField.EXACT, [form])[0])
        best = sorted(candidates, key=self._frequency, reverse=True)[:_RESTORED_MAX]
        weight = _RESTORED_KNOWN_WEIGHT if exists else _RESTORED_WEIGHT
        for word in best:
            yield Alternative(word, weight, ExpansionKind.RESTORED)

    def _guessed(self, form: str) -> Iterator[str]:
        """Yield the forms that the index holds among those with a few å, ä or ö put in."""
        tried = list(_with_letters(form))
        counts = self._vocabulary.frequencies(TextField.EXACT, tried)
        yield from (word for word, count in zip(tried, counts, strict=True) if count)

    def _translated(self, text: str) -> Iterator[Alternative]:
        likely = [
            one
            for one in self._lexicon.translations(text, self._into)
            if one.weight >= _TRANSLATION_MIN
            and one.word != text
            and self._lexicon.frequency(one.word, self._into) < _TRANSLATION_ZIPF_MAX
        ]
        pages = {one.word: self._pages(one.word) for one in likely}
        least = max(pages.values(), default=0) / _SUPPORT_RATIO
        zipf = {word: self._lexicon.frequency(word, self._into) for word in pages}
        first = max(likely, key=lambda one: one.weight).word if likely else ""
        rarest = zipf[first] - _RARER_MAX if first and not pages[first] else 0.0
        weights = {
            one.word: one.weight
            for one in likely
            if 0 < pages[one.word] >= least and zipf[one.word] >= rarest and self._leads_back(one.word, text)
        }
        best = sorted(weights, key=lambda word: weights[word], reverse=True)[:_TRANSLATED_MAX]
        held = self._vocabulary.frequencies(TextField.EXACT, text.split())
        scale = _TRANSLATED_WEIGHT if all(held) else _TRANSLATED_ALONE_WEIGHT
        for word in best:
            yield Alternative(word, scale * weights[word], ExpansionKind.TRANSLATED, self._into)

    def _pages(self, text: str) -> int:
        """Return on how many pages in its language the rarest word of a translation is."""
        analyzed = [self._analyzer.translation_terms(word, self._into) for word in text.split()]
        terms = [terms[0] for terms in analyzed if terms]
        return min(self._vocabulary.frequencies(TextField.TEXT, terms), default=0)

    def _leads_back(self, text: str, typed: str) -> bool:
        """Return whether what was typed is among the likeliest translations of its own translation."""
        lexicon = self._lexicon
        back: Language = "sv" if self._into == "en" else "en"
        forms = {typed, lexicon.lemma(typed, back), lexicon.main_form(typed) if back == "sv" else typed}
        return any(one.word in forms and one.weight >= _BACK_MIN for one in lexicon.translations(text, back))

    def _frequency(self, word: str) -> int:
        terms = self._analyzer.word_terms(word, "sv")
        return self._vocabulary.frequencies(TextField.TEXT, [terms[0].term])[0] if terms else 0


def _with_letters(form: str) -> Iterator[str]:
    """Yield a word with one to four of its a and o made å, ä or ö, at most 400 words."""
    places = [at for at, letter in enumerate(form) if letter in "ao"]
    count = 0
    for changes in range(1, min(len(places), _CHANGES_MAX) + 1):
        for chosen in combinations(places, changes):
            for letters in product(*("åä" if form[at] == "a" else "ö" for at in chosen)):
                if count == _TRIES_MAX:
                    return
                count += 1
                changed = list(form)
                for at, letter in zip(chosen, letters, strict=True):
                    changed[at] = letter
                yield "".join(changed)

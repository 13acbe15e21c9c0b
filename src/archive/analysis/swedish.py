"""The analyzer: Swedish lemmas and compound parts, English stems, surface forms."""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from archive.analysis import lemmatizer, normalize, stemmer, tokenizer
from archive.analysis.analyzer import Analyzer, Token, WordSettings, WordTerm
from archive.analysis.compounds.splitter import Splitter, read_exceptions
from archive.analysis.lemmatizer import Lemmatizer
from archive.analysis.lexicon.build import open_lexicon
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.spellings import spellings
from archive.analysis.stemmer import required_substrings
from archive.analysis.stopwords import ENGLISH, ENGLISH_PRONOUNS, SWEDISH
from archive.analysis.suspended_compounds import PlacedWord, implied_compounds

# To be increased whenever this module gives other terms: indexes made with another version are rebuilt.
_VERSION = 4

PART_BOOST = 0.6
"""The weight of a compound's part in the index: below 1, that of the whole, so that a page with the searched
word itself ranks above one that has it inside a compound (docs/swedish.md).
"""

_ENGLISH_MARK = "@en"
"""Ends a second term of English words whose main form is a Swedish word, too (`personal`, `line`), so that a
translation finds them in English texts only. No word contains it.
"""

# Just below that of a main form: the same word is not counted twice where main forms are.
_MARKED_BOOST = 0.99
_PRONOUN_BOOST = 0.1
"""Enough for a question that has the pronoun, and below every text that has the acronym."""
_LETTER_AND_CAPITAL = re.compile(r"[a-zåäö][A-ZÅÄÖ][a-zåäö]{3,}")

_CACHE_WORDS = 1 << 17


class SwedishAnalyzer(Analyzer):
    """Lemmas, compound parts and stems by a lexicon. Å, ä and ö are never folded, foreign accents are.

    Thread-safe.
    """

    def __init__(
        self, lexicon: Lexicon, splitter: Splitter | None = None, takes_machine_descriptions: bool = False
    ) -> None:
        """Make an analyzer.

        Args:
            lexicon: The opened lexicon.
            splitter: One that knows an archive's own terms; by default only the lexicon is used.
            takes_machine_descriptions: Whether descriptions that a program made of pictures are to be found.
        """
        self._takes_machine_descriptions = takes_machine_descriptions
        self.lexicon = lexicon
        self.splitter = splitter or Splitter(lexicon)
        self._lemmatizer = Lemmatizer(lexicon, self.splitter)
        self._terms = {
            "sv": lru_cache(maxsize=_CACHE_WORDS)(self._swedish_terms),
            "en": lru_cache(maxsize=_CACHE_WORDS)(self._english_terms),
        }

    @property
    def takes_machine_descriptions(self) -> bool:
        """Return whether descriptions of pictures that a program made are to be found."""
        return self._takes_machine_descriptions

    @property
    def fingerprint(self) -> str:
        """Return names and versions of all that the terms depend on."""
        lists = " ".join([*sorted(SWEDISH), "|", *sorted(ENGLISH)])
        digest = hashlib.sha256(lists.encode()).hexdigest()[:12]
        return (
            f"swedish-{_VERSION}+lexicon-{self.lexicon.fingerprint}+splitter-{self.splitter.fingerprint}"
            f"+forms-{lemmatizer.VERSION}+{stemmer.VERSION}+stop-{digest}+tokens-{tokenizer.VERSION}"
            f"+normalize-{normalize.VERSION}+unicode-{unicodedata.unidata_version}"
            f"{'+machine-descriptions' * self._takes_machine_descriptions}"
        )

    def main_terms(self, text: str, language: str) -> Sequence[Token]:
        """Return the main forms of a text's words with the parts of compounds, without stop words.

        An implied compound ("industri- och exportfrågor") and the shared spelling of several words ("17 300")
        have the position of their first word and the boost of a part.
        """
        terms_of = self._terms[_code(language)]
        places = list(tokenizer.words(text))
        tokens = [
            Token(term.term, position, start + term.start, start + term.end, term.boost)
            for position, (word, start, _) in enumerate(places)
            for term in terms_of(word)
        ]
        implied = [*self._implied(text, places, language), *self._spelled(text, places, language)]
        if implied:
            tokens += implied
            tokens.sort(key=lambda token: token.position)
        return tokens

    def _implied(self, text: str, places: Sequence[PlacedWord], language: str) -> Iterator[Token]:
        if "-" in text and language != "en":
            for one in implied_compounds(text, places, self.splitter):
                yield Token(self._implied_term(one.word), one.position, one.start, one.end, PART_BOOST)

    def _spelled(self, text: str, places: Sequence[PlacedWord], language: str) -> Iterator[Token]:
        starts = [start for _, start, _ in places]
        for one in spellings(text):
            position = bisect_right(starts, one.start) - 1
            if one.is_word:
                form = tokenizer.base(tokenizer.surface(one.term))
                main = self._lemmatizer.english if language == "en" else self._lemmatizer.swedish
                yield Token(main(form), position, one.start, one.end, PART_BOOST)
            else:
                yield Token(one.term, position, one.start, one.end, PART_BOOST)

    def word_terms(self, word: str, language: str) -> Sequence[WordTerm]:
        """Return the main form of a word, then those of its parts."""
        return self._terms[_code(language)](word)

    def required_substrings(self, term: str) -> Sequence[str]:
        """Return strings of which the surface form of any word with this term contains one."""
        return required_substrings(term.removesuffix(_ENGLISH_MARK), self.lexicon.irregular_forms)

    def exact_terms(self, text: str) -> Sequence[Token]:
        """Return the surface forms of all words."""
        return [
            Token(tokenizer.surface(word), position, start, end)
            for position, (word, start, end) in enumerate(tokenizer.words(text))
        ]

    def query_terms(self, word: str) -> Sequence[tuple[str, float]]:
        """Return the Swedish and the English main form of a typed word, each once, with boost 1.

        The English one is looked up in English texts only where it is another Swedish word. A stop word of
        either language has none: the index of a Swedish text lacks it, so it must not be required.
        """
        form, is_acronym = _form(word)
        if form in SWEDISH or form in ENGLISH:
            return ()
        swedish = form if is_acronym else self._lemmatizer.swedish(form)
        english = form if is_acronym else self._lemmatizer.english(form)
        if english == swedish or self._is_swedish_only(form):
            return ((swedish, 1.0),)
        return (swedish, 1.0), (self._in_english_texts(english), 1.0)

    def translation_terms(self, word: str, language: str) -> Sequence[str]:
        """Return the main form that only the texts of a translation's language have; () for a stop word."""
        form, is_acronym = _form(word)
        if form in (ENGLISH if language == "en" else SWEDISH):
            return ()
        if language == "en":
            return (self._in_english_texts(form if is_acronym else self._lemmatizer.english(form)),)
        return (form if is_acronym else self._lemmatizer.swedish(form),)

    def _is_swedish_only(self, form: str) -> bool:
        """Return whether a form is in the Swedish lexicon only: English texts, too, have it as Swedish."""
        lexicon = self.lexicon
        return form not in SWEDISH and lexicon.is_known(form) and not lexicon.is_known(form, "en")

    def _in_english_texts(self, term: str) -> str:
        """Return the term of an English main form that Swedish texts lack."""
        return term + _ENGLISH_MARK if self.lexicon.is_known(term) else term

    def _swedish_terms(self, word: str) -> tuple[WordTerm, ...]:
        written = word[: tokenizer.WORD_MAX_CHARS]
        form, is_acronym = _form(written)
        if form in SWEDISH:
            return ()
        if is_acronym:
            return (WordTerm(form, 0, len(word)),)
        main = self._lemmatizer.swedish(form)
        parts = [
            part for part in self._lemmatizer.parts(form) if part.form != main and part.form not in SWEDISH
        ]
        whole = WordTerm(main, 0, len(word))
        if not parts:
            return (whole, *self._after_letter(written, form))
        places = tokenizer.align(written)
        return (
            whole,
            *(WordTerm(part.form, places[part.start], places[part.end], PART_BOOST) for part in parts),
        )

    def _after_letter(self, written: str, form: str) -> Iterator[WordTerm]:
        """Yield the word behind the small letter of one such as `eArkiv`."""
        if _LETTER_AND_CAPITAL.match(written) and len(form) == len(written):
            rest = form[1:]
            if rest not in SWEDISH and rest not in ENGLISH:
                yield WordTerm(self._lemmatizer.swedish(rest), 1, len(written), PART_BOOST)

    def _english_terms(self, word: str) -> tuple[WordTerm, ...]:
        form, is_acronym = _form(word)
        if form in ENGLISH:
            return ()
        if form in ENGLISH_PRONOUNS and not is_acronym:
            return (WordTerm(form, 0, len(word), _PRONOUN_BOOST),)
        if self._is_swedish_only(form):
            return self._swedish_terms(word)
        main = form if is_acronym else self._lemmatizer.english(form)
        marked = self._in_english_texts(main)
        whole = WordTerm(main, 0, len(word))
        return (whole,) if marked == main else (whole, WordTerm(marked, 0, len(word), _MARKED_BOOST))

    def _implied_term(self, word: str) -> str:
        return self._lemmatizer.swedish(word[: tokenizer.WORD_MAX_CHARS])


def open_analyzer(settings: WordSettings) -> SwedishAnalyzer:
    """Open an archive's analyzer: the lexicon of this machine with the archive's own terms.

    The lexicon is made first where there is none, which is logged.

    Raises:
        LexiconMissing: The lexicon can neither be opened nor made.
        StorageError: The lexicon cannot be written.
    """
    lexicon = open_lexicon(settings.lexicon)
    splitter = Splitter(lexicon, read_exceptions(settings.terms))
    return SwedishAnalyzer(lexicon, splitter, settings.machine_descriptions)


def _form(word: str) -> tuple[str, bool]:
    """Return the form of a word as written that is looked up, and whether it is a short acronym's."""
    base = tokenizer.inflected_base(word[: tokenizer.WORD_MAX_CHARS])
    return tokenizer.base(tokenizer.surface(base)), tokenizer.is_short_acronym(base)


def _code(language: str) -> str:
    return "en" if language == "en" else "sv"


def smallest_parts(terms: Sequence[WordTerm]) -> list[WordTerm]:
    """Return the parts of a compound that contain no other part.

    Args:
        terms: The terms of one word, the whole first, as `Analyzer.word_terms` returns them.
    """
    parts = terms[1:]
    return [
        part
        for part in parts
        if not any(
            inner is not part and part.start <= inner.start and inner.end <= part.end for inner in parts
        )
    ]

"""The analyzer: Swedish lemmas and compound parts, English stems, surface forms."""

import hashlib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from archive.analysis import lemmatizer, normalize, stemmer, tokenizer
from archive.analysis.analyzer import Analyzer, Token, WordTerm
from archive.analysis.compounds.splitter import Splitter, read_exceptions
from archive.analysis.form_prefixes import required_substrings
from archive.analysis.lemmatizer import Lemmatizer
from archive.analysis.lexicon.build import open_lexicon
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.stopwords import ENGLISH, SWEDISH
from archive.analysis.suspended_compounds import implied_compounds
from archive.settings import TextSettings

# To be increased whenever this module gives other terms: indexes made with another version are rebuilt.
_VERSION = 1

PART_BOOST = 0.6
"""The weight of a compound's part in the index: below 1, that of the whole, so that a page with the searched
word itself ranks above one that has it inside a compound (docs/swedish.md).
"""

_CACHE_WORDS = 1 << 17


class SwedishAnalyzer(Analyzer):
    """Lemmas, compound parts and stems by a lexicon. Å, ä and ö are never folded, foreign accents are.

    Thread-safe.
    """

    def __init__(self, lexicon: Lexicon, splitter: Splitter | None = None) -> None:
        """Make an analyzer.

        Args:
            lexicon: The opened lexicon.
            splitter: One that knows an archive's own terms; by default only the lexicon is used.
        """
        self.lexicon = lexicon
        self.splitter = splitter or Splitter(lexicon)
        self._lemmatizer = Lemmatizer(lexicon, self.splitter)
        self._terms = {
            "sv": lru_cache(maxsize=_CACHE_WORDS)(self._swedish_terms),
            "en": lru_cache(maxsize=_CACHE_WORDS)(self._english_terms),
        }

    @property
    def fingerprint(self) -> str:
        """Return names and versions of all that the terms depend on."""
        lists = " ".join([*sorted(SWEDISH), "|", *sorted(ENGLISH)])
        digest = hashlib.sha256(lists.encode()).hexdigest()[:12]
        return (
            f"swedish-{_VERSION}+lexicon-{self.lexicon.fingerprint}+splitter-{self.splitter.fingerprint}"
            f"+forms-{lemmatizer.VERSION}+{stemmer.VERSION}+stop-{digest}+tokens-{tokenizer.VERSION}"
            f"+normalize-{normalize.VERSION}+unicode-{unicodedata.unidata_version}"
        )

    def main_terms(self, text: str, language: str) -> Sequence[Token]:
        """Return the main forms of a text's words with the parts of compounds, without stop words.

        An implied compound ("industri- och exportfrågor") has the position of its first word and the boost of
        a part.
        """
        terms_of = self._terms[_code(language)]
        places = list(tokenizer.words(text))
        tokens = [
            Token(term.term, position, start + term.start, start + term.end, term.boost)
            for position, (word, start, _) in enumerate(places)
            for term in terms_of(word)
        ]
        if "-" in text and language != "en":
            tokens += [
                Token(
                    self._implied_term(compound.word),
                    compound.position,
                    compound.start,
                    compound.end,
                    PART_BOOST,
                )
                for compound in implied_compounds(text, places, self.splitter)
            ]
            tokens.sort(key=lambda token: token.position)
        return tokens

    def word_terms(self, word: str, language: str) -> Sequence[WordTerm]:
        """Return the main form of a word, then those of its parts."""
        return self._terms[_code(language)](word)

    def required_substrings(self, term: str) -> Sequence[str]:
        """Return strings of which the surface form of any word with this term contains one."""
        return required_substrings(term, self.lexicon.irregular_forms)

    def exact_terms(self, text: str) -> Sequence[Token]:
        """Return the surface forms of all words."""
        return [
            Token(tokenizer.surface(word), position, start, end)
            for position, (word, start, end) in enumerate(tokenizer.words(text))
        ]

    def query_terms(self, word: str) -> Sequence[tuple[str, float]]:
        """Return the Swedish and the English main form of a typed word, each once, with boost 1.

        A stop word of either language has none: the index of a Swedish text lacks it, so it must not be
        required.
        """
        form = tokenizer.base(tokenizer.surface(word))
        if form in SWEDISH or form in ENGLISH:
            return ()
        return tuple(
            (term, 1.0)
            for term in dict.fromkeys((self._lemmatizer.swedish(form), self._lemmatizer.english(form)))
        )

    def _swedish_terms(self, word: str) -> tuple[WordTerm, ...]:
        written = word[: tokenizer.WORD_MAX_CHARS]
        form = tokenizer.base(tokenizer.surface(written))
        if form in SWEDISH:
            return ()
        main = self._lemmatizer.swedish(form)
        parts = [
            part for part in self._lemmatizer.parts(form) if part.form != main and part.form not in SWEDISH
        ]
        whole = WordTerm(main, 0, len(word))
        if not parts:
            return (whole,)
        places = tokenizer.align(written)
        return (
            whole,
            *(WordTerm(part.form, places[part.start], places[part.end], PART_BOOST) for part in parts),
        )

    def _english_terms(self, word: str) -> tuple[WordTerm, ...]:
        form = tokenizer.base(tokenizer.surface(word))
        return () if form in ENGLISH else (WordTerm(self._lemmatizer.english(form), 0, len(word)),)

    def _implied_term(self, word: str) -> str:
        return self._lemmatizer.swedish(word[: tokenizer.WORD_MAX_CHARS])


def open_analyzer(settings: TextSettings) -> SwedishAnalyzer:
    """Open an archive's analyzer: the lexicon of this machine with the archive's own terms.

    The lexicon is made first where there is none, which is logged.

    Raises:
        LexiconMissing: The lexicon can neither be opened nor made.
        StorageError: The lexicon cannot be written.
    """
    lexicon = open_lexicon(settings.lexicon)
    return SwedishAnalyzer(lexicon, Splitter(lexicon, read_exceptions(settings.terms)))


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

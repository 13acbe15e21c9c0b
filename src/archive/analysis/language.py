"""Which language a text is in. py3langid is loaded with its model at the first use (about a second)."""

import threading
from typing import TYPE_CHECKING

from archive.analysis.stopwords import ENGLISH, SWEDISH
from archive.analysis.tokenizer import plain_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The neighbours' languages are told apart so that a Danish slide is not taken for a Swedish one.
_CANDIDATES = ("sv", "en", "no", "nn", "da", "de", "fi", "fr", "es")
_SCANDINAVIAN = ("no", "nn", "da")
_LETTERS_MIN = 20
# Shorter texts cannot be told from other languages by their letters, nor from Norwegian and Danish.
_OTHER_LETTERS_MIN = 40
_SCANDINAVIAN_LETTERS_MIN = 60
_PROBABILITY_MIN = 0.5
_SAMPLE_CHARS = 4000
_SWEDISH_LETTERS = frozenset("åäö")

_lock = threading.Lock()
_loaded: "list[LanguageIdentifier]" = []


def detect_language(text: str, default: str = "") -> str:
    """Return "sv" or "en", "" for another language, `default` where the text does not tell.

    With at least 20 letters py3langid tells, where Swedish, English or the others together reach a
    probability of 0.5; the first 4,000 characters are read. Shorter texts, and those that look like another
    language but have under 40 letters (60 for Norwegian and Danish), are told by their form words and by å, ä
    and ö.
    """
    sample = text[:_SAMPLE_CHARS]
    letters = sum(map(str.isalpha, sample))
    if letters < _LETTERS_MIN:
        return _by_form_words(sample, default)
    likely = dict.fromkeys(("sv", "en", ""), 0.0)
    ranked = _identifier().rank(sample)
    for language, probability in ranked:
        likely[language if language in likely else ""] += probability
    best = max(likely, key=lambda language: likely[language])
    enough = _SCANDINAVIAN_LETTERS_MIN if ranked[0][0] in _SCANDINAVIAN else _OTHER_LETTERS_MIN
    if likely[best] < _PROBABILITY_MIN or (best == "" and letters < enough):
        return _by_form_words(sample, default)
    return best


def _by_form_words(text: str, default: str) -> str:
    """Return the language that more of a short text's words belong to; one word alone tells nothing."""
    words = [word.lower() for word in plain_words(text)]
    english = sum(word in ENGLISH and word not in SWEDISH for word in words)
    swedish = sum(
        (word in SWEDISH and word not in ENGLISH) or not _SWEDISH_LETTERS.isdisjoint(word) for word in words
    )
    if len(words) < 2 or english == swedish:
        return default
    return "sv" if swedish > english else "en"


def _identifier() -> "LanguageIdentifier":
    with _lock:
        if not _loaded:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier

            identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            identifier.set_languages(_CANDIDATES)
            _loaded.append(identifier)
        return _loaded[0]

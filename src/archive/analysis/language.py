"""Which language a text is in. py3langid loads its model at first use (about a second)."""

import threading
from typing import TYPE_CHECKING

from archive.analysis.stopwords import ENGLISH, SWEDISH
from archive.analysis.tokenizer import plain_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The neighboring languages are candidates so that a Danish slide is not classified as Swedish.
_CANDIDATES = ("sv", "en", "no", "nn", "da", "de", "fi", "fr", "es")
_SCANDINAVIAN = ("no", "nn", "da")
_LETTERS_MIN = 20
# py3langid confuses shorter Swedish texts with other languages, and more often with Norwegian and Danish.
_OTHER_LETTERS_MIN = 40
_SCANDINAVIAN_LETTERS_MIN = 60
_PROBABILITY_MIN = 0.5
_SAMPLE_CHARS = 4000
_SWEDISH_LETTERS = frozenset("åäö")

_lock = threading.Lock()
_loaded: "list[LanguageIdentifier]" = []


def detect_language(text: str, default: str = "") -> str:
    """Return the language of a text: "sv", "en", or "" for another language.

    From 20 letters on py3langid decides, if Swedish, English or the others together reach a probability of
    0.5; it reads the first 4,000 characters. Shorter texts, and those that look like another language but
    have under 40 letters (60 for Norwegian and Danish), are classified by their function words and by å, ä
    and ö.

    Args:
        text: Any text.
        default: What to return for a text that gives no indication.
    """
    sample = text[:_SAMPLE_CHARS]
    letters = sum(map(str.isalpha, sample))
    if letters < _LETTERS_MIN:
        return _by_function_words(sample, default)
    likely = dict.fromkeys(("sv", "en", ""), 0.0)
    ranked = _identifier().rank(sample)
    for language, probability in ranked:
        likely[language if language in likely else ""] += probability
    best = max(likely, key=lambda language: likely[language])
    enough = _SCANDINAVIAN_LETTERS_MIN if ranked[0][0] in _SCANDINAVIAN else _OTHER_LETTERS_MIN
    if likely[best] < _PROBABILITY_MIN or (best == "" and letters < enough):
        return _by_function_words(sample, default)
    return best


def _by_function_words(text: str, default: str) -> str:
    """Return the language that more of a short text's words belong to; a single word is no indication."""
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

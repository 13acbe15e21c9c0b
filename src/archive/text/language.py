"""Which language a text is in. py3langid is loaded with its model at the first use (about a second)."""

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The neighbours' languages are told apart so that a Danish slide is not taken for a Swedish one.
_CANDIDATES = ("sv", "en", "no", "nn", "da", "de", "fi", "fr", "es")
_LETTERS_MIN = 20
_PROBABILITY_MIN = 0.5
_SAMPLE_CHARS = 4000

_lock = threading.Lock()
_loaded: "list[LanguageIdentifier]" = []


def detect_language(text: str, default: str = "") -> str:
    """Return "sv" or "en", "" for another language, `default` where the text does not tell.

    A text tells nothing with fewer than 20 letters, or where neither Swedish, nor English, nor the others
    together reach a probability of 0.5 (py3langid's own, normalised). The first 4,000 characters are read.
    """
    sample = text[:_SAMPLE_CHARS]
    if sum(map(str.isalpha, sample)) < _LETTERS_MIN:
        return default
    likely = dict.fromkeys(("sv", "en", ""), 0.0)
    for language, probability in _identifier().rank(sample):
        likely[language if language in likely else ""] += probability
    best = max(likely, key=lambda language: likely[language])
    return best if likely[best] >= _PROBABILITY_MIN else default


def _identifier() -> "LanguageIdentifier":
    with _lock:
        if not _loaded:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier

            identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            identifier.set_languages(_CANDIDATES)
            _loaded.append(identifier)
        return _loaded[0]

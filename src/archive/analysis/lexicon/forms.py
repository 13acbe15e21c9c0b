"""Reads simplemma and wordfreq: the lemma of each form, and the frequency of each word."""

import math
from collections.abc import Mapping

from archive.analysis.lexicon.layout import plain_word

ZIPF_MAX = 8.5


def read_lemmas(language: str) -> tuple[dict[str, str], set[str]]:
    """Return simplemma's lemma of each form, and the lemmas that are only names.

    Where a form is both a name and a common word (`Berg`, `berg`), the common word is used.

    Args:
        language: "sv" or "en".
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    lemmas: dict[str, str] = {}
    capitals: set[str] = set()
    common: set[str] = set()
    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        key, value = plain_word(str(form)), plain_word(str(lemma))
        if len(key) < 2 or len(value) < 2:  # `a` is not a form of `ä`
            continue
        if str(form)[0].islower():
            lemmas[key] = value
            common.add(value)
        else:
            lemmas.setdefault(key, value)
            if str(lemma)[0].isupper():
                capitals.add(value)
    return lemmas, capitals - common


def read_frequencies(language: str) -> dict[str, float]:
    """Return wordfreq's frequency of each word on the Zipf scale: log10 per thousand million words, 0 to 8.5.

    Source of the scale: van Heuven et al. 2014, "SUBTLEX-UK".

    Args:
        language: "sv" or "en".
    """
    import wordfreq

    shares: Mapping[str, float] = wordfreq.get_frequency_dict(language, "large")
    frequencies: dict[str, float] = {}
    for word, share in shares.items():
        if key := plain_word(word):
            zipf = min(max(math.log10(share) + 9, 0.0), ZIPF_MAX)
            frequencies[key] = max(frequencies.get(key, 0.0), zipf)
    return frequencies

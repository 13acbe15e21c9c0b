"""Lists the forms of words that do not begin like their stems: `städer` of `stad`, `kyrko` of `kyrka`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import marisa_trie

from archive.analysis.form_prefixes import odd_forms
from archive.analysis.lexicon.linking import left_bases
from archive.analysis.lexicon.tables import write_trie
from archive.analysis.stemmer import stem


def write_odd_forms(path: Path, swedish: Mapping[str, str], english: Mapping[str, str]) -> None:
    """Write them by stem. `swedish` and `english` give the lemma of each form."""
    rows = sorted(odd_forms(_pairs(swedish, english)))
    write_trie(path, marisa_trie.BytesTrie((term, form.encode()) for term, form in rows))


def _pairs(swedish: Mapping[str, str], english: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield stems with all that they are the stem of, alone or as the first part of a compound."""
    lemmas = frozenset(swedish.values())
    for form, lemma in swedish.items():
        yield stem(lemma, "sv"), form
        for base, _ in left_bases(form, lemmas.__contains__, lambda left: swedish.get(left, "")):
            yield stem(swedish.get(base, base), "sv"), form
    for form, lemma in english.items():
        yield stem(lemma, "en"), form

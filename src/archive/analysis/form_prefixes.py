"""Which letters a word must contain to have an index term, so that most words need no lexicon lookup.

Nearly all forms of a word begin like its stem: `klimat`, `klimaten`, `klimatpolitik`. The few that do not,
its irregular forms (`städer` of `stad`), are listed when the lexicon is compiled.
"""

import re
from collections.abc import Callable, Iterable, Iterator

_SHORT_CHARS = 3
_FIGURE_SEPARATORS = re.compile("[.,:]")
# Inflection drops their vowel: regel, reglar; botten, bottnar; vinter, vintrar.
_DROPPED_VOWEL_ENDINGS = ("el", "en", "er")
_FIRST_MIN_CHARS = 2


def regular_prefixes(term: str) -> tuple[str, ...]:
    """Return prefixes of a term of which every regular form of it contains one."""
    if len(term) < _SHORT_CHARS:
        return (term,)
    if term[0].isdigit():  # 10.10, written 10:10
        return (_FIGURE_SEPARATORS.split(term)[0],)
    if len(term) == _SHORT_CHARS:
        return (term[:-1] if term[-1] in "aeij" else term,)  # kria, kry (its English stem: kri)
    if term.endswith("um"):  # museum, museet
        return (term[:-2],)
    return (term[:-1], term[:-2] + term[-1]) if term.endswith(_DROPPED_VOWEL_ENDINGS) else (term[:-1],)


def required_substrings(term: str, irregular_forms: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Return strings of which the surface form of any word with the term contains one.

    A compound that the lexicon does not know is inflected like its last part: `partnerland`, `partnerländer`.
    Of the words of five Swedish collections 1 in 8,000 has a term that is missed, nearly all of them
    misspelled.

    Args:
        term: A term, as `Analyzer.word_terms` returns it.
        irregular_forms: Returns the irregular forms that the lexicon lists for a term.
    """
    substrings = dict.fromkeys((*regular_prefixes(term), *irregular_forms(term)))
    for at in range(_FIRST_MIN_CHARS, len(term) - 1):
        substrings.update(dict.fromkeys(term[:at] + form for form in irregular_forms(term[at:])))
    return tuple(substrings)


def irregular_forms(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the (term, form) pairs whose form contains no regular prefix, once per beginning."""
    irregular: dict[str, set[str]] = {}
    for term, form in pairs:
        if not any(part in form for part in regular_prefixes(term)):
            irregular.setdefault(term, set()).add(form)
    for term, forms in irregular.items():
        shortest = ""
        for form in sorted(forms):
            if not (shortest and form.startswith(shortest)):
                shortest = form
                yield term, form

"""Compiles the installed sources into the lexicon's files, in a minute or two."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import marisa_trie

from archive.analysis.lexicon import layout
from archive.analysis.lexicon.dictionaries import (
    HunspellWords,
    Translations,
    read_folkets,
    read_frequencies,
    read_hunspell,
    read_lemmas,
)
from archive.analysis.lexicon.layout import Flag
from archive.analysis.lexicon.linking import COMBINING, Productivity, learn, left_bases
from archive.analysis.lexicon.main_forms import is_believable, main_forms
from archive.analysis.lexicon.sources import WordSources
from archive.analysis.lexicon.tables import SuffixRules, packed, write_column, write_trie
from archive.analysis.stemmer import irregular_forms

_RESTORED_ZIPF_MIN = 1.0


def compile_lexicon(sources: WordSources, folder: Path) -> None:
    """Write the lexicon's files into an empty folder."""
    swedish_zipf, english_zipf = read_frequencies("sv"), read_frequencies("en")
    swedish = _write_swedish(sources, folder, swedish_zipf)
    english = _write_english(folder, english_zipf)
    _write_irregular_forms(folder / layout.IRREGULAR_FORMS, swedish, english)
    to_swedish: Translations = {}
    to_english: Translations = {}
    if sources.folkets is not None and sources.folkets.path is not None:
        to_swedish, to_english = read_folkets(sources.folkets.path, swedish_zipf, english_zipf)
    _write_translations(folder / layout.TO_SWEDISH, to_swedish)
    _write_translations(folder / layout.TO_ENGLISH, to_english)


def _write_swedish(sources: WordSources, folder: Path, zipf: Mapping[str, float]) -> dict[str, str]:
    """Write the files of Swedish words; return the main form of each form."""
    words = write_words(sources, folder, zipf)
    mains = main_forms(words.preferred, words.dictionary, zipf)
    _write_main_forms(folder / f"{layout.SWEDISH}.main", words.trie, mains, words.rules)
    _write_restorations(folder / layout.RESTORED, words.lemmas, zipf)
    (folder / layout.SWEDISH_RULES).write_text(words.rules.lines(), "utf-8")
    return mains


@dataclass(frozen=True, slots=True)
class SwedishWords:
    """The Swedish words as they were written, and the lemmas of each form.

    `preferred` are simplemma's where they are believable, `dictionary` those of the Hunspell dictionary,
    `lemmas` all of them.
    """

    trie: marisa_trie.Trie
    rules: SuffixRules
    preferred: Mapping[str, str]
    dictionary: Mapping[str, set[str]]
    lemmas: Mapping[str, tuple[str, ...]]


def write_words(sources: WordSources, folder: Path, zipf: Mapping[str, float]) -> SwedishWords:
    """Write the Swedish words, what is known of each and how they are put together: what splitting needs.

    The rules of the lemmas may grow with further words; the caller writes them.
    """
    every, names = read_lemmas("sv")
    hunspell = HunspellWords()
    if sources.hunspell is not None and sources.hunspell.path is not None:
        hunspell = read_hunspell(sources.hunspell.path)
    preferred = {
        form: lemma
        for form, lemma in every.items()
        if is_believable(form, lemma, hunspell.lemmas.get(form, ()), zipf)
    }
    lemmas = _merged(preferred, hunspell)
    names = (names | hunspell.names) - _more_than_names(preferred, names, hunspell)
    learned = learn(lemmas, names, hunspell.begins | COMBINING)
    rules = SuffixRules()
    words = {*lemmas, *zipf, *learned.lefts, *hunspell.begins, *hunspell.ends}
    trie = marisa_trie.Trie(words)
    write_trie(folder / layout.SWEDISH, trie)
    _write_swedish_columns(folder, trie, lemmas, rules, zipf, learned, hunspell, names)
    _write_boundaries(folder / layout.BOUNDARIES, learned)
    return SwedishWords(trie, rules, preferred, hunspell.lemmas, lemmas)


def _merged(preferred: Mapping[str, str], hunspell: HunspellWords) -> dict[str, tuple[str, ...]]:
    """Return the lemmas of each form: simplemma's first, then the Hunspell dictionary's, shortest first."""
    lemmas: dict[str, tuple[str, ...]] = {form: (lemma,) for form, lemma in preferred.items()}
    for form, others in hunspell.lemmas.items():
        ordered = sorted(others, key=lambda lemma: (lemma != form, len(lemma), lemma))
        lemmas[form] = tuple(dict.fromkeys((*lemmas.get(form, ()), *ordered)))
    return lemmas


def _more_than_names(preferred: Mapping[str, str], names: set[str], hunspell: HunspellWords) -> set[str]:
    """Return words that one of the sources knows as more than a name."""
    in_dictionary = {lemma for lemmas in hunspell.lemmas.values() for lemma in lemmas} - hunspell.names
    return in_dictionary | (set(preferred.values()) - names)


def _write_swedish_columns(
    folder: Path,
    trie: marisa_trie.Trie,
    lemmas: Mapping[str, tuple[str, ...]],
    rules: SuffixRules,
    zipf: Mapping[str, float],
    learned: Productivity,
    hunspell: HunspellWords,
    names: set[str],
) -> None:
    size = len(trie)
    rule, flags = array("H", bytes(2 * size)), array("B", bytes(size))
    frequency, left, head = (array("B", bytes(size)) for _ in range(3))
    others: list[tuple[str, tuple[int]]] = []
    known = {lemma for of_form in lemmas.values() for lemma in of_form}
    flagged: tuple[tuple[int, Iterable[str]], ...] = (
        (Flag.LEMMA, known),
        (Flag.NAME, names),
        (Flag.BEGINS, hunspell.begins),
        (Flag.ENDS, hunspell.ends),
    )
    for form, (first, *more) in lemmas.items():
        number = trie[form]
        rule[number] = rules.number(form, first)
        flags[number] = Flag.FORM | (Flag.SEVERAL if more else 0)
        others += [(form, (rules.number(form, lemma),)) for lemma in more]
    for flag, words in flagged:
        for word in words:
            if word in trie:
                flags[trie[word]] |= flag
    for column, values in ((frequency, zipf), (left, learned.lefts), (head, learned.heads)):
        for word, value in values.items():
            if word in trie:
                column[trie[word]] = packed(value if column is frequency else layout.log_count(value))
    columns = {"rule": rule, "flags": flags, "zipf": frequency, "left": left, "head": head}
    for name, column in columns.items():
        write_column(folder / f"{layout.SWEDISH}.{name}", column)
    write_trie(folder / layout.OTHER_LEMMAS, marisa_trie.RecordTrie(layout.OTHER_LEMMAS_LAYOUT, others))


def _write_main_forms(
    path: Path, trie: marisa_trie.Trie, mains: Mapping[str, str], rules: SuffixRules
) -> None:
    main = array("H", bytes(2 * len(trie)))
    for form, main_form in mains.items():
        main[trie[form]] = rules.number(form, main_form)
    write_column(path, main)


def _write_boundaries(path: Path, learned: Productivity) -> None:
    rows = [
        (lemma, (at, round(100 * share), at in learned.candidates.get(lemma, ())))
        for lemma, agreeing in learned.consistency.items()
        for at, share in agreeing.items()
        if at < 256
    ]
    write_trie(path, marisa_trie.RecordTrie(layout.BOUNDARIES_LAYOUT, rows))


def _write_restorations(path: Path, lemmas: Mapping[str, tuple[str, ...]], zipf: Mapping[str, float]) -> None:
    """Write, for words typed without å, ä and ö, which letter is meant by each a and o."""
    words = {word for word in lemmas if not word.isascii()}
    words |= {word for word, value in zipf.items() if value >= _RESTORED_ZIPF_MIN and not word.isascii()}
    rows = [(layout.without_diacritics(word), layout.vowels(word)) for word in words]
    write_trie(path, marisa_trie.BytesTrie(rows))


def _write_english(folder: Path, zipf: Mapping[str, float]) -> dict[str, str]:
    """Write the files of English words; return the lemma of each form."""
    every, _ = read_lemmas("en")
    lemmas = {form: lemma for form, lemma in every.items() if is_believable(form, lemma, (), zipf)}
    rules = SuffixRules()
    trie = marisa_trie.Trie({*lemmas, *zipf})
    rule, flags = array("H", bytes(2 * len(trie))), array("B", bytes(len(trie)))
    frequency = array("B", bytes(len(trie)))
    for form, lemma in lemmas.items():
        rule[trie[form]] = rules.number(form, lemma)
        flags[trie[form]] = Flag.FORM
    for word, value in zipf.items():
        frequency[trie[word]] = packed(value)
    write_trie(folder / layout.ENGLISH, trie)
    for name, values in {"rule": rule, "flags": flags, "zipf": frequency}.items():
        write_column(folder / f"{layout.ENGLISH}.{name}", values)
    (folder / layout.ENGLISH_RULES).write_text(rules.lines(), "utf-8")
    return lemmas


def _write_irregular_forms(path: Path, swedish: Mapping[str, str], english: Mapping[str, str]) -> None:
    """Write the forms that do not begin like their main form, by main form."""
    rows = sorted(irregular_forms(_pairs(swedish, english)))
    write_trie(path, marisa_trie.BytesTrie((term, form.encode()) for term, form in rows))


def _pairs(swedish: Mapping[str, str], english: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield main forms with every form that has them, alone or as the first part of a compound."""
    lemmas = frozenset(swedish.values())
    for form, main in swedish.items():
        yield main, form
        for base, _ in left_bases(form, lemmas.__contains__, lambda left: swedish.get(left, "")):
            yield swedish.get(base, base), form
    for form, lemma in english.items():
        yield lemma, form


def _write_translations(path: Path, translations: Translations) -> None:
    rows = [
        (word, bytes([rank, round(100 * weight)]) + target.encode())
        for word, targets in translations.items()
        for rank, (target, weight) in enumerate(targets)
    ]
    write_trie(path, marisa_trie.BytesTrie(rows))

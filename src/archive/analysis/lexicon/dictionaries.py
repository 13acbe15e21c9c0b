"""Reads the dictionaries that the lexicon is made of: simplemma, wordfreq, Hunspell's and Folkets lexikon.

The Swedish Hunspell dictionary is Göran Andersson's "Den stora svenska ordlistan" (LGPL 3); spylls reads it.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archive.analysis.lexicon.layout import plain_word

if TYPE_CHECKING:
    from spylls.hunspell.data.aff import Suffix
    from spylls.hunspell.data.dic import Word


@dataclass(slots=True)
class HunspellWords:
    """What the dictionary lists, all words in lowercase without foreign accents."""

    lemmas: dict[str, set[str]] = field(default_factory=dict)
    """The lemmas of each form."""
    names: set[str] = field(default_factory=set)
    """Lemmas that are written with a capital letter only."""
    begins: set[str] = field(default_factory=set)
    """Forms that may be the first or a middle part of a compound: `närings`, `gruv`."""
    ends: set[str] = field(default_factory=set)
    """Forms that may be the last part of a compound."""


@dataclass(frozen=True, slots=True)
class _Flags:
    """The flags after a word, as the dictionary's header declares them."""

    begin: str
    middle: str
    end: str
    only_inside: str
    needs_ending: str
    forbidden: str


def read_hunspell(base: Path) -> HunspellWords:
    """Read a dictionary from `base` + ".dic" and ".aff"."""
    from spylls.hunspell import Dictionary

    dictionary = Dictionary.from_files(str(base))
    aff = dictionary.aff
    flags = _Flags(
        begin=aff.COMPOUNDBEGIN or "",
        middle=aff.COMPOUNDMIDDLE or "",
        end=aff.COMPOUNDEND or "",
        only_inside=aff.ONLYINCOMPOUND or "",
        needs_ending=aff.NEEDAFFIX or "",
        forbidden=aff.FORBIDDENWORD or "",
    )
    words = HunspellWords()
    lowercase: set[str] = set()
    for word in dictionary.dic.words:
        if flags.forbidden not in word.flags:
            _add_word(words, lowercase, word, aff.SFX, flags)
    words.names -= lowercase
    return words


def _add_word(
    words: HunspellWords,
    lowercase: set[str],
    word: "Word",
    suffixes: dict[str, list["Suffix"]],
    flags: _Flags,
) -> None:
    lemma = plain_word(word.stem)
    own_flags = set(word.flags)
    if lemma:
        _add_compounding(words, lemma, own_flags, flags)
    stands_alone = bool(lemma) and flags.only_inside not in own_flags and flags.needs_ending not in own_flags
    if stands_alone:
        words.lemmas.setdefault(lemma, set()).add(lemma)
        (words.names if word.stem[0].isupper() else lowercase).add(lemma)
    for form, continued in _inflected(word.stem, own_flags, suffixes):
        if continued:
            _add_compounding(words, form, continued, flags)
            continue
        if flags.end in own_flags:
            words.ends.add(form)
        if stands_alone:
            words.lemmas.setdefault(form, set()).add(lemma)


def _add_compounding(words: HunspellWords, form: str, own_flags: set[str], flags: _Flags) -> None:
    if flags.begin in own_flags or flags.middle in own_flags:
        words.begins.add(form)
    if flags.end in own_flags:
        words.ends.add(form)


def _inflected(
    stem: str, own_flags: Iterable[str], suffixes: dict[str, list["Suffix"]]
) -> Iterator[tuple[str, set[str]]]:
    """Yield the inflected forms, with the flags of those that occur only inside compounds."""
    for flag in sorted(own_flags):  # in a fixed order, so that the same sources give the same lexicon
        for suffix in suffixes.get(flag, ()):
            if suffix.strip and not stem.endswith(suffix.strip):
                continue
            if not suffix.cond_regexp.search(stem):
                continue
            form = plain_word((stem[: len(stem) - len(suffix.strip)] if suffix.strip else stem) + suffix.add)
            if form:
                yield form, set(suffix.flags)


_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_ARTICLE = re.compile(r"^(?:to|the|a|an)\s+")
_PLAIN_PHRASE = re.compile(r"[a-zåäö]+(?:[ '-][a-zåäö]+){0,3}")
_WEIGHT_MIN = 0.15
_TRANSLATIONS_MAX = 6

Translations = dict[str, list[tuple[str, float]]]


def read_folkets(
    path: Path, swedish: Mapping[str, float], english: Mapping[str, float]
) -> tuple[Translations, Translations]:
    """Return English → Swedish and Swedish → English, each the best first with weights from 1 down to 0.15.

    A translation weighs more the earlier it is in its entry and the more frequent it is.

    Args:
        path: The file of the package svlang: an entry, a tab, its translations per line.
        swedish: The frequency of each Swedish word, on the Zipf scale.
        english: The same of English words.
    """
    to_swedish: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    to_english: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for line in path.read_text("utf-8").splitlines():
        entry, tab, meanings = line.partition("\t")
        source = _phrase(entry.replace("|", ""))
        if not tab or not source or line.startswith("#"):
            continue
        for rank, meaning in enumerate(re.split("[,;]", _REMARK.sub("", meanings))):
            if target := _phrase(_ARTICLE.sub("", meaning.strip().lower())):
                to_swedish[target][source] += 1 / (1 + 0.3 * rank)
                to_english[source][target] += 1 / (1 + 0.3 * rank)
    return _best(to_swedish, swedish), _best(to_english, english)


def _phrase(text: str) -> str:
    words = text.strip().lower()
    return words if _PLAIN_PHRASE.fullmatch(words) else ""


def _best(found: Mapping[str, Mapping[str, float]], zipf: Mapping[str, float]) -> Translations:
    best: Translations = {}
    for word, targets in found.items():
        # log(1 + frequency per million words): dampens frequency against the order within the entry.
        scores = {
            target: score * (1 + math.log1p(10 ** (zipf.get(target, 0.0) - 3)))
            for target, score in targets.items()
        }
        top = max(scores.values())
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        best[word] = [(target, score / top) for target, score in ranked if score / top > _WEIGHT_MIN][
            :_TRANSLATIONS_MAX
        ]
    return best


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

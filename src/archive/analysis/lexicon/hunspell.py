"""Reads the Swedish Hunspell dictionary: forms with their lemmas, and what may begin or end a compound.

The dictionary is Göran Andersson's "Den stora svenska ordlistan" (LGPL 3); spylls reads its files.
"""

from collections.abc import Iterable, Iterator
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

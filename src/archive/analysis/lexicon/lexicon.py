"""The opened lexicon. Opening it maps files and reads almost nothing; threads may share one."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from archive.analysis.lexicon import layout
from archive.analysis.lexicon.layout import Flag
from archive.analysis.lexicon.tables import (
    SCALE,
    MappedColumn,
    open_bytes,
    open_records,
    open_trie,
    read_rules,
)
from archive.analysis.normalize import fold_accents
from archive.errors import LexiconMissing

Language = Literal["sv", "en"]


@dataclass(frozen=True, slots=True)
class Translation:
    """A word of the other language, and its weight as a translation, from 1 (best) down to 0.15."""

    word: str
    weight: float


class _Words:
    """The words of one language: numbers, lemmas, frequencies."""

    def __init__(self, folder: Path, name: str, rules: str) -> None:
        self.trie = open_trie(folder / name)
        self.number = self.trie.get
        self.flags = MappedColumn(folder / f"{name}.flags", "B").values
        self.zipf = MappedColumn(folder / f"{name}.zipf", "B").values
        self.rule = MappedColumn(folder / f"{name}.rule", "H").values
        self._rules_path = folder / rules

    @cached_property
    def rules(self) -> list[tuple[int, str]]:
        return read_rules(self._rules_path)

    def lemma(self, word: str) -> str:
        number = self.number(word)
        if number is None or not self.flags[number] & Flag.FORM:
            return ""
        return self.by_rule(word, self.rule[number])

    def by_rule(self, word: str, rule: int) -> str:
        strip, ending = self.rules[rule]
        return word[: len(word) - strip] + ending


class Lexicon:
    """Swedish and English words: lemmas, frequencies, restored letters, translations, and parts of compounds.

    Words are given in lowercase without foreign accents, as the analyzer has them; others are unknown, except
    where documented.
    """

    def __init__(self, folder: Path) -> None:
        """Map the lexicon in a folder.

        Raises:
            LexiconMissing: There is none, or one of another format.
        """
        try:
            meta = json.loads((folder / layout.META).read_text("utf-8"))
            if meta["format"] != layout.FORMAT:
                raise LexiconMissing(_missing_message(folder))
            self.fingerprint = f"{layout.FORMAT}-{meta['digest']}"
            self.sources: dict[str, str] = meta["sources"]
            self._swedish = _Words(folder, layout.SWEDISH, layout.SWEDISH_RULES)
            self._english = _Words(folder, layout.ENGLISH, layout.ENGLISH_RULES)
            self._main = MappedColumn(folder / f"{layout.SWEDISH}.main", "H").values
            self._left = MappedColumn(folder / f"{layout.SWEDISH}.left", "B").values
            self._head = MappedColumn(folder / f"{layout.SWEDISH}.head", "B").values
            self._others = open_records(folder / layout.OTHER_LEMMAS, layout.OTHER_LEMMAS_LAYOUT)
            self._boundaries = open_records(folder / layout.BOUNDARIES, layout.BOUNDARIES_LAYOUT)
            self._restored = open_bytes(folder / layout.RESTORED)
            self._irregular_forms = open_bytes(folder / layout.IRREGULAR_FORMS)
            self._translations = {
                "sv": open_bytes(folder / layout.TO_SWEDISH),
                "en": open_bytes(folder / layout.TO_ENGLISH),
            }
        except (OSError, ValueError, KeyError):
            raise LexiconMissing(_missing_message(folder)) from None

    def lemma(self, word: str, language: Language = "sv") -> str:
        """Return the form under which a dictionary lists the word; "" for an unknown word."""
        return (self._english if language == "en" else self._swedish).lemma(word)

    def main_form(self, word: str) -> str:
        """Return the form that all inflections of a Swedish word share; "" for an unknown word.

        It is the lemma except that participles and deponents have their verb's (`main_forms.py`).
        """
        words = self._swedish
        number = words.number(word)
        if number is None or not words.flags[number] & Flag.FORM:
            return ""
        return words.by_rule(word, self._main[number])

    def lemmas(self, word: str) -> tuple[str, ...]:
        """Return all lemmas that a Swedish form may have, the likeliest first; () for an unknown word."""
        words = self._swedish
        number = words.number(word)
        if number is None or not words.flags[number] & Flag.FORM:
            return ()
        first = words.by_rule(word, words.rule[number])
        if not words.flags[number] & Flag.SEVERAL:
            return (first,)
        return (first, *(words.by_rule(word, rule) for (rule,) in self._others.get(word, ())))

    def frequency(self, word: str, language: Language = "sv") -> float:
        """Return the frequency of a form on the Zipf scale (log10 per thousand million words), 0 (unknown) to
        8.5.
        """
        words = self._english if language == "en" else self._swedish
        number = words.number(word)
        return 0.0 if number is None else words.zipf[number] / SCALE

    def is_known(self, word: str, language: Language = "sv") -> bool:
        """Return whether the word is a form of a lemma, not only a word seen in texts."""
        words = self._english if language == "en" else self._swedish
        number = words.number(word)
        return number is not None and bool(words.flags[number] & Flag.FORM)

    def is_lemma(self, word: str) -> bool:
        """Return whether the word is itself a form under which a Swedish dictionary lists words."""
        return self._has(word, Flag.LEMMA)

    def is_name(self, word: str) -> bool:
        """Return whether the lemma is written with a capital letter only (`gävle`)."""
        return self._has(word, Flag.NAME)

    def may_begin(self, left: str) -> bool:
        """Return whether the dictionary lists the form as one that begins compounds (`närings`)."""
        return self._has(left, Flag.BEGINS)

    def may_end(self, head: str) -> bool:
        """Return whether the dictionary lists the form as one that ends compounds."""
        return self._has(head, Flag.ENDS)

    def left_count(self, left: str) -> float:
        """Return log(1 + the number of compounds in the lexicon that begin with `left` as written)."""
        number = self._swedish.number(left)
        return 0.0 if number is None else self._left[number] / SCALE

    def head_count(self, lemma: str) -> float:
        """Return log(1 + the number of compounds in the lexicon that end with this lemma)."""
        number = self._swedish.number(lemma)
        return 0.0 if number is None else self._head[number] / SCALE

    def boundaries(self, lemma: str) -> dict[int, tuple[float, bool]]:
        """Return the boundaries at which a lemma is inflected like the word at its end.

        Returns:
            By characters from the start: the share of its forms that agree (0 to 1), and whether it counted
            as a compound there.
        """
        return {at: (share / 100, bool(kept)) for at, share, kept in self._boundaries.get(lemma, ())}

    def restorations(self, word: str) -> tuple[str, ...]:
        """Return the Swedish words with å, ä or ö that a word typed without them may mean, commonest first.

        `naringsliv` → `näringsliv`; () where the word already has such a letter.
        """
        if not word.isascii():
            return ()
        words = {_restored(word, letters) for letters in self._restored.get(word, ())}
        return tuple(sorted(words, key=lambda meant: (-self.frequency(meant), meant)))

    def irregular_forms(self, term: str) -> tuple[str, ...]:
        """Return the forms of a word, Swedish or English, that do not begin like its stem `term`."""
        return tuple(form.decode() for form in self._irregular_forms.get(term, ()))

    def translations(self, word: str, language: Language) -> tuple[Translation, ...]:
        """Return the translations of a word, or of up to four with spaces between them, the best first.

        The lemma is looked up where the form itself has none.

        Args:
            word: In lowercase; foreign accents are allowed.
            language: The language to translate into.

        Returns:
            The translations; () without Folkets lexikon.
        """
        known = self._translations[language]
        other: Language = "sv" if language == "en" else "en"
        for form in dict.fromkeys((word, fold_accents(word), self.lemma(word, other))):
            if form and (rows := known.get(form)):
                return tuple(Translation(row[2:].decode(), row[1] / 100) for row in sorted(rows))
        return ()

    def _has(self, word: str, flag: int) -> bool:
        number = self._swedish.number(word)
        return number is not None and bool(self._swedish.flags[number] & flag)


def _restored(typed: str, letters: bytes) -> str:
    """Return a typed word with its letters a and o replaced in order by those of `layout.vowels`."""
    replacements = iter(letters.decode("latin-1"))
    return "".join(next(replacements) if letter in "ao" else letter for letter in typed)


def _missing_message(folder: Path) -> str:
    """Return the message of `LexiconMissing`."""
    return f"There is no lexicon in {folder}. Make it with `archive lexicon build`."

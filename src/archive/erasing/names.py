"""Which words in a text are a person: the name in full, turned around, inflected, in compounds.

A surname that stands alone counts, too, unless it is another person's, whose given name is beside it ("Erik
Åkerberg"), or it is so short that words begin with it (Berg, Ek, Lind): then only where it is written as a
name, alone or in the genitive. A given name alone never counts: many have it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html.entities import codepoint2name
from typing import Final
from urllib.parse import quote

from archive.errors import InputError
from archive.review.folding import folded
from archive.review.given_names import is_given_name

MARK: Final = "[borttaget]"
"""What stands where a name stood."""

_LONG_MIN_CHARS: Final = 6
"""A surname from this length on is erased wherever its letters are, in compounds, too."""
_LEAST_CHARS: Final = 2
"""One letter is in every text: nobody is meant by it."""
_MOST_CHARS: Final = 200
_GIVEN_MAX: Final = 8
"""Given names and initials before a surname: without a bound, a row of "A A A A" takes for ever."""
_GAP: Final = r"(?:[\u00ad\u200b-\u200d\u2060\ufeff]|[-\u2010]\s*\n\s*)?"
_PART_GAP: Final = (
    r"(?:[-\u2010\u2011_.\s'`\u00b4\u02bc\u2018\u2019]{0,2}|%20|%27|%E2%80%99|&(?:#0?39|#8217|apos|rsquo);)"
)
"""What is between the parts of a word: Ann-Marie, O'Brien."""
_BETWEEN: Final = r"(?:[\W_]{0,3}|%20)"
_LETTERS: Final = r"[^\W\d_\u0300-\u036f]*"
_BEGIN: Final = r"(?<![^\W\d_])"
_END: Final = r"(?![^\W\d_])"
_GENITIVE: Final = r"(?:[:'\u2019]?s)?"
_PIECES: Final = re.compile(r"[^\W_]+")
_TWO_LETTERS: Final = {"å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae"}
_PAIRS: Final = re.compile("ss|.", re.DOTALL)
_BEFORE: Final = re.compile(r"([^\W\d_][^\W\d_]*)[\s.\-_]{1,3}\Z")
_AFTER: Final = re.compile(r"\s*,\s*([^\W\d_]+)")

Word = tuple[str, ...]
"""The parts of a word between hyphens: ("ann", "marie")."""


def words_of(name: str) -> tuple[Word, ...]:
    """Return the words of a name, each as its parts, in small letters."""
    normal = unicodedata.normalize("NFC", name).casefold()
    return tuple(parts for word in normal.split() if (parts := tuple(_PIECES.findall(word))))


def given_names(names: Iterable[str], texts: Iterable[str] = (), whole_only: bool = False) -> "ErasedNames":
    """Return the names and texts that somebody gave. Raises InputError: one is too short or long."""
    names, texts = tuple(names), tuple(texts)
    for one in (*names, *texts):
        if not _is_enough(words_of(one)):
            raise InputError("What is to be erased needs two letters or digits at least.")
        if len(one) > _MOST_CHARS:
            raise InputError(f"What is to be erased may have {_MOST_CHARS} characters. Give a part of it.")
    return ErasedNames(names, texts, whole_only)


class ErasedNames:
    """The words that are to be erased, as a person's names and as plain texts."""

    def __init__(self, names: Iterable[str], texts: Iterable[str] = (), whole_only: bool = False) -> None:
        """Take names of persons and other texts. `whole_only`: a surname alone does not count.

        Those of a single letter are left out: a record may have one beside its name.
        """
        self.names = tuple(dict.fromkeys(filter(_is_enough, map(words_of, names))))
        self.texts = tuple(dict.fromkeys(filter(_is_enough, map(words_of, texts))))
        self.whole_only = whole_only
        self._given = frozenset(folded("".join(word)) for words in self.names for word in words[:-1])
        cores = [words[-1] for words in (*self.names, *self.texts)]
        self._core = re.compile("|".join(map(_word, dict.fromkeys(cores))) or r"(?!)", re.IGNORECASE)
        forms = [form for words in self.names for form in _name_forms(words, whole_only)]
        forms = [form for words in self.texts for form in _text_forms(words)] + forms
        forms.sort(key=lambda form: form[0])
        self._forms = re.compile("|".join(form for _, form in forms) or r"(?!)", re.IGNORECASE)

    def and_of(self, names: Iterable[str]) -> "ErasedNames":
        """Return these and further names of persons."""
        told = [" ".join(map("-".join, words)) for words in self.names]
        texts = [" ".join(map("-".join, words)) for words in self.texts]
        return ErasedNames([*names, *told], texts, self.whole_only)

    @property
    def last_words(self) -> tuple[str, ...]:
        """Return the last part of each name and text, one of which is in every way to write it."""
        parts = dict.fromkeys(words[-1][-1] for words in (*self.names, *self.texts))
        return tuple(dict.fromkeys(form for part in parts for form in _spellings(part)))

    @property
    def is_empty(self) -> bool:
        """Return whether there is no word in them."""
        return not (self.names or self.texts)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where the words are in a text."""
        if not self._core.search(text):
            return ()
        return tuple(found.span() for found in self._forms.finditer(text) if self._counts(text, found))

    def hold(self, text: str) -> bool:
        """Return whether the words are in a text."""
        return bool(self.spans(text))

    def hold_bytes(self, text: str) -> bool:
        """Return whether the words are in what need not be text: few letters come about there by chance."""
        lengths = (sum(map(str.isalpha, text[begin:end])) for begin, end in self.spans(text))
        return any(length >= _LONG_MIN_CHARS for length in lengths)

    def masked(self, text: str) -> str:
        """Return a text with `MARK` in place of the words."""
        parts, at = [], 0
        for begin, end in self.spans(text):
            parts += [text[at:begin], MARK]
            at = end
        return "".join([*parts, text[at:]]) if parts else text

    def _counts(self, text: str, found: "re.Match[str]") -> bool:
        """Return whether a match is the person, not somebody else of that surname, nor a word like it."""
        kind = found.lastgroup or ""
        if kind.startswith("whole"):
            return True
        if kind.startswith(("short", "single")) and found.group()[:1].islower():
            return False
        if kind.startswith("single"):
            return True
        before, after = _BEFORE.search(text[: found.start()]), _AFTER.match(text[found.end() :])
        beside = [match[1] for match in (before, after) if match]
        return not any(is_given_name(word) and folded(word) not in self._given for word in beside)


def _name_forms(words: Sequence[Word], whole_only: bool) -> list[tuple[int, str]]:
    """Return the forms of a name as patterns, each with its turn: longer ones are tried first."""
    *given, surname = words
    last, is_long = _word(surname), len("".join(surname)) >= _LONG_MIN_CHARS
    ending = _LETTERS if is_long else _GENITIVE + _END
    forms = []
    if given:
        full = "|".join(map(_word, sorted(dict.fromkeys(given), key=len, reverse=True)))
        initials = "|".join(sorted({_letter(word[0][0]) for word in given}))
        first = rf"{_BEGIN}(?:(?:{full}|(?:{initials})\.?){_BETWEEN}){{1,{_GIVEN_MAX}}}"
        forms.append((0, _group("whole", f"{first}{last}{ending}")))
        rest = rf"(?:(?:,\s*|\s|_)(?:(?:{full}){_END}|(?:{initials})\.))+"
        forms.append((1, _group("whole", f"{_BEGIN}{last}{_GENITIVE}{rest}")))
    if not given or (_is_surname(surname) and not whole_only):
        kind = ("long" if is_long else "short") if given else ("whole" if is_long else "single")
        alone = f"{_BEGIN}{_LETTERS}{last}{_LETTERS}" if is_long else f"{_BEGIN}{last}{_GENITIVE}{_END}"
        forms.append((2, _group(kind, alone)))
    return forms


def _text_forms(words: Sequence[Word]) -> list[tuple[int, str]]:
    """Return the forms of a text: as it is, with an ending, in a compound where it is long enough."""
    pattern = _BETWEEN.join(map(_word, words))
    is_long = len("".join(words[-1])) >= _LONG_MIN_CHARS
    begin = _BEGIN + _LETTERS if is_long and len(words) == 1 else _BEGIN
    ending = _LETTERS if is_long else _GENITIVE + _END
    return [(0, _group("whole", f"{begin}{pattern}{ending}"))]


_groups = iter(range(10**9))


def _group(kind: str, pattern: str) -> str:
    return f"(?P<{kind}{next(_groups)}>{pattern})"


def _is_enough(words: Sequence[Word]) -> bool:
    return sum(len(part) for word in words for part in word) >= _LEAST_CHARS


def _is_surname(word: Word) -> bool:
    """Return whether a word may stand for somebody alone: not the "3" of "Deltagare 3", nor an initial."""
    letters = "".join(word)
    return letters.isalpha() and len(letters) >= _LEAST_CHARS


def _spellings(part: str) -> Iterator[str]:
    """Yield the ways to write a part of a name with other letters: "åkerberg", "akerberg", "aakerberg"."""
    yield part
    yield folded(part)
    yield "".join(_TWO_LETTERS.get(letter, letter) for letter in part)
    yield part.replace("ss", "ß")


def _word(parts: Word) -> str:
    return _PART_GAP.join(_GAP.join(map(_letter, _PAIRS.findall(part))) for part in parts)


@lru_cache(maxsize=200)
def _letter(letter: str) -> str:
    """Return a pattern of a letter in all ways it is written: decomposed, folded, in addresses."""
    if letter == "ss":  # small letters of "ß", too
        return f"(?:s{_GAP}s|\u1e9e|{_letter('ß')})"
    if letter.isascii():
        return re.escape(letter)
    ways = [letter, unicodedata.normalize("NFD", letter), folded(letter), _TWO_LETTERS.get(letter, "")]
    for one in (letter, letter.upper() if len(letter.upper()) == 1 else letter):  # "ß" has no capital
        for written in (one, unicodedata.normalize("NFD", one)):
            ways.append(quote(written))
            ways.append("".join(f"={byte:02X}" for byte in written.encode()))
        latin = one.encode("latin-1", "ignore")
        for written in ("%{:02X}", "={:02X}", "\\'{:02x}", "\\{:03o}"):  # addresses, mail, RTF, PDF
            ways += map(written.format, latin)
        ways += [f"&{codepoint2name[ord(one)]};"] if ord(one) in codepoint2name else []
        ways += [f"&#{ord(one)};", f"&#x{ord(one):x};", f"\\u{ord(one):04x}"]
    return "(?:" + "|".join(re.escape(way) for way in dict.fromkeys(ways) if way) + ")"

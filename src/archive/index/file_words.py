"""What a document's file says of it: its name and its properties, as texts to index with a low weight.

A word of them finds the first page only where no page has it itself: who asks for a word wants the pages that
say it. The whole name, or words in a row of it, finds the first page in any case: the queries for that are
made here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import PurePath

from archive.analysis.analyzer import Token
from archive.analysis.tokenizer import plain_words, surface
from archive.index.documents import IndexPage
from archive.index.query import Query, Term, TermPhrase
from archive.index.schema import TextField
from archive.model.naming.file_names import without_key

FILE_WEIGHT = 0.3
"""The weight of these words next to those of the record: a name is often chosen in haste, and properties are
what a template left."""

# Who types a whole name wants that file, whatever other pages say of its words.
_WHOLE_BOOST = 10.0
_ROW_BOOST = 0.5

FILE_TYPES = frozenset(
    {
        "doc",
        "docx",
        "htm",
        "html",
        "jpeg",
        "jpg",
        "key",
        "md",
        "odp",
        "odt",
        "pdf",
        "png",
        "pot",
        "potx",
        "pps",
    }
    | {"ppsx", "ppt", "pptx", "rtf", "tif", "tiff", "txt", "zip"}
)
"""What the names of files end with that are taken in. They are not indexed: `report.pdf` means `report`."""

# What people fill in, or their programs for them. Other properties (program, printer) say nothing of it; the
# author is whoever's program it was, and no page of the archive shows it.
_PROPERTIES = ("title", "subject", "keywords", "description")
# `SupplyChain`, `OSSProjekt`, `plan2021`: where a new word begins inside of one.
_CAMEL = re.compile(
    r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][a-zåäö])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
)
_KEY = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{12,}", re.IGNORECASE)


def file_texts(filename: str, properties: Mapping[str, str]) -> Iterator[str]:
    """Yield the words of a file's name, as written and cut at its capitals, then its properties."""
    written = [word for word in _name_words(filename) if not _KEY.fullmatch(word)]
    yield " ".join(written)
    cut = list(map(_cut, written))
    yield " ".join(parts for parts, word in zip(cut, written, strict=True) if parts != word)
    yield from (properties.get(kind, "") for kind in _PROPERTIES)


class Said:
    """The words of a document's pages: what these say, its file need not say for them."""

    def __init__(self, pages: Sequence[IndexPage]) -> None:
        self._pages = pages

    def without(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens whose terms no page has."""
        return [token for token in tokens if token.term not in self._terms]

    def has_in_a_row(self, forms: Sequence[str]) -> bool:
        """Return whether surface forms follow each other on a page, or stand there as one word."""
        if "".join(forms) in self._terms:
            return True
        return self._terms.issuperset(forms) and f" {' '.join(forms)} " in self._text

    @cached_property
    def _terms(self) -> frozenset[str]:
        fields = TextField.TITLE, TextField.TEXT, TextField.EXACT
        return frozenset(
            token.term for page in self._pages for field in fields for token in page.terms.get(field, ())
        )

    @cached_property
    def _text(self) -> str:
        """All surface forms, a line break where positions are left free."""
        pieces: list[str] = []
        for page in self._pages:
            last = -2
            for token in page.terms.get(TextField.EXACT, ()):
                pieces.append(f"{token.term} " if token.position == last + 1 else f"\n {token.term} ")
                last = token.position
        return "".join(pieces)


def name_terms(filename: str, said: Said) -> list[Token]:
    """Return the surface forms of a file's name in a row, and the whole name as one term with spaces.

    A gap is left between two words that pages have in a row, and a whole name that they have is left out:
    there it is found. Leading numbers need not be asked for.
    """
    written = _name_words(filename)
    named = _name_words(without_key(filename))
    ways = dict.fromkeys(
        tuple(map(surface, way)) for way in (written, named, plain_words(" ".join(map(_cut, named))))
    )
    tokens: list[Token] = []
    position = 0
    for forms in ways:
        whole = dict.fromkeys((forms, forms[_leading_numbers(forms) :]))
        tokens += [
            Token(" ".join(one), position, 0, 0)
            for one in whole
            if len(one) > 1 and not said.has_in_a_row(one)
        ]
        for first, second in pairwise((*forms, "")):
            tokens.append(Token(first, position, 0, 0))
            position += 2 if not second or said.has_in_a_row((first, second)) else 1
    return tokens if len(ways) > 1 or len(written) > 1 else []


def whole_name(forms: Sequence[str]) -> tuple[str, ...]:
    """Return typed surface forms without the type of a file, by which its name may end."""
    return tuple(forms[:-1] if len(forms) > 1 and forms[-1] in FILE_TYPES else forms)


def in_file_name(forms: Sequence[str]) -> tuple[Query, ...]:
    """Return what finds surface forms as a name or in a row in one; () for a single word."""
    name = whole_name(forms)
    return () if len(name) < 2 else (named_file(name), TermPhrase(TextField.FILE_NAME, name, _ROW_BOOST))


def named_file(name: Sequence[str]) -> Query:
    """Return what finds the file whose whole name is that."""
    return Term(TextField.FILE_NAME, " ".join(name), _WHOLE_BOOST)


def _name_words(filename: str) -> list[str]:
    return plain_words(PurePath(filename).stem.replace("_", " "))


def _cut(word: str) -> str:
    return _CAMEL.sub(" ", word)


def _leading_numbers(forms: Sequence[str]) -> int:
    return next((at for at, form in enumerate(forms) if not form.isdecimal()), 0)

"""The files of a compiled lexicon: memory-mapped tries (marisa) and columns of small numbers.

A trie maps a word to its number; a column has one value for each number. Values are read only when looked up.
"""

import mmap
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import marisa_trie

SCALE = 30
"""Logarithms up to 8.5 are stored in one byte, in steps of 1/30."""

ColumnType = Literal["B", "H"]


def packed(value: float) -> int:
    """Return a logarithm from 0 to 8.5 as one byte."""
    return min(255, max(0, round(value * SCALE)))


def write_trie(path: Path, trie: marisa_trie.Trie | marisa_trie.BytesTrie) -> None:
    """Write a trie of any kind to a new file."""
    trie.save(str(path))


def write_column(path: Path, values: "array[int]") -> None:
    """Write one value for each word number, in order."""
    path.write_bytes(values.tobytes())


class MappedColumn:
    """One value for each word number, mapped from a file."""

    __slots__ = ("_map", "values")

    def __init__(self, path: Path, kind: ColumnType) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.values = memoryview(self._map).cast(kind)


def open_trie(path: Path) -> marisa_trie.Trie:
    """Map a trie of words."""
    return marisa_trie.Trie().mmap(str(path))


def open_bytes(path: Path) -> marisa_trie.BytesTrie:
    """Map a trie from words to bytes."""
    return marisa_trie.BytesTrie().mmap(str(path))


def open_records(path: Path, layout: str) -> marisa_trie.RecordTrie:
    """Map a trie from words to tuples of numbers, packed as `layout` says (the `struct` module's format)."""
    return marisa_trie.RecordTrie(layout).mmap(str(path))


class SuffixRules:
    """Rules from a form to its lemma: how many letters to remove from its end, and which to append."""

    def __init__(self, rules: Mapping[tuple[int, str], int] | None = None) -> None:
        self._numbers: dict[tuple[int, str], int] = dict(rules or {})

    def number(self, form: str, lemma: str) -> int:
        """Return the rule's number; a new rule gets the next one."""
        shared = len(form)
        while not lemma.startswith(form[:shared]):
            shared -= 1
        rule = (len(form) - shared, lemma[shared:])
        return self._numbers.setdefault(rule, len(self._numbers))

    def lines(self) -> str:
        """Return all rules as text, one a line, in the order of their numbers."""
        return "\n".join(f"{strip}\t{ending}" for strip, ending in self._numbers)


def read_rules(path: Path) -> list[tuple[int, str]]:
    """Return the rules in the order of their numbers."""
    rows = (line.split("\t") for line in path.read_text("utf-8").split("\n"))
    return [(int(strip), ending) for strip, ending in rows]

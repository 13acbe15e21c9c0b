"""Reads sets of questions and their documents, as `../shared/swedish` lays them out. Names are not
hard-wired: what a folder holds is what is measured.
"""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# A set of questions names its documents by its first part: `queries_alm_title` asks `alm_docs`.
_DOCUMENTS = "{name}_docs.jsonl.gz"
# Known items whose question is their own title: the title must not be in the index then.
_TITLE_SETS = ("_title", "_short", "_tags")


@dataclass(frozen=True, slots=True)
class Text:
    """A document to search: identifier, title (may be ""), body, language."""

    id: str
    title: str
    body: str
    language: str = "sv"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the documents that answer it, each with its worth."""

    query: str
    relevant: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Questions put to one collection. `with_titles`: whether titles are searched."""

    name: str
    collection: str
    with_titles: bool
    asked: Sequence[Asked]


def query_sets(data: Path) -> Iterator[QuerySet]:
    """Yield every `queries_*.jsonl` of a folder."""
    for path in sorted(data.glob("queries_*.jsonl")):
        name = path.stem.removeprefix("queries_")
        asked = [Asked(row["query"], row["rel"]) for row in rows(path)]
        yield QuerySet(name, name.split("_")[0], not name.endswith(_TITLE_SETS), asked)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a .jsonl file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def table(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a .tsv file without its comments."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


@cache
def documents(corpora: Path, collection: str) -> tuple[Text, ...]:
    """Return a collection's documents."""
    path = corpora / _DOCUMENTS.format(name=collection)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        documents = map(json.loads, lines)
        return tuple(Text(row["id"], row["title"] or "", row["body"] or "") for row in documents)


def has_documents(corpora: Path, collection: str) -> bool:
    """Return whether the collection exists."""
    return (corpora / _DOCUMENTS.format(name=collection)).exists()

"""Takes hits along in tests: a whole file, or its rows."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from archive.app import Archive
from archive.downloads.downloading import Wanted
from archive.model.visibility import Visibility
from archive.search.question import Question

SITE = "https://arkiv.example.org"
ADDRESS = f"{SITE}/?q=gemensam"


def wanted(
    asked: Question | str = "gemensam",
    visitor: Visibility = Visibility.PUBLIC,
    file_format: str = "jsonl",
) -> Wanted:
    """Return what is wanted of a question."""
    question = Question(asked) if isinstance(asked, str) else asked
    return Wanted(question, visitor, file_format, ADDRESS, SITE)


def taken(archive: Archive, one: Wanted) -> bytes:
    """Return a whole file."""
    with closing(archive.downloads.begin(one)) as pieces:
        return b"".join(pieces)


def rows(archive: Archive, one: Wanted) -> Sequence[Mapping[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in taken(archive, one).decode().split("\n") if line]

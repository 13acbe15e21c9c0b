"""Records and words as files: each kind as JSON lines and as a table, each version's words as plain text."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, Final

from archive.catalogue.export.documents import text_path
from archive.catalogue.export.kinds import ExportKind
from archive.csv_text import csv_lines
from archive.export.bag import Bag, HashedText

_ENCODED: Final = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def write_records(bag: Bag, kind: ExportKind, records: Iterable[Mapping[str, Any]]) -> int:
    """Write the records of a kind into both of its files; return how many there are."""
    count = 0
    with (
        bag.text(f"data/records/{kind.name}.jsonl") as lines,
        bag.text(f"data/records/{kind.name}.csv") as table,
    ):

        def rows() -> Iterator[list[str]]:
            nonlocal count
            for record in records:
                lines.write(f"{_ENCODED(record)}\n")
                count += 1
                yield [cell(record, column) for column in kind.columns]

        for line in csv_lines(kind.columns, rows()):
            table.write(line)
    return count


def cell(record: Mapping[str, Any], column: str) -> str:
    """Return a value as a table has it: lists and what has parts as JSON, nothing where there is none."""
    value: Any = record
    for name in column.split("."):
        value = value.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else _ENCODED(value)


def with_texts(bag: Bag, pages: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Pass pages on, which come by version and number, and write the words of each version into a file."""
    current: tuple[str, int] | None = None
    with ExitStack() as stack:
        for page in pages:
            if current != (page["document_id"], page["version"]):
                stack.close()
                current = (page["document_id"], page["version"])
                file = stack.enter_context(bag.text(text_path(*current)))
            _write_page(file, page)
            yield page


def _write_page(file: HashedText, page: Mapping[str, Any]) -> None:
    file.write(f"--- {page['number']}{' (hidden)' if page['is_hidden'] else ''} ---\n")
    for field, text in page["text"].items():
        file.write(f"[{field}]\n{text}\n")
    file.write("\n")

"""A second reader of an export, written from docs/format.md alone: it uses nothing of the archive.

It knows every field that the page lists and reads the tables as well, takes words and files apart by what the
page says of them, and holds both forms of each record together.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_ROW = re.compile(r"^\| (`.+?`) \|", re.MULTILINE)
_NAME = re.compile(r"`([^`]+)`")
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_WORDS = "text"


class SecondReader:
    """An export in a folder, read by its own description."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.description = (folder / "format.md").read_text("utf-8")
        self.fields = self._described_fields()

    def _described_fields(self) -> dict[str, list[str]]:
        """Return the fields of each kind, as the page has them below its headings."""
        found: dict[str, list[str]] = {}
        for part in self.description.split("\n### ")[1:]:
            heading, _, body = part.partition("\n")
            kinds, rows = _NAME.findall(heading), _ROW.findall(body.split("\n## ")[0])
            for kind in kinds if rows else ():
                found[kind] = [name for row in rows for name in _NAME.findall(row)]
        return found

    def records(self, kind: str) -> Iterator[dict[str, Any]]:
        for line in (
            (self.folder / f"data/records/{kind}.jsonl").read_bytes().decode("utf-8").split("\n")[:-1]
        ):
            yield json.loads(line)

    def table(self, kind: str) -> list[dict[str, str]]:
        """Return the rows of a table, the apostrophes of spreadsheets taken off."""
        path = self.folder / f"data/records/{kind}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return [
            {name: value[1:] if value.startswith("'") else value for name, value in row.items()}
            for row in rows
        ]

    def unguarded_cells(self, kind: str) -> list[str]:
        """Return the cells of a table that a spreadsheet would compute."""
        with (self.folder / f"data/records/{kind}.csv").open(encoding="utf-8-sig", newline="") as file:
            return [cell for row in csv.reader(file) for cell in row if cell.startswith(_GUARDED[:-1])]

    def counts(self) -> Mapping[str, int]:
        found: Mapping[str, int] = json.loads((self.folder / "data/records/counts.json").read_text("utf-8"))
        return found

    def info(self) -> dict[str, str]:
        lines = (self.folder / "bag-info.txt").read_text("utf-8").splitlines()
        return dict(line.split(": ", 1) for line in lines)

    def file(self, path: str) -> bytes:
        """Return a file's bytes; those named after their SHA-256 are held against it."""
        data = (self.folder / path).read_bytes()
        if not path.startswith("data/texts/"):
            assert hashlib.sha256(data).hexdigest() == Path(path).name.split(".")[0], path
            assert Path(path).parent.name == Path(path).name[:2]
        return data

    def plain_pages(self, path: str) -> list[tuple[int, bool, dict[str, str]]]:
        """Return number, hidden or not, and words by field of each page in a file of plain words."""
        found = []
        for part in re.split(r"^--- ", self.file(path).decode("utf-8"), flags=re.MULTILINE)[1:]:
            head, _, body = part.partition(" ---\n")
            number, _, hidden = head.partition(" ")
            pieces = re.split(r"^\[(\w+)\]\n", body[:-1], flags=re.MULTILINE)[1:]
            words = {
                field: text.removesuffix("\n") for field, text in zip(pieces[::2], pieces[1::2], strict=True)
            }
            found.append((int(number), hidden == "(hidden)", words))
        return found

    def all_is_there(self) -> dict[str, int]:
        """Open everything; return how many files of each field were opened. Raises AssertionError."""
        self._manifests()
        opened: dict[str, int] = {}
        excused = {one["path"] for one in self.records("missing_files")}
        assert set(self.fields) == set(self.counts()) - {"files", "missing_files"}
        for kind, count in self.counts().items():
            if kind not in self.fields:
                continue
            records = list(self.records(kind))
            assert len(records) == count
            self._same_in_table(kind, records)
            for record in records:
                assert set(record) == set(self.fields[kind]), kind
                for field in [name for name in record if name.endswith("_file") and record[name]]:
                    if record[field] not in excused:
                        self.file(record[field])
                        opened[field] = opened.get(field, 0) + 1
        return opened

    def _manifests(self) -> None:
        listed = {}
        for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            for line in (self.folder / name).read_text("utf-8").splitlines():
                sha256, path = line.split("  ", 1)
                assert hashlib.sha256((self.folder / path).read_bytes()).hexdigest() == sha256, path
                listed[path] = (self.folder / path).stat().st_size
        there = {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}
        assert there - set(listed) == {"tagmanifest-sha256.txt"}
        payload = [size for path, size in listed.items() if path.startswith("data/")]
        assert self.info()["Payload-Oxum"] == f"{sum(payload)}.{len(payload)}"
        assert self.info()["Archive-Format"] == "1"

    def _same_in_table(self, kind: str, records: list[dict[str, Any]]) -> None:
        rows = self.table(kind)
        assert len(rows) == len(records)
        for row, record in zip(rows, records, strict=True):
            for column, text in row.items():
                name, _, inner = column.partition(".")
                value = record[name].get(inner) if inner else record[name]
                assert text == _as_cell(value), (kind, column)


def _as_cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

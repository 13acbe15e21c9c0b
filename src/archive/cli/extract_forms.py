"""The forms in which `archive extract` prints what was read."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from archive.ingest.file_reader import ReadFile
    from archive.model.extraction import Extraction
    from archive.model.pages import Block, Page


def as_object(extraction: "Extraction", language: str) -> dict[str, Any]:
    """Return everything that was read, for one JSON object."""
    return {
        "category": extraction.category.value,
        "engine": extraction.engine,
        "message": extraction.message,
        "language": language,
        "properties": extraction.properties,
        "pages": [_page(page) for page in extraction.pages],
    }


def _page(page: "Page") -> dict[str, Any]:
    return {
        "number": page.number,
        "title": page.title,
        "hidden": page.hidden,
        "language": page.language,
        "engine": page.engine,
        "broken": page.broken,
        "ocr_reason": page.ocr_reason.value,
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "blocks": [_block(block) for block in page.blocks],
    }


def _block(block: "Block") -> dict[str, Any]:
    found: dict[str, Any] = {"field": block.field.value, "language": block.language}
    if block.paragraphs:
        found["paragraphs"] = [
            {"text": one.text, "level": one.level, "bullet": one.bullet} for one in block.paragraphs
        ]
    if block.rows:
        found["rows"] = [list(row) for row in block.rows]
        found["has_header"] = block.has_header
    return found


def print_pages(extraction: "Extraction") -> None:
    """Print the outcome and every page's blocks with their fields, for people."""
    reader = f", read by {extraction.engine}" if extraction.engine else ""
    click.echo(f"{extraction.category.value}: {_counted(len(extraction.pages))}{reader}")
    if extraction.message:
        click.echo(extraction.message)
    for page in extraction.pages:
        click.echo(f"\n--- {page.number}{' (hidden)' if page.hidden else ''} {page.title}".rstrip())
        for block in page.blocks:
            click.echo(f"[{block.field.value}] {block.text}")


def print_words(extraction: "Extraction") -> None:
    """Print all words of all pages; a form feed stands between pages. Why there are none goes to stderr."""
    if extraction.pages:
        click.echo(_words(extraction))
    if not extraction.category.is_read:
        click.echo(f"archive: {extraction.category.value}: {extraction.message}", err=True)


def print_line(outcome: "ReadFile", *, as_json: bool) -> None:
    """Print one file of many: as a JSON object on one line, or as its category, name and message."""
    if as_json:
        click.echo(json.dumps(_line(outcome), ensure_ascii=False))
        return
    found = outcome.extraction
    if found is None:
        click.echo(f"{'not opened':16}  {outcome.error}")
        return
    message = f": {found.message}" if found.message else ""
    click.echo(f"{found.category.value:16}  {outcome.file} ({_counted(len(found.pages))}){message}")


def _line(outcome: "ReadFile") -> dict[str, Any]:
    """Return what programs read: `error` is "" exactly where words were read."""
    found = outcome.extraction
    if found is None:
        return {"file": str(outcome.file), "text": "", "error": outcome.error, "category": "", "pages": 0}
    return {
        "file": str(outcome.file),
        "text": _words(found),
        "error": "" if found.category.is_read else found.message or found.category.value,
        "category": found.category.value,
        "message": found.message,
        "pages": len(found.pages),
    }


def _words(extraction: "Extraction") -> str:
    return "\n\f".join("\n".join(block.text for block in page.blocks) for page in extraction.pages)


def _counted(pages: int) -> str:
    return f"{pages} page{'' if pages == 1 else 's'}"


class Tally:
    """Counts outcomes by category."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self.all_read = True

    def count(self, outcome: "ReadFile") -> None:
        """Count one file."""
        found = outcome.extraction
        self._counts["not opened" if found is None else found.category.value] += 1
        self.all_read = self.all_read and found is not None and found.category.is_read

    def print(self) -> None:
        """Print how many files ended in which category, the most frequent first."""
        parts = [f"{count} {name}" for name, count in self._counts.most_common()]
        click.echo(f"{self._counts.total()} files: {', '.join(parts) or 'the list is empty'}")

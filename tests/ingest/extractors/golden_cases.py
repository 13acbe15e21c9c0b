"""Golden files: what is read from small made files, kept beside the tests so that a person reads each change.

`make golden` (or `python -m tests.ingest.extractors.golden_cases [NAME …]`) writes them anew; look at the
difference before it is committed. A paragraph is one string: a tab for each level, "• " for a bullet.
"""

import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.ingest.extractors import frames
from archive.ingest.extractors.base import Finish, ReadLimits, Record
from archive.ingest.extractors.registry import load
from archive.ingest.filetypes.detect import detect
from archive.ingest.framing import PREFIX
from archive.ingest.reading import wire
from archive.model.pages import Block, Page, Paragraph
from tests.ingest.extractors.golden_decks import decks
from tests.ingest.extractors.golden_others import others
from tests.ingest.extractors.golden_parts import decks_of_parts
from tests.ingest.extractors.golden_pdfs import pdfs

FOLDER = Path(__file__).parent / "golden"
_LIMITS = ReadLimits(pages_max=1000, page_text_max_chars=100_000)
_CHANGING = ("created", "modified")


def cases() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by the name of its golden file."""
    return {**decks(), **decks_of_parts(), **pdfs(), **others()}


def golden(name: str) -> Any:
    """Return what was read when the golden file was written; None where there is none."""
    file = FOLDER / f"{name}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else None


def reading(name: str) -> Any:
    """Return what is read now, in the form of the golden file."""
    data = cases()[name]()
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        media_type = detect(Path(file.name))
    extractor = load("extract", media_type)
    if extractor is None:
        return {"media_type": media_type, "category": "unsupported_type"}
    *pages, finish = [_kept(record) for record in extractor.extract(io.BytesIO(data), _LIMITS)]
    assert isinstance(finish, Finish)
    return {
        "media_type": media_type,
        "category": finish.category.value,
        "engine": finish.engine,
        "message": finish.message,
        "page_count": finish.page_count,
        "properties": {name: value for name, value in finish.properties.items() if name not in _CHANGING},
        "pages": [_page(page) for page in pages if isinstance(page, Page)],
    }


def _kept(record: Page | Finish) -> Record:
    """Send a record over the wire, as in an ingest: what is kept has been checked and normalised."""
    frame = frames.encode(record, _LIMITS.page_text_max_chars)
    return wire.decode(frame[PREFIX.size :], _LIMITS.page_text_max_chars)


def _page(page: Page) -> dict[str, Any]:
    size = [round(page.width_pt, 1), round(page.height_pt, 1)]
    known = {
        "hidden": page.hidden,
        "broken": page.broken,
        "language": page.language,
        "ocr_reason": page.ocr_reason.value,
    }
    return {
        "number": page.number,
        "engine": page.reader,
        "size_pt": size,
        **{name: value for name, value in known.items() if value},
        "blocks": [_block(block) for block in page.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    made: dict[str, Any] = {"field": block.field.value}
    if block.language:
        made["language"] = block.language
    if block.rows:
        made["has_header"] = block.has_header
        made["rows"] = [list(row) for row in block.rows]
    if block.paragraphs:
        made["paragraphs"] = [_paragraph(one) for one in block.paragraphs]
    return made


def _paragraph(one: Paragraph) -> str:
    return "\t" * one.level + ("• " if one.bullet else "") + one.text


def main() -> None:
    """Write the golden files that are named on the command line, or all, and remove those without a case."""
    names = sys.argv[1:] or sorted(cases())
    for name in names:
        text = json.dumps(reading(name), ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")
    for file in FOLDER.glob("*.json"):
        if file.stem not in cases():
            file.unlink()


if __name__ == "__main__":
    main()

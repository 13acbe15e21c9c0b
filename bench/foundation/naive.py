"""The references: what the simplest program does, with no care for crashes, hostile files or Swedish."""

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pptx
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer


def copy_all(files: Sequence[Path], folder: Path) -> None:
    """Copy files into a folder."""
    folder.mkdir()
    for number, file in enumerate(files):
        shutil.copyfile(file, folder / str(number))


def read_all(files: Sequence[Path]) -> list[str]:
    """Return the text of every page of every file; a file that fails has none."""
    pages: list[str] = []
    for file in files:
        try:
            pages += _slides(file) if file.suffix == ".pptx" else _pdf_pages(file)
        except Exception as error:  # noqa: BLE001 - a reference takes what it gets
            print(f"reference: {file.name}: {type(error).__name__}")
    return pages


def index_all(texts: Sequence[str]) -> None:
    """Index texts with SQLite's full-text search."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE page USING fts5(text)")
        connection.executemany("INSERT INTO page VALUES (?)", [(text,) for text in texts])
    connection.close()


def _slides(file: Path) -> list[str]:
    return [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in pptx.Presentation(str(file)).slides
    ]


def _pdf_pages(file: Path) -> list[str]:
    return [
        "\n".join(box.get_text() for box in page if isinstance(box, LTTextContainer))
        for page in extract_pages(str(file))
    ]

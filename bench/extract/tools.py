"""The tools that are compared, and the witnesses that judge them: each gives the texts of a file's pages."""

import atexit
import contextlib
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which

PDF = frozenset({".pdf"})
POWERPOINT = frozenset({".pptx", ".pptm", ".ppsx", ".potx"})
OTHER_DECKS = frozenset({".ppt", ".odp"})
_PART_MAX_BYTES = 64 * 1024 * 1024

Read = Callable[[Path], list[str]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: `start` returns its function, `reads` are the suffixes of the files it reads."""

    start: Callable[[], Read]
    reads: frozenset[str]
    is_installed: Callable[[], bool] = lambda: True


def start_pdfminer() -> Read:
    """Read as the stock library does."""
    from pdfminer.high_level import extract_text

    return lambda path: extract_text(str(path)).split("\f")


def start_pdfium() -> Read:
    """Read the plain text of each page."""
    import pypdfium2

    def read(path: Path) -> list[str]:
        with contextlib.closing(pypdfium2.PdfDocument(path)) as pdf:
            return [page.get_textpage().get_text_bounded() for page in pdf]

    return read


def start_pdftotext() -> Read:
    """Read with poppler, a process a file."""

    def read(path: Path) -> list[str]:
        command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\f")

    return read


def start_markitdown() -> Read:
    """Read everything as Markdown; the pages are not separated."""
    from markitdown import MarkItDown  # type: ignore[import-not-found, unused-ignore]

    engine = MarkItDown()
    return lambda path: [engine.convert(str(path)).text_content]


def start_rendering() -> Read:
    """Read what a person sees of a deck: LibreOffice's rendering of each slide."""
    from archive.ingest.filetypes.detect import detect
    from archive.ingest.libreoffice.office import Office
    from archive.settings.sections import PictureSettings

    opened = contextlib.ExitStack()
    atexit.register(opened.close)
    temporary = Path(opened.enter_context(tempfile.TemporaryDirectory()))
    office = opened.enter_context(Office(PictureSettings(), temporary))
    read_pdf = start_pdfium()

    def read(path: Path) -> list[str]:
        with tempfile.TemporaryDirectory(dir=temporary) as folder:
            return read_pdf(office.convert(path, detect(path), "pdf", Path(folder)))

    return read


def start_package() -> Read:
    """Read all words and values in a package's XML, shown or not: a second witness next to the rendering."""
    from lxml import etree

    def paragraph(node: etree._Element) -> str:
        parts = node.iter("{*}t", "{*}br", "{*}tab")
        return "".join(" " if str(part.tag).endswith(("}br", "}tab")) else part.text or "" for part in parts)

    def read(path: Path) -> list[str]:
        texts = []
        with zipfile.ZipFile(path) as package:
            for info in package.infolist():
                if not info.filename.endswith(".xml") or info.file_size > _PART_MAX_BYTES:
                    continue
                parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
                root = etree.fromstring(package.read(info), parser)
                if root is not None:
                    texts += [paragraph(element) for element in root.iter("{*}p")]
                    texts += [element.text or "" for element in root.iter("{*}v", "{*}pt", "{*}text")]
        return ["\n".join(texts)]

    return read


def start_archive() -> Read:
    """Read as `archive extract` does, in confined child processes."""
    from archive.errors import FileRejected
    from archive.ingest.file_reader import FileReader
    from archive.settings.settings import Settings

    reader = FileReader(Settings(data=Path("no-archive")))
    atexit.register(reader.close)

    def read(path: Path) -> list[str]:
        extraction = reader.read(path)
        if not extraction.category.is_read:
            raise FileRejected(extraction.category, extraction.message)
        return ["\n".join(block.text for block in page.blocks) for page in extraction.pages]

    return read


TOOLS: Mapping[str, Tool] = {
    "archive": Tool(start_archive, PDF | POWERPOINT | OTHER_DECKS),
    "markitdown": Tool(
        start_markitdown, PDF | POWERPOINT | OTHER_DECKS, lambda: find_spec("markitdown") is not None
    ),
    "pdftotext": Tool(start_pdftotext, PDF, lambda: which("pdftotext") is not None),
    "pdfminer.six": Tool(start_pdfminer, PDF),
}
"""What is compared. Those that are not installed are left out."""

WITNESSES: Mapping[str, Tool] = {
    "pdfium": Tool(start_pdfium, PDF),
    "pdfminer.six": TOOLS["pdfminer.six"],
    "rendering": Tool(start_rendering, POWERPOINT | OTHER_DECKS),
    "package": Tool(start_package, POWERPOINT),
}
"""What says which words a reader sees."""


def answer(read: Read, file: str) -> str:
    """Return a JSON line: the file's pages, and the kind of error ("" for none)."""
    try:
        return json.dumps({"file": file, "pages": read(Path(file)), "error": ""})
    except Exception as error:  # noqa: BLE001 - tools fail in every way
        category = getattr(error, "category", None)
        return json.dumps({"file": file, "pages": [], "error": str(category or type(error).__name__)})

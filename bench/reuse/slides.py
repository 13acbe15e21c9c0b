"""Real slides with their words and pictures, and the same slides as somebody changed them."""

import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import pypdfium2
from PIL import Image, ImageDraw

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.pdf.reader import PdfExtractor
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.ingest.extractors.webp import grey
from archive.model.pages import Block, Page
from bench.reuse.deck_changes import CHANGES, changed_deck, draw_all

_PAGES_MAX: Final = 120
_SLIDES_MIN: Final = 3
_WIDTH_PX: Final = 320
_HEIGHT_MAX_PX: Final = 1_280
_LIMITS: Final = ReadLimits(pages_max=_PAGES_MAX, page_text_max_chars=100_000)
_CROP_MAX: Final = 0.05
_TOO_LARGE_BYTES: Final = 30_000_000
_LOGO_COLOURS: Final = ("#1b4f9c", "#c00000", "#0a7a3c", "#222222")
_BLANK_DEVIATION: Final = 4.0


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide of a deck of the corpus: its words, and its picture as WebP."""

    deck: str
    page: Page
    picture: bytes

    @property
    def grey(self) -> bytes:
        """Return its picture in grey."""
        return grey(_opened(self.picture))

    @property
    def is_blank(self) -> bool:
        """Return whether there is nothing on it that anybody could compare."""
        has_words = any(block.text.strip() for block in self.page.blocks)
        return not has_words and len(set(self.grey)) < _BLANK_DEVIATION


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck's slides, and the same slides by what was changed on all of them, where that can be drawn."""

    name: str
    slides: tuple[Slide, ...]
    changed: dict[str, tuple[Slide, ...]]


def decks(corpus: Path, work: Path) -> Iterator[Deck]:
    """Yield the decks and PDF files below a folder; `work` keeps what LibreOffice makes."""
    work.mkdir(parents=True, exist_ok=True)
    files = {sha256(path.read_bytes()).hexdigest()[:16]: path for path in _files(corpus)}
    of_office = {digest: path for digest, path in files.items() if path.suffix.lower() == ".pptx"}
    made = [deck for digest, path in of_office.items() for deck in _variants(digest, path, work)]
    draw_all(made, work)
    for digest, path in files.items():
        name = f"{path.parent.name}/{path.name}"
        if digest in of_office:
            yield _pptx_deck(name, digest, work)
        else:
            yield Deck(name, _pdf_slides(name, path), {})


def _files(corpus: Path) -> Iterator[Path]:
    for path in sorted(corpus.rglob("*"), reverse=True):
        if path.suffix.lower() in (".pdf", ".pptx") and path.stat().st_size <= _TOO_LARGE_BYTES:
            yield path


def _variants(digest: str, path: Path, work: Path) -> list[Path]:
    """Write a deck of some slides and its changes next to each other; none of what is no whole deck."""
    try:
        if len(_read(path)) < _SLIDES_MIN:
            return []
        original = work / f"{digest}.pptx"
        original.write_bytes(path.read_bytes())
        changed_decks = [work / f"{digest}-{change}.pptx" for change in CHANGES]
        for change, deck in zip(CHANGES, changed_decks, strict=True):
            changed_deck(original, deck, change, int(digest, 16))
    except (UnicodeDecodeError, BadZipFile, NotImplementedError):
        return []
    return [original, *changed_decks]


def _pptx_deck(name: str, digest: str, work: Path) -> Deck:
    slides = _office_slides(name, work / f"{digest}.pptx")
    if not slides:
        return Deck(name, (), {})
    changed = {change: _office_slides(name, work / f"{digest}-{change}.pptx") for change in CHANGES}
    changed["pdf"] = _pdf_slides(name, work / f"{digest}.pdf")
    return Deck(name, slides, {one: made for one, made in changed.items() if len(made) == len(slides)})


def _office_slides(name: str, deck: Path) -> tuple[Slide, ...]:
    if not deck.with_suffix(".pdf").exists():
        return ()
    pictures, read = _pictures(deck.with_suffix(".pdf")), _read(deck)
    if len(read) != len(pictures):
        return ()
    return tuple(Slide(name, page, picture) for page, picture in zip(read, pictures, strict=True))


def _read(deck: Path) -> list[Page]:
    with deck.open("rb") as file:
        return [one for one in PptxExtractor().extract(file, _LIMITS) if isinstance(one, Page)]


def _pdf_slides(name: str, path: Path) -> tuple[Slide, ...]:
    pictures = _pictures(path)
    with path.open("rb") as file:
        read = [one for one in PdfExtractor().extract(file, _LIMITS) if isinstance(one, Page)]
    return tuple(Slide(name, page, pictures[at]) for at, page in enumerate(read) if at < len(pictures))


def _pictures(path: Path) -> list[bytes]:
    try:
        with pypdfium2.PdfDocument(path) as document:
            return [_picture(document[at]) for at in range(min(len(document), _PAGES_MAX))]
    except pypdfium2.PdfiumError:  # locked, or no PDF at all
        return []


def _picture(page: pypdfium2.PdfPage) -> bytes:
    width_pt, height_pt = page.get_size()
    scale = min(_WIDTH_PX / max(1.0, width_pt), _HEIGHT_MAX_PX / max(1.0, height_pt))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    return _saved(picture)


def changed(slide: Slide, change: str, numbers: random.Random) -> Slide:
    """Return a slide with what can be changed on any: "crop", "logo", "numbers" or "order" of its lines."""
    picture = _drawn_again(_opened(slide.picture), numbers)
    if change == "crop":
        return replace(slide, picture=_saved(_cropped(picture, numbers)))
    if change == "logo":
        return replace(slide, picture=_saved(_with_logo(picture, numbers)))
    blocks = tuple(_changed_block(block, change, numbers) for block in slide.page.blocks)
    return replace(slide, page=replace(slide.page, blocks=blocks), picture=_saved(picture))


def _changed_block(block: Block, change: str, numbers: random.Random) -> Block:
    paragraphs, rows = list(block.paragraphs), block.rows
    if change == "order":
        numbers.shuffle(paragraphs)
    else:
        paragraphs = [replace(one, text=_other_figures(one.text, numbers)) for one in paragraphs]
        rows = tuple(tuple(_other_figures(cell, numbers) for cell in row) for row in rows)
    return replace(block, paragraphs=tuple(paragraphs), rows=rows)


def _other_figures(text: str, numbers: random.Random) -> str:
    return re.sub(r"\d", lambda _: str(numbers.randrange(10)), text)


def _drawn_again(picture: Image.Image, numbers: random.Random) -> Image.Image:
    """Return a picture as another program draws it: a little wider or higher, and less sharp."""
    width = numbers.randint(240, 420)
    height = max(1, round(picture.height * width / picture.width * numbers.uniform(0.98, 1.02)))
    return picture.resize((width, height))


def _cropped(picture: Image.Image, numbers: random.Random) -> Image.Image:
    width, height = picture.size
    left, top, right, bottom = (numbers.uniform(0, _CROP_MAX) for _ in range(4))
    return picture.crop(
        (int(left * width), int(top * height), int((1 - right) * width), int((1 - bottom) * height))
    )


def _with_logo(picture: Image.Image, numbers: random.Random) -> Image.Image:
    width, height = picture.size
    wide, high = width * numbers.uniform(0.08, 0.14), height * numbers.uniform(0.06, 0.1)
    x = numbers.choice((width * 0.03, width * 0.97 - wide))
    y = numbers.choice((height * 0.03, height * 0.97 - high))
    ImageDraw.Draw(picture).ellipse((x, y, x + wide, y + high), fill=numbers.choice(_LOGO_COLOURS))
    return picture


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _saved(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=80)
    return buffer.getvalue()

"""The reader of slide decks."""

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.package import Package

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import cut_blocks
from archive.ingest.extractors.pptx.package import Parts, read_parts
from archive.ingest.extractors.pptx.repair import repair
from archive.ingest.extractors.pptx.slide import ENGINE, read_slide
from archive.ingest.extractors.titles import real_title
from archive.model import BlockField, Category, Page

_EMU_PER_POINT = 12_700
_STRICT = b"http://purl.oclc.org/ooxml/"

# What python-pptx and lxml raise on packages that are not whole.
_BROKEN = (
    etree.LxmlError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    zipfile.BadZipFile,
)


class PptxExtractor:
    """Reads .pptx, .potx, .ppsx and their macro-enabled forms with python-pptx. Macros are never run."""

    engine = ENGINE
    fields = frozenset(
        {
            BlockField.TITLE,
            BlockField.BODY,
            BlockField.BOX,
            BlockField.GROUP,
            BlockField.TABLE,
            BlockField.CHART,
            BlockField.DIAGRAM,
            BlockField.ALT_TEXT,
            BlockField.NOTES,
            BlockField.FOOTER,
        }
    )

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the slides of the deck in order, hidden ones too, then a Finish."""
        try:
            presentation, lost = _open(read_parts(file))
            slide_ids = _slide_ids(presentation)
            size_pt = _size_pt(presentation)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=ENGINE)
            return
        except _BROKEN:
            yield Finish(Category.DAMAGED, _DAMAGED, engine=ENGINE)
            return
        problems = 0
        for number, slide_id in enumerate(slide_ids[: limits.pages_max], start=1):
            page = _read(presentation, slide_id, number, size_pt, lost)
            blocks, was_cut = cut_blocks(page.blocks, limits.page_text_max_chars)
            problems += bool(page.broken) or was_cut
            yield _with(page, blocks, was_cut)
        yield _finish(presentation, len(slide_ids), problems, limits)


_DAMAGED = "The deck's parts do not fit together. Open it in PowerPoint and save it again."


def _open(parts: Parts) -> tuple[Any, frozenset[str]]:
    """Return python-pptx's presentation and the names of parts that had to be mended."""
    if not parts.lost:
        try:
            return _presentation(parts), frozenset()
        except _BROKEN:
            pass  # one broken part stops python-pptx from opening the rest: mend and try again
    if _STRICT in parts.members.get("ppt/presentation.xml", b"")[:4000]:
        raise FileRejected(
            Category.UNSUPPORTED_TYPE, "The deck is saved as Strict Open XML. Save it as an ordinary .pptx."
        )
    mended = repair(parts)
    return _presentation(mended), mended.lost


def _presentation(parts: Parts) -> Any:
    # Package.open and not pptx.Presentation, which adds a template when a part is missing.
    presentation = Package.open(parts.as_file()).main_document_part.presentation
    len(presentation.element)
    return presentation


def _slide_ids(presentation: Any) -> list[Any]:
    found = presentation.element.sldIdLst
    return [] if found is None else list(found)


def _size_pt(presentation: Any) -> tuple[float, float]:
    width, height = presentation.slide_width, presentation.slide_height
    return (width or 0) / _EMU_PER_POINT, (height or 0) / _EMU_PER_POINT


def _read(
    presentation: Any, slide_id: Any, number: int, size_pt: tuple[float, float], lost: frozenset[str]
) -> Page:
    try:
        slide = presentation.part.related_slide(slide_id.rId)
        page = read_slide(slide, number, size_pt)
        was_mended = str(slide.part.partname).lstrip("/") in lost
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - python-pptx raises any kind on odd XML; one slide is lost, not the deck
        return Page(
            number,
            engine=ENGINE,
            width_pt=size_pt[0],
            height_pt=size_pt[1],
            broken="The slide could not be read.",
        )
    return _with(page, page.blocks, was_mended)


def _with(page: Page, blocks: Any, is_short: bool) -> Page:
    broken = page.broken or ("Part of the slide could not be read." if is_short else "")
    return Page(
        page.number,
        blocks,
        page.hidden,
        page.language,
        page.engine,
        page.width_pt,
        page.height_pt,
        broken,
    )


def _finish(presentation: Any, page_count: int, problems: int, limits: ReadLimits) -> Finish:
    messages = []
    if page_count > limits.pages_max:
        messages.append(f"Only the first {limits.pages_max} of {page_count} slides were read.")
    if problems:
        messages.append(f"{problems} of the slides could not be read whole.")
    category = Category.OK_PARTIAL if messages else Category.OK
    return Finish(category, " ".join(messages), _properties(presentation), page_count, ENGINE)


def _properties(presentation: Any) -> dict[str, str]:
    try:
        core = presentation.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
        found = {
            "title": real_title(core.title),
            "author": core.author,
            "created": core.created.isoformat() if core.created else "",
            "modified": core.modified.isoformat() if core.modified else "",
            "subject": core.subject,
            "keywords": core.keywords,
        }
    except _BROKEN:
        return {}
    return {name: text.strip() for name, text in found.items() if text and text.strip()}

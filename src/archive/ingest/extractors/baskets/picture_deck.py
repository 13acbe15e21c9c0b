"""Make a deck of slides of many documents: pictures with titles and descriptions, sources in the notes."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, Final

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Pt

from archive.errors import FileRejected
from archive.ingest.extractors.archives.clean_package import FAILURES
from archive.ingest.extractors.archives.frames import Record, only_file
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.baskets.bundle import Bundle
from archive.ingest.extractors.images.cut import as_jpeg
from archive.model.extraction import Outcome
from archive.model.pages import WordBox

_NAME: Final = "basket.pptx"
_EMU_PER_PT: Final = 12_700
_WIDTH, _HEIGHT = 960 * _EMU_PER_PT, 540 * _EMU_PER_PT
_MARGIN, _TITLE_HEIGHT = 24 * _EMU_PER_PT, 40 * _EMU_PER_PT
_TITLE_ONLY: Final = 5
"""The layout of that name in the template of python-pptx."""
_TITLE_PT, _WORDS_PT = 20, 16
_WRITTEN_AT: Final = (1980, 1, 1, 0, 0, 0)
_OF_TEMPLATE: Final = ("/printerSettings", "/thumbnail")
"""Relationships to parts of the template of python-pptx that have nothing to do with the slides."""


class PictureDeck:
    """Makes the deck."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Yield the new file as Member, Chunks and End, then a Finish."""
        del limits, options, words
        try:
            data = _deck(Bundle(file))
        except FAILURES:
            yield Finish(Outcome.DAMAGED)
            return
        yield from only_file(_NAME, data)


def _deck(bundle: Bundle) -> bytes:
    told = bundle.told
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(_WIDTH), Emu(_HEIGHT)
    _fit_layouts(presentation)
    for page in told["pages"]:
        slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
        _set_title(slide, page["title"] or page["name"])
        _show(bundle, slide, page)
        slide.notes_slide.notes_text_frame.text = page["source"]
    return saved(presentation, told)


def saved(presentation: Any, told: Mapping[str, Any]) -> bytes:
    """Return a presentation as bytes, with nothing said of it but its title, language and time."""
    for relations in (presentation.part.rels, presentation.part.package._rels):
        for relation_id, relation in list(relations.items()):
            if relation.reltype.endswith(_OF_TEMPLATE):
                relations.pop(relation_id)
    core = presentation.core_properties
    core.title, core.language = told["title"], told["language"]
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = ""
    core.created = core.modified = datetime.fromisoformat(told["made_at"])
    core.revision = 1
    buffer = io.BytesIO()
    presentation.save(buffer)
    return _undated(buffer)


def _undated(package: io.BytesIO) -> bytes:
    """Return a package whose members do not say when they were written: a deck gives the same bytes again."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(package) as dated, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as undated:
        for name in dated.namelist():
            info = zipfile.ZipInfo(name, _WRITTEN_AT)
            info.compress_type = zipfile.ZIP_DEFLATED
            undated.writestr(info, dated.read(name))
    return buffer.getvalue()


def _fit_layouts(presentation: Any) -> None:
    """Make the template's layouts, which are for slides of 4:3, as wide as the slides."""
    scale_x, scale_y = _WIDTH / (720 * _EMU_PER_PT), _HEIGHT / (540 * _EMU_PER_PT)
    for holder in (presentation.slide_master, *presentation.slide_layouts):
        for shape in holder.placeholders:
            if shape.element.spPr.find(f"{{{_DRAWING}}}xfrm") is not None:
                shape.left, shape.width = round(shape.left * scale_x), round(shape.width * scale_x)
                shape.top, shape.height = round(shape.top * scale_y), round(shape.height * scale_y)


_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _set_title(slide: Any, text: str) -> None:
    title = slide.shapes.title
    title.left, title.top = Emu(_MARGIN), Emu(_MARGIN // 2)
    title.width, title.height = Emu(_WIDTH - 2 * _MARGIN), Emu(_TITLE_HEIGHT)
    frame = title.text_frame
    frame.text = text
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.paragraphs[0].font.size = Pt(_TITLE_PT)


def _show(bundle: Bundle, slide: Any, page: Mapping[str, Any]) -> None:
    """Put a slide's picture below the title, or its words where it has none that can be opened."""
    top = _MARGIN + _TITLE_HEIGHT
    room = _WIDTH - 2 * _MARGIN, _HEIGHT - top - _MARGIN
    try:
        if page["picture"] is None:
            raise FileRejected(Outcome.DAMAGED, "")
        jpeg, (width_px, height_px) = as_jpeg(bundle.part(page["picture"]))
    except FileRejected:
        frame = slide.shapes.add_textbox(_MARGIN, top, *room).text_frame
        frame.word_wrap = True
        frame.text = page["text"]
        for paragraph in frame.paragraphs:
            paragraph.font.size = Pt(_WORDS_PT)
        return
    scale = min(room[0] / width_px, room[1] / height_px)
    width, height = round(width_px * scale), round(height_px * scale)
    left = (_WIDTH - width) // 2
    picture = slide.shapes.add_picture(io.BytesIO(jpeg), left, top + (room[1] - height) // 2, width, height)
    # What python-pptx writes there is the name of a file.
    own = picture._element.nvPicPr.cNvPr
    own.set("descr", page["text"] or page["name"])
    own.set("name", page["name"])

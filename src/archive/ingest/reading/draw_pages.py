"""Pictures and PDF files of single pages, made in a child process; nothing the child says is trusted."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.errors import FileRejected, PictureError
from archive.ingest.extractors.base import DrawnPage, Finish, PagePdf
from archive.ingest.filetypes.media_types import PDF, WEBP
from archive.ingest.reading import wire
from archive.ingest.sandbox.base import Limits, Request, Sandbox
from archive.model.extraction import Outcome
from archive.model.pages import WordBox
from archive.settings.sections import PictureSettings


@dataclass(frozen=True, slots=True)
class Drawable:
    """A file whose pages can be drawn: a PDF, or another type that has a Drawer."""

    path: Path
    media_type: str = PDF
    password: str = field(default="", repr=False)


_PICTURE_MAX_BYTES = 8 * 1024 * 1024
_RIFF_HEADER_BYTES = 8
_SMALLEST_WEBP_BYTES = 20
_SCAN_WIDTH_MAX_PX = 4096
_SCAN_SMALL_WIDTH_PX = 80  # nobody looks at it
_SCAN_QUALITY = 90
_HEIGHT_MAX_WIDTHS = 5  # the drawer keeps to four and rounds up
# A forking server takes requests of 64 KiB.
_WORDS_MAX_BYTES = 30_000
_NUMBERS_BYTES = 40
_SIDE_MAX_PT = 14_400.0
"""No side of a page may be longer (ISO 32000-2, annex C.2)."""
_SIDE_MIN_PT = 3.0


@contextmanager
def draw_pages(
    sandbox: Sandbox, source: Drawable, limits: Limits, settings: PictureSettings
) -> Iterator[Iterator[DrawnPage]]:
    """Give the pictures of the pages of `source` in order, as they come; the child ends with the context.

    Raises PictureError after the last good picture when some page could not be drawn or the child failed,
    PathError when the file cannot be opened and PartMissing when no child can be started.
    """
    options = {
        "large_width_px": settings.large_width_px,
        "small_width_px": settings.small_width_px,
        "webp_quality": settings.webp_quality,
    }
    with _running(sandbox, source, options, limits) as untrusted_frames:
        yield _drawn(untrusted_frames, options, limits)


def draw_page(
    sandbox: Sandbox,
    source: Drawable,
    number: int,
    resolution_dpi: int,
    limits: Limits,
    is_upside_down: bool = False,
) -> DrawnPage:
    """Return the picture of one page at `resolution_dpi` pixels an inch, for OCR. Raises as `draw_pages`."""
    options = {
        "large_width_px": _SCAN_WIDTH_MAX_PX,
        "small_width_px": _SCAN_SMALL_WIDTH_PX,
        "webp_quality": _SCAN_QUALITY,
        "page": number,
        "resolution_dpi": resolution_dpi,
        "upside_down": int(is_upside_down),
    }
    with _running(sandbox, source, options, limits) as untrusted_frames:
        drawn = list(_drawn(untrusted_frames, options, limits))
    if len(drawn) != 1 or drawn[0].number != number:
        raise PictureError("The page could not be drawn for OCR. See whether the file opens.")
    return drawn[0]


def draw_larger(
    sandbox: Sandbox, source: Drawable, number: int, width_px: int, webp_quality: int, limits: Limits
) -> DrawnPage:
    """Return the picture of one page at most `width_px` wide, for those who zoom. Raises as `draw_pages`."""
    options = {
        "large_width_px": width_px,
        "small_width_px": _SCAN_SMALL_WIDTH_PX,
        "webp_quality": webp_quality,
        "page": number,
    }
    with _running(sandbox, source, options, limits) as untrusted_frames:
        drawn = list(_drawn(untrusted_frames, options, limits))
    if len(drawn) != 1 or drawn[0].number != number:
        raise PictureError("The page could not be drawn larger. Its picture is there all the same.")
    return drawn[0]


def _running(
    sandbox: Sandbox, source: Drawable, options: Mapping[str, int], limits: Limits
) -> AbstractContextManager[Iterator[bytes]]:
    request = Request("draw", source.media_type, options, source.password)
    return sandbox.run(request, source.path, limits)


def _drawn(
    untrusted_frames: Iterator[bytes], options: Mapping[str, int], limits: Limits
) -> Iterator[DrawnPage]:
    finish: Finish | None = None
    last = 0
    try:
        for untrusted_frame in untrusted_frames:
            record = wire.decode(untrusted_frame, 0)
            if isinstance(record, Finish) and finish is None:
                finish = record
                continue
            last = _next_number(record, finish, last, limits)
            yield _checked(record, options["large_width_px"])
    except FileRejected as rejection:
        raise PictureError(f"Not every page could be drawn. {rejection.message}") from rejection
    _raise_unless_whole(finish)


def _next_number(record: object, finish: Finish | None, last: int, limits: Limits) -> int:
    """Return the number of a picture that comes in its turn; raises WireError for anything else."""
    if (
        finish is not None
        or not isinstance(record, DrawnPage)
        or not last < record.number <= limits.reading.pages_max
    ):
        raise wire.WireError
    return record.number


def _checked(record: object, width_max_px: int) -> DrawnPage:
    """Return the picture if its sizes are possible; `wire` has looked at the form."""
    if not isinstance(record, DrawnPage):
        raise wire.WireError
    is_small_enough = (
        record.width_px <= width_max_px + 1 and record.height_px <= _HEIGHT_MAX_WIDTHS * width_max_px
    )
    if not (is_small_enough and is_webp(record.large) and is_webp(record.small)):
        raise wire.WireError
    return record


def is_webp(data: bytes) -> bool:
    """Return whether the bytes are one RIFF file of kind WEBP and nothing after it (RFC 9649, 2.4)."""
    if not _SMALLEST_WEBP_BYTES <= len(data) <= _PICTURE_MAX_BYTES:
        return False
    declared_bytes = int.from_bytes(data[4:8], "little") + _RIFF_HEADER_BYTES
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP" and declared_bytes == len(data)


def _raise_unless_whole(finish: Finish | None) -> None:
    if finish is None:
        raise PictureError("Drawing ended before the last page. Add the file again to draw it anew.")
    if finish.category is not Outcome.OK:
        raise PictureError(finish.message or "Not every page could be drawn. See whether the PDF opens.")


def cut_page(
    sandbox: Sandbox, source: Drawable, number: int, words: Sequence[WordBox], limits: Limits
) -> bytes:
    """Return page `number` of a PDF as a PDF file; `words` that it lacks are laid over it unseen.

    Raises PictureError where it cannot be made, PathError when `source` cannot be opened and PartMissing
    when no child can be started.
    """
    request = Request("cut", source.media_type, {"page": number}, source.password, _that_fit(words))
    return _made(sandbox, request, source.path, limits)


def page_of_picture(
    sandbox: Sandbox,
    picture: Path,
    size_pt: tuple[float, float],
    words: Sequence[WordBox],
    limits: Limits,
) -> bytes:
    """Return a PDF page of a WebP picture, `size_pt` large, with its words. Raises as `cut_page`."""
    width_mpt, height_mpt = (round(1000 * side) for side in page_size_pt(size_pt))
    options = {"page": 1, "width_mpt": width_mpt, "height_mpt": height_mpt}
    return _made(sandbox, Request("cut", WEBP, options, words=_that_fit(words)), picture, limits)


def page_size_pt(size_pt: tuple[float, float]) -> tuple[float, float]:
    """Return a page's width and height within what a PDF may have."""
    width_pt, height_pt = (min(max(side, _SIDE_MIN_PT), _SIDE_MAX_PT) for side in size_pt)
    return width_pt, height_pt


def _made(sandbox: Sandbox, request: Request, file: Path, limits: Limits) -> bytes:
    try:
        with sandbox.run(request, file, limits) as untrusted_frames:
            records = [wire.decode(untrusted_frame, 0) for untrusted_frame in untrusted_frames]
    except FileRejected as rejection:
        raise PictureError(f"The page could not be made. {rejection.message}") from rejection
    match records:
        case [PagePdf(number=number, pdf=pdf), Finish(category=Outcome.OK)] if (
            number == request.options["page"]
        ):
            return pdf
        case [Finish(message=message)]:
            raise PictureError(message or "The page could not be made.")
        case _:
            raise PictureError("The page could not be made: the answer is not of the agreed form.")


def _that_fit(words: Iterable[WordBox]) -> tuple[WordBox, ...]:
    """Return the first words that fit into a request, places to a tenth of a point."""
    kept: list[WordBox] = []
    left_bytes = _WORDS_MAX_BYTES
    for word in words:
        left_bytes -= len(json.dumps(word.text)) + _NUMBERS_BYTES
        if left_bytes < 0:
            break
        text, *place = word
        kept.append(WordBox(text, *(round(value, 1) for value in place)))
    return tuple(kept)

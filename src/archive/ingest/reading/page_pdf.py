"""PDF files of single pages, made in a child process; nothing the child says is trusted."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from archive.errors import FileRejected, PictureError
from archive.ingest.extractors.base import Finish, PagePdf
from archive.ingest.filetypes.media_types import WEBP
from archive.ingest.reading import wire
from archive.ingest.reading.draw_pages import Drawable
from archive.ingest.sandbox.base import Limits, Request, Sandbox
from archive.model.extraction import Outcome
from archive.model.pages import WordBox

# A fresh child gets its request on the command line, where Linux takes 128 KiB for one argument.
_WORDS_MAX_BYTES = 30_000
_NUMBERS_BYTES = 40
_SIDE_MAX_PT = 14_400.0
"""No side of a page may be longer (ISO 32000-2, annex C.2)."""
_SIDE_MIN_PT = 3.0


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
    width_mpt, height_mpt = (round(1000 * min(max(side, _SIDE_MIN_PT), _SIDE_MAX_PT)) for side in size_pt)
    options = {"page": 1, "width_mpt": width_mpt, "height_mpt": height_mpt}
    return _made(sandbox, Request("cut", WEBP, options, words=_that_fit(words)), picture, limits)


def _made(sandbox: Sandbox, request: Request, file: Path, limits: Limits) -> bytes:
    try:
        frames = sandbox.run(request, file, limits)
        records = [wire.decode(untrusted_frame, 0) for untrusted_frame in frames]
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

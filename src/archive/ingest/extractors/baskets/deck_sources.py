"""Give the slides of a deck that was cut down their sources, in notes that hold nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, Final

from pptx import Presentation
from pptx.exc import PackageNotFoundError, PythonPptxError

from archive.ingest.extractors.archives.clean_package import FAILURES
from archive.ingest.extractors.archives.frames import Record, only_file
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.baskets.bundle import Bundle
from archive.ingest.extractors.baskets.picture_deck import saved
from archive.model.extraction import Outcome
from archive.model.pages import WordBox

_NAME: Final = "basket.pptx"


class DeckSources:
    """Writes the notes."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Yield the new file as Member, Chunks and End, then a Finish."""
        del limits, options, words
        try:
            bundle = Bundle(file)
            presentation = Presentation(bundle.part(0))
            for slide, page in zip(presentation.slides, bundle.told["pages"], strict=True):
                slide.notes_slide.notes_text_frame.text = page["source"]
            data = saved(presentation, bundle.told)
        except (PackageNotFoundError, PythonPptxError, *FAILURES):
            yield Finish(Outcome.DAMAGED)
            return
        yield from only_file(_NAME, data)

"""Make a copy of a deck that holds what everybody may see and nothing else.

Nothing is taken out of the file: a new one is made of the slides that are wanted and what they need to be
shown. Whatever is not known to be needed stays behind: notes, hidden slides, comments and their authors,
embedded files, sounds and films, macros, tags, custom XML, the thumbnail and the properties of the document.
"""

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import BinaryIO

from archive.ingest.extractors.archives.clean_markup import keep_slides, scrub
from archive.ingest.extractors.archives.clean_package import PICTURES, PackageCopy, clean_file
from archive.ingest.extractors.archives.frames import Record
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.ooxml.markup import Element, P, R
from archive.model.pages import WordBox

_NAME = "document.pptx"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_NEEDED = PICTURES | {"slide", "slideMaster", "slideLayout", "theme", "themeOverride", "tableStyles", "font"}


class DeckCleaner:
    """Makes a clean copy of the slides that the options name: `{"0": 3, "1": 1}` are slides 3 and 1."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Return the records of the new file."""
        del words
        numbers = [options[key] for key in sorted(options, key=int)]
        return clean_file(
            file, lambda source: (_NAME, _Copy(source, limits.unpacked_max_bytes).made(numbers))
        )


class _Copy(PackageCopy):
    """A copy of a deck."""

    needed = _NEEDED
    main_name = "ppt/presentation.xml"
    main_type = _MAIN_TYPE

    def __init__(self, source: zipfile.ZipFile, unpacked_max_bytes: int) -> None:
        super().__init__(source, unpacked_max_bytes)
        self._size_of: dict[str, int] = {}

    def made(self, numbers: Sequence[int]) -> bytes:
        """Return the copy; raises one of `FAILURES` where the deck is not what it should be."""
        main = self.main_part()
        root = self.tree(main)
        ids = [slide.get(R + "id") for slide in root.iterfind(f"{P}sldIdLst/{P}sldId")]
        wanted = [ids[number - 1] for number in numbers]
        targets = {one[0]: one[2] for one in self.relations(main)}
        for place, relation_id in enumerate(wanted, 1):
            self.rename(targets[relation_id], f"ppt/slides/slide{place}.xml")
        keep_slides(root, wanted, self._size_of)
        return self.packed_from(main, root)

    def scrub(self, root: Element, dropped: Collection[str]) -> None:
        """Take out what is hidden, personal, or refers to what stays behind."""
        scrub(root, dropped, self._size_of)

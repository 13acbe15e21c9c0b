"""What is made from the originals is missing or cannot be made: index, pictures, words in pictures."""

from archive.errors.base import ArchiveError
from archive.errors.given import SettingsError


class IndexUnusable(ArchiveError):
    """The index cannot be opened or written; it is derived data, and `archive rebuild` makes a new one."""

    code = "index"
    status = 503


class IndexOutdated(IndexUnusable):
    """The index was made by another version of the archive; nothing in it is damaged."""

    code = "index_outdated"


class SearchAway(ArchiveError):
    """The server that the index is on does not answer; the index itself is as it was."""

    code = "search_away"
    status = 503


class SearchRefused(SearchAway):
    """The server that the index is on cannot be used with these settings: `field` and what was `expected`.

    Nothing comes of trying again before somebody has mended the setting.
    """

    code = "search_refused"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(SettingsError(field, expected).message)
        self.field = field
        self.expected = expected


class PictureError(ArchiveError):
    """A picture of a slide could not be made; its text is not affected."""

    code = "picture"


class OcrError(ArchiveError):
    """The words in a picture of a page could not be read."""

    code = "ocr"


class LexiconMissing(ArchiveError):
    """The lexicon of Swedish words is missing and cannot be made from what is installed."""

    code = "lexicon"


class PartMissing(ArchiveError):
    """A system part is not installed."""

    code = "part_missing"
    status = 501


class FormatMissing(PartMissing):
    """What makes files of a format is not installed; there are others."""

    code = "format_missing"

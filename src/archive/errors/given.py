"""What a visitor, staff or a program gave cannot be used: by address, form, file, setting or command line."""

from collections.abc import Mapping

from archive.errors.base import ArchiveError
from archive.model.extraction import Outcome


class InputError(ArchiveError):
    """What was given cannot be used as it is."""

    code = "bad_input"
    status = 400


class SeminarFileError(InputError):
    """A `seminar.toml` has a mistake: `file`, `field` (dotted path) and what was `expected`.

    `mistake` is the message without the file, for where that is named already.
    """

    code = "bad_seminar_file"

    def __init__(self, file: str, field: str, expected: str) -> None:
        super().__init__(f"{file}: {field}: {expected}")
        self.mistake = f"{field}: {expected}"
        self.file = file
        self.field = field
        self.expected = expected


class SettingsError(InputError):
    """A setting has a value that cannot be used: `field` and what was `expected`."""

    code = "bad_setting"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"Setting {field}: {expected}. Mend it in archive.toml or the environment.")
        self.field = field
        self.expected = expected


class PathError(InputError):
    """A path on the command line is missing or cannot be read."""

    code = "bad_path"


class RecordRefused(InputError):
    """Values of a record cannot be saved: `mistakes` says by field what was expected there."""

    code = "bad_record"

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: {expected}")
        self.mistakes: Mapping[str, str] = {field: expected}

    @classmethod
    def of(cls, mistakes: Mapping[str, str]) -> "RecordRefused":
        """Return the error for several fields."""
        field, expected = next(iter(mistakes.items()))
        error = cls(field, expected)
        error.message = " ".join(f"{name}: {text}" for name, text in mistakes.items())
        error.mistakes = dict(mistakes)
        return error


class CursorUnusable(InputError):
    """What says where a list goes on is damaged, made up, or another list's."""

    code = "bad_cursor"


class FormatUnknown(InputError):
    """No format, or style, has that name: the message says which there are."""

    code = "unknown_format"
    status = 404


class FilterUnusable(InputError):
    """There is no such filter, or it cannot have this value: the message says what it may be."""

    code = "bad_filter"


class FilterUnknown(FilterUnusable):
    """A filter names something that is not there."""

    code = "unknown_value"
    status = 404


class HostError(InputError):
    """The request names a host that this site does not answer to."""

    code = "bad_host"


class AddressRefused(InputError):
    """A web address is not one that the archive fetches from: no http, an internal network …"""

    code = "address_refused"


class BasketTooLarge(InputError):
    """An address names more slides than a basket holds."""

    code = "basket_too_large"


class SlideAddressRefused(InputError):
    """What should be the address of a slide, or name one, is something else."""

    code = "bad_slide_address"


class TooLarge(ArchiveError):
    """The request is larger than the site takes."""

    code = "too_large"
    status = 413


class FileRejected(ArchiveError):
    """A file could not be read; `category` names the outcome."""

    code = "file_rejected"
    status = 422

    def __init__(self, category: Outcome, message: str) -> None:
        super().__init__(message)
        self.category = category

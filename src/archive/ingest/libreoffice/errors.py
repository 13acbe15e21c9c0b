"""The errors, with their messages, for when LibreOffice does not convert a file."""

from archive.errors import FileRejected, PartMissing
from archive.model.extraction import Outcome


def missing() -> PartMissing:
    """Return the error of a machine without LibreOffice."""
    return PartMissing(
        "LibreOffice is not installed, so decks have no pictures and older formats are not read. Install it, "
        "or set pictures.office_command."
    )


def not_confined() -> PartMissing:
    """Return the error of a machine where LibreOffice would have too many rights."""
    return PartMissing("LibreOffice could not be confined on this machine, so it was not run.")


def not_started() -> PartMissing:
    """Return the error of a machine where LibreOffice is there but does not start."""
    return PartMissing("LibreOffice cannot be started. Install it anew, or set pictures.office_command.")


def locked() -> FileRejected:
    """Return the rejection of a file that only opens with a password."""
    return FileRejected(
        Outcome.PASSWORD, "The file is protected by a password. Save it without one and add it again."
    )


def unreadable() -> FileRejected:
    """Return the rejection of a file that LibreOffice cannot open or write."""
    return FileRejected(
        Outcome.DAMAGED,
        "LibreOffice could not convert the file. Open it in the program it was made with, save it as .pptx "
        "or PDF, and add that.",
    )


def too_slow(wall_time_s: float) -> FileRejected:
    """Return the rejection of a file that took too long."""
    return FileRejected(
        Outcome.TIMEOUT,
        f"LibreOffice took longer than {wall_time_s:g} seconds. Split the file, or raise the setting "
        "pictures.office_wall_time_s.",
    )


def too_much() -> FileRejected:
    """Return the rejection of a file that needs more memory or processor time than is allowed."""
    return FileRejected(
        Outcome.RESOURCE_LIMIT,
        "LibreOffice needs more memory or time for this file than is allowed. Split it and add the parts.",
    )


def crashed() -> FileRejected:
    """Return the rejection of a file on which LibreOffice crashed."""
    return FileRejected(
        Outcome.CRASH, "LibreOffice crashed on this file. Save it as .pptx or PDF and add that."
    )

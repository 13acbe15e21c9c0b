"""What to do about a file that could not be read, or not in whole: one text for the page and the commands."""

from archive.catalogue.ocr_results import NO_WORDS_SEEN
from archive.model.extraction import Outcome

ADVICE = {
    Outcome.OK_PARTIAL: "What could be read is found. For the rest save it anew and ingest that.",
    Outcome.EMPTY_NEEDS_OCR: "OCR reads them where tesseract-ocr is installed (see `archive status`).",
    Outcome.PASSWORD: "It is locked with a password. Save a copy without one and ingest that.",
    Outcome.UNSUPPORTED_TYPE: "Save it as .pptx or .pdf and ingest that.",
    Outcome.DAMAGED: "It is damaged. Open it in its own program, save it anew and ingest that.",
    Outcome.RESOURCE_LIMIT: "It is too large or intricate. Split it, or raise the bounds in archive.toml.",
    Outcome.TIMEOUT: "Reading took too long. Save it anew, or raise extract.wall_time_s in archive.toml.",
    Outcome.CRASH: "Ingest it once more. If that does not help, save it anew in its own program.",
}
"""By outcome; a file that was read in whole needs none."""

STOPPED = "Reading the file stopped the worker each time it was tried."
"""The message of a file that was set aside: it ended its reader as often as `attempts_max` says."""

# For these the reader's own message says what to do.
_ADVISED_BY_READER = (Outcome.PASSWORD, Outcome.DAMAGED, Outcome.UNSUPPORTED_TYPE)


def what_to_do(category: Outcome, message: str) -> str:
    """Return what happened to a file that was not read in whole, and what to do about it."""
    has_advice = category in _ADVISED_BY_READER or message == NO_WORDS_SEEN
    if message and has_advice:
        return message
    return f"{message} {ADVICE.get(category, '')}".strip()

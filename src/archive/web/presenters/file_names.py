"""Names of files to download: safe in a header and on a disk, and said so that people find them again."""

import re
import unicodedata
from pathlib import PurePath

from archive.model.documents import DocumentKind
from archive.web.presenters.names import slide_name

_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069/\\]+")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
_TITLE_MAX_CHARS = 50
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "œ": "oe"})


def download_name(filename: str) -> str:
    """Return a file name that is safe in a header and on a disk."""
    return _NOT_IN_A_NAME.sub("_", filename).strip(" .") or "original"


def slide_file_name(title: str, kind: DocumentKind, number: int) -> str:
    """Return the name of a file of one slide, without its ending: "gruvnaring-bild-2".

    Args:
        title: the document's.
        kind: the document's.
        number: the slide's.
    """
    return "-".join(filter(None, (_in_plain_letters(title), _in_plain_letters(slide_name(kind, number)))))


def document_file_name(title: str, filename: str) -> str:
    """Return the name of a file made of a whole document, without its ending: "gruvnaring"."""
    return _in_plain_letters(title) or _in_plain_letters(PurePath(filename).stem) or "original"


def _in_plain_letters(text: str) -> str:
    """Return a text in a to z, digits and hyphens, cut after a word: mail and old disks take nothing else."""
    split = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    letters = "".join(sign for sign in split if not unicodedata.combining(sign))
    words = _BETWEEN_WORDS.sub("-", letters).strip("-")
    if len(words) <= _TITLE_MAX_CHARS:
        return words
    return (
        words[: words.rfind("-", 1, _TITLE_MAX_CHARS + 1)]
        if "-" in words[1:_TITLE_MAX_CHARS]
        else words[:_TITLE_MAX_CHARS]
    )

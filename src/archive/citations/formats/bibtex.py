"""BibTeX as the styles of old read it: @misc for talks and decks, @techreport for what has a publisher."""

from collections.abc import Iterable, Iterator

from archive.citations.formats import latex
from archive.citations.item import CitedItem

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_AT, _DAY_AT = 1, 2


def pieces(items: Iterable[CitedItem]) -> Iterator[str]:
    """Yield an entry for each item."""
    for item in items:
        kind = "techreport" if item.is_report and item.publisher else "misc"
        yield entry(kind, item.key, _fields(item))


def entry(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return an entry. Values are as they stand in the file, with their braces; empty ones are left out."""
    lines = "".join(f"  {name} = {value},\n" for name, value in fields if value)
    return f"@{kind}{{{key},\n{lines}}}\n\n"


def braced(value: str) -> str:
    """Return a value in braces, "" for none."""
    return f"{{{value}}}" if value else ""


def names(item: CitedItem) -> str:
    """Return the names of an item as BibTeX lists them."""
    return " and ".join(latex.name(one) for one in item.names)


def _fields(item: CitedItem) -> Iterator[tuple[str, str]]:
    parts = item.issued.split("-")
    month = _MONTHS[int(parts[_MONTH_AT]) - 1] if len(parts) > _MONTH_AT else ""
    yield "author", braced(names(item))
    yield "title", braced(latex.title(item.full_title))
    yield "year", braced(parts[0])
    yield "month", month
    yield "day", braced(str(int(parts[_DAY_AT]))) if len(parts) > _DAY_AT else ""
    if item.is_report:
        yield "institution", braced(latex.escaped(item.publisher))
        yield "type", braced(item.genre)
    else:
        said = [item.genre, item.event_title, item.event_place]
        yield "howpublished", braced(", ".join(latex.escaped(part) for part in said if part))
    yield "language", braced(_LANGUAGES.get(item.language, ""))
    yield "url", braced(item.address)
    yield "note", braced(_note(item))
    yield "abstract", braced(latex.escaped(item.abstract))


_LANGUAGES = {"sv": "swedish", "en": "english"}


def _note(item: CitedItem) -> str:
    word = "Hämtad" if item.wording == "sv" else "Accessed"
    return f"{word} {item.accessed.isoformat()}"

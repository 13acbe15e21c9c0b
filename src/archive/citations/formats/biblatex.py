"""BibTeX as biblatex and biber read it: @unpublished with its event, @report; dates as they are known."""

from collections.abc import Iterable, Iterator

from archive.citations.formats import latex
from archive.citations.formats.bibtex import braced, entry, names
from archive.citations.item import CitedItem

_LANGUAGES = {"sv": "swedish", "en": "english"}


def pieces(items: Iterable[CitedItem]) -> Iterator[str]:
    """Yield an entry for each item."""
    for item in items:
        kind = _kind(item)
        yield entry(kind, item.key, _fields(item))


def _kind(item: CitedItem) -> str:
    """Return the type of an entry; @report wants an institution."""
    if not item.is_report:
        return "unpublished"
    return "report" if item.publisher else "misc"


def _fields(item: CitedItem) -> Iterator[tuple[str, str]]:
    yield "author", braced(names(item))
    yield "title", braced(latex.title(item.full_title))
    yield "date", braced(_span(item))
    if item.is_report:
        yield "type", braced(item.genre)
        yield "institution", braced(latex.escaped(item.publisher))
    else:
        yield "howpublished", braced(item.genre)
        yield "eventtitle", braced(latex.escaped(item.event_title))
        yield "venue", braced(latex.escaped(item.event_place))
    yield "langid", braced(_LANGUAGES.get(item.language, ""))
    yield "url", braced(item.address)
    yield "urldate", braced(item.accessed.isoformat())
    yield "abstract", braced(latex.escaped(item.abstract))


def _span(item: CitedItem) -> str:
    """Return the date, or the span of time that it took: 2022-05-19/2022-05-20."""
    is_span = item.issued_end and item.issued_end != item.issued
    return f"{item.issued}/{item.issued_end}" if is_span else item.issued

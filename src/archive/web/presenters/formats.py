"""How numbers, dates, sizes, marked text and quotations are written on the pages."""

from flask import Flask
from markupsafe import Markup

from archive.highlight.snippet import Fragment, to_html
from archive.model.events import Event
from archive.web.http.language import current_language

_NARROW_SPACE = "\u202f"
_KIB = 1024
_THOUSAND = 1_000


def install(app: Flask) -> None:
    """Give the templates these functions as filters."""
    app.jinja_env.filters.update(
        number=number,
        event_dates=event_dates,
        file_size=file_size,
        marked=marked,
        quoted=quoted,
        web_address=web_address,
    )


def number(value: int) -> str:
    """Return a number with its thousands separated: 12 345 in Swedish, 12,345 in English."""
    if -_THOUSAND < value < _THOUSAND:
        return str(value)
    grouped = f"{value:,}"
    return grouped if current_language() == "en" else grouped.replace(",", _NARROW_SPACE)


def event_dates(event: Event) -> str:
    """Return the days of an event as ISO 8601 dates, "" where none is known."""
    if event.starts_on is None:
        return ""
    first = event.starts_on.isoformat()
    if event.ends_on is None or event.ends_on == event.starts_on:
        return first
    return f"{first} – {event.ends_on.isoformat()}"


def file_size(size_bytes: int) -> str:
    """Return a size in kB or MB (units of 1024 bytes), with a decimal comma in Swedish."""
    if size_bytes < _KIB * _KIB:
        return f"{max(1, round(size_bytes / _KIB))}\u00a0kB"
    written = f"{size_bytes / _KIB / _KIB:.1f}"
    return f"{written if current_language() == 'en' else written.replace('.', ',')}\u00a0MB"


def marked(parts: tuple[Fragment, ...]) -> Markup:
    """Return text as HTML with the question's words in <mark>; no line begins with the dot between lines."""
    return Markup(to_html(parts).replace(" · ", "\u00a0· "))  # noqa: S704 - to_html escapes


def quoted(text: str) -> Markup:
    """Return a query as HTML, in the language's quotation marks unless it has its own."""
    if '"' in text:
        return Markup("<span>{}</span>").format(text)
    return Markup("<q>{}</q>").format(text)


def web_address(address: str) -> str:
    """Return the address where it may be a link (http or https), else ""."""
    return address if address.lower().startswith(("https://", "http://")) else ""

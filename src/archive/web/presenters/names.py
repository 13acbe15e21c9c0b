"""What things are called on the pages, and how numbers, dates and sizes are written, in both languages."""

from datetime import date

from babel.dates import format_date
from flask import Flask
from markupsafe import Markup

from archive.catalogue.events.on_the_day import NameThen, name_then
from archive.highlight.snippet import Fragment, to_html
from archive.index.schema import Facet
from archive.ingest.filetypes import media_types
from archive.model.documents import DocumentKind
from archive.model.events import Event, Organisation, Person
from archive.model.extraction import Outcome
from archive.model.naming.file_names import without_key
from archive.model.pages import BlockField
from archive.web.http.language import current_language, gettext, pgettext


def install(app: Flask) -> None:
    """Give the templates the functions that name things, and as filters those that write values."""
    app.jinja_env.globals.update(
        kind_name=kind_name,
        name_then=name_of_the_day,
        slide_name=slide_name,
        language_name=language_name,
        field_name=field_name,
        snippet_field_name=snippet_field_name,
        file_type_name=file_type_name,
        outcome_text=outcome_text,
    )
    app.jinja_env.filters.update(
        number=number,
        event_dates=event_dates,
        partial_date=partial_date,
        file_size=file_size,
        marked=marked,
        quoted=quoted,
        without_key=without_key,
        web_address=web_address,
    )


def facet_name(facet: Facet) -> str:
    """Return the heading of a facet."""
    names = {
        Facet.FOCUS_AREA: gettext("Fokusområde"),
        Facet.EVENT: gettext("Seminarium"),
        Facet.YEAR: gettext("År"),
        Facet.REGION: gettext("Region"),
        Facet.ORGANISATION: gettext("Organisation"),
        Facet.SPEAKER: pgettext("en", "Talare"),  # singular; the lists use the plural
        Facet.KIND: gettext("Typ"),
        Facet.LANGUAGE: gettext("Språk"),
        Facet.MEDIA_TYPE: gettext("Filtyp"),
    }
    return str(names.get(facet, facet.value))


def choice_name(facet: Facet, value: str, label: str) -> str:
    """Return the name of a value of a facet. `label`: the catalogue's own name for it."""
    if facet is Facet.KIND and value in {kind.value for kind in DocumentKind}:
        return kind_name(DocumentKind(value))
    if facet is Facet.LANGUAGE:
        return language_name(value)
    if facet is Facet.MEDIA_TYPE:
        return media_type_name(value)
    return label


def kind_name(kind: DocumentKind) -> str:
    """Return "Presentation" or "Rapport"."""
    return str(gettext("Rapport") if kind is DocumentKind.REPORT else gettext("Presentation"))


def slide_name(kind: DocumentKind, number: int) -> str:
    """Return "Bild 4" or "Sida 4"."""
    if kind is DocumentKind.REPORT:
        return str(gettext("Sida %(number)s", number=number))
    return str(gettext("Bild %(number)s", number=number))


def language_name(code: str) -> str:
    """Return the name of a language, or its code where it has none here."""
    names = {"sv": gettext("Svenska"), "en": gettext("Engelska")}
    return str(names.get(code, code))


def field_name(field: BlockField) -> str:
    """Return the heading of a block of a slide, "" for plain text."""
    names = {
        BlockField.CHART: gettext("Diagram"),
        BlockField.DIAGRAM: gettext("Figur"),
        BlockField.EQUATION: gettext("Formel"),
        BlockField.ALT_TEXT: gettext("Bildbeskrivning"),
        BlockField.LINK: gettext("Länk"),
        BlockField.COMMENT: gettext("Kommentar"),
        BlockField.NOTES: gettext("Anteckningar"),
        BlockField.EMBEDDED: gettext("Inbäddat dokument"),
        BlockField.CAPTION: gettext("Bildtext"),
        BlockField.HEADER: gettext("Sidhuvud"),
        BlockField.FOOTER: gettext("Sidfot"),
        BlockField.ANNOTATION: gettext("Anmärkning"),
        BlockField.FORM: gettext("Formulär"),
        BlockField.OCR: gettext("Text läst ur en bild"),
        BlockField.LAYOUT: gettext("Text i mallen"),
        BlockField.SECTION: gettext("Avsnitt"),
    }
    return str(names.get(field, ""))


def snippet_field_name(field: BlockField | None) -> str:
    """Return the name of the field that a snippet is from, "" for plain text."""
    if field is None:
        return ""
    return str(gettext("Tabell")) if field is BlockField.TABLE else field_name(field)


def outcome_text(category: Outcome | None) -> str:
    """Return a sentence about a file whose words could not all be read; "" where they could."""
    if category is None:
        return str(gettext("Texten läses just nu. Kom tillbaka om en stund."))
    texts = {
        Outcome.OK_PARTIAL: gettext(
            "En del av filen kunde inte läsas. Ladda ner originalet för att se allt."
        ),
        Outcome.EMPTY_NEEDS_OCR: gettext("Filen innehåller bara bilder av text, så orden går inte att söka."),
        Outcome.PASSWORD: gettext("Filen är skyddad med lösenord, så orden går inte att söka."),
        Outcome.UNSUPPORTED_TYPE: gettext("Filen är av ett slag som arkivet inte kan läsa."),
        Outcome.DAMAGED: gettext("Filen är skadad och kunde inte läsas."),
        Outcome.RESOURCE_LIMIT: gettext("Filen är för stor för att läsas."),
        Outcome.TIMEOUT: gettext("Filen tog för lång tid att läsa."),
        Outcome.CRASH: gettext("Filen kunde inte läsas."),
    }
    return str(texts.get(category, ""))


def media_type_name(media_type: str) -> str:
    """Return a type's family and usual file name suffix ("PowerPoint .pptx"), or the type itself."""
    suffix = media_types.SUFFIXES.get(media_type)
    if suffix is None:
        return media_type
    return f"{_family(media_type)} {suffix}".strip()


def file_type_name(media_type: str) -> str:
    """Return what kind of file it is for its readers ("PowerPoint"), "" where that is not known."""
    return _family(media_type)


def _family(media_type: str) -> str:
    if media_type in media_types.POWERPOINT or media_type == media_types.PPT:
        return "PowerPoint"
    if media_type in media_types.WORD or media_type == media_types.DOC:
        return "Word"
    if media_type in media_types.ODF:
        return "OpenDocument"
    if media_type in media_types.IMAGES:
        return str(gettext("Bildfil"))
    names = {
        media_types.PDF: "PDF",
        media_types.KEY: "Keynote",
        media_types.HTML: gettext("Webbsida"),
        media_types.TEXT: gettext("Textfil"),
    }
    return str(names.get(media_type, ""))


_NARROW_SPACE = "\u202f"
_KIB = 1024
_MONTH_CHARS = len("2022-05")
_THOUSAND = 1_000


def number(value: int) -> str:
    """Return a number with its thousands separated: 12 345 in Swedish, 12,345 in English."""
    if -_THOUSAND < value < _THOUSAND:
        return str(value)
    grouped = f"{value:,}"
    return grouped if current_language() == "en" else grouped.replace(",", _NARROW_SPACE)


def event_dates(event: Event) -> str:
    """Return when an event was: its days, months ("maj 2022") or years, "" where nothing is known."""
    first, last = partial_date(event.starts), partial_date(event.ends)
    return first if last in ("", first) else f"{first} – {last}"


def partial_date(text: str) -> str:
    """Return a date of ISO 8601 for people: days and years as they are, months by name ("maj 2022")."""
    if len(text) != _MONTH_CHARS:
        return text
    return format_date(date.fromisoformat(f"{text}-01"), "LLLL y", locale=current_language())


def file_size(size_bytes: int) -> str:
    """Return a size in kB or MB (units of 1024 bytes), with a decimal comma in Swedish unless whole."""
    if size_bytes < _KIB * _KIB:
        return f"{max(1, round(size_bytes / _KIB))}\u00a0kB"
    written = f"{size_bytes / _KIB / _KIB:.1f}".removesuffix(".0")
    return f"{written if current_language() == 'en' else written.replace('.', ',')}\u00a0MB"


def marked(parts: tuple[Fragment, ...]) -> Markup:
    """Return text as HTML with the question's words in <mark>; no line begins with the dot between lines."""
    return Markup(to_html(parts).replace(" · ", "\u00a0· "))  # noqa: S704 - to_html escapes


def quoted(text: str) -> Markup:
    """Return a query as HTML, in the language's quotation marks unless it has its own."""
    if '"' in text:
        return Markup("<bdi>{}</bdi>").format(text)
    return Markup("<q><bdi>{}</bdi></q>").format(text)


def web_address(address: str) -> str:
    """Return the address where it may be a link (http or https), else ""."""
    return address if address.lower().startswith(("https://", "http://")) else ""


def name_of_the_day(record: Person | Organisation, written: str, event: Event | None) -> NameThen | None:
    """Return what somebody was called at an event, None where that is the name of today."""
    return name_then(record, written, None if event is None else event.starts_on)

"""What the pages of imports call things, in the visitor's language."""

import re
from collections.abc import Mapping

from flask import Flask

from archive.model.edits import Conflict, ConflictKind
from archive.model.seminar_pages.imports import (
    ImportKind,
    ImportLink,
    ImportState,
    LinkState,
    PageReading,
    ReadingState,
)
from archive.model.seminar_pages.seminar_draft import KeptField, SeminarDraft
from archive.web.http.language import gettext, message_text
from archive.web.presenters.edit_texts import field_name, field_value


def install(app: Flask) -> None:
    """Give the templates what names imports."""
    app.jinja_env.filters.update(
        import_kind=kind_of_import,
        import_state=state_of_import,
        import_link=link_text,
        import_reading=state_of_reading,
        event_kind=event_kind,
    )


def kind_of_import(kind: ImportKind) -> str:
    """Return what an import was read from."""
    return {
        ImportKind.PAGE: gettext("webbsida"),
        ImportKind.INDICO: "Indico",
        ImportKind.PRETALX: "pretalx",
        ImportKind.SEMINAR_FILE: "seminar.toml",
        ImportKind.CSV: "CSV",
    }[kind]


def state_of_import(state: ImportState) -> str:
    """Return how far an import has come."""
    return {
        ImportState.READ: gettext("läst, inte publicerad"),
        ImportState.PUBLISHED: gettext("publicerad"),
        ImportState.UNDONE: gettext("ångrad"),
    }[state]


def state_of_reading(reading: PageReading) -> str:
    """Return how far something has come that is to be read, with why where it failed."""
    if reading.state is ReadingState.FAILED:
        return gettext("Kunde inte läsas: %(why)s", why=message_text(reading.message))
    return {
        ReadingState.WAITING: gettext("Väntar på sin tur."),
        ReadingState.FETCHING: gettext("Hämtas."),
        ReadingState.READING: gettext("Läses."),
        ReadingState.DONE: gettext("Klar."),
    }[reading.state]


def link_text(link: ImportLink) -> str:
    """Return how far a link has come, with why where it failed."""
    if link.state is LinkState.TAKEN:
        return gettext("hämtad")
    if link.state is LinkState.FAILED:
        return gettext("Kunde inte hämtas: %(why)s", why=message_text(link.message))
    if link.message:
        return gettext("Försöker igen senare: %(why)s", why=message_text(link.message))
    return gettext("hämtas")


def event_kind(kind: str) -> str:
    """Return what a kind of event is called."""
    return {
        "seminar": gettext("seminarium"),
        "conference": gettext("konferens"),
        "meeting": gettext("möte"),
        "workshop": gettext("workshop"),
        "webinar": gettext("webbseminarium"),
        "study visit": gettext("studiebesök"),
    }.get(kind, kind)


def table_kind(table: str) -> str:
    """Return what a row of a table is called."""
    return {
        "event": gettext("Händelse"),
        "presentation": gettext("Föredrag"),
        "presentation_region": gettext("Region för ett föredrag"),
        "event_focus_area": gettext("Fokusområde för en händelse"),
        "contribution": gettext("Talare i ett föredrag"),
        "person": gettext("Person"),
        "organisation": gettext("Organisation"),
        "focus_area": gettext("Fokusområde"),
        "document": gettext("Dokument"),
        "film": gettext("Film"),
    }.get(table, table)


def field_text(name: str) -> str:
    """Return what a field is called."""
    return {
        "title": gettext("Titel"),
        "kind": gettext("Slag"),
        "starts_on": gettext("Startdag"),
        "ends_on": gettext("Slutdag"),
        "place": gettext("Plats"),
        "occasion": gettext("Tillfälle"),
        "organiser": gettext("Arrangör"),
        "text": gettext("Text"),
        "topic": gettext("Ämne"),
        "abstract": gettext("Beskrivning"),
        "speakers": gettext("Talare"),
        "regions": gettext("Regioner"),
        "decks": gettext("Bildspel"),
        "films": gettext("Filmer"),
        "focus_areas": gettext("Fokusområden"),
        "talk": gettext("Borttaget föredrag"),
        "gone_event": gettext("Borttagen händelse"),
        "new_talk": gettext("Nytt föredrag"),
        "new_event": gettext("Ny händelse"),
        "reports": gettext("Rapporter"),
        "region_code": gettext("Region"),
    }.get(name) or field_name(name).capitalize()


def conflict_text(conflict: Conflict, region_names: Mapping[str, str]) -> str:
    """Return what an undo leaves as it is, and what it is now."""
    record = table_kind(conflict.table)
    if conflict.kind is ConflictKind.IN_USE:
        return f"{record}: {gettext('används av något nyare')}"
    if not conflict.column:
        return record
    found = "" if conflict.found is None else str(conflict.found)
    return f"{record}, {field_text(conflict.column)}: {region_names.get(found) or field_value(found)}"


def kept_text(kept: KeptField, draft: SeminarDraft) -> tuple[str, str, str]:
    """Return what of a field stays as staff have it: where it is, what stays, and what the page says."""
    name = field_text(kept.field.rpartition(".")[2])
    of_talk = re.fullmatch(r"event\.(\d+)\.talk\.(\d+)\.\w+", kept.field)
    if of_talk:
        event, talk = (int(part) for part in of_talk.groups())
        if event < len(draft.events) and talk < len(draft.events[event].talks):
            name = f"{draft.events[event].talks[talk].topic}: {name}"
    if kept.field == "visibility":
        return name, field_value(kept.kept), field_value(kept.read)
    return name, kept.kept, kept.read


def field_anchor(field: str) -> str:
    """Return the form's name of a field ("event.0.talk.1.topic"); "" where it has none of its own."""
    found = re.fullmatch(r"event\.(\d+)\.(?:talk\.(\d+)\.)?(\w+)", field)
    if found is None:
        return ""
    place = f"e{found[1]}" + (f".t{found[2]}" if found[2] else "")
    return place if found[3] in ("speakers", "new_talk", "new_event", "talk") else f"{place}.{found[3]}"

"""What pages say of edits: kinds of records, fields, ways of changing, and why an undo leaves something."""

from typing import Any

from flask import Flask, url_for

from archive.model.edits import Conflict, ConflictKind, Reason
from archive.web.http.language import gettext

_PUBLIC_PAGES = {
    "event": "events.event",
    "person": "events.person",
    "organisation": "events.organisation",
    "focus_area": "events.focus_area",
    "document": "documents.document",
}
_NEUTER_KINDS = ("talk", "focus_area", "document")


def install(app: Flask) -> None:
    """Give the templates what names edits."""
    app.jinja_env.filters.update(
        record_kind=record_kind,
        field_name=field_name,
        field_value=field_value,
        edit_reason=edit_reason,
        edit_action=edit_action,
        conflict_text=conflict_text,
    )
    app.jinja_env.globals.update(record_page=record_page)


def record_kind(kind: str) -> str:
    """Return what a kind of record is called."""
    return {
        "event": gettext("Händelse"),
        "talk": gettext("Föredrag"),
        "person": gettext("Person"),
        "organisation": gettext("Organisation"),
        "focus_area": gettext("Fokusområde"),
        "document": gettext("Dokument"),
    }.get(kind, kind)


def edit_action(action: str, kind: str) -> str:
    """Return what became of a record of a kind: Swedish says so by the gender of what it is called."""
    if kind in _NEUTER_KINDS:
        return {"new": gettext("nytt"), "gone": gettext("borttaget"), "changed": gettext("ändrat")}[action]
    return {"new": gettext("ny"), "gone": gettext("borttagen"), "changed": gettext("ändrad")}[action]


def edit_reason(reason: Reason) -> str:
    """Return by which way a change came."""
    return {
        Reason.FORM: gettext("formulär"),
        Reason.IMPORT: gettext("import"),
        Reason.BULK: gettext("massändring"),
        Reason.MERGE: gettext("sammanslagning"),
        Reason.INGEST: gettext("inläsning"),
        Reason.TOKEN: gettext("program med nyckel"),
        Reason.COMMAND: gettext("kommando"),
        Reason.UNDO: gettext("ångrat"),
        Reason.LINK: gettext("talaren genom länk"),
    }[reason]


def field_name(name: str) -> str:
    """Return what a field is called; a column that no page has keeps its own name."""
    if name.startswith("slide "):
        return gettext("bild %(number)s", number=name.removeprefix("slide "))
    return _field_names().get(name, name.replace("_", " "))


def _field_names() -> dict[str, str]:
    return {
        "title": gettext("titel"),
        "topic": gettext("ämne"),
        "name": gettext("namn"),
        "kind": gettext("typ"),
        "starts_on": gettext("första dag"),
        "ends_on": gettext("sista dag"),
        "place": gettext("plats"),
        "occasion": gettext("i samband med"),
        "organiser": gettext("arrangör"),
        "text": gettext("beskrivning"),
        "abstract": gettext("sammanfattning"),
        "language": gettext("språk"),
        "visibility": gettext("synlighet"),
        "visibility_given": gettext("synlighet när det publiceras"),
        "draft": gettext("utkast"),
        "position": gettext("ordning"),
        "speakers": gettext("talare"),
        "other_names": gettext("andra namn"),
        "regions": gettext("regioner"),
        "focus_areas": gettext("fokusområden"),
        "films": gettext("filmer"),
        "event": gettext("händelse"),
        "talk": gettext("föredrag"),
        "publisher": gettext("utgivare"),
        "year": gettext("år"),
        "year_from": gettext("från år"),
        "year_to": gettext("till år"),
        "file_date": gettext("datum"),
        "source_url": gettext("webbadress"),
        "withdrawn_at": gettext("tillbakadraget"),
        "withdrawn_reason": gettext("skäl"),
        "original_access": gettext("vem som får originalet"),
        "created_at": gettext("inlagt"),
    }


def field_value(value: str) -> str:
    """Return a value as people read it."""
    return {
        "": "–",
        "yes": gettext("ja"),
        "no": gettext("nej"),
        "public": gettext("alla"),
        "members": gettext("medlemmar"),
        "staff": gettext("personal"),
        "hidden": gettext("dold"),
        "shown": gettext("synlig"),
        "sv": gettext("svenska"),
        "en": gettext("engelska"),
    }.get(value, value)


def conflict_text(conflict: Conflict) -> str:
    """Return why an undo leaves something."""
    if conflict.kind is ConflictKind.CHANGED:
        found = "" if conflict.found is None else str(conflict.found)
        return gettext(
            "%(field)s har ändrats sedan dess till ”%(found)s” och lämnas.",
            field=field_name(conflict.column).capitalize(),
            found=field_value(found),
        )
    return {
        ConflictKind.IN_USE: gettext("Finns kvar, eftersom något nyare hänvisar till posten."),
        ConflictKind.GONE: gettext("Finns inte längre, eller det som posten hör till."),
        ConflictKind.TAKEN: gettext("En annan post har namnet nu."),
    }[conflict.kind]


def record_page(kind: str, identifier: str) -> str:
    """Return the address of a record's own page, "" where it has none."""
    endpoint = _PUBLIC_PAGES.get(kind)
    if endpoint is None:
        return ""
    values: dict[str, Any] = {f"{kind}_id": identifier}
    return url_for(endpoint, **values)

"""What the fields of records are called, and their values as people read them."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from archive.catalogue.database.sessions import Session
from archive.catalogue.editing import events, focus_areas
from archive.catalogue.events import regions
from archive.web.http.language import gettext, ngettext
from archive.web.presenters.names import language_name, partial_date


def install(app: Flask) -> None:
    """Give the templates the names of fields."""
    app.jinja_env.globals.update(field_label=field_label, in_use_text=in_use_text)


def field_label(kind: str, name: str) -> str:
    """Return what a field of a kind of record is called in its form."""
    own = {
        ("focus_area", "year_from"): gettext("Första året"),
        ("focus_area", "year_to"): gettext("Sista året"),
        ("document", "kind"): gettext("Vad är det?"),
        ("document", "date"): gettext("Datum"),
        ("document", "organisation"): gettext("Utgivare"),
        ("document", "year"): gettext("Utgivningsår"),
        ("document", "event"): gettext("Seminarium"),
        ("document", "new_event"): gettext("Det nya seminariets namn"),
        ("document", "speakers"): gettext("Talare"),
        ("document", "language"): gettext("Språk"),
        ("document", "regions"): gettext("Regioner"),
        ("talk", "topic"): gettext("Ämne"),
        ("talk", "event"): gettext("Händelse"),
        ("talk", "speakers"): gettext("Talare"),
        ("talk", "abstract"): gettext("Sammanfattning"),
        ("talk", "language"): gettext("Språk"),
        ("talk", "regions"): gettext("Regioner"),
    }
    shared = {
        "title": gettext("Titel"),
        "kind": gettext("Slag"),
        "starts": gettext("Börjar"),
        "ends": gettext("Slutar"),
        "place": gettext("Plats"),
        "occasion": gettext("I samband med"),
        "organiser": gettext("Arrangör"),
        "text": gettext("Beskrivning"),
        "source_url": gettext("Webbsida"),
        "focus_areas": gettext("Fokusområden"),
        "films": gettext("Filmer"),
        "visibility": gettext("Vem får se?"),
    }
    return own.get((kind, name)) or shared.get(name, name)


def field_in_sentence(kind: str, name: str) -> str:
    """Return what a field is called in a sentence: "Eva ändrade titeln"."""
    own = {
        ("focus_area", "year_from"): gettext("det första året"),
        ("focus_area", "year_to"): gettext("det sista året"),
        ("document", "date"): gettext("datumet"),
        ("document", "organisation"): gettext("utgivaren"),
        ("document", "year"): gettext("utgivningsåret"),
    }
    shared = {
        "title": gettext("titeln"),
        "topic": gettext("ämnet"),
        "kind": gettext("slaget"),
        "starts": gettext("början"),
        "ends": gettext("slutet"),
        "place": gettext("platsen"),
        "occasion": gettext("sammanhanget"),
        "organiser": gettext("arrangören"),
        "text": gettext("beskrivningen"),
        "source_url": gettext("webbsidan"),
        "focus_areas": gettext("fokusområdena"),
        "films": gettext("filmerna"),
        "event": gettext("händelsen"),
        "speakers": gettext("talarna"),
        "abstract": gettext("sammanfattningen"),
        "language": gettext("språket"),
        "regions": gettext("regionerna"),
        "visibility": gettext("vem som får se"),
        "position": gettext("platsen i programmet"),
    }
    return own.get((kind, name)) or shared.get(name, name)


def event_kind_names() -> dict[str, str]:
    """Return the common kinds of events with what they are called."""
    return {
        "seminar": gettext("Seminarium"),
        "conference": gettext("Konferens"),
        "meeting": gettext("Möte"),
        "workshop": gettext("Workshop"),
        "webinar": gettext("Webbseminarium"),
        "study visit": gettext("Studiebesök"),
    }


def level_names() -> dict[str, str]:
    """Return who may see a record, in words, the draft first."""
    return {
        "staff": gettext("Bara personal – ett utkast"),
        "members": gettext("Medlemmar"),
        "public": gettext("Alla"),
    }


class ValueTexts:
    """Values of fields as people read them; what identifiers stand for is read once."""

    def __init__(self, session: Session) -> None:
        """Read what events, focus areas and regions are called."""
        self._events = {one.id: one.title for one in events.listed(session)}
        self._areas = {one.id: one.title for one in focus_areas.listed(session)}
        self._regions = {one.code: one.name for one in regions.all_regions(session)}

    def text(self, name: str, value: Any) -> str:
        """Return a value; several stand on lines of their own. "" where there is none."""
        if value in (None, "", []):
            return ""
        if isinstance(value, list):
            return "\n".join(self._entry(name, one) for one in value)
        names: Mapping[str, Mapping[str, str]] = {
            "event": self._events,
            "kind": {
                **event_kind_names(),
                "deck": gettext("Presentation"),
                "report": gettext("Rapport"),
            },
            "visibility": level_names(),
        }
        if name == "language":
            return language_name(value)
        if name in ("starts", "ends"):
            return partial_date(value)
        return names.get(name, {}).get(value, str(value))

    def _entry(self, name: str, value: Any) -> str:
        if isinstance(value, dict):
            parts = [value["name"], value["role"], value["organisation"]]
            return ", ".join(filter(None, [*parts, gettext("Moderator") if value["is_moderator"] else ""]))
        names = self._areas if name == "focus_areas" else self._regions
        return names.get(value, str(value))


def in_use_text(counts: Mapping[str, int]) -> str:
    """Return why a record cannot be deleted: what belongs to it, by table."""
    told = []
    for table, count in counts.items():
        named = {
            "presentation": ngettext("%(count)s föredrag", "%(count)s föredrag", count, count=count),
            "document": ngettext("%(count)s dokument", "%(count)s dokument", count, count=count),
            "event_focus_area": ngettext("%(count)s händelse", "%(count)s händelser", count, count=count),
        }
        told.append(named.get(table) or gettext("%(count)s andra poster", count=count))
    what = gettext(" och ").join(told)
    return gettext("Det går inte än: %(what)s hör hit. Flytta eller ta bort dem först.", what=what)

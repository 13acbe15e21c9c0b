"""The form of a document that two have saved: its values as they are merged and carried between pages."""

import json
from dataclasses import asdict, replace
from typing import Any

from archive.catalogue.editing.given import Values
from archive.catalogue.editing.record_kinds import DOCUMENT
from archive.catalogue.events.new_event import NewSpeaker
from archive.errors import InputError
from archive.web.presenters.publishing.facts_form import FactsForm, checked
from archive.web.presenters.records.web_kinds import WebKind

FORM_KIND = WebKind(
    DOCUMENT,
    "documents",
    "title",
    (*("title", "date", "event", "new_event", "language", "organisation", "year", "kind"), "visibility"),
    ("regions",),
    has_speakers=True,
)
"""The fields of the form, which are those of the document, of its talk and of its event."""

_SPEAKER_TEXTS = ("name", "role", "organisation")
_STALE = "The form is too old or incomplete. Load the page again."


def values_of(form: FactsForm) -> Values:
    """Return what a form says, as JSON has it."""
    values: Values = {name: getattr(form, name) for name in FORM_KIND.lines}
    speakers = [asdict(one) for one in form.speakers]
    return values | {"regions": list(form.regions), "speakers": speakers}


def form_with(values: Values) -> FactsForm:
    """Return the form that says this, with what is wrong of it."""
    speakers = [NewSpeaker(**one) for one in values["speakers"]]
    lines = {name: values[name] for name in FORM_KIND.lines}
    return checked(replace(FactsForm(**lines), regions=list(values["regions"]), speakers=speakers))


def carried_values(text: str) -> Values:
    """Return values that a hidden field carried. Raises InputError."""
    try:
        given = json.loads(text)
        lines = {name: _text(given[name]) for name in FORM_KIND.lines}
        speakers = [
            {name: _text(one[name]) for name in _SPEAKER_TEXTS}
            | {"is_moderator": one["is_moderator"] is True}
            for one in given["speakers"]
        ]
        return lines | {"regions": [_text(one) for one in given["regions"]], "speakers": speakers}
    except (ValueError, TypeError, KeyError):
        raise InputError(_STALE) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value

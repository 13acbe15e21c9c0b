"""The form "Skicka in": what a member says of the files, and what became of those sent before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import url_for
from werkzeug.datastructures import MultiDict

from archive.model.events import Event
from archive.model.submissions import SubmittedFile, SubmittedState
from archive.printable import typed_line, typed_text
from archive.web.http.language import gettext, message_text

LINE_MAX_CHARS = 500
NOTE_MAX_CHARS = 2000


@dataclass(frozen=True, slots=True)
class SubmissionForm:
    """The values of the form as they are typed; `errors` say by field what is wrong."""

    title: str = ""
    event: str = ""
    talk: str = ""
    note: str = ""
    has_rights: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)


def read_submission_form(given: MultiDict[str, str]) -> SubmissionForm:
    """Return the form as it was sent."""
    title, event, talk = (
        typed_line(given.get(name, ""))[:LINE_MAX_CHARS] for name in ("title", "event", "talk")
    )
    return SubmissionForm(
        title,
        event,
        talk,
        typed_text(given.get("note", ""))[:NOTE_MAX_CHARS],
        given.get("rights") == "1",
    )


def mistakes(form: SubmissionForm, has_files: bool) -> dict[str, str]:
    """Return by field what is missing."""
    errors: dict[str, str] = {}
    if not (form.title or form.event):
        errors["title"] = gettext("Skriv presentationens titel, eller vilket seminarium den hör till.")
    if not has_files:
        errors["files"] = gettext("Välj en eller flera filer först.")
    if not form.has_rights:
        errors["rights"] = gettext("Kryssa i rutan: arkivet tar bara emot filer som får visas.")
    return errors


def rights_text() -> str:
    """Return what a sender agrees to."""
    return gettext(
        "Jag får lämna filerna till arkivet, och de som har rätt till texter och bilder i dem har sagt ja"
        " till att de visas här."
    )


def event_label(event: Event) -> str:
    """Return what an event is called in the list that the form offers."""
    return ", ".join(filter(None, (event.title, event.starts)))


def event_of(text: str, events: Sequence[Event]) -> Event | None:
    """Return the event that was picked from the list, None for what was written freely."""
    return next((event for event in events if text in (event_label(event), event.title)), None)


def status_text(file: SubmittedFile, received_bytes: int) -> str:
    """Return what a sender reads of a file."""
    if file.state is SubmittedState.RECEIVING:
        percent = int(100 * received_bytes / max(1, file.upload.given.size_bytes))
        return gettext("Tas emot, %(percent)s %%. Välj samma fil igen för att fortsätta.", percent=percent)
    said = message_text(file.message) if file.message else ""
    texts = {
        SubmittedState.RECEIVED: gettext("Mottagen. Den läses nu, sedan väntar den på granskning."),
        SubmittedState.READ: gettext("Läst. Väntar på granskning."),
        SubmittedState.REFUSED: gettext("Togs inte emot: %(why)s", why=said)
        if said
        else gettext("Togs inte emot. Fråga personalen."),
        SubmittedState.UNREADABLE: gettext(
            "Mottagen, men den gick inte att läsa: %(why)s Personalen ser efter.", why=said
        ),
        SubmittedState.PUBLISHED: gettext("Publicerad."),
        SubmittedState.SETTLED: gettext("Granskad. Personalen har tagit hand om den."),
        SubmittedState.DECLINED: gettext("Avböjd: %(why)s", why=file.message),
    }
    return texts[file.state]


def published_address(file: SubmittedFile) -> str:
    """Return where a published file is, "" for others."""
    return url_for("documents.document", document_id=file.document_id) if file.document_id else ""

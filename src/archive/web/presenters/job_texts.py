"""What pages say of jobs, failures and the log of a document, in the visitor's language."""

from datetime import datetime

from flask import Flask, url_for

from archive.catalogue.operation import fixity, incoming
from archive.catalogue.operation.history import without_paths
from archive.catalogue.operation.remedies import ADVICE
from archive.model.extraction import Outcome
from archive.model.jobs import AuditEvent, JobKind
from archive.model.uploads import UploadState, UploadTarget
from archive.web.http.language import current_language, gettext, message_text
from archive.web.presenters.upload_rows import place_of, target_fields

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 24 * 3600
_GIGABYTE, _MEGABYTE = 10**9, 10**6


def install(app: Flask) -> None:
    """Give the templates what names jobs and outcomes, and what writes durations and sizes."""
    app.jinja_env.filters.update(
        job_kind=job_kind,
        outcome_name=outcome_name,
        remedy=remedy,
        refusal_name=refusal_name,
        refusal_remedy=refusal_remedy,
        upload_state=upload_state,
        upload_place=upload_place,
        event_text=event_text,
        actor_name=actor_name,
        without_path=without_paths,
        told=message_text,
        disk_size=disk_size,
        duration=duration,
        seconds_text=seconds_text,
    )


def job_kind(kind: JobKind) -> str:
    """Return what a job does."""
    return {
        JobKind.EXTRACT: gettext("Läser text"),
        JobKind.RENDER: gettext("Gör bilder"),
        JobKind.OCR: gettext("Läser text i bilder"),
    }[kind]


def outcome_name(category: Outcome | None) -> str:
    """Return how the reading of a file ended, in few words."""
    if category is None:
        return gettext("Inte läst än")
    return {
        Outcome.OK: gettext("Läst"),
        Outcome.OK_PARTIAL: gettext("Läst till en del"),
        Outcome.EMPTY_NEEDS_OCR: gettext("Bara bilder av text"),
        Outcome.PASSWORD: gettext("Låst med lösenord"),
        Outcome.UNSUPPORTED_TYPE: gettext("Filtyp som inte går att läsa"),
        Outcome.DAMAGED: gettext("Skadad fil"),
        Outcome.RESOURCE_LIMIT: gettext("För stor eller invecklad"),
        Outcome.TIMEOUT: gettext("Tog för lång tid"),
        Outcome.CRASH: gettext("Läsningen avbröts"),
    }[category]


def remedy(category: Outcome) -> str:
    """Return what to do about files with an outcome."""
    return message_text(ADVICE.get(category, ""))


def refusal_name(code: str) -> str:
    """Return why files were not taken in, in few words."""
    if code in set(Outcome):
        return outcome_name(Outcome(code))
    return {
        "too_large": gettext("För stor eller invecklad"),
        "expired": gettext("Aldrig sänd till slutet"),
        "bad_seminar_file": gettext("Fel i en seminar.toml"),
        "bad_path": gettext("Filen får inte läsas"),
    }.get(code, gettext("Något annat"))


def refusal_remedy(code: str) -> str:
    """Return what to do about files that were not taken in."""
    return message_text(incoming.advice(code))


def upload_state(state: UploadState) -> str:
    """Return what an upload waits for."""
    if state is UploadState.RECEIVING:
        return gettext("Filer som sänds hit")
    return gettext("Mottagna filer, inte inlagda än")


def upload_place(target: UploadTarget) -> str:
    """Return the address of the page where an upload's row stands."""
    return place_of(target) if target_fields(target) else url_for("upload_forms.rows")


def event_text(event: AuditEvent) -> str:
    """Return what was done, and how it ended where that says more."""
    names = {
        "document.accept": gettext("Togs emot"),
        "document.read": gettext("Texten lästes"),
        "document.draw": gettext("Bilderna gjordes"),
        "document.ocr": gettext("Texten i bilderna lästes"),
        "document.retry": gettext("Ny läsning begärd"),
        "document.withdraw": gettext("Togs bort"),
        "document.restore": gettext("Återställdes"),
        "document.visibility": gettext("Synligheten ändrades"),
        "page.visibility": gettext("En bilds synlighet ändrades"),
        fixity.DAMAGED: gettext("En fil var skadad eller borta"),
        fixity.MENDED: gettext("Filen kom tillbaka från en säkerhetskopia"),
    }
    name = names.get(event.action, event.action)
    if event.action in ("document.read", "document.ocr") and event.outcome in set(Outcome):
        return f"{name}: {outcome_name(Outcome(event.outcome))}"
    return name


def actor_name(actor: str) -> str:
    """Return who did something: an account's login, or which part of the archive."""
    names = {"worker": gettext("arkivet"), "command line": gettext("kommandoraden")}
    names |= {fixity.ACTOR: gettext("kontrollen av filerna")}
    return names.get(actor, actor)


def disk_size(size_bytes: int) -> str:
    """Return bytes in megabytes or gigabytes, as disks are sold."""
    unit, name = (_GIGABYTE, "GB") if size_bytes >= _GIGABYTE else (_MEGABYTE, "MB")
    written = f"{size_bytes / unit:.1f}"
    written = written if current_language() == "en" else written.replace(".", ",")
    return f"{written}\N{NO-BREAK SPACE}{name}"


def duration(since: datetime, now: datetime) -> str:
    """Return how long something has lasted, in its largest unit."""
    return seconds_text((now - since).total_seconds())


def seconds_text(seconds: float) -> str:
    """Return a number of seconds in its largest unit."""
    whole = max(0, int(seconds))
    if whole < _MINUTE_S:
        return gettext("%(count)s s", count=whole)
    if whole < _HOUR_S:
        return gettext("%(count)s min", count=whole // _MINUTE_S)
    if whole < _DAY_S:
        return gettext("%(count)s h", count=whole // _HOUR_S)
    return gettext("%(count)s dygn", count=whole // _DAY_S)

"""The form on a row of the review queue: the few facts that most documents lack, one line a speaker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from archive.catalogue.database.sessions import Session
from archive.catalogue.events import regions as known_regions
from archive.catalogue.events.new_event import NewSpeaker
from archive.catalogue.publishing.facts import DocumentFacts
from archive.model.review_queue import Missing
from archive.model.visibility import Visibility
from archive.printable import typed_line
from archive.web.http.language import gettext
from archive.web.presenters.publishing.facts_form import FactsForm, is_date

_TEXT_MAX_CHARS = 500
_LINES_MAX = 30
_PARTS_MAX = 4
_MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class QueueForm:
    """The values of a row as they are typed; `errors` say by field what is wrong."""

    title: str
    date: str
    speakers: str
    regions: str
    visibility: str
    errors: Mapping[str, str] = field(default_factory=dict)


def queue_form(form: FactsForm, region_names: Mapping[str, str]) -> QueueForm:
    """Return the row's form with what the document's whole form has."""
    return QueueForm(
        form.title,
        form.date,
        "\n".join(_line(one) for one in form.speakers),
        "; ".join(region_names.get(code, code) for code in form.regions),
        form.visibility,
    )


def read_queue_form(given: MultiDict[str, str]) -> QueueForm:
    """Return the form as it was sent."""
    lines = [_clean(line) for line in given.get("speakers", "").splitlines()]
    return QueueForm(
        _clean(given.get("title", "")),
        _clean(given.get("date", "")),
        "\n".join([line for line in lines if line][:_LINES_MAX]),
        _clean(given.get("regions", "")),
        _clean(given.get("visibility", "")),
    )


def facts_of(
    session: Session, form: QueueForm, known: DocumentFacts
) -> tuple[DocumentFacts, Mapping[str, str]]:
    """Return what the form says, the rest as it is known, and what is wrong of it by field."""
    errors: dict[str, str] = {}
    if not form.title:
        errors["title"] = gettext("Skriv en titel.")
    if form.date and not is_date(form.date):
        errors["date"] = gettext("Skriv ett datum som finns: 2024-05-17, 2024-05 eller 2024.")
    if form.visibility not in {level.value for level in Visibility}:
        errors["visibility"] = gettext("Välj vem som får se dokumentet.")
    speakers = tuple(_speaker(line) for line in form.speakers.splitlines())
    if any(one is None for one in speakers):
        errors["speakers"] = gettext("Skriv en rad för varje talare: Namn; roll; organisation.")
    codes, unknown = _regions(session, form.regions)
    if unknown:
        errors["regions"] = gettext("Det finns ingen region som heter %(name)s.", name=unknown)
    if errors:
        return known, errors
    found = replace(
        known,
        title=form.title,
        date=form.date,
        speakers=tuple(one for one in speakers if one is not None),
        region_codes=codes,
        visibility=Visibility(form.visibility),
    )
    return found, errors


def missing_text(missing: Missing) -> str:
    """Return what is said of a document that lacks something."""
    return {
        Missing.DRAFT: gettext("Inte publicerat"),
        Missing.SPEAKER: gettext("Talare saknas"),
        Missing.DATE: gettext("Datum saknas"),
        Missing.REGION: gettext("Region saknas"),
        Missing.READING: gettext("Filen är inte helt läst"),
        Missing.PERSONAL_DATA: gettext("Personuppgifter"),
        Missing.DUPLICATE: gettext("Liknar ett annat dokument"),
    }[missing]


def _line(speaker: NewSpeaker) -> str:
    parts = [speaker.name, speaker.role, speaker.organisation]
    parts += [_MODERATOR] if speaker.is_moderator else []
    while parts and not parts[-1]:
        parts.pop()
    return "; ".join(parts)


def _speaker(line: str) -> NewSpeaker | None:
    """Return whom a line names; None where it names nobody, or has too many parts."""
    parts = [_clean(part) for part in line.split(";")]
    if len(parts) > _PARTS_MAX or (len(parts) == _PARTS_MAX and parts[3].casefold() not in ("", _MODERATOR)):
        return None
    name, role, organisation, last = [*parts, "", "", ""][:_PARTS_MAX]
    if not (name or organisation):
        return None
    return NewSpeaker(name, role, organisation, last.casefold() == _MODERATOR)


def _regions(session: Session, given: str) -> tuple[tuple[str, ...], str]:
    """Return the codes of the regions that are named, and the first name that is none."""
    names: Sequence[str] = [name for part in given.split(";") if (name := _clean(part))]
    codes: dict[str, None] = {}
    for name in names:
        region = known_regions.find(session, name)
        if region is None:
            return (), name
        codes[region.code] = None
    return tuple(codes), ""


def _clean(text: str) -> str:
    return typed_line(text)[:_TEXT_MAX_CHARS]

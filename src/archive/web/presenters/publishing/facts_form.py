"""The form with what is said of a document: filled in from what is known or proposed, and read again.

A proposed value says where it was read, and how sure it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from werkzeug.datastructures import MultiDict

from archive.catalogue.editing.field_types import YEAR_MAX, YEAR_MIN
from archive.catalogue.events.new_event import NewSpeaker
from archive.catalogue.publishing.facts import DocumentFacts
from archive.model.documents import DocumentKind
from archive.model.visibility import Visibility
from archive.printable import typed_line
from archive.review.proposal import FieldProposal, ProposalSource
from archive.review.proposals import Proposals
from archive.web.http.language import gettext

NEW_EVENT = "new"
_SPEAKERS_MAX = 30
_SPEAKER_PARTS = ("name", "role", "organisation", "moderator")
_MODERATOR = "yes"
_PREFILLED_SPEAKERS_MAX = 3
_PREFILLED_MIN = 0.5
_TEXT_MAX_CHARS = 500
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_EXACT_CHARS = len("2021-05-04")


@dataclass(frozen=True, slots=True)
class Hint:
    """What stands beside a value that was filled in from the file."""

    text: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class FactsForm:
    """The values of the form as they are typed. `event` is an identifier, NEW_EVENT or "" for none.

    `hints` say of a field, or of a speaker ("speaker-0"), where its value was read, `region_hints` of a
    region by its code. `errors` say by field what is wrong.
    """

    title: str
    date: str = ""
    language: str = ""
    organisation: str = ""
    event: str = ""
    new_event: str = ""
    visibility: str = Visibility.PUBLIC.value
    kind: str = ""
    year: str = ""
    speakers: Sequence[NewSpeaker] = ()
    regions: Sequence[str] = ()
    hints: Mapping[str, Hint] = field(default_factory=dict)
    region_hints: Mapping[str, Hint] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def unsure_count(self) -> int:
        """Return how many of the values that are filled in may be wrong."""
        return sum(not one.is_sure for one in self.hints.values())

    def with_row(self) -> "FactsForm":
        """Return the form with room for one more speaker."""
        return replace(self, speakers=(*self.speakers, NewSpeaker("")))

    @property
    def near_regions(self) -> frozenset[str]:
        """Return the regions that are chosen, or that the file speaks of."""
        return frozenset((*self.regions, *self.region_hints))

    def facts(self) -> DocumentFacts:
        """Return what the form says; it must have no errors."""
        return DocumentFacts(
            title=self.title,
            date=self.date,
            language=self.language,
            organisation=self.organisation,
            event_id="" if self.event == NEW_EVENT else self.event,
            new_event=self.new_event if self.event == NEW_EVENT else "",
            region_codes=tuple(self.regions),
            speakers=tuple(one for one in self.speakers if one.name or one.organisation),
            visibility=Visibility(self.visibility),
            kind=DocumentKind(self.kind) if self.kind else None,
            year=int(self.year) if self.year else None,
        )


def form_of(facts: DocumentFacts) -> FactsForm:
    """Return the form with what is known."""
    return FactsForm(
        facts.title,
        facts.date,
        facts.language,
        facts.organisation,
        facts.event_id,
        "",
        facts.visibility.value,
        facts.kind.value if facts.kind else "",
        str(facts.year or ""),
        facts.speakers,
        facts.region_codes,
    )


def proposed_form(known: FactsForm, proposals: Proposals, kind: DocumentKind) -> FactsForm:
    """Return the form with what the file proposes, where nothing is known; nothing of it is saved."""
    hints: dict[str, Hint] = {}

    def value(name: str, proposal: FieldProposal | None, otherwise: str) -> str:
        if proposal is None or (proposal.certainty < _PREFILLED_MIN and otherwise):
            return otherwise
        hints[name] = hint(proposal)
        return proposal.value

    speakers = known.speakers
    if not speakers:
        chosen = [one for one in proposals.speakers if one.person.certainty >= _PREFILLED_MIN]
        chosen = chosen[:_PREFILLED_SPEAKERS_MAX]
        speakers = [
            NewSpeaker(one.person.value, one.role, one.organisation.value if one.organisation else "")
            for one in chosen
        ]
        hints |= {f"speaker-{at}": hint(one.person) for at, one in enumerate(chosen)}
    of_report = proposals.organisations[:1] if kind is DocumentKind.REPORT else ()
    region_hints = {one.id: hint(one) for one in proposals.regions}
    return replace(
        known,
        title=value("title", proposals.title, known.title),
        date=value("date", proposals.date, known.date),
        language=value("language", proposals.language, known.language),
        organisation=known.organisation or value("organisation", next(iter(of_report), None), ""),
        speakers=speakers,
        regions=known.regions or [one.id for one in proposals.regions if one.is_sure],
        hints=hints,
        region_hints=region_hints,
    )


def read_form(given: MultiDict[str, str]) -> FactsForm:
    """Return the form as it was sent, with what is wrong of it."""
    rows = zip_longest(
        *(given.getlist(f"speaker_{part}")[:_SPEAKERS_MAX] for part in _SPEAKER_PARTS), fillvalue=""
    )
    form = FactsForm(
        title=_text(given, "title"),
        date=_text(given, "date"),
        language=_text(given, "language"),
        organisation=_text(given, "organisation"),
        event=_text(given, "event"),
        new_event=_text(given, "new_event"),
        visibility=_text(given, "visibility"),
        kind=_text(given, "kind"),
        year=_text(given, "year"),
        speakers=[_speaker(*row) for row in rows],
        regions=list(dict.fromkeys(given.getlist("region"))),
    )
    form = replace(form, speakers=[one for one in form.speakers if one.name or one.role or one.organisation])
    return checked(form)


def checked(form: FactsForm) -> FactsForm:
    """Return a form with what is wrong of it."""
    return replace(form, errors=dict(_errors(form)))


def _speaker(name: str, role: str, organisation: str, moderator: str) -> NewSpeaker:
    return NewSpeaker(_clean(name), _clean(role), _clean(organisation), moderator == _MODERATOR)


def _errors(form: FactsForm) -> list[tuple[str, str]]:
    errors: list[tuple[str, str]] = []
    if not form.title:
        errors.append(("title", gettext("Skriv en titel.")))
    if form.date and not is_date(form.date):
        errors.append(("date", gettext("Skriv ett datum som finns: 2024-05-17, 2024-05 eller 2024.")))
    if form.event == NEW_EVENT and not form.new_event:
        errors.append(("new_event", gettext("Skriv vad det nya seminariet heter.")))
    if form.event == NEW_EVENT and form.date and is_date(form.date) and len(form.date) < _EXACT_CHARS:
        errors.append(("date", gettext("Ett nytt seminarium behöver hela dagen: 2024-05-17.")))
    if form.visibility not in {level.value for level in Visibility}:
        errors.append(("visibility", gettext("Välj vem som får se dokumentet.")))
    if form.kind not in ("", *DocumentKind):
        errors.append(("kind", gettext("Välj vad dokumentet är.")))
    if form.year and not (form.year.isdecimal() and YEAR_MIN <= int(form.year[:5]) <= YEAR_MAX):
        errors.append(("year", gettext("Skriv ett år från 1900 till 2100.")))
    if any(not (one.name or one.organisation) for one in form.speakers):
        errors.append(("speakers", gettext("Skriv namnet på den som har en roll, eller organisationen.")))
    return errors


def is_date(text: str) -> bool:
    """Return whether a text is a year, a month or a day (ISO 8601) that there is."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _text(given: MultiDict[str, str], name: str) -> str:
    return _clean(given.get(name, ""))


def _clean(text: str) -> str:
    return typed_line(text)[:_TEXT_MAX_CHARS]


def hint(proposal: FieldProposal) -> Hint:
    """Return where a proposal was read."""
    text = source_name(proposal.source)
    if proposal.page_number and proposal.source in (ProposalSource.EARLY_SLIDE, ProposalSource.PICTURE):
        text = f"{text} ({proposal.page_number})"
    others = [source_name(one) for one in proposal.confirmed_by]
    if others:
        text = gettext("%(source)s; samma i: %(others)s", source=text, others=", ".join(others))
    return Hint(text, proposal.is_sure)


def source_name(source: ProposalSource) -> str:
    """Return what a source is called."""
    return {
        ProposalSource.FIRST_SLIDE: gettext("första bilden"),
        ProposalSource.EARLY_SLIDE: gettext("en av de första bilderna"),
        ProposalSource.LAST_SLIDE: gettext("sista bilden"),
        ProposalSource.SLIDES: gettext("bilderna"),
        ProposalSource.PICTURE: gettext("text läst ur bild"),
        ProposalSource.PROPERTIES: gettext("filens egenskaper"),
        ProposalSource.FILE_NAME: gettext("filens namn"),
        ProposalSource.EMAIL_ADDRESS: gettext("en e-postadress"),
        ProposalSource.CATALOGUE: gettext("arkivet"),
    }[source]

"""Items to cite, made of the catalogue's records for one visitor: many pages in a few queries.

A name as it is written becomes its parts: what stands first in a reference, and what is sorted by.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from archive.catalogue.citing.cited_records import cited_pages, cited_talks
from archive.catalogue.database.sessions import Session
from archive.catalogue.events.on_the_day import name_then
from archive.catalogue.records import CatalogueRecord, records
from archive.citations.item import CitedItem, CitedKind, CitedName, Wording
from archive.model.documents import DocumentKind
from archive.model.events import Contribution, Event, Organisation, Person, Talk
from archive.model.visibility import Visibility
from archive.visibility import may_see

_YEAR_CHARS = 4

_ROMANCE = frozenset({"da", "das", "de", "del", "della", "di", "do", "dos", "du", "el", "la", "le"})
_GERMANIC = frozenset(
    {"af", "av", "den", "der", "des", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur"}
)
_PARTICLES = _ROMANCE | _GERMANIC
_PARTICLES_OF_FAMILY = frozenset({"Af", "De", "Du", "La", "Le", "Van", "Von"})  # "De Geer" is under D
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_SPACES = re.compile(r"\s+")
_TWO = 2


@dataclass(frozen=True, slots=True)
class CitedRef:
    """What is to be cited: a talk, or a document, or with `number` one page of it.

    `version` is the number of the document's version that the page is of, 0 for the one that readers see.
    """

    document_id: str = ""
    number: int = 0
    version: int = 0
    talk_id: str = ""


@dataclass(frozen=True, slots=True)
class Citing:
    """For whom items are made: who asks, where the site is ("https://arkiv.example.org"), on which day."""

    visitor: Visibility
    site: str
    accessed: date
    wording: Wording = Wording.SWEDISH


def cited_items(session: Session, refs: Sequence[CitedRef], citing: Citing) -> tuple[CitedItem, ...]:
    """Return what is to be cited, in its order; what the visitor may not see is left out."""
    documents = _visible_documents(session, refs, citing.visitor)
    talks = cited_talks(session, [ref.talk_id for ref in refs if ref.talk_id], citing.visitor)
    wanted = [(ref.document_id, ref.version, ref.number) for ref in refs if ref.number and not ref.talk_id]
    shown = [page for page in wanted if page[0] in documents]
    pages = cited_pages(session, [documents[page[0]].document for page in shown], shown, citing.visitor)
    made: list[CitedItem] = []
    for ref in refs:
        if ref.talk_id in talks:
            made.append(_talk_item(*talks[ref.talk_id], citing))
        elif ref.document_id in documents and not ref.talk_id:
            record = documents[ref.document_id]
            if not ref.number:
                made.append(document_item(record, citing))
            elif version := pages.get((ref.document_id, ref.version, ref.number)):
                made.append(document_item(record, citing, ref.number, version))
    return tuple(made)


def _visible_documents(
    session: Session, refs: Iterable[CitedRef], visitor: Visibility
) -> dict[str, CatalogueRecord]:
    wanted = list(dict.fromkeys(ref.document_id for ref in refs if ref.document_id))
    found = records(session, wanted)
    return {key: record for key, record in found.items() if may_see(visitor, record.rank)}


def _talk_item(talk: Talk, event: Event | None, citing: Citing) -> CitedItem:
    names = _names(talk, event) or _organiser(event)
    issued = event.starts if event else ""
    return CitedItem(
        kind=CitedKind.TALK,
        key=_key(names, issued, talk.id),
        title=talk.topic,
        address=f"{citing.site}/t/{talk.id}",
        accessed=citing.accessed,
        names=names,
        issued=issued,
        issued_end=event.ends if event else "",
        event_title=event.title if event else "",
        event_place=event.place if event else "",
        publisher=event.organiser if event else "",
        language=talk.language,
        abstract=talk.abstract,
        wording=citing.wording,
    )


def document_item(record: CatalogueRecord, citing: Citing, number: int = 0, version: int = 0) -> CitedItem:
    """Return what is cited of a document that the visitor may see, or of a page of it: no query is made."""
    document, talk, event = record.document, record.talk, record.event
    version = version or document.version.number
    is_report = document.kind is DocumentKind.REPORT
    names = (_names(talk, event) if talk else ()) or _literal(document.publisher) or _organiser(event)
    issued = _issued(record, is_report)
    is_of_event = event is not None and issued == event.starts
    part = f"-v{version}-{number}" if number else ""
    return CitedItem(
        kind=_kind(is_report, bool(number)),
        key=_key(names, issued, document.id) + part,
        title=record.title,
        address=f"{citing.site}/d/{document.id}" + part.replace("-", "/"),
        accessed=citing.accessed,
        names=names,
        issued=issued,
        issued_end=event.ends if event and is_of_event else "",
        event_title=event.title if event else "",
        event_place=event.place if event else "",
        publisher=document.publisher or (event.organiser if event else ""),
        language=document.language,
        part_number=number,
        version=version,
        abstract=talk.abstract if talk else "",
        wording=citing.wording,
    )


def _kind(is_report: bool, is_page: bool) -> CitedKind:
    if is_report:
        return CitedKind.PAGE if is_page else CitedKind.REPORT
    return CitedKind.SLIDE if is_page else CitedKind.DECK


def _issued(record: CatalogueRecord, is_report: bool) -> str:
    """Return when a report was published, or a deck shown: what its own record says first."""
    held = record.event.starts if record.event else ""
    year = f"{record.document.year:04}" if record.document.year else ""
    dates = (year, held) if is_report else (held, year)
    return next((day for day in (*dates, record.document.file_date) if day), "")


def _names(talk: Talk, event: Event | None) -> tuple[CitedName, ...]:
    """Return the speakers as they were called then; an organisation where nobody is known by name.

    Who led the talk is no speaker.
    """
    speakers = [one for one in talk.contributions if not one.is_moderator]
    has_people = any(one.person for one in speakers)
    found = [_name(one, event) for one in speakers if one.person or not has_people]
    return tuple(dict.fromkeys(name for name in found if name.whole))


def _name(contribution: Contribution, event: Event | None) -> CitedName:
    if contribution.person:
        return person_name(_then(contribution.person, contribution.person_name, event))
    if contribution.organisation:
        return organisation_name(_then(contribution.organisation, contribution.organisation_name, event))
    return CitedName()


def _then(record: Person | Organisation, written: str, event: Event | None) -> str:
    then = name_then(record, written, event.starts_on if event else None)
    return then.name if then else record.name


def _literal(name: str) -> tuple[CitedName, ...]:
    return (organisation_name(name),) if name else ()


def _organiser(event: Event | None) -> tuple[CitedName, ...]:
    return _literal(event.organiser) if event else ()


def _key(names: Sequence[CitedName], issued: str, identifier: str) -> str:
    """Return a key that says at a glance who and when: "akerberg2019-8k3m2p9x4t"."""
    family = (names[0].family or names[0].literal.split(" ")[0]) if names else ""
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode().casefold()
    letters = "".join(letter for letter in plain if letter.isalnum())
    return "-".join(part for part in (f"{letters}{issued[:_YEAR_CHARS]}", identifier) if part)


def person_name(written: str) -> CitedName:
    """Return a person's name in parts: the last word is the family name, with "von" and the like before it.

    "Åkerberg, Carina" is read as it says. A name of one word has no parts, nor has one that ends
    in a number.
    """
    name = _SPACES.sub(" ", written).strip()
    if "," in name:
        return _with_comma(name)
    words = name.split(" ")
    suffix = words.pop() if len(words) > _TWO and words[-1].casefold() in _SUFFIXES else ""
    if len(words) < _TWO or any(letter.isdigit() for letter in words[-1]):  # "Deltagare 3" is nobody's family
        return CitedName(literal=name)
    if len(words) > _TWO and words[-2] in _PARTICLES_OF_FAMILY:
        return CitedName(" ".join(words[-2:]), " ".join(words[:-2]), suffix=suffix)
    first = next((at for at, word in enumerate(words[:-1]) if at and _is_particle(word)), len(words) - 1)
    if _is_particle(words[0]):  # "von Essen": no given name is known
        return CitedName(family=words[-1], particle=" ".join(words[:-1]), suffix=suffix)
    given, particle = words[:first], words[first:-1]
    if any(not _is_particle(word) for word in particle):  # "Carl von Essen Berg": the name goes on
        last = max(at for at, word in enumerate(words[:-1]) if _is_particle(word)) + 1
        return CitedName(" ".join(words[last:]), " ".join(given), " ".join(words[first:last]), suffix)
    return CitedName(words[-1], " ".join(given), " ".join(particle), suffix)


def organisation_name(written: str) -> CitedName:
    """Return an organisation's name, which has no parts."""
    return CitedName(literal=_SPACES.sub(" ", written).strip())


def _with_comma(name: str) -> CitedName:
    before, *after = (part.strip() for part in name.split(","))
    given = after[0] if after else ""
    if not before or not given:
        return CitedName(literal=name.strip(", "))
    words = before.split(" ")
    split = next((at for at, word in enumerate(words) if not _is_particle(word)), 0)
    if given.casefold() in _SUFFIXES and len(after) == 1:
        whole = person_name(before)
        return CitedName(whole.family, whole.given, whole.particle, given, whole.literal)
    suffix = after[1] if len(after) > 1 else ""
    return CitedName(" ".join(words[split:]), given, " ".join(words[:split]), suffix)


def _is_particle(word: str) -> bool:
    return word in _PARTICLES

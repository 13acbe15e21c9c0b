"""What pages say of their record to search engines: schema.org as JSON-LD, in a block of data.

It tells what the page shows to the visitor of the request and nothing more.
"""

import json
from collections.abc import Mapping, Sequence
from functools import partial

from flask import Flask
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from archive.catalogue.records import CatalogueRecord
from archive.model.documents import DocumentKind
from archive.model.events import Event, FocusArea, Talk
from archive.web.http.context import current_archive
from archive.web.presenters.api.document_answers import moment
from archive.web.presenters.api.record_answers import has_day, whole_address
from archive.web.presenters.downloads import Download
from archive.web.presenters.feeds.sending import permanent_address
from archive.web.presenters.talk_lists import DocumentEntry, TalkEntry

Data = dict[str, object]
_OF_THE_SHOWN_VERSION = frozenset({"version", "dateModified", "numberOfPages", "encoding"})
_compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def install(app: Flask) -> None:
    """Give the templates the data of each kind of page."""
    app.jinja_env.filters["has_day"] = has_day
    app.jinja_env.globals.update(
        document_data=document_data, event_data=event_data, name_data=name_data, data_block=data_block
    )


def data_block(data: Data) -> Markup:
    """Return data as a block of a page; no value ends the block or is markup."""
    told = _without_nothing({"@context": "https://schema.org", **data})
    return Markup('<script type="application/ld+json">{}</script>').format(
        htmlsafe_json_dumps(told, dumps=_compact)
    )


def complete_text(data: Data) -> str:
    """Return data as an answer of its own."""
    return _compact(_without_nothing({"@context": "https://schema.org", **data}))


def replaced_slide_data(document_id: str, version: int, number: int, document: Data) -> Data:
    """Return the data of a slide of a version that was replaced; nothing of the newer file is said of it."""
    values = {"document_id": document_id, "version": str(version), "number": str(number)}
    then = {name: part for name, part in document.items() if name not in _OF_THE_SHOWN_VERSION}
    return {
        "@type": "DigitalDocument",
        "@id": permanent_address("versions.slide", **values),
        "url": whole_address("versions.slide", **values),
        "position": number,
        "version": version,
        "isPartOf": then,
    }


def slide_data(document_id: str, number: int, document: Data) -> Data:
    """Return the data of a slide as a part of its document."""
    values = {"document_id": document_id, "number": str(number)}
    return {
        "@type": "DigitalDocument",
        "@id": permanent_address("documents.slide", **values),
        "url": whole_address("documents.slide", **values),
        "position": number,
        "isPartOf": document,
    }


def document_data(record: CatalogueRecord, page_count: int, download: Download) -> Data:
    """Return the data of a deck or a report."""
    document, talk, event = record.document, record.talk, record.event
    version = document.version
    is_deck = document.kind is DocumentKind.DECK
    return {
        "@type": "PresentationDigitalDocument" if is_deck else "Report",
        "@id": permanent_address("documents.document", document_id=document.id),
        "url": whole_address("documents.document", document_id=document.id),
        "name": record.title,
        "author": _speakers(talk) if talk else [],
        "publisher": _named("Organization", document.publisher or current_archive().settings.web.publisher),
        "datePublished": (event.starts if event else "") or str(document.year or document.file_date),
        "dateModified": moment(version.created_at),
        "inLanguage": document.language,
        "abstract": talk.abstract if talk else "",
        "version": version.number,
        "accessMode": ["textual", "visual"],
        "numberOfPages": None if is_deck else page_count,
        "recordedAt": _event_itself(event) if event else None,
        "about": _areas(event.focus_areas) if event else [],
        "encoding": _encoding(record, download),
    }


def event_data(
    event: Event,
    talks: Sequence[TalkEntry],
    reports: Sequence[DocumentEntry],
    films: Mapping[str, Sequence[str]],
) -> Data:
    """Return the data of an event with its talks, reports and films."""
    return {
        **_event_itself(event),
        "eventStatus": "https://schema.org/EventScheduled",
        "description": event.text,
        "organizer": _named("Organization", event.organiser),
        "about": _areas(event.focus_areas),
        "sameAs": event.source_url,
        "recordedIn": [{"@type": "VideoObject", "url": film} for film in films.get(event.id, ())],
        "subEvent": [_talk(entry.talk, event, [paper.record for paper in entry.entries]) for entry in talks],
        "workFeatured": [_paper(entry.record) for entry in reports],
    }


def talk_data(talk: Talk, event: Event | None, papers: Sequence[CatalogueRecord]) -> Data:
    """Return the data of a talk at its own address, with the event that it was part of."""
    return {
        **_talk(talk, event, papers),
        "superEvent": _event_itself(event) if event else None,
    }


def name_data(kind: str, identifier: str, name: str, other_names: Sequence[str]) -> Data:
    """Return the data of a person or an organisation; `kind` is the name of its page."""
    types = {"person": "Person", "organisation": "Organization"}
    values = {f"{kind}_id": identifier}
    return {
        "@type": types[kind],
        "@id": permanent_address(f"events.{kind}", **values),
        "url": whole_address(f"events.{kind}", **values),
        "name": name,
        "alternateName": list(other_names),
    }


def _event_itself(event: Event) -> Data:
    return {
        "@type": "Event",
        "@id": permanent_address("events.event", event_id=event.id),
        "url": whole_address("events.event", event_id=event.id),
        "name": event.title,
        "startDate": event.starts,
        "endDate": event.ends,
        "location": _named("Place", event.place),
    }


def _talk(talk: Talk, event: Event | None, papers: Sequence[CatalogueRecord]) -> Data:
    return {
        "@type": "Event",
        "@id": permanent_address("versions.talk", talk_id=talk.id),
        "url": whole_address("versions.talk", talk_id=talk.id),
        "name": talk.topic,
        "startDate": event.starts if event else "",
        "description": talk.abstract,
        "inLanguage": talk.language,
        "performer": _speakers(talk),
        "workFeatured": [_paper(record) for record in papers],
    }


def _paper(record: CatalogueRecord) -> Data:
    document_id = record.document.id
    is_deck = record.document.kind is DocumentKind.DECK
    return {
        "@type": "PresentationDigitalDocument" if is_deck else "Report",
        "@id": permanent_address("documents.document", document_id=document_id),
        "name": record.title,
    }


def _speakers(talk: Talk) -> list[Data]:
    found: list[Data] = []
    for one in talk.contributions:
        if one.is_moderator:
            continue
        held = one.organisation
        organisation = held and _identified("organisation", held.id, held.name)
        if one.person is None:
            found += [organisation] if organisation else []
        else:
            found.append(
                {**_identified("person", one.person.id, one.person.name), "affiliation": organisation}
            )
    return found


def _identified(kind: str, identifier: str, name: str) -> Data:
    data = name_data(kind, identifier, name, ())
    return {part: data[part] for part in ("@type", "@id", "name")}


def _areas(areas: Sequence[FocusArea]) -> list[Data]:
    return [
        {
            "@type": "Thing",
            "@id": permanent_address("events.focus_area", focus_area_id=area.id),
            "name": area.title,
        }
        for area in areas
    ]


def _named(kind: str, name: str) -> Data | None:
    return {"@type": kind, "name": name} if name else None


def _encoding(record: CatalogueRecord, download: Download) -> list[Data]:
    """Return the files that the visitor may download."""
    original, document_id = record.document.version.original, record.document.id
    found: list[Data] = []
    if download.original:
        found.append(
            {
                "@type": "MediaObject",
                "contentUrl": whole_address("files.original", document_id=document_id),
                "encodingFormat": original.media_type,
                "contentSize": str(original.size_bytes),
                "sha256": original.sha256,
            }
        )
    if download.pdf:
        address = whole_address("files.document_pdf", document_id=document_id)
        found.append({"@type": "MediaObject", "contentUrl": address, "encodingFormat": "application/pdf"})
    return found


def _without_nothing(value: object) -> object:
    """Return data without what is not known: None, "" and empty lists."""
    if isinstance(value, dict):
        kept = {name: _without_nothing(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in (None, "", [])}
    if isinstance(value, list):
        return [_without_nothing(part) for part in value]
    return value

"""One archive with a record of each kind that not everybody may see, each with words of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from archive.app import Archive
from archive.catalogue import documents, pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.ingest.reading.clean_copy import clean_copy_digest
from archive.ingest.reading.document_pdf import document_pdf_digest
from archive.ingest.reading.slide_pdf import slide_pdf_digest
from archive.ingest.reading.slide_zoom import slide_zoom_digest
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.visibility import Visibility
from tests.web.slides import Slide, draw, page

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
COMMON = "gemensamt"
"""A word that stands in every record, whoever may see it."""
WORDS = {
    "members": "medlemsordet",
    "staff": "personalordet",
    "hidden": "dolduordet",
    "notes": "anteckningsordet",
    "draft": "utkastordet",
    "withdrawn": "borttagetordet",
    "replaced": "ersattordet",
}
"""The word that stands in each record and nowhere else."""
WORDS_FROM = dict.fromkeys(WORDS, Visibility.STAFF) | {"members": Visibility.MEMBERS}
"""Who may read the word of a record: the withdrawn and the replaced are read by nobody, hence not by less."""
_LEVELS = {"public": Visibility.PUBLIC, "members": Visibility.MEMBERS, "staff": Visibility.STAFF}
_REGIONS = {"public": "SE311", "members": "SE312", "staff": "SE313"}


@dataclass(frozen=True, slots=True)
class Records:
    """The values of each record by the name of the parameter that routes take it by, and what was made."""

    values: Mapping[str, Mapping[str, str | int]]
    digests: frozenset[str]
    """Digests of files that take a process to make: a request that has them need not wait for one."""


def build(archive: Archive) -> Records:
    """Fill an empty archive."""
    values: dict[str, dict[str, str | int]] = {}
    talks: dict[str, str] = {}
    for name, level in _LEVELS.items():
        values[name], talks[name] = _add_event(archive, name, level)
    for name in ("public", "members", "staff"):
        values[name] |= _add(archive, name, (_slide(name),), talk_id=talks[name])
    hidden = (Slide("Öppet", (COMMON,)), replace(_slide("hidden"), hidden=True))
    values["hidden"] = _add(archive, "hidden", hidden) | {"number": 2}
    values["notes"] = _add(archive, "notes", (Slide("Öppet", (COMMON,), notes=_text("notes")),))
    values["draft"] = _add(archive, "draft", (_slide("draft"),), draft=True)
    values["withdrawn"] = _add(archive, "withdrawn", (_slide("withdrawn"),))
    _add(archive, "replaced", (Slide("Öppet", (COMMON,)), _slide("replaced")))
    values["replaced"] = _add(archive, "replaced", (Slide("Nytt", (COMMON,)),)) | {
        "number": 2,
        "version": 1,
        "number_then": 1,
    }
    with archive.database.write() as session:
        documents.withdraw(session, str(values["withdrawn"]["document_id"]), "test")
    archive.indexer.catch_up()
    return Records(values, frozenset(_digests(archive, values)))


def _slide(name: str) -> Slide:
    return Slide("Sida", (_text(name),))


def _text(name: str) -> str:
    return f"{COMMON} {WORDS.get(name, 'öppet')}"


def _add_event(archive: Archive, name: str, level: Visibility) -> tuple[dict[str, str | int], str]:
    """Add an event of a level; return the values that its pages are asked by, and its talk."""
    word = WORDS.get(name, "öppet").capitalize()
    event = NewEvent(
        f"Seminarium {word}",
        starts_on=date(2020 + level.rank, 5, 4),
        visibility=level,
        focus_areas=(NewFocusArea(f"Område {word}", 2020 + level.rank),),
        talks=(
            NewTalk(
                f"Föredrag {word}",
                1,
                region_codes=(_REGIONS[name],),
                speakers=(NewSpeaker(f"Kim {word}", "forskare", f"Institutet {word}"),),
            ),
        ),
    )
    with archive.database.write() as session:
        saved = save_event(session, event, "test")
        talk = events.talk(session, saved.talk_ids[0], Visibility.STAFF.rank)
        areas = events.focus_areas(session, Visibility.STAFF.rank)
    organisation = talk.contributions[0].organisation
    assert organisation is not None
    values: dict[str, str | int] = {
        "event_id": saved.event_id,
        "talk_id": talk.id,
        "person_id": talk.contributions[0].person_id,
        "organisation_id": organisation.id,
        "focus_area_id": next(area.id for area in areas if word in area.title),
        "code": _REGIONS[name],
        "format_name": "ris",
    }
    return values, talk.id


def _add(
    archive: Archive, name: str, slides: tuple[Slide, ...], talk_id: str | None = None, draft: bool = False
) -> dict[str, str | int]:
    """Add a document (or its next version) as it is once it was read and drawn; return its values."""
    stored = archive.originals.put_bytes(f"original of {name}: {slides}".encode() * 400)
    new = NewDocument(
        kind=DocumentKind.DECK,
        title=f"Presentation {'' if name in ('hidden', 'notes', 'replaced') else WORDS.get(name, 'öppet')}",
        source=f"test:{name}",
        filename=f"{name}.pptx",
        original=Original(stored.sha256, stored.size_bytes, PPTX),
        title_is_given=True,
        talk_id=talk_id,
        draft=draft,
    )
    read = tuple(page(slide, number, "sv") for number, slide in enumerate(slides, 1))
    drawn = archive.pictures.put_bytes(f"%PDF- of {name}".encode())
    with archive.database.write() as session:
        accepted = accept(session, new, "test")
        version = accepted.newest
        pages.save_extraction(session, version.id, Extraction(Outcome.OK, read, "test"), "sv", PPTX)
        for number, slide in enumerate(slides, 1):
            pages.save_picture(session, version.id, draw(slide, number, 1, archive.pictures))
        pages.finish_pictures(session, version.id, "", drawn.sha256)
    return {
        "document_id": accepted.document.id,
        "number": 1,
        "version": version.number,
        "format_name": "ris",
    }


def _digests(archive: Archive, values: Mapping[str, Mapping[str, str | int]]) -> list[str]:
    found = []
    with archive.database.read() as session:
        for of_record in values.values():
            for version in documents.versions(session, str(of_record["document_id"])):
                read = pages.pages(session, version.id)
                seen = [one.number for one in read if not one.hidden]
                found += [
                    document_pdf_digest(version, numbers) for numbers in (seen, [one.number for one in read])
                ]
                found.append(clean_copy_digest(version, seen))
                for one in read:
                    picture = pages.picture(session, version.id, one.number)
                    assert picture is not None
                    found += [slide_pdf_digest(version, one, picture), slide_zoom_digest(version, picture)]
    return found

"""`seminar.toml`, the archive's own description of a seminar (docs/seminar-file.md)."""

from urllib.parse import urljoin

from archive.errors import SeminarFileError
from archive.imports.sources.base import Fetch, GivenBytes
from archive.imports.sources.describing import Describing
from archive.ingest.intake.seminar import parse_tables
from archive.ingest.intake.seminar_model import EventTable, SeminarTables, SpeakerTable, TalkTable
from archive.model.seminar_pages.imports import ImportKind
from archive.model.seminar_pages.seminar_page import (
    ReadEvent,
    ReadField,
    ReadFocusArea,
    ReadReport,
    ReadSpeaker,
    ReadTalk,
    SeminarPage,
)

_NOT_UTF_8 = "it is not UTF-8 text; save it as UTF-8"
_TOO_LARGE = "it is larger than 1 MB; give a file for each seminar"
_MAX_BYTES = 1_000_000
_NO_ADDRESS = (
    "The decks and reports are files beside the seminar.toml. "
    "Give the address that it is from, or add them where they belong when the import is published."
)


class SeminarFileSource:
    """Files of this name, and what ends with it."""

    kind = ImportKind.SEMINAR_FILE

    def recognises(self, given: GivenBytes) -> bool:
        """Return whether a file is called so."""
        return given.suffix == "toml"

    def read(self, given: GivenBytes, fetch: Fetch) -> SeminarPage:
        """Return what the file says. Raises SeminarFileError."""
        del fetch
        name = given.filename or "seminar.toml"
        if len(given.body) > _MAX_BYTES:
            raise SeminarFileError(name, "file", _TOO_LARGE)
        try:
            text = given.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise SeminarFileError(name, "file", _NOT_UTF_8) from None
        tables = parse_tables(text, name)
        said = Describing()
        said.heading(tables.event.title, 1)
        areas = tuple(
            ReadFocusArea(
                said.text(area.title, "focus_area"),
                said.year(area.year_from, "year_from"),
                said.year(area.year_to, "year_to"),
            )
            for area in tables.focus_area
        )
        event = _event(said, tables.event, tables, given.address)
        reports = tuple(
            ReadReport(
                said.text(report.title, "report"),
                said.text(report.publisher, "publisher"),
                _first(said.addresses([_joined(given.address, report.file)], "file")),
            )
            for report in tables.report
        )
        has_files = bool(tables.report) or any(talk.deck for talk in tables.talk)
        return SeminarPage(
            address=given.address,
            title=tables.event.title,
            blocks=tuple(said.blocks),
            focus_areas=areas,
            events=(event,),
            reports=reports,
            remarks=(_NO_ADDRESS,) if has_files and not given.address else (),
        )


def _event(said: Describing, event: EventTable, tables: SeminarTables, address: str) -> ReadEvent:
    starts_on, ends_on = event.date or event.start, event.end
    return ReadEvent(
        title=said.text(event.title, "title"),
        kind=said.text(event.kind, "kind"),
        starts_on=said.text(starts_on, "date"),
        ends_on=said.text(ends_on, "end"),
        place=said.text(event.place, "place"),
        occasion=said.text(event.occasion, "occasion"),
        organiser=said.text(event.organiser, "organiser"),
        text=said.text(event.text, "text"),
        talks=tuple(_talk(said, talk, address) for talk in tables.talk),
    )


def _talk(said: Describing, talk: TalkTable, address: str) -> ReadTalk:
    said.heading(talk.topic)
    return ReadTalk(
        topic=said.text(talk.topic, "topic"),
        abstract=said.text(talk.abstract, "abstract"),
        speakers=tuple(_speaker(said, speaker) for speaker in talk.speaker),
        regions=said.names(list(talk.regions), "regions"),
        decks=said.addresses([_joined(address, talk.deck)] if talk.deck else [], "deck"),
    )


def _speaker(said: Describing, speaker: SpeakerTable) -> ReadSpeaker:
    return ReadSpeaker(
        said.text(speaker.name, "name"),
        said.text(speaker.role, "role"),
        said.text(speaker.organisation, "organisation"),
    )


def _joined(address: str, file: str) -> str:
    return urljoin(address, file) if address else ""


def _first(field: ReadField[tuple[str, ...]]) -> ReadField[str | None]:
    return ReadField(field.value[0] if field.value else None, field.certainty, field.passages)

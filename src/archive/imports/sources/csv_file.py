"""CSV: a row a speaker, with the columns of `seminar.toml` as headings (docs/import.md).

Rows of one topic are one talk, rows of one event title and day one event. Commas, semicolons or tabs part the
columns; headings may be Swedish or English.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from archive.errors import InputError
from archive.imports.sources.base import Fetch, GivenBytes
from archive.imports.sources.describing import Describing
from archive.model.seminar_pages.imports import ImportKind
from archive.model.seminar_pages.seminar_page import ReadEvent, ReadSpeaker, ReadTalk, SeminarPage

_ROWS_MAX = 2000
_CELL_MAX_CHARS = 20_000
_NAMES = {
    "event": ("event", "seminarium", "evenemang", "event_title"),
    "kind": ("kind", "slag"),
    "date": ("date", "datum", "starts_on", "start"),
    "end": ("end", "slut", "ends_on"),
    "place": ("place", "plats", "ort"),
    "occasion": ("occasion", "tillfälle"),
    "organiser": ("organiser", "arrangör"),
    "topic": ("topic", "ämne", "titel", "title", "presentation", "talk"),
    "abstract": ("abstract", "beskrivning", "sammanfattning"),
    "name": ("name", "namn", "speaker", "talare"),
    "role": ("role", "roll", "befattning"),
    "organisation": ("organisation", "organization"),
    "part": ("part", "uppgift"),
    "regions": ("regions", "regioner", "region", "län"),
    "deck": ("deck", "bildspel", "fil"),
    "film": ("film", "video"),
}
_NO_HEADINGS = "The first line of the CSV names no columns known here. Write topic, name, organisation."
_NO_ROWS = "The CSV has no rows with a topic. Give each talk a row."
_NOT_READABLE = "The CSV cannot be read. Save it as CSV UTF-8."
_TOO_MANY = "The CSV has more than 2,000 rows. Give a seminar, or a few, at a time."
Row = Mapping[str, str]


class CsvSource:
    """Files whose name ends with `.csv`, and what a server calls that."""

    kind = ImportKind.CSV

    def recognises(self, given: GivenBytes) -> bool:
        """Return whether this is called CSV."""
        return given.suffix == "csv" or given.content_type.lower().startswith("text/csv")

    def read(self, given: GivenBytes, fetch: Fetch) -> SeminarPage:
        """Return what the rows say. Raises InputError."""
        del fetch
        rows = list(_rows(_decoded(given.body)))
        if not rows:
            raise InputError(_NO_ROWS)
        said = Describing()
        default = given.filename.removesuffix(".csv").removesuffix(".CSV")
        keys = dict.fromkeys((row["event"] or default, row["date"]) for row in rows)
        events = tuple(
            _event(
                said, title, [row for row in rows if (row["event"] or default, row["date"]) == (title, day)]
            )
            for title, day in keys
        )
        return SeminarPage(given.address, events[0].title.value or "", tuple(said.blocks), events=events)


def _decoded(body: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1252"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(_NOT_READABLE)


def _rows(text: str) -> Iterator[Row]:
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [_column(heading) for heading in next(reader, [])]
        if "topic" not in columns:
            raise InputError(_NO_HEADINGS)
        for number, cells in enumerate(reader):
            if number >= _ROWS_MAX:
                raise InputError(_TOO_MANY)
            row = dict.fromkeys(_NAMES, "")
            for name, cell in zip(columns, cells, strict=False):
                if name:
                    row[name] = _without_guard(cell.strip()[:_CELL_MAX_CHARS])
            if row["topic"]:
                yield row
    except csv.Error:
        raise InputError(_NOT_READABLE) from None


def _without_guard(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from reading it as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def _column(heading: str) -> str:
    wanted = heading.strip().casefold()
    return next((name for name, names in _NAMES.items() if wanted in names), "")


def _event(said: Describing, title: str, rows: Sequence[Row]) -> ReadEvent:
    said.heading(title, 1)

    def first(name: str) -> str:
        return next((row[name] for row in rows if row[name]), "")

    return ReadEvent(
        title=said.text(title, "event"),
        kind=said.text(first("kind"), "kind"),
        starts_on=said.text(first("date"), "date"),
        ends_on=said.text(first("end"), "end"),
        place=said.text(first("place"), "place"),
        occasion=said.text(first("occasion"), "occasion"),
        organiser=said.text(first("organiser"), "organiser"),
        talks=tuple(
            _talk(said, [row for row in rows if row["topic"] == topic])
            for topic in dict.fromkeys(row["topic"] for row in rows)
        ),
    )


def _talk(said: Describing, rows: Sequence[Row]) -> ReadTalk:
    said.heading(rows[0]["topic"])
    topic = said.text(rows[0]["topic"], "topic")
    people = [row for row in rows if row["name"] or row["organisation"]]
    leads = [row for row in people if row["part"].casefold().startswith("moderator")]
    return ReadTalk(
        topic=topic,
        abstract=said.text(next((row["abstract"] for row in rows if row["abstract"]), ""), "abstract"),
        speakers=tuple(_speaker(said, row) for row in people if row not in leads),
        moderators=tuple(_speaker(said, row) for row in leads),
        regions=said.names(
            list(dict.fromkeys(name.strip() for row in rows for name in row["regions"].split(","))), "regions"
        ),
        decks=said.addresses([row["deck"] for row in rows], "deck"),
        films=said.addresses([row["film"] for row in rows], "film"),
    )


def _speaker(said: Describing, row: Row) -> ReadSpeaker:
    return ReadSpeaker(
        said.text(row["name"], "name"),
        said.text(row["role"], "role"),
        said.text(row["organisation"], "organisation"),
    )

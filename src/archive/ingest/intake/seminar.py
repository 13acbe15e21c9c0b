"""Reads `seminar.toml`: what a seminar was about, who spoke, and which files belong to it.

The format is described in docs/seminar-file.md. `seminar_model` says which fields there are; this module
finds the files, resolves the regions and makes the records that the catalogue keeps.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk
from archive.errors import SeminarFileError
from archive.ingest.intake.keynote_folder import is_keynote_folder
from archive.ingest.intake.seminar_model import EventTable, SeminarTables, TalkTable, first_mistake
from archive.model.events import DatePrecision, read_date
from archive.model.visibility import Visibility

FILE_NAME = "seminar.toml"
MAX_BYTES = 1024 * 1024
FindRegion = Callable[[str], str | None]

_SYNTAX_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class SeminarReport:
    """A report that belongs to the seminar as a whole. `file` is an existing file in the folder."""

    title: str
    publisher: str
    year: int | None
    file: Path
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class Seminar:
    """What a `seminar.toml` says. `talk_decks` has one entry per talk, None for a talk without a deck."""

    folder: Path
    event: NewEvent
    talk_decks: tuple[Path | None, ...] = ()
    reports: tuple[SeminarReport, ...] = ()


def load_seminar(path: Path, find_region: FindRegion) -> Seminar:
    """Read a seminar file and check all of it before anything is kept.

    `path` is the `seminar.toml` (at most 1 MiB, UTF-8 with or without a byte order mark) or its folder.
    `find_region` gives the code of a region's name or code, or None when there is no such region.
    Raises SeminarFileError for the first mistake, naming the file, the field (lists count from 1) and what
    was expected.
    """
    file = path / FILE_NAME if path.is_dir() else path
    tables = parse_tables(_text(file), str(file))
    _check_topics(tables, file)
    folder = file.parent.resolve()
    paths = _Files(folder, file)
    decks = tuple(
        paths.find(talk.deck, f"talk[{at}].deck") if talk.deck else None
        for at, talk in enumerate(tables.talk, 1)
    )
    reports = tuple(
        SeminarReport(
            title=report.title,
            publisher=report.publisher,
            year=report.year,
            file=paths.find(report.file, f"report[{at}].file"),
            visibility=report.visibility,
        )
        for at, report in enumerate(tables.report, 1)
    )
    talks = tuple(
        _talk(talk, at, _region_codes(talk, at, file, find_region)) for at, talk in enumerate(tables.talk, 1)
    )
    return Seminar(folder, _event(tables, talks), decks, reports)


def parse_tables(text: str, name: str) -> SeminarTables:
    """Return what the text of a seminar file says; `name` is the file's, for mistakes.

    Raises SeminarFileError for the first mistake.
    """
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise SeminarFileError(name, "file", "the lists in it are nested too deeply") from None
    except ValueError as error:  # TOMLDecodeError, or a number with thousands of digits
        raise SeminarFileError(name, _syntax_place(str(error), text), _SYNTAX_EXPECTED) from None
    try:
        return SeminarTables.model_validate(content)
    except ValidationError as error:
        field, expected = first_mistake(error)
        raise SeminarFileError(name, field, expected) from None


_SYNTAX_EXPECTED = (
    'this is not TOML syntax; write text as name = "text" in straight quotation marks, '
    "and headings as [event] or [[talk]]"
)


def _syntax_place(message: str, text: str) -> str:
    match = _SYNTAX_LINE.search(message)
    if match:
        return f"line {match[1]}"
    return f"line {len(text.splitlines())}" if "end of document" in message else "file"


def _text(file: Path) -> str:
    if file.is_symlink():
        raise SeminarFileError(str(file), "file", "it is a symbolic link; put the file itself here")
    if not file.is_file():
        raise SeminarFileError(str(file), "file", "there is no such file")
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError:
        raise SeminarFileError(str(file), "file", "it cannot be read; check its permissions") from None
    if len(content) > MAX_BYTES:
        raise SeminarFileError(str(file), "file", "it is larger than 1 MiB; expected a short text file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SeminarFileError(
            str(file), f"line {line}", "the text is not in UTF-8; save the file with the encoding UTF-8"
        ) from None


def _check_topics(tables: SeminarTables, file: Path) -> None:
    first_at: dict[str, int] = {}
    for at, talk in enumerate(tables.talk, 1):
        key = " ".join(talk.topic.casefold().split())
        earlier = first_at.setdefault(key, at)
        if earlier != at:
            expected = f"talk[{earlier}] has the same topic; give each talk a topic of its own"
            raise SeminarFileError(str(file), f"talk[{at}].topic", expected)


class _Files:
    """Finds the named files in the seminar's folder; each may be named once."""

    def __init__(self, folder: Path, file: Path) -> None:
        self._folder = folder
        self._file = str(file)
        self._named: dict[Path, str] = {}

    def find(self, name: str, field: str) -> Path:
        """Return the existing file `name` in the folder; raises SeminarFileError naming `field`."""
        path = self._inside(name, field)
        if not (path.is_file() or is_keynote_folder(path)):
            nearby = ", ".join(self._nearby(path.suffix)) or "none"
            expected = f'there is no file "{name}" in the folder; files of this kind there: {nearby}'
            raise SeminarFileError(self._file, field, expected)
        earlier = self._named.setdefault(path, field)
        if earlier != field:
            raise SeminarFileError(self._file, field, f'"{name}" is already named in {earlier}')
        return path

    def _inside(self, name: str, field: str) -> Path:
        relative = Path(name)
        is_plain = not relative.is_absolute() and ".." not in relative.parts and "\\" not in name
        # resolve() follows links, so a link that leads out of the folder is caught as well
        path = (self._folder / relative).resolve() if is_plain else self._folder
        if not is_plain or self._folder not in path.parents:
            expected = f'"{name}" leads out of the folder; expected the name of a file beside {FILE_NAME}'
            raise SeminarFileError(self._file, field, expected)
        return path

    def _nearby(self, suffix: str) -> Iterator[str]:
        names = sorted(path.name for path in self._folder.iterdir() if path.suffix == suffix)
        yield from names[:5]


def _region_codes(talk: TalkTable, at: int, file: Path, find_region: FindRegion) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for place, name in enumerate(talk.regions, 1):
        code = find_region(name)
        if code is None:
            expected = (
                f'"{name}" is not a known region; expected a name such as "Dalarnas län" or '
                '"Norra Mellansverige", or a code such as "SE312"'
            )
            raise SeminarFileError(str(file), f"talk[{at}].regions[{place}]", expected)
        codes[code] = None
    return tuple(codes)


def _talk(talk: TalkTable, position: int, region_codes: tuple[str, ...]) -> NewTalk:
    speakers = tuple(NewSpeaker(**speaker.model_dump()) for speaker in talk.speaker)
    own = talk.model_dump(exclude={"speaker", "regions", "deck"})
    return NewTalk(position=position, region_codes=region_codes, speakers=speakers, **own)


def _event(tables: SeminarTables, talks: tuple[NewTalk, ...]) -> NewEvent:
    starts, ends = _dates(tables.event)
    areas = tuple(NewFocusArea(**area.model_dump()) for area in tables.focus_area)
    own = tables.event.model_dump(exclude={"date", "start", "end"})
    return NewEvent(
        starts_on=starts[0],
        starts_precision=starts[1],
        ends_on=ends[0],
        ends_precision=ends[1],
        focus_areas=areas,
        talks=talks,
        **own,
    )


_KnownDate = tuple[date | None, DatePrecision]


def _dates(event: EventTable) -> tuple[_KnownDate, _KnownDate]:
    unknown = (None, DatePrecision.DAY)
    first, last = (event.date, None) if event.date is not None else (event.start, event.end)
    return read_date(first or "") or unknown, read_date(last or "") or unknown

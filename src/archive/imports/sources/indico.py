"""Indico: `/export/event/ID.json?detail=contributions` of its HTTP export API.

Fields by Indico's documentation and its `modules/attachments/api/util.py`: an event has `title`, `type`,
`startDate`, `endDate`, `location`, `room`, `description`, `folders` and `contributions`; those have
`speakers` with `first_name`, `last_name`, `affiliation`, and `folders` with `attachments` (a file's
`download_url`, a link's `link_url`).
"""

import re
from typing import Any
from urllib.parse import urlsplit

from archive.errors import InputError
from archive.imports.sources.base import Fetch, GivenBytes
from archive.imports.sources.describing import Describing
from archive.imports.sources.json_text import items, loaded, part
from archive.model.seminar_pages.imports import ImportKind
from archive.model.seminar_pages.seminar_page import ReadEvent, ReadSpeaker, ReadTalk, SeminarPage

_EVENT_PAGE = re.compile(r"(.*)/event/(\d+)(?:/.*)?$")
_EXPORT = re.compile(r".*/export/event/[\d-]+\.json$")
_KINDS = {"simple_event": "seminar", "lecture": "seminar", "meeting": "meeting", "conference": "conference"}
_FILMS = ("youtube.com", "youtu.be", "vimeo.com")
_NOTHING = "Indico answers with no event. Check that it is open to everybody, or give the exported file."
_HEAD_BYTES = 200_000


class IndicoSource:
    """Pages of events on a site that says it is Indico, addresses of the export, and exported files."""

    kind = ImportKind.INDICO

    def recognises(self, given: GivenBytes) -> bool:
        """Return whether this comes from Indico."""
        path = urlsplit(given.address).path
        head = given.body[:_HEAD_BYTES]
        if _EXPORT.match(path) or b'"HTTPAPIResult"' in head:
            return True
        return _EVENT_PAGE.match(path) is not None and b"<html" in head.lower() and b"ndico" in head

    def read(self, given: GivenBytes, fetch: Fetch) -> SeminarPage:
        """Return what the export says. Raises InputError, AddressRefused and FetchError."""
        parts = urlsplit(given.address)
        page = _EVENT_PAGE.match(parts.path)
        is_json = given.body.lstrip()[:1] == b"{"
        if not is_json and page is not None:
            base, number = page.groups()
            address = f"{parts.scheme}://{parts.netloc}{base}/export/event/{number}.json?detail=contributions"
            given = GivenBytes(fetch(address).body, given.address)
        events = items(loaded(given.body), "results")
        if not events:
            raise InputError(_NOTHING)
        said = Describing()
        read = tuple(_event(said, event) for event in events)
        return SeminarPage(given.address, read[0].title.value or "", tuple(said.blocks), events=read)


def _event(said: Describing, event: dict[str, Any]) -> ReadEvent:
    title = said.text(event.get("title"), "title")
    files, films = _attachments(event)
    starts_on, ends_on = part(event, "startDate", "date"), part(event, "endDate", "date")
    place = ", ".join(filter(None, (_text(event.get("room")), _text(event.get("location")))))
    contributions = sorted(items(event, "contributions"), key=_begins)
    return ReadEvent(
        title=title,
        kind=said.text(_KINDS.get(_text(event.get("type")), "seminar"), "type"),
        starts_on=said.text(starts_on, "startDate"),
        ends_on=said.text(ends_on if ends_on != starts_on else "", "endDate"),
        place=said.text(place, "location"),
        organiser=said.text(event.get("organizer"), "organizer"),
        text=said.text(event.get("description"), "description"),
        decks=said.addresses(files, "attachment"),
        films=said.addresses(films, "link"),
        talks=tuple(_talk(said, one) for one in contributions if _text(one.get("title"))),
    )


def _begins(contribution: dict[str, Any]) -> tuple[str, str]:
    """Return when a contribution begins; those without a time last."""
    day, at = part(contribution, "startDate", "date"), part(contribution, "startDate", "time")
    return (_text(day) or "9999", _text(at))


def _talk(said: Describing, contribution: dict[str, Any]) -> ReadTalk:
    said.heading(_text(contribution.get("title")))
    files, films = _attachments(contribution)
    return ReadTalk(
        topic=said.text(contribution.get("title"), "title"),
        abstract=said.text(contribution.get("description"), "description"),
        speakers=tuple(_speaker(said, one) for one in items(contribution, "speakers")),
        decks=said.addresses(files, "attachment"),
        films=said.addresses(films, "link"),
    )


def _speaker(said: Describing, person: dict[str, Any]) -> ReadSpeaker:
    given = (_text(person.get("first_name")), _text(person.get("last_name")))
    name = " ".join(filter(None, given))
    if not name:  # "Last, First", as older versions have it alone
        last, _, first = _text(person.get("fullName")).partition(",")
        name = f"{first.strip()} {last.strip()}".strip()
    return ReadSpeaker(
        said.text(name, "speaker"), organisation=said.text(person.get("affiliation"), "affiliation")
    )


def _attachments(holder: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return the addresses of files, and of films; other links are no files of the talk."""
    files: list[str] = []
    films: list[str] = []
    for folder in items(holder, "folders"):
        for one in items(folder, "attachments"):
            link = _text(one.get("link_url"))
            if one.get("type") == "file":
                files.append(_text(one.get("download_url")))
            elif (urlsplit(link).hostname or "").removeprefix("www.").endswith(_FILMS):
                films.append(link)
            elif link.lower().rpartition(".")[2] in ("pdf", "ppt", "pptx", "odp", "key"):
                files.append(link)
    return files, films


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""

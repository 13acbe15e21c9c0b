"""pretalx: its REST API, `/api/events/SLUG/` and `/api/events/SLUG/submissions/`.

Fields by pretalx's documentation and its `api/serializers/submission.py`: an event has `name` (by language),
`date_from`, `date_to`; a submission `title`, `abstract`, `description`, `speakers` with `name`, `slots` with
`start` and `room`, `resources` with `resource` (an address) and `description`.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from archive.errors import FetchError, InputError
from archive.imports.sources.base import Fetch, GivenBytes
from archive.imports.sources.describing import Describing
from archive.imports.sources.json_text import items, loaded, part
from archive.model.seminar_pages.imports import ImportKind
from archive.model.seminar_pages.seminar_page import ReadEvent, ReadSpeaker, ReadTalk, SeminarPage

_API = re.compile(r"(.*)/api/events/([\w.-]+)(?:/.*)?$")
_SITE = re.compile(r"(.*?)/([\w.-]+)(?:/(?:schedule|talk|speaker|featured)?.*)?$")
_PAGES_MAX = 20
_FILMS = ("youtube.com", "youtu.be", "vimeo.com", "media.ccc.de")
_EXPAND = "state=confirmed&expand=speakers,slots,slots.room,resources&page_size=50"
_NOTHING = "pretalx answers with no talks. Check that the schedule is released."
_HEAD_BYTES = 200_000


class PretalxSource:
    """Pages of events on a site that says it is pretalx, and addresses of the API."""

    kind = ImportKind.PRETALX

    def recognises(self, given: GivenBytes) -> bool:
        """Return whether this comes from pretalx."""
        parts = urlsplit(given.address)
        head = given.body[:_HEAD_BYTES].lower()
        is_api = _API.match(parts.path) is not None and given.body.lstrip()[:1] in (b"{", b"[")
        return is_api or (b"<html" in head and b"pretalx" in head and _SITE.match(parts.path) is not None)

    def read(self, given: GivenBytes, fetch: Fetch) -> SeminarPage:
        """Return what the API says. Raises InputError, AddressRefused and FetchError."""
        parts = urlsplit(given.address)
        found = _API.match(parts.path) or _SITE.match(parts.path)
        if found is None:
            raise InputError(_NOTHING)
        base, slug = found.groups()
        api = f"{parts.scheme}://{parts.netloc}{base}/api/events/{slug}"
        event = loaded(fetch(f"{api}/").body)
        talks = _submissions(api, fetch)
        if not talks:
            raise InputError(_NOTHING)
        said = Describing()
        read = _event(said, event, sorted(talks, key=_begins))
        return SeminarPage(given.address, read.title.value or slug, tuple(said.blocks), events=(read,))


def _submissions(api: str, fetch: Fetch) -> list[dict[str, Any]]:
    """Return all pages of the talks; older versions have them under another name."""
    try:
        first = loaded(fetch(f"{api}/submissions/?{_EXPAND}").body)
    except FetchError:
        first = loaded(fetch(f"{api}/talks/?limit=50").body)
    talks = items(first, "results")
    following = part(first, "next")
    for _ in range(_PAGES_MAX):
        if not isinstance(following, str) or not following:
            break
        page = loaded(fetch(following).body)
        talks += items(page, "results")
        following = part(page, "next")
    return talks


def _event(said: Describing, event: Any, talks: list[dict[str, Any]]) -> ReadEvent:
    name = _in_language(part(event, "name"))
    said.heading(name, 1)
    starts_on, ends_on = part(event, "date_from"), part(event, "date_to")
    return ReadEvent(
        title=said.text(name, "name"),
        kind=said.text("conference", "kind"),
        starts_on=said.text(starts_on, "date_from"),
        ends_on=said.text(ends_on if ends_on != starts_on else "", "date_to"),
        talks=tuple(_talk(said, one) for one in talks),
    )


def _begins(talk: dict[str, Any]) -> str:
    """Return when a talk begins; those without a time last."""
    slots = items(talk, "slots") or items([talk.get("slot")])
    starts = [str(slot["start"]) for slot in slots if slot.get("start")]
    return min(starts, default="9999")


def _talk(said: Describing, talk: dict[str, Any]) -> ReadTalk:
    title = _in_language(talk.get("title"))
    said.heading(title)
    words = [_in_language(talk.get(name)) for name in ("abstract", "description")]
    abstract = "\n\n".join(dict.fromkeys(filter(None, words)))
    addresses = [_in_language(one.get("resource")) for one in items(talk, "resources")]
    films = [one for one in addresses if (urlsplit(one).hostname or "").removeprefix("www.").endswith(_FILMS)]
    return ReadTalk(
        topic=said.text(title, "title"),
        abstract=said.text(abstract, "abstract"),
        speakers=tuple(ReadSpeaker(said.text(one.get("name"), "speaker")) for one in items(talk, "speakers")),
        decks=said.addresses([one for one in addresses if one not in films], "resource"),
        films=said.addresses(films, "film"),
    )


def _in_language(value: object) -> str:
    """Return a text, in Swedish or English where it is given by language."""
    if isinstance(value, dict):
        texts = [value.get(code) for code in ("sv", "en")] + list(value.values())
        value = next((text for text in texts if isinstance(text, str) and text), "")
    return value.strip() if isinstance(value, str) else ""

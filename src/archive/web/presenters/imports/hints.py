"""Where each value of a draft was read on the page, and how sure that is.

A value that staff have changed was read nowhere. Hints have a key that stays when talks are moved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.errors import AddressRefused
from archive.imports.drafting import draft_of
from archive.imports.fetching.address import parse_address
from archive.model.seminar_pages.seminar_draft import DraftEvent, DraftTalk, SeminarDraft
from archive.model.seminar_pages.seminar_page import (
    SURE_MIN,
    Passage,
    ReadEvent,
    ReadField,
    ReadSpeaker,
    ReadTalk,
    SeminarPage,
)
from archive.web.http.language import message_text

_EVENT_FIELDS = (
    *("title", "kind", "starts_on", "ends_on", "place", "occasion", "organiser", "text", "decks", "films"),
)
_TALK_FIELDS = ("topic", "abstract", "regions", "decks", "films")
_SPEAKER_FIELDS = ("name", "role", "organisation")
_QUOTE_MAX_CHARS = 90


@dataclass(frozen=True, slots=True)
class DraftHint:
    """Where a value was read: `places` for the script ("block:start:end …"), `quote` for people.

    `block` is the first block, counted from 1; 0 where it is not known.
    """

    key: str
    is_unsure: bool
    is_accepted: bool
    places: str
    quote: str
    block: int


Hints = Mapping[str, DraftHint]


def hints_of(page: SeminarPage, draft: SeminarDraft) -> Hints:
    """Return the hints of a draft by the name of the form's field."""
    found = _Finding(page, set(draft.accepted))
    as_read = draft_of(page)
    for e, event in enumerate(draft.events):
        if 0 <= event.origin < len(page.events):
            found.event(f"e{e}", page.events[event.origin], as_read.events[event.origin], event)
    areas = [one for one in page.focus_areas if one.title.value]
    for n, (area, read, was) in enumerate(zip(draft.focus_areas, areas, as_read.focus_areas, strict=False)):
        for name in ("title", "year_from", "year_to"):
            found.field(
                f"a{n}.{name}", f"a{n}.{name}", getattr(read, name), getattr(was, name), getattr(area, name)
            )
    for n, (report, said, told) in enumerate(zip(draft.reports, page.reports, as_read.reports, strict=False)):
        for name in ("title", "publisher", "address"):
            found.field(
                f"r{n}.{name}",
                f"r{n}.{name}",
                getattr(said, name),
                getattr(told, name),
                getattr(report, name),
            )
    return found.hints


def unsure_count(hints: Hints) -> int:
    """Return how many fields are unsure and not accepted yet."""
    return sum(one.is_unsure and not one.is_accepted for one in hints.values())


class _Finding:
    def __init__(self, page: SeminarPage, accepted: set[str]) -> None:
        self._page = page
        self._accepted = accepted
        self.hints: dict[str, DraftHint] = {}

    def event(self, at: str, read: ReadEvent, was: DraftEvent, now: DraftEvent) -> None:
        key = f"e{now.origin}"
        for name in _EVENT_FIELDS:
            self.field(
                f"{at}.{name}", f"{key}.{name}", getattr(read, name), getattr(was, name), getattr(now, name)
            )
        for t, talk in enumerate(now.talks):
            if 0 <= talk.origin < len(read.talks):
                self._talk(f"{at}.t{t}", key, read.talks[talk.origin], was.talks[talk.origin], talk)

    def _talk(self, at: str, key: str, read: ReadTalk, was: DraftTalk, now: DraftTalk) -> None:
        key = f"{key}.t{now.origin}"
        for name in _TALK_FIELDS:
            self.field(
                f"{at}.{name}", f"{key}.{name}", getattr(read, name), getattr(was, name), getattr(now, name)
            )
        people: Sequence[ReadSpeaker] = (*read.speakers, *read.moderators)
        names = [speaker.name or speaker.organisation for speaker in was.speakers]
        for s, speaker in enumerate(now.speakers):
            known = s if s < len(names) and was.speakers[s] == speaker else None
            if known is None and (speaker.name or speaker.organisation) in names:
                known = names.index(speaker.name or speaker.organisation)
            if known is None and s < len(names):
                known = s
            if known is not None:
                for name in _SPEAKER_FIELDS:
                    self.field(
                        f"{at}.s{s}.{name}",
                        f"{key}.s{known}.{name}",
                        getattr(people[known], name),
                        getattr(was.speakers[known], name),
                        getattr(speaker, name),
                    )

    def field(self, at: str, key: str, read: ReadField[Any], was: Any, now: Any) -> None:
        if was != now or not (read.value or read.certainty < SURE_MIN):
            return
        passages = [one for one in read.passages if one.block < len(self._page.blocks)]
        self.hints[at] = DraftHint(
            key=key,
            is_unsure=read.certainty < SURE_MIN,
            is_accepted=key in self._accepted,
            places=" ".join(f"{one.block + 1}:{one.start}:{one.end}" for one in passages),
            quote=self._quote(passages),
            block=passages[0].block + 1 if passages else 0,
        )

    def _quote(self, passages: Sequence[Passage]) -> str:
        words = [self._page.blocks[one.block].text[one.start : one.end].strip() for one in passages[:3]]
        quote = " … ".join(filter(None, words))
        return quote if len(quote) <= _QUOTE_MAX_CHARS else f"{quote[: _QUOTE_MAX_CHARS - 1].rstrip()}…"


def unfetchable_links(draft: SeminarDraft) -> dict[str, str]:
    """Return which addresses of files cannot be fetched as they are, and why, by the name of the field."""
    fields: dict[str, Sequence[str]] = {}
    for e, event in enumerate(draft.events):
        fields[f"e{e}.decks"] = event.decks
        fields |= {f"e{e}.t{t}.decks": talk.decks for t, talk in enumerate(event.talks)}
    fields |= {
        f"r{r}.address": [report.address] if report.address else [] for r, report in enumerate(draft.reports)
    }
    found: dict[str, str] = {}
    for name, addresses in fields.items():
        for address in addresses:
            try:
                parse_address(address)
            except AddressRefused as error:
                found[name] = " ".join(
                    filter(None, (found.get(name), f"{address}: {message_text(error.message)}"))
                )
    return found

"""The entries of Atom feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from archive.model.events import Event
from archive.search.results import GroupResult
from archive.web.presenters.api.document_answers import moment
from archive.web.presenters.api.record_answers import whole_address
from archive.web.presenters.feeds.sending import permanent_address

_EMPTY = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: `identifier` stays the same for ever, `changed_at` is when its document last came in."""

    identifier: str
    title: str
    url: str
    changed_at: datetime
    authors: tuple[str, ...]
    summary: str

    @property
    def updated(self) -> str:
        """Return when it changed, as RFC 3339 has it."""
        return moment(self.changed_at)


def updated(entries: Sequence[Entry]) -> str:
    """Return when a feed changed: with its newest entry."""
    return moment(max((entry.changed_at for entry in entries), default=_EMPTY))


def document_entry(group: GroupResult) -> Entry:
    """Return the entry of a talk (or a document without one) that a question finds.

    A talk is the same entry whichever of its documents was found; the one that was is what it leads to.
    """
    record = group.record
    document_id = record.document.id
    documents = [record.document, *(other.document for other, _ in group.others)]
    speakers = [one.name for one in record.talk.contributions if not one.is_moderator] if record.talk else []
    told = "".join(part.text for part in group.best[0].snippet) if group.best else ""
    return Entry(
        identifier=permanent_address("talks.talk", talk_id=record.talk.id)
        if record.talk
        else permanent_address("documents.document", document_id=document_id),
        title=group.title,
        url=whole_address("documents.document", document_id=document_id),
        changed_at=max(document.version.created_at for document in documents),
        authors=tuple(filter(None, speakers)) or tuple(filter(None, [record.document.publisher])),
        summary=(record.talk.abstract if record.talk else "") or told,
    )


def event_entry(event: Event, given_at: datetime | None) -> Entry:
    """Return the entry of an event; `given_at` is when the newest of its documents came in."""
    began = datetime.combine(event.starts_on, time(), UTC) if event.starts_on else _EMPTY
    facts = ", ".join(filter(None, (event.starts, event.place, event.occasion, event.organiser)))
    return Entry(
        identifier=permanent_address("events.event", event_id=event.id),
        title=event.title,
        url=whole_address("events.event", event_id=event.id),
        changed_at=given_at or began,
        authors=tuple(filter(None, [event.organiser])),
        summary=". ".join(filter(None, (facts, event.text))),
    )

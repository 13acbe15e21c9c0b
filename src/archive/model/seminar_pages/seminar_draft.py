"""What is to be published of an import: plain values that staff may change, with what they became."""

from dataclasses import dataclass

from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class DraftFocusArea:
    """A focus area; title and first year identify it."""

    title: str
    year_from: int | None = None
    year_to: int | None = None


@dataclass(frozen=True, slots=True)
class DraftSpeaker:
    """Who speaks, or leads the talk, with role and organisation as held then.

    One of name and organisation is given.
    """

    name: str = ""
    role: str = ""
    organisation: str = ""
    is_moderator: bool = False


@dataclass(frozen=True, slots=True)
class DraftTalk:
    """A talk. `origin` is where it stands among the event's talks as they were read, -1 where staff added it.

    `talk_id` is the record that it has become, "" before it is published.
    """

    topic: str = ""
    abstract: str = ""
    speakers: tuple[DraftSpeaker, ...] = ()
    regions: tuple[str, ...] = ()
    decks: tuple[str, ...] = ()
    films: tuple[str, ...] = ()
    origin: int = -1
    talk_id: str = ""


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """An event with its talks in programme order; `starts_on` and `ends_on` are ISO 8601 or "".

    `origin` and `event_id`: as of a talk.
    """

    title: str = ""
    kind: str = "seminar"
    starts_on: str = ""
    ends_on: str = ""
    place: str = ""
    occasion: str = ""
    organiser: str = ""
    text: str = ""
    decks: tuple[str, ...] = ()
    films: tuple[str, ...] = ()
    talks: tuple[DraftTalk, ...] = ()
    origin: int = -1
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class DraftReport:
    """A publication that is fetched from its address."""

    title: str = ""
    publisher: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class SeminarDraft:
    """All that an import is to make. `accepted` are the unsure fields that staff have accepted."""

    focus_areas: tuple[DraftFocusArea, ...] = ()
    events: tuple[DraftEvent, ...] = ()
    reports: tuple[DraftReport, ...] = ()
    visibility: Visibility = Visibility.PUBLIC
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptField:
    """A field that staff have changed since it was published: `kept` stays, though the page says `read`."""

    field: str
    kept: str
    read: str

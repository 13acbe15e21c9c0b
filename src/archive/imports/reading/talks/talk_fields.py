"""A talk that was found as the record of it: each field with its passages and how sure it is."""

import re
from collections.abc import Sequence

from archive.imports.reading.naming.names import KNOWN, LIKELY
from archive.imports.reading.naming.people import PersonOnPage
from archive.imports.reading.naming.roles import indefinite, is_definite_trade, is_role_word
from archive.imports.reading.pieces import Link, Piece, capitalised, field_of, squeezed
from archive.imports.reading.regions import Regions
from archive.imports.reading.talks.drafts import TalkParts
from archive.imports.reading.talks.linked_firms import name_firms
from archive.imports.reading.talks.text_behind import told_of
from archive.model.seminar_pages.seminar_page import ReadField, ReadSpeaker, ReadTalk

_DEFINITE = re.compile(
    r"^(.*(?:direktör|professor|lektor|doktor))(?:n|en)$|^(.*(?:strateg|analytiker|chef|jurist|ekonom"
    r"|specialist|expert|konsult|arkitekt|ingenjör|docent|doktorand|kommunikatör))en$|^(.*(?:ledare"
    r"|forskare|utredare|samordnare|utvecklare|handläggare|rådgivare|sekreterare|ordförande"
    r"|planerare))n$|^(.*råd)et$",
    re.IGNORECASE,
)


_PARTICLE = re.compile(r"\s(?:vid|in|upp|över|igenom|fram|och|samt|som|men)$")


def talks_of(drafts: Sequence[TalkParts], regions: Regions) -> tuple[ReadTalk, ...]:
    """Return the records of an event's talks, with what the words of their links say of who gave them."""
    name_firms(drafts)
    return tuple(_talk_of(draft, regions) for draft in drafts)


def _talk_of(draft: TalkParts, regions: Regions) -> ReadTalk:
    topic = draft.topic or Piece("", draft.place, 0)
    speakers = [speaker_of(person) for person in draft.people]
    speakers += [_commentator(person) for person in draft.commentators]
    if not speakers and draft.organisation is not None:
        role = field_of([draft.role] if draft.role is not None else [], 0.8, capital=True)
        speakers = [ReadSpeaker(role=role, organisation=field_of([draft.organisation], 0.8))]
    abstract = told_of(draft.abstract, [person.value for person in draft.people])
    sure = min([draft.certainty, *(person.certainty for person in draft.people)])
    return ReadTalk(
        topic=field_of([topic], min(sure, 0.95), capital=draft.is_told),
        abstract=field_of(abstract, 0.9),
        speakers=tuple(_unique(speakers)),
        moderators=tuple(_unique([speaker_of(person) for person in draft.moderators])),
        regions=regions.named_in([topic, *abstract]),
        decks=_addresses(draft.decks),
        films=_addresses(draft.films),
        slot=draft.slot,
    )


def speaker_of(person: PersonOnPage) -> ReadSpeaker:
    """Return the record of a person who speaks; a nickname and titles are left out of the name."""
    name: ReadField[str | None] = ReadField(person.value, _certainty(person), (person.name.passage,))
    return ReadSpeaker(name, _role(person), _organisation(person.organisation))


def _certainty(person: PersonOnPage) -> float:
    if person.certainty >= KNOWN:
        return person.certainty
    has_more = person.role is not None or person.organisation is not None
    return 0.9 if person.certainty >= LIKELY and has_more else person.certainty


def _role(person: PersonOnPage) -> ReadField[str | None]:
    if person.role is None:
        return ReadField(capitalised(person.title) or None, 0.85)
    text = squeezed(person.role.text).strip(" ,;:–-")
    text = text if text.endswith(" em.") else text.rstrip(" .")
    text = text.removeprefix("egen ").removeprefix("egna ")
    definite = _DEFINITE.match(text)
    is_before = person.role.block == person.name.block and person.role.start < person.name.start
    if definite and is_before and " och " not in text:
        text = next(part for part in definite.groups() if part)
    elif is_before or text.endswith(("arna", "erna", "orna", "männen")):
        first, _, rest = text.partition(" ")
        joint, _, second = rest.partition(" ")
        rest = f"och {indefinite(second)}" if joint == "och" and _is_trade(second) else rest
        text = f"{indefinite(first)} {rest}".strip() if _is_trade(first) else text
    return ReadField(capitalised(text) or None, 0.92, (person.role.passage,))


def _is_trade(word: str) -> bool:
    return is_role_word(indefinite(word)) or is_definite_trade(word)


def _organisation(piece: Piece | None) -> ReadField[str | None]:
    if piece is None:
        return ReadField(None)
    stripped = piece.stripped(" \t\n,;.|–—-")
    particle = _PARTICLE.search(stripped.text)  # "tog Bo Al från IVL vid"
    stripped = stripped.part(0, particle.start()) if particle else stripped
    inside = stripped.text
    if inside.count("(") != inside.count(")"):
        stripped = stripped.stripped(" \t\n,;.()")
    return field_of([stripped], 0.92)


def _commentator(person: PersonOnPage) -> ReadSpeaker:
    speaker = speaker_of(person)
    role: ReadField[str | None] = speaker.role if speaker.role.value else ReadField("Kommentator", 0.8)
    return ReadSpeaker(speaker.name, role, speaker.organisation)


def _unique(speakers: Sequence[ReadSpeaker]) -> list[ReadSpeaker]:
    found: dict[object, ReadSpeaker] = {}
    for speaker in speakers:
        found.setdefault(speaker.name.value or speaker.organisation.value, speaker)
    return list(found.values())


def _addresses(links: Sequence[Link]) -> ReadField[tuple[str, ...]]:
    addresses = tuple(dict.fromkeys(link.address for link in links))
    return ReadField(addresses, 0.95 if addresses else 1.0, tuple(link.label.passage for link in links))

"""What else a talk, or another one, says of its speakers: "Hon är forskare vid SLU.", a firm named twice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive.imports.reading.naming.attributes import attributes_of
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.naming.people import PersonOnPage, with_respective
from archive.imports.reading.pieces import Piece, squeezed
from archive.imports.reading.talks.drafts import TalkParts
from archive.imports.reading.talks.topics import topic_piece

_FIRMS_MAX = 5
_BEGINNING = 3  # sentences
_IS = re.compile(
    r"\W*(?P<who>[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+){0,3})"
    r"(?P<is>\s(?:är|arbetar som|jobbar som|verkar som|is|works as)\s.{4,140}?)[.\s]*$"
)
_TWO = re.compile(r"\soch\s[A-ZÅÄÖ]")  # "Ida är strateg i Ed och Bo Al är journalist"
_LABEL = re.compile(
    r"\W*(?:ämnet?|rubrik(?:en)?|titel|titeln|temat?)(?:\s(?:var|löd|är))?\s?:\s*(?=\S)", re.IGNORECASE
)
_LEADS = re.compile(r"(?:moderator|samtalsledare|panelledare|konferencier)", re.IGNORECASE)
_FIRM_FIRST = re.compile(
    r"\W{0,2}(?:(?:exempel(?:et)?|erfarenheter|lärdomar|rapport|goda exempel|fallet)"
    r"(?:\s(?:från|i|hos|på))?\s?:?\s+)?"
    r"(?P<firm>[A-ZÅÄÖ][^:|–—()?!]{1,60}?)(?:\s*[:|]\s+|\s+[–—-]\s+)(?=\S)",
    re.IGNORECASE,
)  # "Region Dalarna: Mobila team"
_FIRM_LAST = re.compile(
    r".{4,}?\s*(?:\((?P<inside>[^()]{2,60})\)|(?:\s[–—-]|\s?\||,|[?!])\s+(?P<firm>[A-ZÅÄÖ][^,|–—()?!]{1,60}))\W{0,2}$"
)  # "Mobila team (Region Dalarna)"
_NAMED_LEAST, _TOPIC_CHARS, _TITLE_WORDS = 2, 200, 16
_PRONOUNS = frozenset(("Han", "Hon", "Hen", "He", "She"))


def agree(talks: Sequence[TalkParts], firms_above: Mapping[int, Piece] | None = None) -> None:
    """Mend what is said of people by what is said of them in other talks.

    "Bo Al, Skogskonsult i Ed" is of a firm where another talk has "Bo Al, vd, Skogskonsult i Ed"; in
    "Bo Al, Ida Ek, forskare, SLU" who was a managing director before is no researcher now.
    `firms_above` are organisations that stand as headings above topics, by the block of the topic.
    """
    for talk in talks:
        talk.people = with_respective(talk.people)
        _part_from_leaders(talk)
        _tell_of_speakers(talk)
        _call_by_label(talk)
    _take_firms_in_topics(talks, firms_above)
    firms: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for talk in talks:
        talk.people = [_without_shared(one, talk, first.get(one.value)) for one in talk.people]
        for one in talk.people:
            if one.role is not None and one.organisation is not None:
                first.setdefault(one.value, squeezed(one.role.text))
                named = firms.setdefault(one.value, [])
                named += [squeezed(one.organisation.text)] if len(named) < _FIRMS_MAX else []
    for talk in talks:
        talk.people = [_agreed(one, firms.get(one.value, [])) for one in talk.people]


def _take_firms_in_topics(talks: Sequence[TalkParts], firms: Mapping[int, Piece] | None) -> None:
    """Give speakers of whom no organisation was told the one that the topic names, as those beside it do.

    "Region Dalarna: Mobila team", "Region Skåne: Vård i hemmet", each above who spoke and as what.
    """
    for talk in talks:
        own = (firms or {}).get(talk.topic.block) if talk.topic is not None else None
        if own is not None and all(one.organisation is None for one in talk.people):
            talk.people = [replace(one, organisation=own) for one in talk.people]
    found = [(talk, *named) for talk in talks if (named := _firm_in_topic(talk)) is not None]
    if len(found) < _NAMED_LEAST or len({squeezed(firm.text) for _, firm, _ in found}) < _NAMED_LEAST:
        return
    for talk, firm, topic in found:
        is_open = all(one.organisation is None for one in talk.people)
        if talk.people and is_open:
            talk.people = [replace(one, organisation=firm) for one in talk.people]
            talk.topic = topic
            talk.abstract = [one for one in talk.abstract if one is not topic]


def _firm_in_topic(talk: TalkParts) -> tuple[Piece, Piece] | None:
    """Return the organisation that a topic begins or ends with, and the topic without it."""
    topic = talk.topic
    below = talk.abstract[0] if talk.abstract else None
    if topic is not None and below is not None and is_surely_organisation(topic.text):
        is_title = below.text.rstrip()[-1:] != "." and len(below.text.split()) <= _TITLE_WORDS
        return (topic, below) if is_title else None
    first = _FIRM_FIRST.match(topic.text) if topic is not None and len(topic.text) < _TOPIC_CHARS else None
    if topic is not None and first is not None and is_surely_organisation(first["firm"]):
        return topic.part(first.start("firm"), first.end("firm")), topic_piece(topic.part(first.end()))
    last = _FIRM_LAST.match(topic.text) if topic is not None and len(topic.text) < _TOPIC_CHARS else None
    if topic is None or last is None or not is_surely_organisation(last["inside"] or last["firm"]):
        return None
    group = "inside" if last["inside"] else "firm"
    before = topic.part(0, last.start(group)).text.rstrip(" (–—-|,")
    return topic.part(last.start(group), last.end(group)), topic_piece(topic.part(0, len(before)))


def _part_from_leaders(talk: TalkParts) -> None:
    """Make those of several people who lead the others the moderators of a talk: "Ida Ek (moderator)"."""
    leading = [one for one in talk.people if one.leads]
    if 0 < len(leading) < len(talk.people):
        talk.people = [one for one in talk.people if not one.leads]
        own = [
            replace(one, role=None) if one.role is not None and _LEADS.match(one.role.text) else one
            for one in leading
        ]
        talk.moderators += [one for one in own if one.value not in {each.value for each in talk.moderators}]


def _tell_of_speakers(talk: TalkParts) -> None:
    """Take sentences that say what a speaker is, of whom nothing was said, out of what the talk was about."""
    bare = [one for one in talk.people if one.role is None and one.organisation is None]
    for sentence in talk.abstract[:_BEGINNING] if bare else ():
        told = None if _TWO.search(sentence.text) else _IS.match(sentence.text)
        meant = [one for one in bare if told is not None and _is_meant(one, told["who"], len(talk.people))]
        found = attributes_of(sentence.part(told.start("is"), told.end("is"))) if told and meant else None
        if found is None or len(meant) != 1 or (found.role is None and found.organisation is None):
            continue
        person = replace(meant[0], role=found.role, organisation=found.organisation)
        talk.people = [person if one is meant[0] else one for one in talk.people]
        bare.remove(meant[0])
        if found.rest is None:
            talk.abstract = [one for one in talk.abstract if one is not sentence]


def _call_by_label(talk: TalkParts) -> None:
    """Take the topic that a sentence behind a talk told in another has behind a label: "Ämnet: öar"."""
    for sentence in talk.abstract[:_BEGINNING] if talk.is_told else ():
        label = _LABEL.match(sentence.text)
        topic = topic_piece(sentence.part(label.end())) if label is not None else None
        if topic is not None and topic.text:
            talk.topic = topic
            talk.abstract = [one for one in talk.abstract if one is not sentence]
            return


def _is_meant(person: PersonOnPage, who: str, speakers: int) -> bool:
    """Return whether somebody is called so: by the name, a part of it, or as the only one by a pronoun."""
    names = person.value.split()
    return who == person.value or who in (names[0], names[-1]) or (who in _PRONOUNS and speakers == 1)


def _without_shared(person: PersonOnPage, talk: TalkParts, before: str | None) -> PersonOnPage:
    """Return somebody who had another role before without what stands behind the next name."""
    role = person.role
    if before is None or role is None or squeezed(role.text) == before:
        return person
    owner = [one for one in talk.people if one.role == role][-1]
    return person if owner is person else replace(person, role=None, organisation=None)


def _agreed(person: PersonOnPage, firms: Sequence[str]) -> PersonOnPage:
    """Return somebody with a role that is but the first words of their organisation taken into it."""
    role, firm = person.role, person.organisation
    if role is None or firm is None or role.block != firm.block or role.start > firm.start:
        return person
    for name in firms:
        is_begun = name.startswith(f"{squeezed(role.text)} ") and name.endswith(f" {squeezed(firm.text)}")
        gap = len(name) - len(role.text) - len(firm.text)
        if is_begun and firm.start - role.start - len(role.text) == gap:
            middle = name[len(role.text) : len(role.text) + gap]
            whole = replace(role, text=f"{role.text}{middle}{firm.text}")
            return replace(person, role=None, organisation=whole)
    return person

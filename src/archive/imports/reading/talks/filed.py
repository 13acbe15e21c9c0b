"""Sentences that tell of a talk with words in no list: the deck right behind them says that they do."""

import re
from collections.abc import Sequence

from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.naming.people import PersonOnPage, with_attributes
from archive.imports.reading.pieces import Piece, sentences
from archive.imports.reading.talks.drafts import TalkParts
from archive.imports.reading.talks.speech import NO_TALK, QUOTED
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.words import LED_BY, MODERATOR, WHOLE_EVENT

_ASKING = re.compile(r"\b(?=(?:hur|varför|vad|vilk\w+|vem|när|om huruvida)\s)")
_ABOUT = re.compile(
    r"(?:\S+\s){1,5}?(?:om|kring|på|för|över|av|med|genom|i|till|runt|upp|fram|igenom|åt)\s(?=\S)"
)
_VERB = re.compile(r"(?:(?:har|hade|ska|skulle|fick)\s)?[a-zåäö]+\s(?=\S)")
_FINITE = re.compile(
    r"[\s,]+(?:[a-zåäö]{3,}(?:ade|rde|kte|tte|lde|nde|vde|ste|gde)|gav|gick|bjöd|stod|höll|tog|kom"
    r"|fick (?:vi|deltagarna))"
    r"(?:\s[a-zåäö]{2,12}){0,2}\s*$"
)
_ADVERB = re.compile(
    r"\W*(?:därefter|sedan|först|sist|efter|innan|på|under|inledningsvis|avslutningsvis|till|från|nästa"
    r"|dagen|i|med"
    r"|som|vid|tillsammans|också|även|här|den|det|då|så)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 2


def filed_talk(text: Piece, slot: int, known: frozenset[str]) -> TalkParts | None:
    """Return the talk that a paragraph with a deck right behind it tells of; None where nobody is named."""
    called = called_talk(text, slot, known)
    if called is not None:
        return called
    for at, sentence in enumerate(found := sentences(text)):
        people = _speaking(sentence, known)
        topic = _topic_of(sentence, people, people[0].name.start - sentence.start) if people else None
        if topic is not None:
            return TalkParts(
                topic,
                people,
                abstract=found[at + 1 :],
                slot=slot,
                certainty=0.7,
                is_told=True,
                place=text.block,
            )
    return None


def called_talk(
    text: Piece, slot: int, known: frozenset[str], marked: Sequence[Piece] = ()
) -> TalkParts | None:
    """Return the talk whose title a paragraph has in quotation marks, or emphasised, beside who gave it."""
    found = sentences(text)
    speaking = [(at, people) for at, one in enumerate(found) if (people := _speaking(one, known))]
    if not speaking or len({people[0].value for _, people in speaking}) > 1:
        return None
    at, people = speaking[0]
    quoted = [one.part(match.start(1), match.end(1)) for one in found for match in QUOTED.finditer(one.text)]
    named = [one for one in (*quoted, *marked) if _long(one) is not None and not names_in(one.text, known)]
    if len({one.text for one in named}) != 1:
        return None
    titled = [one for one in found if one.start <= named[0].start < one.start + len(one.text)]
    told = [one for one in found if one not in (found[at], *titled) and not NO_TALK.search(one.text)]
    return TalkParts(
        topic_piece(named[0]),
        people,
        abstract=told,
        slot=slot,
        certainty=0.75,
        is_told=True,
        place=text.block,
    )


def _speaking(sentence: Piece, known: frozenset[str]) -> list[PersonOnPage]:
    """Return the people of a sentence whose role or organisation it says, [] for those who lead."""
    if any(words.search(sentence.text) for words in (MODERATOR, LED_BY, NO_TALK)):
        return []
    names = [name for name in names_in(sentence.text, known) if name.certainty >= LIKELY]
    people = with_attributes(sentence, names) if names else []
    return people if people and (people[0].role or people[0].organisation) else []


def _topic_of(sentence: Piece, people: list[PersonOnPage], start: int) -> Piece | None:
    lead = sentence.part(0, start)
    finite = _FINITE.search(lead.text)
    if finite and not _ADVERB.match(lead.text) and len(lead.text[: finite.start()].split()) >= _LEAST_WORDS:
        return _long(lead.part(0, finite.start()))
    rest = people[-1].attributes.rest
    if rest is None:
        return None
    for pattern in (_ASKING, _ABOUT, _VERB):
        match = pattern.search(rest.text) if pattern is _ASKING else pattern.match(rest.text)
        if match is not None and (topic := _long(rest.part(match.end()))) is not None:
            return topic
    return None


def _long(piece: Piece) -> Piece | None:
    topic = topic_piece(piece)
    is_event = WHOLE_EVENT.match(f"{topic.text} ") is not None and len(topic.text.split()) <= _LEAST_WORDS
    return topic if len(topic.text.split()) >= _LEAST_WORDS and not is_event else None

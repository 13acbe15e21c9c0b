"""Sentences that tell of a talk with words in no list: the deck right behind them says that they do."""

import re

from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.naming.people import Person, with_attributes
from archive.imports.reading.pieces import Piece, sentences
from archive.imports.reading.talks.drafts import Draft
from archive.imports.reading.talks.speech import NO_TALK
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.words import LED_BY, MODERATOR

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


def filed_talk(text: Piece, slot: int, known: frozenset[str]) -> Draft | None:
    """Return the talk that a paragraph with a deck right behind it tells of; None where nobody is named."""
    for at, sentence in enumerate(found := sentences(text)):
        if MODERATOR.match(sentence.text) or LED_BY.match(sentence.text) or NO_TALK.search(sentence.text):
            continue
        names = [name for name in names_in(sentence.text, known) if name.certainty >= LIKELY]
        people = with_attributes(sentence, names) if names else []
        if not people or (people[0].role is None and people[0].organisation is None):
            continue
        topic = _topic_of(sentence, people, names[0].title_start)
        if topic is not None:
            return Draft(
                topic,
                people,
                abstract=found[at + 1 :],
                slot=slot,
                certainty=0.7,
                is_told=True,
                place=text.block,
            )
    return None


def _topic_of(sentence: Piece, people: list[Person], start: int) -> Piece | None:
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
    return topic if len(topic.text.split()) >= _LEAST_WORDS else None

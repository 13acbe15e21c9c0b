"""Pauses of a programme, talks whose titles only begin like them, and lines that tell who led it."""

import re

from archive.imports.reading.items import Item
from archive.imports.reading.naming.names import KNOWN, names_in
from archive.imports.reading.talks.drafts import Draft

_QUESTIONS = re.compile(r"\W*(?:frågor|frågestund|diskussion|q\s?&\s?a|questions)\b", re.IGNORECASE)
_SURE_PAUSE = re.compile(
    r"\W*(?:\w*(?:kaffe|fika|lunch|paus|rast|mingel|middag|buffé|frukost)|smörgås|bensträckare|drop-?in"
    r"|av|hem)\w*",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:.{0,60}[.:,–-]\s)?(?:(?:dagens|förmiddagens|eftermiddagens|sessionens|passets)\s)?"
    r"(?:(?:sessions|mötes)?ordf(?:örande|\.)?|moderator(?:er)?|samtalsledare|konferencier|(?:session\s)?chair"
    r"|spårvärd|sessionsledare|mötesledare|programledare)"
    r"|(?:dagen|dagarna|konferensen|seminariet|mötet|webbinariet|samtalet|programmet|förmiddagen|eftermiddagen)\s"
    r"(?:leddes|modererades|leds|modereras|hölls\sihop|lotsades|guidades)\b.{0,40}",
    re.IGNORECASE,
)
_POSTAL = re.compile(r"\bc/o$", re.IGNORECASE)
_PAUSE_WORDS, _LEAD_CHARS = 2, 30


def is_pause_alone(item: Item, known: frozenset[str]) -> bool:
    """Return whether an item is a pause, and nobody is named below it who gives a talk."""
    return item.is_pause and not (_answers_questions(item, known) or _is_given(item, known))


def is_no_talk(talk: Draft) -> bool:
    """Return whether what looks like a talk tells who led others, or where to write to."""
    topic = talk.topic.text.strip() if talk.topic is not None else ""
    is_other = _LEADS.fullmatch(topic) is not None or _POSTAL.search(topic) is not None
    return is_other and not (talk.decks or talk.films)


def _answers_questions(item: Item, known: frozenset[str]) -> bool:
    """Return whether several people are named below "Frågor": they are a panel."""
    if item.title is None or _QUESTIONS.match(item.title.text) is None:
        return False
    found = {
        name.text for line in item.body for name in names_in(line.text, known) if name.certainty >= KNOWN
    }
    return len(found) > 1


def _is_given(item: Item, known: frozenset[str]) -> bool:
    """Return whether a title only begins like a pause's: somebody is named below "Transporter på järnväg"."""
    if (
        item.title is None
        or len(item.title.text.split()) <= _PAUSE_WORDS
        or _SURE_PAUSE.match(item.title.text)
    ):
        return False
    names = [one for line in item.body[:1] for one in names_in(line.text, known)]
    return any(one.certainty >= KNOWN and one.start < _LEAD_CHARS for one in names)

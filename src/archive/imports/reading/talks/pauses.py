"""Pauses of a programme, talks whose titles only begin like them, and other lines that are no talks."""

import re

from archive.imports.reading.items import Item
from archive.imports.reading.naming.names import KNOWN, names_in
from archive.imports.reading.talks.drafts import TalkParts

_QUESTIONS = re.compile(r"\W*(?:frågor|frågestund|diskussion|q\s?&\s?a|questions)\b", re.IGNORECASE)
_SURE_PAUSE = re.compile(
    r"\W*(?:\w*(?:kaffe|fika|lunch|paus|rast|mingel|middag|buffé|frukost)|smörgås|bensträckare|drop-?in"
    r"|av|hem)\w*",
    re.IGNORECASE,
)
_PAUSE_WORDS, _LEAD_CHARS = 2, 30
_LEADS = re.compile(
    r"\W*(?:.{0,60}[.:,–-]\s)?(?:(?:sessions?|pass|block|mötes)-?)?"
    r"(?:(?:dagens|förmiddagens|eftermiddagens|sessionens|passets)\s)?"
    r"(?:(?:sessions|mötes)?ordf(?:örande|\.)?|moderator(?:er|n)?|samtalsledare|konferencier"
    r"|(?:session\s)?chair(?:person|man)?|spårvärd|(?:sessions|mötes|program)ledare)\W*"
    r"|\W*(?:dagen|dagarna|konferensen|seminariet|mötet|kvällen|webbinariet|samtalet|programmet|förmiddagen"
    r"|eftermiddagen)\s(?:leddes|modererades|leds|modereras|hölls\sihop|lotsades|guidades)\b.*",
    re.IGNORECASE,
)
_COLOPHON = re.compile(
    r"\W*(?:(?:informations?|sid|webb|innehålls|text)-?ansvarig|ansvarig (?:utgivare|för sidan)|webbredaktör"
    r"|kontakt(?:person(?:er)?|uppgifter|a oss)?|vid frågor|skriven av|skribent|byline|detaljer"
    r"|artikel(?:information|fakta)|om (?:artikeln|sidan|skribenten|författaren)"
    r"|text(?: (?:och|&) (?:bild|foto))?"
    r"|foto(?:graf)?|publicera[dt](?: av)?|(?:senast )?(?:uppdatera[dt]|ändra[dt]|granska[dt])(?: av)?)\W*"
    r"|.*\bc/o\W*|.*(?:senast|sidan) (?:ändrad|uppdaterad|granskad).*",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"\W*(?:skriven|publicerad|uppdaterad|inlagd) av\s", re.IGNORECASE)


def is_pause_alone(item: Item, known: frozenset[str]) -> bool:
    """Return whether an item is a pause, and nobody is named below it who gives a talk."""
    return item.is_pause and not (_answers_questions(item, known) or _is_given(item, known))


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


def is_of_leader(draft: TalkParts) -> bool:
    """Return whether what looks like a talk is but who leads a part of the day: "Ordförande"."""
    text = draft.topic.text if draft.topic is not None else ""
    return not (draft.decks or draft.films) and _LEADS.fullmatch(text) is not None


def is_colophon(draft: TalkParts) -> bool:
    """Return whether what looks like a talk is but who wrote the page or answers for it: "Skriven av"."""
    text = draft.topic.text if draft.topic is not None else ""
    firms = [draft.organisation, *(one.organisation for one in draft.people)]
    names = [firm.text for firm in firms if firm is not None]
    is_one = _COLOPHON.fullmatch(text) is not None or any(_WRITTEN.match(one) for one in names)
    return not (draft.decks or draft.films) and is_one

"""What cells, links and lines below a talk's title say of its speakers, beside their names."""

import re
from collections.abc import Sequence

from archive.imports.reading.naming.attributes import attributes_of
from archive.imports.reading.naming.names import KNOWN, names_in
from archive.imports.reading.naming.organisations import (
    is_firm_with_place,
    is_surely_organisation,
    may_be_organisation,
)
from archive.imports.reading.naming.people import PersonOnPage
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.drafts import TalkParts
from archive.imports.reading.talks.entries import entry_of
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.words import FACT, MODERATOR, PAUSE, SPEAKERS
from archive.review.folding import joined

_WORDS, _TITLE_WORDS = 10, 18
_KIND_OF_TALK = re.compile(
    r"\W*(?:(?:avslutande|inledande|gemensamt?|öppet|ett|en|stort?|concluding|closing|opening)\s)?"
    r"(?:panel(?:samtal|debatt|diskussion)?(?:et|en)?|samtal(?:et)?|rundabords?samtal(?:et)?|debatt(?:en)?"
    r"|politikerpanel(?:en)?|politikerdebatt(?:en)?|soffsamtal(?:et)?|scensamtal(?:et)?|utfrågning(?:en)?"
    r"|diskussion(?:en)?|föredrag(?:et)?|föreläsning(?:en)?|keynote|workshop(?:en)?|panel discussion"
    r"|round ?table|debate|talk|conversation)\W*",
    re.IGNORECASE,
)  # a heading that says no more: "Avslutande panelsamtal"
_LIKE_NAME = re.compile(
    r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][\w-]+)?(?:\s(?:van|von|de|af|al)|\s[A-Z]\.)?\s[A-ZÅÄÖ][\w-]+"
)
_OWNED = re.compile(r"[A-ZÅÄÖ][\w-]+s\s(?:[a-zåäö-]+\s)?[a-zåäö-]+")  # "Biodlarnas honungslab"
_ALL_QUOTED = re.compile(r"[”\"“»][^”\"“»«]{4,200}[”\"“«»]\.?")
_TITLE_LABEL = re.compile(r"(?:titel|rubrik|ämne|title|topic)\s?:\s*(?=\S)", re.IGNORECASE)
_ABSTRACT_LABEL = re.compile(
    r"(?:sammanfattning|abstract|innehåll|beskrivning|om föredraget|summary)\s?:\s*", re.IGNORECASE
)


def has_title_below(draft: TalkParts) -> bool:
    """Return whether a topic is a mere label, and the text below the topic: a question, a few words."""
    if draft.topic is None or not draft.abstract or not _KIND_OF_TALK.fullmatch(draft.topic.text):
        return False
    text = draft.abstract[0]
    ends = text.text.rstrip()[-1:]
    alone = [one for one in draft.abstract if one.block == text.block] == [text]
    is_first = all(text.block <= one.name.block for one in draft.people)
    return alone and is_first and ends != "." and len(text.text.split()) <= _TITLE_WORDS


def take_column(draft: TalkParts, text: Piece, column: str) -> None:
    """Give the speakers what the cell of a column of roles or organisations says."""
    given = {"role": None, "organisation": None, column: text}
    draft.people = [
        PersonOnPage(
            one.value, one.name, one.certainty, one.role or given["role"], one.title,
            one.organisation or given["organisation"], one.attributes,
        )
        for one in draft.people
    ]  # fmt: skip
    if not draft.people and column == "organisation":
        draft.organisation = text


def take_label(draft: TalkParts, text: Piece, known: frozenset[str]) -> None:
    """Read the words of a link below a title: "Topic, Name, Organisation"."""
    entry = entry_of(text, (), known)
    for person in entry.people:
        same = next((at for at, one in enumerate(draft.people) if one.value == person.value), None)
        if same is None and not draft.people:
            draft.people.append(person)
        elif same is not None:
            one = draft.people[same]
            draft.people[same] = PersonOnPage(
                one.value, one.name, one.certainty, one.role or person.role, one.title or person.title,
                one.organisation or person.organisation, one.attributes,
            )  # fmt: skip
    if draft.topic is None and entry.topic is not None:
        draft.topic = entry.topic


def names_new(draft: TalkParts, text: Piece, known: frozenset[str]) -> bool:
    """Return whether the words of a link say more of the speakers than is known: an organisation."""
    return any(one.organisation is None for one in draft.people) and bool(names_in(text.text, known))


def goes_on_about_speaker(draft: TalkParts, text: Piece, column: str) -> bool:
    """Return whether a line says what the people named above it do, and where: "Nätchef, Elbolaget"."""
    if not draft.people or draft.people[-1].organisation is not None:
        return False
    if column == "speaker":
        return True
    found = attributes_of(Piece(", " + text.text, text.block, text.start - 2))
    is_owned = _OWNED.fullmatch(text.text) is not None and not draft.abstract
    if is_owned and draft.people[-1].role is None:
        return True
    is_firm = is_surely_organisation(text.text) or may_be_organisation(text.text)
    if draft.people[-1].role is not None and not draft.abstract and found.role is None and is_firm:
        return draft.people[-1].name.block == text.block  # "Ida Ek", "ingenjör", "Kalmar kommun"
    is_sure = is_surely_organisation(text.text) or (
        found.role is not None and found.organisation is not None and is_role(found.role.text)
    )
    is_bare = draft.people[-1].role is None and found.rest is None
    is_next_line = draft.people[-1].name.block == text.block and not draft.abstract
    is_what = found.role is not None or may_be_organisation(text.text)
    is_short = len(text.text.split()) <= _WORDS and text.text[-1:] not in ".?!"
    return is_bare and ((draft.topic is None and is_sure) or (is_next_line and is_what and is_short))


def told_of(people: Sequence[PersonOnPage]) -> int:
    """Return how many of some people nothing more is to be said of: what follows is of those behind them."""
    bare = [
        one.organisation is None and (one.role is None or one.role.start < one.name.start) for one in people
    ]
    told = len(bare) - bare[::-1].index(False) if False in bare else 0
    return min(told, len(bare) - 1)


def like_names(text: str) -> frozenset[str]:
    """Return the parts of a cell of speakers that are formed as names, written together: "Till Berg".

    That is the first one where nobody is known, or any among several people who are.
    """
    parts = [part.strip() for part in re.split(r"\s*[,;/&\n(]\s*|\s(?:och|and|samt)\s", text)]
    sure = [name.text for name in names_in(text) if name.certainty >= KNOWN]
    free = parts if len(sure) > 1 and len(sure) >= len(parts) - 1 else [] if sure else parts[:1]
    found = [part for part in free if _LIKE_NAME.fullmatch(part) and not may_be_role_or_firm(part)]
    return frozenset(joined(part) for part in found)


def is_firm_in(text: Piece, column: str) -> bool:
    """Return whether a line is an organisation; in a column of speakers a less sure one is, too."""
    is_sure = is_surely_organisation(text.text) or is_firm_with_place(text.text)
    is_due = column == "speaker" and len(text.text.split()) > 1 and may_be_organisation(text.text)
    return is_sure or is_due


def may_be_role_or_firm(text: str) -> bool:
    """Return whether a part of a cell has a word that names of people have not."""
    return is_surely_organisation(text) or is_role(text) or PAUSE.match(text) is not None


def without_label(draft: TalkParts, text: Piece) -> Piece:
    """Return what a line below a title says of the talk: "Titel: …" is its topic, and "”…”", too."""
    if draft.topic is None and draft.has_speaker and _ALL_QUOTED.fullmatch(text.text.strip()):
        draft.topic = topic_piece(text)  # with more than one sentence in it
        return text.part(len(text.text))
    topic = _TITLE_LABEL.match(text.text)
    if topic is not None:
        draft.topic = topic_piece(text.part(topic.end()))
        return text.part(len(text.text))
    about = _ABSTRACT_LABEL.match(text.text)
    if about is not None:
        return text.part(about.end())
    is_fact = FACT.match(text.text) and not (MODERATOR.match(text.text) or SPEAKERS.match(text.text))
    return text.part(len(text.text)) if is_fact else text


def tells_of_speaker(draft: TalkParts, sentence: Piece) -> bool:
    """Return whether a sentence tells what a speaker did: "Sofia gav en överblick." is no topic."""
    given = {one.value.split()[0] for one in draft.people}
    return sentence.text.rstrip().endswith(".") and sentence.text.split()[0] in given


def is_label(sentence: Piece) -> bool:
    """Return whether a sentence is but a label above speakers."""
    return bool(
        SPEAKERS.fullmatch(sentence.text.strip(" :"))
        or re.match(r"\W*i panelen\b.{0,30}$", sentence.text, re.IGNORECASE)
    )

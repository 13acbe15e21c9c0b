"""An item of a programme as a talk, if it is one."""

import re

from archive.imports.reading.headings import ends_with_speaker
from archive.imports.reading.items import Item
from archive.imports.reading.naming.firms_of_lines import group_of, of_firm_before, of_firm_behind
from archive.imports.reading.naming.names import KNOWN, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.naming.people import PersonOnPage, with_attributes
from archive.imports.reading.pieces import Line, Piece, sentences, squeezed
from archive.imports.reading.talks.beside_speakers import (
    goes_on_about_speaker,
    has_title_below,
    is_firm_in,
    is_label,
    like_names,
    names_new,
    take_column,
    take_label,
    tells_of_speaker,
    told_of,
    without_label,
)
from archive.imports.reading.talks.drafts import TalkParts, bare_of, take_links
from archive.imports.reading.talks.entries import entry_of
from archive.imports.reading.talks.pauses import is_pause_alone
from archive.imports.reading.talks.separated import given_beside
from archive.imports.reading.talks.topics import LineContent, topic_piece
from archive.imports.reading.words import (
    LED_BY,
    MINOR,
    MODERATOR,
    NO_DECK,
    NOT_ABSTRACT,
    PANEL,
    SPEAKERS,
    WHOLE_EVENT,
)

_CHAIR = re.compile(r"\W*(?:session\w*|ordf\.?|ordförande|chair\w*|spårledare|spårvärd)\W", re.IGNORECASE)
_FACULTY = re.compile(r"(?:fil|agr|tekn|med|teol|jur|ekon|pol|vet|farm)\.?", re.IGNORECASE)  # of "fil. dr"
_DEGREE = re.compile(rf"(?i){_FACULTY.pattern}\s?(?:dr|doktor|lic|licentiat|kand|mag|master|stud)\.?")
_TOLD = re.compile(
    r"\b(?:går|gick|visar|berättar|berättade|ger|presenterar|diskuterar|har|är|kommer|delar"
    r"|möter|beskriver|redovisar|menar|tar|will|is|has|shows|presents)\b"
)
_IS = re.compile(r"\s(?:är|arbetar som|jobbar som)\s(?=[a-zåäö])")  # "Anna Ek är strateg i Falun"
_THANKS = re.compile(r"(?i)\W*(?:ett\s)?(?:(?:stort|varmt|tusen)\s)?tack\s(?:till|alla|för|från\soss)\b")
_PROSE_WORDS, _NAME_WORDS_MAX = 9, 6


def draft_of(item: Item, known: frozenset[str], given: TalkParts | None = None) -> TalkParts | None:
    """Return the talk that an item is, None for a pause, a cancelled one and what names nobody.

    `given` is a talk with the speakers that were read of it already.
    """
    is_pause = given is None and is_pause_alone(item, known)
    if item.head is None or item.title is None or is_pause or item.is_cancelled:
        return None
    draft = given or TalkParts(None, slot=item.slot, place=item.head.piece.block)
    lines = [line for line in item.body if line.text.strip()]
    is_topic = item.columns.get(item.head.column) == "topic" and "speaker" in item.columns.values()
    if item.level:
        _take_heading(draft, item, known)
    elif is_topic:
        take_links(draft, item.head)
        draft.topic = topic_piece(item.title)
    else:
        _take_line(draft, item.head, item.title, known, has_topic=False)
    for line in lines:
        _take_body(draft, line, known, item)
    if draft.topic is None and draft.abstract:
        draft.topic = topic_piece(draft.abstract.pop(0))
    _mend_topic(draft)
    if not draft.has_speaker and draft.topic is not None and PANEL.search(draft.topic.text):
        draft.people += [one for one in _people(draft.topic, known) if one.certainty >= KNOWN]
    if not draft.has_speaker and draft.topic is not None:
        draft.people, draft.moderators = draft.moderators, []
    if draft.reports and not (draft.people or draft.decks or draft.films):
        return None  # a publication and who published it
    draft.is_minor = draft.topic is not None and MINOR.match(draft.topic.text) is not None
    return draft if draft.has_speaker and draft.topic is not None and len(draft.topic.text) > 2 else None


def _take_heading(draft: TalkParts, item: Item, known: frozenset[str]) -> None:
    assert item.head is not None
    assert item.title is not None
    title = item.title
    take_links(draft, item.head)
    names = [name for name in names_in(title.text, known) if name.certainty >= KNOWN]
    if names:
        entry = entry_of(title, (), known)
        if entry.topic is not None and entry.people and _ends_with_people(title, entry):
            _take_entry(draft, entry)
            return
        if entry.topic is None and entry.people:
            draft.people += entry.people
            return
        if sum(name.end - name.start for name in names) > 0.8 * len(title.text):
            draft.people += with_attributes(title, names)
            return
    draft.topic = topic_piece(title)


def _ends_with_people(title: Piece, entry: LineContent) -> bool:
    """Return whether a heading names its speakers behind a separator, and does not just tell of somebody."""
    first = entry.people[0].name.start - title.start
    return (
        bool(
            re.search(r"[–—|:,?.!\-]\s*(?:\w+\.?\s)?$|^$", title.text[:first])
            or entry.people[0].name.start < entry.topic.start
        )
        if entry.topic
        else False
    )


def _take_line(draft: TalkParts, line: Line, piece: Piece, known: frozenset[str], *, has_topic: bool) -> None:
    take_links(draft, line)
    text, emphases = bare_of(line, piece)
    if not text.text.strip(" .|–-"):
        return
    _take_entry(draft, entry_of(text, emphases, known, has_topic=has_topic))


def _take_entry(draft: TalkParts, entry: LineContent) -> None:
    if entry.topic is not None and draft.topic is None:
        draft.topic = entry.topic
    draft.people += entry.people
    draft.commentators += entry.commentators
    draft.organisation = draft.organisation or entry.organisation
    draft.certainty = min(draft.certainty, entry.certainty)


def _take_body(draft: TalkParts, line: Line, known: frozenset[str], item: Item) -> None:
    """Take a line below an item's title: links, speakers, who leads it, or what it is about."""
    column = item.columns.get(line.column, "") if item.is_row else ""
    text, _ = bare_of(line, line.piece)
    take_links(draft, line)
    stripped = text.stripped(" \t\n|")
    if (
        not re.search(r"\w", stripped.text)
        or NO_DECK.match(stripped.text)
        or NOT_ABSTRACT.match(stripped.text)
        or (column == "links" and line.links and draft.has_speaker)  # "Hanna T (2 Mb)"
    ):
        return
    stripped = without_label(draft, stripped)
    if not stripped.text:
        return
    if line.is_link and draft.people and draft.topic is not None and not names_new(draft, stripped, known):
        return
    if line.is_link:
        take_label(draft, stripped, known)
        return
    if column in ("organisation", "role"):
        take_column(draft, stripped, column)
        return
    _take_text(draft, stripped, known, column)


def _take_text(draft: TalkParts, text: Piece, known: frozenset[str], column: str) -> None:
    """Take a text below a title: its first sentences may name the speakers, the others tell of the talk."""
    tells = False
    for sentence in sentences(text):
        if any(words.match(sentence.text) for words in (NO_DECK, NOT_ABSTRACT, _THANKS)):
            continue
        led = MODERATOR.match(sentence.text) or LED_BY.match(sentence.text)
        if led:
            if not (WHOLE_EVENT.match(sentence.text) or _CHAIR.match(sentence.text)):
                draft.moderators += _people(sentence.part(led.end()), known)
            continue
        labelled = SPEAKERS.match(sentence.text)
        if labelled and ":" in labelled.group() and not names_in(sentence.text[labelled.end() :], known):
            named = sentence.part(labelled.end()).stripped(" \t\n.,;")
            draft.organisation = draft.organisation or (
                named if named.text[:1].isupper() and len(named.text.split()) <= _NAME_WORDS_MAX else None
            )
            continue
        people = [] if tells else _speakers(sentence, known, column)
        if people:
            draft.people += [one for one in people if all(one.value != other.value for other in draft.people)]
        elif not is_label(sentence):
            _take_sentence(draft, sentence, column)
            tells = bool(draft.abstract) and column != "speaker"


def _take_sentence(draft: TalkParts, sentence: Piece, column: str) -> None:
    bare = sentence.stripped(" \t\n.,;()")
    if _DEGREE.fullmatch(bare.text):
        return
    if goes_on_about_speaker(draft, bare, column):
        kept = told_of(draft.people) if column == "speaker" else 0
        draft.people = [*draft.people[:kept], *given_beside(draft.people[kept:], bare)]
    elif draft.topic is None and tells_of_speaker(draft, sentence):
        draft.abstract.append(sentence)
    elif draft.topic is None:
        draft.topic = topic_piece(sentence)
    elif not draft.has_speaker and not draft.abstract and (group := group_of(bare)) is not None:
        draft.role, draft.organisation = group
    elif not draft.has_speaker and not draft.abstract and is_firm_in(bare, column):
        draft.organisation = bare
    else:
        draft.abstract.append(sentence)


def _speakers(sentence: Piece, known: frozenset[str], column: str) -> list[PersonOnPage]:
    """Return the speakers that a sentence names, [] for one that tells of something."""
    labelled = SPEAKERS.match(sentence.text)
    part = sentence.part(labelled.end()) if labelled else sentence
    part = part.stripped(" \t\n.,;|•·–—-")
    names = names_in(part.text, known | like_names(part.text) if column == "speaker" else known)
    if not names:
        return []
    people = of_firm_behind(of_firm_before(part, with_attributes(part, names)))
    if labelled and (":" in labelled.group() or names[0].title_start < 40):
        return people
    if column == "speaker":
        return people
    lead = part.text[: names[0].title_start].strip(" (")
    is_lead = (
        not lead
        or _FACULTY.fullmatch(lead) is not None
        or is_surely_organisation(lead.strip(" ,:–-"))
        or (ends_with_speaker(part.text) and people[0].organisation is not None)
        or (people[0].organisation is not None and people[0].organisation.start < people[0].name.start)
        or (people[0].role is not None and people[0].role.start < people[0].name.start)
    )
    rest = people[-1].attributes.rest
    is_sentence = (
        rest is not None and len(rest.text.split()) > _PROSE_WORDS - 5 and not rest.text[:1].isupper()
    )
    behind = part.text[names[0].end :]
    is_told = _TOLD.search(_IS.sub(" ", behind) if people[0].role is not None else behind) is not None
    return people if is_lead and not is_sentence and not is_told else []


def _people(piece: Piece, known: frozenset[str]) -> list[PersonOnPage]:
    stripped = piece.stripped(" \t\n.:,;")
    return with_attributes(stripped, names_in(stripped.text, known))


def _mend_topic(draft: TalkParts) -> None:
    """Take a topic that is but the label of a kind of talk together with what follows ("Panel")."""
    if draft.topic is not None and not re.search(r"\w{2}", squeezed(draft.topic.text)):
        draft.topic = None
    if has_title_below(draft):
        draft.topic = topic_piece(draft.abstract.pop(0))

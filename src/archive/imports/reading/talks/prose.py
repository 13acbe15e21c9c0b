"""Talks told in sentences: "Anna Ek, strateg, berättade om …", "Därefter informerade Bo Al om …"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.imports.reading.dates import dates_in
from archive.imports.reading.naming.names import KNOWN, LIKELY, Name, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.naming.people import PersonOnPage, with_attributes
from archive.imports.reading.naming.roles import is_role_word
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.grammar.clauses import clauses, told_by_clause
from archive.imports.reading.talks.grammar.complements import bare_topic
from archive.imports.reading.talks.grammar.conversations import conversed, discussed
from archive.imports.reading.talks.grammar.each_about import each_about
from archive.imports.reading.talks.introductions import being, introduced_in, is_called
from archive.imports.reading.talks.speech import (
    NO_TALK,
    PASSIVE,
    PRONOUN,
    QUOTED,
    RUBRIC,
    VERB,
    VERBS,
    VIEW_OF,
    ToldTalk,
    topic_behind,
    without_adverbs,
)
from archive.imports.reading.talks.told_forms import (
    moved,
    subjects,
    titled,
    told_by_form,
    told_of_pronoun,
    topic_first,
)
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.talks.turns import behind_welcome, is_answer, owned_of, told_of_theirs, turn_of
from archive.imports.reading.words import LED_BY, MODERATOR

_WHO = re.compile(r",?\s(?:som|who)\s(?:sedan\s|också\s|then\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\W*(?:från|vid|på|from)\s+([A-ZÅÄÖ][^,;:.]{1,60})$", re.IGNORECASE)
_CAME = re.compile(r"\W*(Från\s[A-ZÅÄÖ][^,;:.]{1,60}?)\s(?:kom|kommer|medverkade|medverkar|deltog|deltar)\s")
_OWNS = re.compile(r"(?:[A-ZÅÄÖ][\w-]*\s){0,3}[A-ZÅÄÖ][\w-]*s(?:\s[a-zåäö-]+){1,4}\s[A-ZÅÄÖ]")
_HOLDS = re.compile(
    r"(?:höll|håller|ordnade|arrangerade|gav|bjöd)\s(?:sin|sitt|ett|en|in|den|det)?\b[^.]{0,60}?(?:dag"
    r"|dagar|seminari\w+|konferens"
    r"|möte|träff|forum|symposium|webbinari\w+|workshop|kväll)\b",
    re.IGNORECASE,
)
_OF_A_PLACE = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:ar|er|or)\si\s[A-ZÅÄÖ]\w+")  # "Hamnar i Sverige"
_BESIDE_CHARS = 120


def told_talks(
    piece: Piece, known: frozenset[str] = frozenset(), before: Piece | None = None
) -> list[ToldTalk]:
    """Return the talks that a paragraph tells of, each with the sentences behind it.

    `before` is the sentence before the paragraph, if that told of no talk.
    """
    talks: list[ToldTalk] = []
    introduced: tuple[PersonOnPage, ...] = ()
    for sentence in clauses(piece, known):
        if several := each_about(sentence, names_in(sentence.text, known)):
            talks += several
            continue
        talk = _told(sentence, known)
        if talk is None and (talk := _told_of(sentence, introduced)) is not None and talks:
            talks[-1] = replace(talks[-1], more=tuple(one for one in talks[-1].more if one is not before))
        talk = _answered(sentence, before, known) or talk
        if (panel := discussed(sentence, before, known)) is not None:
            talk = panel
            if talks:
                talks[-1] = replace(talks[-1], more=tuple(one for one in talks[-1].more if one is not before))
        talk = talk or conversed(sentence, known)
        introduced = () if talk is not None else introduced_in(sentence, known)
        before = sentence
        if talk is not None:
            talks.append(replace(talk, topic=bare_topic(talk.topic)))
        elif talks:
            led = LED_BY.match(sentence.text) or MODERATOR.match(sentence.text)
            if led:
                people = tuple(_people(sentence.part(led.end()), known))
                talks[-1] = replace(talks[-1], moderators=people)
            else:
                talks[-1] = replace(talks[-1], more=(*talks[-1].more, sentence))
    return talks


def _answered(sentence: Piece, question: Piece | None, known: frozenset[str]) -> ToldTalk | None:
    """Return the talk whose topic is the question before: "Vad händer? Den frågan ställde Bo Al, VTI."."""
    if question is None or not is_answer(sentence, question, tuple(_people(sentence, known))):
        return None
    return ToldTalk(topic_piece(question), tuple(_people(sentence, known)), sentence)


def _told_of(sentence: Piece, introduced: tuple[PersonOnPage, ...]) -> ToldTalk | None:
    """Return the talk in "Hon talade om …" of somebody who was introduced in the sentence before."""
    if not introduced:
        return None
    if (own := told_of_theirs(sentence, introduced)) is not None:
        return own
    if not (PRONOUN.match(sentence.text) or is_called(sentence.text, introduced)):
        return told_of_pronoun(sentence, introduced)
    introduced = being(sentence, introduced)
    whole, sentence = sentence, without_adverbs(sentence)
    for verb in VERB.finditer(sentence.text):
        kind = next(at for at in range(len(VERBS)) if verb[f"v{at}"])
        topic = topic_behind(sentence, verb.end(), kind)
        if topic is not None and len(topic.text) > 3:
            return ToldTalk(topic, introduced, whole)
    return told_of_pronoun(sentence, introduced)


def _told(whole: Piece, known: frozenset[str]) -> ToldTalk | None:
    talk = _told_in(without_adverbs(whole), known)
    return replace(talk, sentence=whole) if talk is not None else None


def _told_in(sentence: Piece, known: frozenset[str]) -> ToldTalk | None:
    text = sentence.text
    names = [name for name in names_in(text, known) if name.certainty >= LIKELY or _is_subject(text, name)]
    if _HOLDS.search(text) and dates_in(text) and not any(name.certainty >= KNOWN for name in names):
        return None  # "Föreningen höll sin dag den 6 april på Hotell Gästis"
    passive = PASSIVE.search(text)
    if passive and any(name.start >= passive.end() for name in names):
        people = tuple(_people(sentence.part(passive.end()), known))
        told = sentence.part(0, passive.start())
        view = VIEW_OF.match(told.text)
        topic = topic_piece(told.part(view.end()) if view else told)
        return ToldTalk(topic, people, sentence) if people else None
    greeting = behind_welcome(sentence, names)
    if greeting is not None:
        return _told_in(greeting, known)
    if NO_TALK.search(text) and not QUOTED.search(text):
        return _told_behind(sentence, names)
    fronted = owned_of(sentence, names) or titled(sentence, names) or topic_first(sentence, names)
    fronted = fronted or turn_of(sentence, names)
    if fronted is not None:
        return replace(fronted, people=_of_those_from(sentence, fronted.people))
    for match in VERB.finditer(text):
        talk = _with_verb(sentence, match, names)
        if talk is not None and len(talk.topic.text) > 3:
            return talk
    return told_by_form(sentence, names) or told_by_clause(sentence, names)


def _told_behind(sentence: Piece, names: list[Name]) -> ToldTalk | None:
    """Read "A hälsade välkommen och lämnade ordet till B, strateg, som berättade om …"."""
    for verb in VERB.finditer(sentence.text):
        lead = _WHO.search(sentence.text[: verb.start()])
        before = [name for name in names if lead is not None and name.end <= lead.start()]
        if before and verb.start() - before[-1].end < _BESIDE_CHARS:
            start = before[-1].title_start
            part = sentence.part(start)
            own = [moved(before[-1], start)]
            talk = _with_verb(part, VERB.search(part.text, verb.start() - start) or verb, own)
            return replace(talk, sentence=sentence) if talk is not None else None
    return None


def _is_subject(text: str, name: Name) -> bool:
    """Return whether a doubtful name stands where the sentence names who does something."""
    behind = text[name.end : name.end + 60]
    if re.match(r"\s*(?:,|och|&|samt|and)\s+[A-ZÅÄÖ]", behind) and VERB.search(text[: name.start][-25:]):
        return True
    if re.search(r"[a-zåäö]\s(?:och|samt|&)\s$", text[: name.start]) and VERB.search(text[name.end :]):
        return True
    if _OWNS.match(text[name.start :]) and any(map(is_role_word, behind.split()[:4])):
        return False  # "Rederiet Inlands operativa chef Bo Al"
    return name.start == 0 or bool(re.match(r"\s*(?:,\s*[a-zåäö]|\(|\s(?:från|vid|på)\s[A-ZÅÄÖ])", behind))


def _with_verb(sentence: Piece, verb: "re.Match[str]", names: list[Name]) -> ToldTalk | None:
    kind = next(at for at in range(len(VERBS)) if verb[f"v{at}"])
    before = [name for name in names if name.end <= verb.start()]
    if before:
        people = _of_those_from(sentence, subjects(sentence, before, verb.start()))
        topic = topic_behind(sentence, verb.end(), kind)
        return ToldTalk(topic, people, sentence) if topic is not None else None
    if names and verb.end() <= names[0].start and names[0].title_start - verb.end() < 80:
        return _inverted(sentence, verb, kind, names)
    lead = sentence.part(0, verb.start()).stripped()
    is_firm = is_surely_organisation(lead.text) and not (names or _OF_A_PLACE.fullmatch(lead.text))
    if is_firm and not _HOLDS.search(sentence.text[verb.start() :]):
        topic = topic_behind(sentence, verb.end(), kind)
        return ToldTalk(topic, (), sentence, organisation=lead) if topic is not None else None
    return None


def _inverted(sentence: Piece, verb: "re.Match[str]", kind: int, names: list[Name]) -> ToldTalk | None:
    """Read "Därefter informerade Anna Ek, strateg, Region X, om …"."""
    prepositions = VERBS[kind][1]
    first = verb.end()
    end = len(sentence.text)
    topic: Piece | None = None
    speakers = _first_group(sentence.text, names)
    if prepositions:
        after = speakers[-1].end
        found = re.search(rf",\s+(?:{prepositions})\s+", sentence.text[after:], re.IGNORECASE) or re.search(
            rf"\s(?:{prepositions})\s+", sentence.text[after:], re.IGNORECASE
        )
        asking = re.search(r",\s(?=(?:hur|varför|vad|vilk\w+|vem|när)\s)", sentence.text[after:])
        found = asking if asking is not None and (found is None or asking.start() < found.start()) else found
        if found is not None:
            end = after + found.start()
            topic = topic_piece(sentence.part(after + found.end()))
            speakers = [name for name in names if name.start < end]
    part = sentence.part(first, end)
    own = [moved(name, first) for name in speakers]
    people = _from_lead(sentence.part(0, verb.start()), tuple(with_attributes(part, own)))
    if topic is None and people and people[-1].attributes.rest is not None and kind not in (0, 1):
        rest = people[-1].attributes.rest
        topic = topic_piece(sentence.part(rest.start - sentence.start))
    rubric = RUBRIC.search(sentence.text)
    quoted = QUOTED.search(sentence.text, rubric.end()) if rubric else None
    topic = sentence.part(quoted.start(1), quoted.end(1)) if quoted is not None else topic
    return ToldTalk(topic, people, sentence) if topic is not None and people else None


def _from_lead(lead: Piece, people: tuple[PersonOnPage, ...]) -> tuple[PersonOnPage, ...]:
    """Give people the organisation that the sentence begins with: "Från Region Värmland medverkade …"."""
    match = _FROM.match(lead.text)
    if match is None or not may_be_organisation(match[1].strip()):
        return people
    firm = lead.part(match.start(1), match.end(1)).stripped()
    return tuple(replace(one, organisation=one.organisation or firm) for one in people)


def _of_those_from(sentence: Piece, people: tuple[PersonOnPage, ...]) -> tuple[PersonOnPage, ...]:
    """Give people the organisation in "Från Region Värmland kom strategen Anna Ek och berättade …"."""
    match = _CAME.match(sentence.text)
    return _from_lead(sentence.part(0, match.end(1)), people) if match else people


def _first_group(text: str, names: list[Name]) -> list[Name]:
    """Return the names told in one breath: those behind the first preposition belong to the topic."""
    group = [names[0]]
    for name in names[1:]:
        if re.search(r"\b(?:om|kring|för|av|hur|vad|att|about)\b", text[group[-1].end : name.start]):
            break
        group.append(name)
    return group


def _people(piece: Piece, known: frozenset[str]) -> Iterator[PersonOnPage]:
    yield from with_attributes(piece, names_in(piece.text, known))

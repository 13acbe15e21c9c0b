"""Sentences read by their clauses: an adverbial, the verb, who speaks with what they are, and the rest.

Swedish main clauses have their verb second. So what stands right before the people, or right behind them and
what they are, is a verb by its place and its form, and what is left behind both is what the talk was about.
"""

import re
from collections.abc import Sequence

from archive.imports.reading.naming.before_names import before_name
from archive.imports.reading.naming.names import LIKELY, Name, names_in
from archive.imports.reading.naming.people import PersonOnPage, with_attributes
from archive.imports.reading.naming.roles import is_role_word
from archive.imports.reading.naming.verbs import FINITE, NO_SPEECH, PAST, is_telling
from archive.imports.reading.pieces import Piece, sentences
from archive.imports.reading.talks.grammar.complements import bare_topic
from archive.imports.reading.talks.speech import NO_TALK, QUOTED, RUBRIC, ToldTalk
from archive.imports.reading.talks.topics import topic_piece

_BY = re.compile(
    r"\b(?:[a-zåäö]+(?:ades|des|tes|ts|ats)|blev\s[a-zåäö]+t|gjordes|gavs|hölls)\s(?:(?:sedan|därefter"
    r"|sist|också"
    r"|som\s(?:brukligt|vanligt))\s)?av\s(?:[a-zåäö-]+\s){0,3}$"
)
_WITH = re.compile(r"\W*(?:som\s)?(?:med|genom|på\stemat|under\s(?:rubriken|titeln))\s+(?=\S)")
_VERB_BEFORE = re.compile(
    rf"(?:^|\s){FINITE}\s(?:(?:sig|oss|också|även|sedan|därefter|bland\sannat|till\ssist|slutligen)\s)?"
    r"(?:[a-zåäö-]+(?:\soch\s[a-zåäö-]+)?\s){0,2}$"
)
_NOT_ADVERBIAL = re.compile(r"\W*(?:vi|ni|de|han|hon|jag|man|det|detta|som|den)\b", re.IGNORECASE)
_VERB_BEHIND = re.compile(rf"\W*(?:(?:som|och|who)\s)?{FINITE}\s+(?=\S)")
_SAID = re.compile(
    r",\s(?:berättade|sammanfattade|förklarade|konstaterade|menade|sade|sa|betonade|framhöll|underströk"
    r"|påpekade"
    r"|säger|berättar|menar|förklarar|konstaterar)\s(?:[a-zåäö-]+\s){0,2}$"
)
_JOINT = re.compile(
    r",?\s(?:medan|varefter|varpå|samtidigt\ssom|men|och(?:\s(?:sedan|därefter|sist|slutligen))?)\s"
)
_SPEECH_BY = re.compile(
    r"\b\w*(?:föredrag|föreläsning|presentation|anförande|dragning|inlägg|kåseri)\w*\s(?:av|med|från)\s(?:[a-zåäö-]+\s){0,3}$"
)
_ABOUT = re.compile(r"\W*(?:om|kring|över|med\s(?:rubriken|titeln))\s+(?=\S)")
_LEAST_WORDS, _CLAUSE_CHARS = 2, 300
_MOST_LEAD_WORDS = 9
_PARTICLES = re.compile(
    r"(?:(?:sig|upp|in|ut|fram|ned|ner|igenom|an|åt|vid|runt|med\ssig|hål|tag|ett\sslag|sin\stid"
    r"|sitt\spass)\s)*"
    r"(?:(?:med|om|kring|av|för|på|över|i|till|åt|genom|runt|rörande)\s)?"
)


def clauses(piece: Piece, known: frozenset[str]) -> list[Piece]:
    """Return the sentences of a piece, those cut in two in which "medan Bo Al talade om …" follows."""
    found: list[Piece] = []
    for sentence in sentences(piece):
        start = 0
        for joint in _JOINT.finditer(sentence.text):
            if not _begins_clause(sentence.part(joint.end(), joint.end() + _CLAUSE_CHARS), known):
                continue
            if joint.group().endswith("och ") and not _is_clause(sentence.part(start, joint.start()), known):
                continue
            found.append(sentence.part(start, joint.start()))
            start = joint.end()
        found.append(sentence.part(start))
    return found


def _begins_clause(behind: Piece, known: frozenset[str]) -> bool:
    """Return whether a text begins with somebody, with a trade before the name perhaps, and has a verb."""
    if not re.match(r"(?:[a-zåäö-]+\s){0,3}[A-ZÅÄÖ]", behind.text):
        return False
    names = names_in(behind.text, known)
    if not names or names[0].certainty < LIKELY:
        return False
    lead = behind.part(0, names[0].title_start)
    is_subject = not lead.text or before_name(lead).role is not None
    return is_subject and re.search(rf"\s{FINITE}\s", behind.text[names[0].end :]) is not None


def _is_clause(piece: Piece, known: frozenset[str]) -> bool:
    """Return whether what stands before "och" tells of a talk by itself: who, and behind them a verb."""
    names = [one for one in names_in(piece.text, known) if one.certainty >= LIKELY]
    behind = piece.text[names[-1].end :] if names else ""
    found = re.search(rf"\s(?={PAST}\s){FINITE}\s\S", behind)
    return found is not None and not is_role_word(found["verb"])


def told_by_clause(sentence: Piece, names: Sequence[Name]) -> ToldTalk | None:
    """Return the talk that a sentence tells of by the order of its parts; None for other sentences."""
    sure = [name for name in names if name.certainty >= LIKELY]
    if not sure or NO_TALK.search(sentence.text):
        return None
    first = sure[0]
    lead = sentence.text[: first.title_start]
    people = tuple(with_attributes(sentence, sure))
    if not people or not any(one.role or one.organisation for one in people):
        return None
    return (
        _with_title(sentence, people)
        or _speech_of(sentence, lead, people)
        or _given_by(sentence, lead, people)
        or _verb_before(sentence, lead, people)
        or _verb_behind(sentence, lead, people)
        or _said(sentence, lead, people)
    )


def _with_title(sentence: Piece, people: tuple[PersonOnPage, ...]) -> ToldTalk | None:
    """Read "Först ut var Paula Ek, forskare, med föredraget ”Sakernas internet”"."""
    rubric = RUBRIC.search(sentence.text)
    quoted = QUOTED.search(sentence.text, rubric.end()) if rubric else None
    if rubric is None or quoted is None or people[-1].name.start - sentence.start > rubric.start():
        return None
    return ToldTalk(sentence.part(quoted.start(1), quoted.end(1)), people, sentence)


def _speech_of(sentence: Piece, lead: str, people: tuple[PersonOnPage, ...]) -> ToldTalk | None:
    """Read "Kvällens sista punkt var ett föredrag av författaren Ida Ek om slussar"."""
    rest = people[-1].attributes.rest
    about = _ABOUT.match(rest.text) if rest is not None and _SPEECH_BY.search(lead) else None
    return _talk(sentence, people, rest.part(about.end())) if rest is not None and about is not None else None


def _given_by(sentence: Piece, lead: str, people: tuple[PersonOnPage, ...]) -> ToldTalk | None:
    """Read "Dagen avrundades av chefen Eva Ek, Örebro läns museum, med Hur bevarar vi …?"."""
    rest = people[-1].attributes.rest
    if rest is None or _BY.search(lead) is None:
        return None
    behind = _WITH.match(rest.text)
    behind = behind or _VERB_BEHIND.match(rest.text)
    return _talk(sentence, people, rest.part(behind.end())) if behind else None


def _verb_before(sentence: Piece, lead: str, people: tuple[PersonOnPage, ...]) -> ToldTalk | None:
    """Read "Som avslutning delade Eva Ek, chef för Sågen, med sig av hur …"."""
    found = _VERB_BEFORE.search(lead)
    rest = people[-1].attributes.rest
    before = lead[: found.start()] if found else ""
    if found is None or rest is None or is_role_word(found["verb"]) or _NOT_ADVERBIAL.match(before):
        return None
    if not before.strip() or len(before.split()) > _MOST_LEAD_WORDS or "," in before:
        return None
    particle = _PARTICLES.match(rest.text)
    return _talk(sentence, people, rest.part(particle.end() if particle else 0))


def _verb_behind(sentence: Piece, lead: str, people: tuple[PersonOnPage, ...]) -> ToldTalk | None:
    """Read "Konstruktören Bo Al, WSP, och professorn Ida Ek från RISE möttes i en debatt om stommar"."""
    rest = people[-1].attributes.rest
    found = _VERB_BEHIND.match(rest.text) if rest is not None else None
    is_lead = not lead.strip() or before_name(sentence.part(0, len(lead))).role is not None
    between = sentence.part(len(lead), people[-1].name.start - sentence.start).text
    others = [one for one in re.findall(r"[a-zåäö]+", between) if is_telling(one) and not is_role_word(one)]
    if rest is None or found is None or not is_lead or is_role_word(found["verb"]) or others:
        return None
    behind = rest.part(found.end())
    particle = _PARTICLES.match(behind.text)
    return _talk(sentence, people, behind.part(particle.end() if particle else 0))


def _said(sentence: Piece, lead: str, people: tuple[PersonOnPage, ...]) -> ToldTalk | None:
    """Read "Antalet platser har fördubblats på tio år, berättade Bo Al, utredare vid Verket"."""
    found = _SAID.search(lead)
    if found is None or lead.lstrip()[:1] in '–—-”"“»' or people[-1].attributes.rest is not None:
        return None
    return _talk(sentence, people, sentence.part(0, found.start()))


def _talk(sentence: Piece, people: tuple[PersonOnPage, ...], topic: Piece) -> ToldTalk | None:
    topic = bare_topic(topic_piece(topic))
    if re.match(NO_SPEECH, topic.text) or len(topic.text.split()) < _LEAST_WORDS:
        return None
    return ToldTalk(topic, people, sentence)

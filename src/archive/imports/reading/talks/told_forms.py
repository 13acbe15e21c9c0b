"""Talks told with verbs that are in no list: by where people, with what they are, stand in a sentence."""

import re
from collections.abc import Sequence

from archive.imports.reading.naming.before_names import before_name
from archive.imports.reading.naming.firms_of_lines import of_firm_behind
from archive.imports.reading.naming.names import KNOWN, LIKELY, Name
from archive.imports.reading.naming.people import PersonOnPage, with_attributes
from archive.imports.reading.naming.roles import is_role_word
from archive.imports.reading.naming.verbs import FINITE
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.speech import NO_TALK, PRONOUN, QUOTED, RUBRIC, ToldTalk
from archive.imports.reading.talks.topics import topic_piece

_BEFORE_VERB = re.compile(
    r"[\s,;–-]*(?:\b(?:inled(?:de|er)|avsluta(?:de|r)|öppna(?:de|r)|börja(?:de|r))\soch\b"
    r"|\bsom\b|\bwho\b|\bockså\b|\bsedan\b|\bhar\b|\bskulle\b|[\s,;–-])*$",
    re.IGNORECASE,
)
_VERB = FINITE
_WITH_VERB = (
    r"\s(?:(?:sig|dagen|mötet|seminariet|konferensen|eftermiddagen"
    r"|scenen|oss|publiken|deltagarna|även|också|bland annat|istället)\s)*"
)
_PARTICLE = (
    r"(?:(?:upp|igenom|fram|ut|in|ned|ner|vid|hål|i kast|med sig|sig)\s)?"
    r"(?:(?:med|om|kring|av|för|på|över|i|till)\s)?"
)
_BEHIND_PEOPLE = re.compile(rf"[,)]\s{_VERB}{_WITH_VERB}{_PARTICLE}")
_RIGHT_BEHIND = re.compile(rf"{_VERB}{_WITH_VERB}{_PARTICLE}")
_BEFORE_PEOPLE = re.compile(rf"^(?:\S+\s){{0,5}}?{_VERB}\s(?:sig\s)?(?:[a-zåäö-]+\s){{0,2}}$", re.IGNORECASE)
_ADVERBS = re.compile(
    r"(?:därefter|därpå|sedan|sen|först|sist|sista|till sist|slutligen|avslutningsvis|efter|på|under|innan"
    r"|före|inledningsvis|till|från|dagen|härnäst|vidare|next|then|finally)\b",
    re.IGNORECASE,
)
_PARTICLE_LAST = re.compile(r"\s(?:igenom|upp|fram|in\spå|närmare)(?=\s|\W*$)")
_FRONTED = re.compile(
    rf"^(?P<about>(?:om|kring)\s)?(?P<topic>(?:(?<=\s)|hur|vad|varför|vilk\w+|vem|vart|var"
    rf"|när)\b.{{8,200}}?),?\s(?:{_VERB}"
    r"\s(?:(?!hade\b|har\b|kan\b|ska\b|fick\b)[a-zåäö-]+\s){0,2}|(?:hade|har|kunde|kan|skulle|ska|fick"
    r"|får)\s)$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(rf"\W*(?:han|hon|hen|de|dessa)\s{_VERB}{_WITH_VERB}{_PARTICLE}", re.IGNORECASE)
_PRONOUN_IS = re.compile(
    rf"\W*(?:han|hon|hen)\s(?:är|arbetar\ssom"
    rf"|jobbar\ssom)\s[^.]{{3,80}}?\soch\s{_VERB}{_WITH_VERB}{_PARTICLE}",
    re.IGNORECASE,
)
_PRONOUN_BEHIND = re.compile(
    rf"\W*(?:[\w-]+\s){{1,9}}?{_VERB}\s(?:han|hon|hen|de)\s{_WITH_VERB[2:]}{_PARTICLE}", re.IGNORECASE
)
_MEANT = re.compile(r"\b(?:han|hon|hen|de)\b", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:kommer|ska|skall|will)\b", re.IGNORECASE)
_CALLED = re.compile(r"\S+\s(?:\S+\s){0,5}$")  # "Mäklaren och debattören Anna Ek"
_TITLED = re.compile(
    r"^\W*[”\"“»«](?P<topic>[^”\"“»«]{4,200})[”\"“»«],?\s(?:var|är|löd|hette|heter)\s"
    r"(?:rubriken|titeln|temat|ämnet|namnet|frågan(?=\s(?:som|när|för)\b))\b"
)
_NEXT = re.compile(r"(?:dagens|kvällens|första|andra|nästa|sista) [^.]{0,40},\s$", re.IGNORECASE)
_TOPIC_WORDS = 2


def told_by_form(sentence: Piece, names: Sequence[Name]) -> ToldTalk | None:
    """Return the talk that a sentence tells of by its form: who, with role or organisation, does what."""
    if not names or names[0].certainty < LIKELY or NO_TALK.search(sentence.text):
        return None
    lead = sentence.part(0, names[0].title_start)
    if names[0].certainty >= KNOWN and _may_lead(lead):
        return _people_first(sentence, names)
    return _verb_first(sentence, names)


def _may_lead(lead: Piece) -> bool:
    """Return whether what stands before a name only says who it is: nothing, a trade, "Nästa talare,"."""
    is_trade = _CALLED.match(lead.text) is not None and before_name(lead).role is not None
    return not lead.text or is_trade or _NEXT.match(lead.text) is not None


def told_of_pronoun(sentence: Piece, people: tuple[PersonOnPage, ...]) -> ToldTalk | None:
    """Return the talk of people introduced in the sentence before: "Hon ger företagens bild av …"."""
    rubric = RUBRIC.search(sentence.text)
    quoted = QUOTED.match(sentence.text, rubric.end()) if rubric and _MEANT.search(sentence.text) else None
    if quoted is not None:  # "under rubriken ”Byn” gick hon igenom …"
        topic = topic_piece(sentence.part(quoted.start(1), quoted.end(1)))
        more = (sentence,) if PRONOUN.match(sentence.text) else ()  # what else it tells of them
        return ToldTalk(topic, people, sentence, more=more)
    match = (
        _PRONOUN.match(sentence.text)
        or _PRONOUN_IS.match(sentence.text)
        or _PRONOUN_BEHIND.match(sentence.text)
    )
    about = topic_piece(sentence.part(match.end())) if match else None
    return ToldTalk(about, people, sentence) if about is not None and _is_topic(about) else None


def subjects(sentence: Piece, names: Sequence[Name], end: int) -> tuple[PersonOnPage, ...]:
    """Return the people before a verb, with what stands beside them."""
    subject = sentence.part(0, end)
    trailing = _BEFORE_VERB.search(subject.text)
    subject = subject.part(0, trailing.start()) if trailing else subject
    return tuple(of_firm_behind(with_attributes(subject, names)))


def moved(name: Name, offset: int) -> Name:
    """Return a name as it stands in a part of the text that begins `offset` letters on."""
    start, end, title = name.start - offset, name.end - offset, name.title_start - offset
    return Name(start, end, name.text, name.certainty, title, name.role)


def _people_first(sentence: Piece, names: Sequence[Name]) -> ToldTalk | None:
    """Read "Anna Ek, strateg, Region X, jämför …" and "Bo Al från Region X jämför …"."""
    verb = _verb_behind(sentence.text, names[0].end)
    before = [name for name in names if verb is not None and name.end <= verb.start()]
    if verb is not None and before:
        people = subjects(sentence, before, verb.start() + (sentence.text[verb.start()] == ")"))
        return _talk(sentence, people, sentence.part(verb.end()))
    people = tuple(with_attributes(sentence, _joined(sentence.text, names)))
    rest = people[-1].attributes.rest if people else None
    match = _RIGHT_BEHIND.match(rest.text) if rest is not None else None
    if rest is None or match is None or is_role_word(match["verb"]):
        return None
    return _talk(sentence, people, rest.part(match.end()))


def _joined(text: str, names: Sequence[Name]) -> list[Name]:
    """Return the names that a sentence begins with, one behind the other: "Anna Ek och Bo Al"."""
    group = [names[0]]
    for name in names[1:]:
        if re.fullmatch(r"\s*(?:,|och|samt|&|/)\s*", text[group[-1].end : name.start]) is None:
            break
        group.append(name)
    return group


def _verb_behind(text: str, start: int) -> "re.Match[str] | None":
    found = _BEHIND_PEOPLE.finditer(text, start)
    return next(
        (one for one in found if not is_role_word(one["verb"]) and ": " not in text[start : one.start()]),
        None,
    )


def titled(sentence: Piece, names: Sequence[Name]) -> ToldTalk | None:
    """Read "”Virket på räls” var rubriken när Anna Ek, strateg, och Bo Al talade"."""
    match = _TITLED.match(sentence.text)
    if match is None or not any(name.start >= match.end() for name in names):
        return None
    people = tuple(with_attributes(*_behind(sentence, names, match.end())))
    return _talk(sentence, people, sentence.part(match.start("topic"), match.end("topic")))


def topic_first(sentence: Piece, names: Sequence[Name]) -> ToldTalk | None:
    """Read "Hur det går till beskriver Anna Ek (SCB)": the verb stands right before who speaks."""
    match = _FRONTED.match(sentence.text[: names[0].title_start]) if names else None
    if match is None or is_role_word(match["verb"] or ""):
        return None
    start = match.end("verb") if match["verb"] else match.end("topic")
    particle = _PARTICLE_LAST.search(sentence.text, names[-1].end)  # "gick Ida Ek från Verket igenom"
    whole, sentence = sentence, sentence.part(0, particle.start()) if particle else sentence
    people = tuple(with_attributes(*_behind(sentence, names, start)))
    return _talk(whole, people, sentence.part(match.start("topic"), match.end("topic")))


def _verb_first(sentence: Piece, names: Sequence[Name]) -> ToldTalk | None:
    """Read "Efter lunch tar Anna Ek, strateg, Region X, upp frågan om …"."""
    match = _BEFORE_PEOPLE.match(sentence.text[: names[0].title_start])
    if (
        match is None
        or is_role_word(match["verb"])
        or not _ADVERBS.match(sentence.text)
        or _TO_COME.search(match.group())
    ):
        return None
    people = tuple(with_attributes(*_behind(sentence, names, match.end("verb"))))
    rest = people[-1].attributes.rest if people else None
    if rest is None:
        return None
    particle = re.match(_PARTICLE, rest.text)
    return _talk(sentence, people, rest.part(particle.end() if particle else 0))


def _behind(sentence: Piece, names: Sequence[Name], start: int) -> tuple[Piece, list[Name]]:
    return sentence.part(start), [moved(name, start) for name in names if name.start >= start]


def _talk(sentence: Piece, people: tuple[PersonOnPage, ...], topic: Piece) -> ToldTalk | None:
    topic = topic_piece(topic)
    last = people[-1] if people else None
    is_sure = last is not None and (last.role is not None or last.organisation is not None)
    return ToldTalk(topic, people, sentence) if is_sure and _is_topic(topic) else None


def _is_topic(topic: Piece) -> bool:
    return len(topic.text.split()) >= _TOPIC_WORDS

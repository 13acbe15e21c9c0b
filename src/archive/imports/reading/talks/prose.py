"""Talks told in sentences: "Anna Ek, strateg, berättade om …", "Därefter informerade Bo Al om …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.imports.reading.naming.names import LIKELY, Name, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.naming.people import Person, with_attributes
from archive.imports.reading.pieces import Piece, sentences
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.words import LED_BY

_ABOUT = (
    r"(?:\s+(?:oss|mer|mera|kort|också|även|sedan|bland annat|bl\.? ?a\.?|vidare|därefter|engagerat"
    r"|inspirerande|initierat))*"
)
_VERBS: tuple[tuple[str, str], ...] = (
    (
        r"berättade|berättar|informerade|informerar|talade|talar|pratade|pratar|föreläste|föreläser"
        r"|orienterade|reflekterade|reflekterar|resonerade|resonerar"
        r"|samtalade|samtalar|rapporterade|undervisade|spoke|talked|lectured|reported",
        r"om|kring|runt|över|about|on|på temat|under rubriken|utifrån|of",
    ),
    (r"redogjorde|redogör|argumenterade|slog ett slag|pläderade", r"för"),
    (r"delade(?: också)? med sig|delar med sig", r"av|kring|om"),
    (
        r"höll (?:ett |en |dagens |sitt )?(?:\w+ ){0,2}(?:föredrag|föreläsning|presentation|anförande"
        r"|inledningsanförande|föredraget|presentationen|dragning|keynote|tal)"
        r"|gav (?:en |ett )?(?:\w+ )?(?:föredrag|föreläsning)|gave (?:a|the) (?:\w+ )?(?:talk|lecture"
        r"|presentation|keynote|overview)",
        r"om|kring|av|med titeln|med rubriken|under rubriken|on|about|of|entitled",
    ),
    (
        r"gav (?:oss )?(?:en |ett |sin |sitt |några |flera )?(?:\w+ ){0,2}(?:bild|inblick|exempel"
        r"|överblick|översikt|perspektiv|bakgrund|lägesrapport|introduktion|genomgång|syn|nulägesbild"
        r"|tips|råd)",
        r"av|i|på|om|över|till|kring|från",
    ),
    (
        r"presenterade|presenterar|redovisade|redovisar|visade|visar|beskrev|beskriver|belyste"
        r"|belyser|förklarade|förklarar|skildrade|tog upp|tar upp|gick igenom|går igenom"
        r"|lyfte fram|lyfte|lyfter|introducerade|introducerar|sammanfattade|summerade"
        r"|problematiserade|demonstrerade|analyserade|diskuterade|diskuterar|ställde frågan|svarade"
        r" på frågan|svarade på|tog oss med|utvecklade"
        r"|presented|described|explained|discussed|showed|introduced|outlined|shared|demonstrated"
        r"|summarised|summarized",
        "",
    ),
    (
        r"höll|gav|bidrog|medverkade|deltog|bjöd|gjorde",
        r"(?:med |på )?(?:ett|en|sitt|sin|några|flera|exempel|dagens) ?(?:[\w-]+ ){0,3}?(?:föredrag"
        r"|föreläsning|presentation|anförande|dragning|bild|inblick|exempel|överblick|översikt"
        r"|perspektiv|bakgrund|lägesrapport|introduktion|genomgång|betraktelse)? ?(?:om|kring|av|i|på"
        r"|över|med titeln|med rubriken|under rubriken|från)",
    ),
    (
        r"inledde (?:dagen |seminariet |konferensen |eftermiddagen |mötet )?med|avslutade (?:dagen "
        r"|seminariet |konferensen |mötet )?med|fortsatte med|inledde|avslutade",
        r"(?:att (?:berätta|tala|informera|prata) om|att redogöra för|att (?:visa|beskriva|presentera"
        r"|ge en bild av)|en (?:presentation|föreläsning|dragning|genomgång|överblick) (?:av|om|över)"
        r"|ett föredrag om)",
    ),
)
_VERB = re.compile(
    "|".join(rf"\b(?P<v{at}>{verbs})\b" for at, (verbs, _) in enumerate(_VERBS)), re.IGNORECASE
)
_PASSIVE = re.compile(
    r"\b(?:presenterades|redovisades|belystes|beskrevs|visades|introducerades|diskuterades|was"
    r" presented|were presented)\s+(?:av|by)\s+",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[”\"“»«]([^”\"“»«]{4,200})[”\"“»«]")
_RUBRIC = re.compile(
    r"\b(?:rubriken|titeln|temat|ämnet|föredraget|title|entitled|heading)\s*:?\s*(?=[”\"“»«])", re.IGNORECASE
)
_BEFORE_VERB = re.compile(
    r"[\s,;–-]*(?:\bsom\b|\bwho\b|\bockså\b|\bsedan\b|\bhar\b|\bskulle\b|[\s,;–-])*$", re.IGNORECASE
)
_NO_TALK = re.compile(
    r"\b(?:hälsade|välkomnade|tackade|utsågs|valdes|prisades|delades ut|togs emot|fick (?:priset|ta"
    r" emot)|framhöll vikten|avtackades|modererade|ledde)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ToldTalk:
    """A talk told in a sentence; `sentence` is where, `more` are the sentences that go on about it."""

    topic: Piece
    people: tuple[Person, ...]
    sentence: Piece
    organisation: Piece | None = None
    more: tuple[Piece, ...] = ()
    moderators: tuple[Person, ...] = ()


def told_talks(piece: Piece, known: frozenset[str] = frozenset()) -> list[ToldTalk]:
    """Return the talks that a paragraph tells of, each with the sentences behind it."""
    talks: list[ToldTalk] = []
    for sentence in sentences(piece):
        talk = _told(sentence, known)
        if talk is not None:
            talks.append(talk)
        elif talks:
            led = LED_BY.match(sentence.text)
            if led:
                people = tuple(_people(sentence.part(led.end()), known))
                talks[-1] = replace(talks[-1], moderators=people)
            else:
                talks[-1] = replace(talks[-1], more=(*talks[-1].more, sentence))
    return talks


def _told(sentence: Piece, known: frozenset[str]) -> ToldTalk | None:
    text = sentence.text
    names = [name for name in names_in(text, known) if name.certainty >= LIKELY or _is_subject(text, name)]
    passive = _PASSIVE.search(text)
    if passive and any(name.start >= passive.end() for name in names):
        people = tuple(_people(sentence.part(passive.end()), known))
        return ToldTalk(topic_piece(sentence.part(0, passive.start())), people, sentence) if people else None
    if _NO_TALK.search(text) and not _QUOTED.search(text):
        return None
    for match in _VERB.finditer(text):
        talk = _with_verb(sentence, match, names)
        if talk is not None and len(talk.topic.text) > 3:
            return talk
    return None


def _is_subject(text: str, name: Name) -> bool:
    """Return whether a doubtful name stands where the sentence names who does something."""
    behind = text[name.end : name.end + 60]
    if re.match(r"\s*(?:,|och|&|samt|and)\s+[A-ZÅÄÖ]", behind) and _VERB.search(text[: name.start][-25:]):
        return True
    return name.start == 0 or bool(re.match(r"\s*(?:,\s*[a-zåäö]|\(|\s(?:från|vid|på)\s[A-ZÅÄÖ])", behind))


def _with_verb(sentence: Piece, verb: "re.Match[str]", names: list[Name]) -> ToldTalk | None:
    kind = next(at for at in range(len(_VERBS)) if verb[f"v{at}"])
    before = [name for name in names if name.end <= verb.start()]
    if before:
        people = _subjects(sentence, before, verb.start())
        topic = _topic(sentence, verb.end(), kind)
        return ToldTalk(topic, people, sentence) if topic is not None else None
    if names and verb.end() <= names[0].start and names[0].title_start - verb.end() < 80:
        return _inverted(sentence, verb, kind, names)
    lead = sentence.part(0, verb.start()).stripped()
    if is_surely_organisation(lead.text) and not names:
        topic = _topic(sentence, verb.end(), kind)
        return ToldTalk(topic, (), sentence, organisation=lead) if topic is not None else None
    return None


def _subjects(sentence: Piece, names: list[Name], end: int) -> tuple[Person, ...]:
    subject = sentence.part(0, end)
    trailing = _BEFORE_VERB.search(subject.text)
    subject = subject.part(0, trailing.start()) if trailing else subject
    return tuple(with_attributes(subject, names))


def _topic(sentence: Piece, start: int, kind: int) -> Piece | None:
    """Return what a talk was about: what stands behind its verb."""
    rest = sentence.part(start)
    rubric = _RUBRIC.search(rest.text)
    quoted = _QUOTED.match(rest.text.lstrip()) or (
        _QUOTED.search(rest.text, rubric.end()) if rubric else None
    )
    if quoted is not None:
        at = rest.text.index(quoted[1])
        return rest.part(at, at + len(quoted[1]))
    elsewhere = _RUBRIC.search(sentence.text[:start])
    if elsewhere and (quoted := _QUOTED.search(sentence.text, elsewhere.end())):
        return sentence.part(quoted.start(1), quoted.end(1))
    leading = re.match(_ABOUT, rest.text)
    rest = rest.part(leading.end() if leading else 0)
    prepositions = _VERBS[kind][1]
    match = (
        re.match(rf"\s*(?:{prepositions})\s+", rest.text, re.IGNORECASE)
        if prepositions
        else re.match(r"\s*", rest.text)
    )
    if match is None:
        inner = re.search(rf"\s(?:{prepositions})\s+", rest.text[:60], re.IGNORECASE)
        match = inner if inner and kind in (0, 2, 3) else None
    if match is None:
        return None
    return topic_piece(rest.part(match.end()))


def _inverted(sentence: Piece, verb: "re.Match[str]", kind: int, names: list[Name]) -> ToldTalk | None:
    """Read "Därefter informerade Anna Ek, strateg, Region X, om …"."""
    prepositions = _VERBS[kind][1]
    first = verb.end()
    end = len(sentence.text)
    topic: Piece | None = None
    speakers = _first_group(sentence.text, names)
    if prepositions:
        after = speakers[-1].end
        found = re.search(rf",\s+(?:{prepositions})\s+", sentence.text[after:], re.IGNORECASE) or re.search(
            rf"\s(?:{prepositions})\s+", sentence.text[after:], re.IGNORECASE
        )
        if found is not None:
            end = after + found.start()
            topic = topic_piece(sentence.part(after + found.end()))
            speakers = [name for name in names if name.start < end]
    part = sentence.part(first, end)
    moved = [_moved(name, first) for name in speakers]
    people = tuple(with_attributes(part, moved))
    if topic is None and people and people[-1].attributes.rest is not None and kind not in (0, 1):
        rest = people[-1].attributes.rest
        topic = topic_piece(sentence.part(rest.start - sentence.start))
    rubric = _RUBRIC.search(sentence.text)
    quoted = _QUOTED.search(sentence.text, rubric.end()) if rubric else None
    if quoted is not None:
        topic = sentence.part(quoted.start(1), quoted.end(1))
    return ToldTalk(topic, people, sentence) if topic is not None and people else None


def _first_group(text: str, names: list[Name]) -> list[Name]:
    """Return the names told in one breath: those behind the first preposition belong to the topic."""
    group = [names[0]]
    for name in names[1:]:
        if re.search(r"\b(?:om|kring|för|av|hur|vad|att|about)\b", text[group[-1].end : name.start]):
            break
        group.append(name)
    return group


def _moved(name: Name, offset: int) -> Name:
    return Name(
        name.start - offset,
        name.end - offset,
        name.text,
        name.certainty,
        name.title_start - offset,
        name.role,
    )


def _people(piece: Piece, known: frozenset[str]) -> Iterator[Person]:
    yield from with_attributes(piece, names_in(piece.text, known))

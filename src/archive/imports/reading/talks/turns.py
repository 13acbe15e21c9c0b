"""Talks told by whose turn it was, or by the name of what was said: "dags för Bo Al att reda ut …"."""

import re
from collections.abc import Sequence

from archive.imports.reading.naming.names import Name
from archive.imports.reading.naming.people import PersonOnPage, with_attributes
from archive.imports.reading.naming.verbs import PAST
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.speech import COMES, ToldTalk
from archive.imports.reading.talks.told_forms import moved, subjects
from archive.imports.reading.talks.topics import topic_piece

_TURN = re.compile(
    r"\b(?:dags|tur|turen|ordet|scenen|fick|får|bad|lät|kom|kommit|bjudit in|bjöd in|inbjuden|inbjudna"
    r"|inledde"
    r"|fortsatte|avslutade|var|medverkade|deltog|fanns|plats|kunde|kan|ville|skulle|ska)\b"
)
_INFINITIVE = re.compile(
    r"(?:\b(?:för\s)?att\s|(?<=,\s)|(?<=\)\s)|(?<=\s))"
    r"(?:(?:kort\s|sedan\s)?(?:berätta|informera|tala|prata|orientera|föreläsa|reflektera|resonera"
    r"|rapportera)"
    r"(?:\s(?:mer|mera|kort|oss|vidare))*\s(?:om|kring|runt|över)"
    r"|redogöra\sför|dela\smed\ssig\sav|ge\s(?:oss\s)?(?:en|sin|sitt|några)\s(?:\w+\s)?(?:bild|syn|inblick"
    r"|överblick|lägesbild|bakgrund|perspektiv|råd|exempel)\s(?:av|i|på|om|över|till|kring)"
    r"|gå\sigenom|reda\sut|förstå|inse|lyfta(?:\sfram)?|ta\supp|fördjupa\ssig\si|svara\spå(?:\sfrågan)?"
    r"|peka\spå"
    r"|(?:visa|beskriva|presentera|redovisa|förklara|belysa|introducera|diskutera|problematisera|demonstrera"
    r"|sammanfatta|summera|skildra|utveckla|analysera))\s+(?=\S)"
)
_OWNED = re.compile(
    r"\W{0,2}(?:(?:föredrag|presentation|föreläsning|anförande|dragning|inlägg)\w*\s)"
    r"(?:handlade\som|gällde|kretsade\skring|hade\s(?:rubriken|titeln|temat)|bar\s(?:rubriken|titeln)"
    r"|kallades"
    r"|var\som|tog\supp|utgick\sfrån)\s+"
)
_SPEECH = (
    r"\w*(?:föredrag|presentation|föreläsning|anförande|dragning|inlägg|budskap|ämne|tema|rubrik|slutsats|tes"
    r"|fråga|poäng)\w*"
)
_HANDLED = (
    r"(?:handla(?:de|r)\som|gäll(?:de|er)|kretsade\s(?:kring|runt)|h(?:ade|ar)\s(?:rubriken|titeln|temat)"
    r"|bar\s(?:rubriken|titeln|namnet)|kallades|löd|hette|var|är|tog\supp|utgick\sfrån|berörde"
    r"|fokuserade\spå)"
)
_WHOSE = re.compile(rf",?\svars\s{_SPEECH}\s{_HANDLED}\s*:?\s+(?=\S)")
_THEIRS = re.compile(rf"\W*(?:Hans|Hennes|Deras|Hens)\s(?:[a-zåäö]+\s)?{_SPEECH}\s{_HANDLED}\s*:?\s+(?=\S)")
_THEIRS_CALLED = re.compile(
    rf"\W*(?:Hans|Hennes|Deras|Hens)\s(?:[a-zåäö]+\s)?{_SPEECH}\s[”\"“»](?P<title>[^”\"“»«]{{4,200}})[”\"“«]"
)
_CAME_WITH = re.compile(r",?\smed\s(?=(?:en|ett|sin|sitt|några)\s(?:[a-zåäö-]+\s){0,4}[a-zåäö-]+)")
_THEIRS_ABOUT = re.compile(
    rf"\W*(?:Ämnet|Rubriken|Temat|Titeln)\s(?:för|på)\s(?:hans|hennes|deras|hens)\s{_SPEECH}\s(?:var|löd"
    rf"|är)\s*:?\s+(?=\S)"
)
_RUBRIC_OF = re.compile(
    r"(?:rubriken|titeln|temat|ämnet)\s(?:för|på|i)\s(?P<who>[^”\"“»«]{5,160}?)\s(?:var|löd"
    r"|är)\s*:?\s*(?=\S)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"\W*(?:[Jj]ust\s)?(?:[Dd]en|[Dd]enna|[Dd]etta|[Dd]e|[Dd]essa|[Dd]et)\s(?:(?:här\s)?(?:frågan?"
    rf"|frågorna|frågeställning\w*|undrade)\b.{{0,40}}?)?"
    rf"\b{PAST}\s(?:sig\s)?(?:[a-zåäö-]+\s){{0,2}}(?=[A-ZÅÄÖ])",
)
_WELCOME = re.compile(
    r"\b(?:hälsade|välkomnade|öppnade|tackade)\b[^.]{0,60}?\boch\s(?=[a-zåäö]+(?:de|te|og|av|öll|ev|ick)\b)"
)


def turn_of(sentence: Piece, names: Sequence[Name]) -> ToldTalk | None:
    """Read "Efter lunch var det dags för Anna Ek (SCB) att reda ut …" and "fick Anna Ek berätta om …"."""
    for verb in _INFINITIVE.finditer(sentence.text):
        before = [name for name in names if name.end <= verb.start()]
        is_with = sentence.text[: verb.start()].endswith((" med", " med ", " genom", " genom "))
        if not before or not (is_with or _TURN.search(sentence.text[: verb.start()])):
            continue
        lead = re.search(r",?\s(?:tur|turen)\s*$", sentence.text[: verb.start()])
        subject = sentence.part(0, lead.start() if lead else verb.start())
        people = tuple(with_attributes(subject, _bare(before) if lead else before))
        people = (
            subjects(sentence, before, _told_at(sentence.text, before[-1], verb.start()))
            if is_with
            else people
        )
        topic = topic_piece(sentence.part(verb.end()))
        return ToldTalk(topic, people, sentence) if people and len(topic.text) > 3 else None
    return _came_with(sentence, names)


def _came_with(sentence: Piece, names: Sequence[Name]) -> ToldTalk | None:
    """Read "Först på scenen var Anna Ek, strateg på SKR, med en nationell utblick"."""
    came = COMES.search(sentence.text)
    behind = _CAME_WITH.search(sentence.text, names[-1].end) if names else None
    if came is None or behind is None or came.end() > names[0].start:
        return None
    people = tuple(with_attributes(sentence.part(0, behind.start()), names))
    is_said = bool(people) and (people[0].role is not None or people[0].organisation is not None)
    return ToldTalk(topic_piece(sentence.part(behind.end())), people, sentence) if is_said else None


def _told_at(text: str, name: Name, end: int) -> int:
    """Return where the verb of a sentence stands behind its people: "Bo Al, VTI, inledde med att visa"."""
    finite = list(re.finditer(r"[\s,][a-zåäö]+(?:de|te|og|av|öll|öt|ick|ev)\s", text[name.end : end]))
    return name.end + finite[-1].start() if finite else end


def owned_of(sentence: Piece, names: Sequence[Name]) -> ToldTalk | None:
    """Read "Anna Eks föredrag handlade om …" and "Rubriken för Anna Eks föredrag var …"."""
    rubric = _RUBRIC_OF.search(sentence.text)
    if rubric is not None:
        own = [name for name in names if rubric.start("who") <= name.start < rubric.end("who")]
        people = tuple(with_attributes(sentence.part(0, rubric.end("who")), _bare(own)))
        topic = topic_piece(sentence.part(rubric.end()))
        return ToldTalk(topic, people, sentence) if people and len(topic.text) > 3 else None
    whose = _WHOSE.search(sentence.text)
    before = [name for name in names if whose is not None and name.end <= whose.start()]
    if whose is not None and before:
        people = tuple(with_attributes(sentence.part(0, whose.start()), before))
        topic = topic_piece(sentence.part(whose.end()))
        return ToldTalk(topic, people, sentence) if len(topic.text) > 3 else None
    for name in names:
        match = _OWNED.match(sentence.text, name.end)
        if match is not None and (name.text.endswith("s") or sentence.text[name.end :].startswith("s ")):
            people = tuple(with_attributes(sentence.part(0, name.end), _bare([name])))
            topic = topic_piece(sentence.part(match.end()))
            return ToldTalk(topic, people, sentence) if len(topic.text) > 3 else None
    return None


_GAVE_ANSWER = re.compile(
    r"\b(?:[Ss]iffrorna|[Ss]varen?t?|[Rr]esultaten)\s(?:gavs|presenterades|redovisades|lämnades|kom)\b"
    r"|\b(?:frågan|frågeställningen)\s(?:för|som)\s"
    r"|\b(?:gav (?:svar|besked)|hade svaret?|svarade(?! på)|försökte svara|visste)\b"
)


def told_of_theirs(sentence: Piece, people: tuple[PersonOnPage, ...]) -> ToldTalk | None:
    """Read "Hans budskap var att …" of somebody introduced in the sentence before."""
    called = _THEIRS_CALLED.match(sentence.text)
    if called is not None:
        return ToldTalk(sentence.part(called.start("title"), called.end("title")), people, sentence)
    match = _THEIRS.match(sentence.text) or _THEIRS_ABOUT.match(sentence.text)
    topic = topic_piece(sentence.part(match.end())) if match else None
    return ToldTalk(topic, people, sentence) if topic is not None and len(topic.text) > 3 else None


def is_answer(sentence: Piece, question: Piece | None, people: tuple[PersonOnPage, ...]) -> bool:
    """Return whether a sentence tells who took up the question before it: "Den frågan ställde Bo Al"."""
    return (
        question is not None
        and bool(people)
        and question.text.rstrip().endswith("?")
        and (_ASKED.match(sentence.text) or _GAVE_ANSWER.search(sentence.text)) is not None
    )


def behind_welcome(sentence: Piece, names: Sequence[Name]) -> Piece | None:
    """Return "Bo Al, chef … och berättade om …" with spaces for the welcome in it; None for no such."""
    match = _WELCOME.search(sentence.text)
    if match is None or not any(name.end <= match.start() for name in names):
        return None
    blank = " " * (match.end() - match.start())
    text = sentence.text[: match.start()] + blank + sentence.text[match.end() :]
    return Piece(text, sentence.block, sentence.start)


def _bare(names: Sequence[Name]) -> list[Name]:
    """Return names without the ending of the genitive, which stays behind the name: "Anna Eks"."""
    return [
        Name(one.start, one.end - 1, one.text[:-1], one.certainty, one.title_start, one.role)
        if one.text.endswith("s")
        else moved(one, 0)
        for one in names
    ]

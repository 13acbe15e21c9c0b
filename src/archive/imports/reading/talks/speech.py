"""Verbs that tell of a talk, and what it was about behind them."""

import re
from dataclasses import dataclass

from archive.imports.reading.naming.people import Person
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.topics import topic_piece

_ABOUT = (
    r"(?:\s+(?:oss|mer|mera|kort|också|även|sedan|bland annat|bl\.? ?a\.?|vidare|därefter|engagerat"
    r"|inspirerande|initierat))*"
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


VERBS: tuple[tuple[str, str], ...] = (
    (
        r"berättade|berättar|informerade|informerar|talade|talar|pratade|pratar|föreläste|föreläser"
        r"|orienterade|orienterar|reflekterade|reflekterar|resonerade|resonerar"
        r"|fick (?:vi|deltagarna|publiken|åhörarna) (?:höra|lyssna (?:på|till)|möta)"
        r"|samtalade|samtalar|rapporterade|rapporterar|undervisade|undervisar|spoke|talked|lectured|reported",
        r"om|kring|runt|över|about|on|på temat|under rubriken|utifrån|of",
    ),
    (r"redogjorde|redogör|argumenterade|argumenterar|slog ett slag|slår ett slag|pläderade|pläderar", r"för"),
    (r"delade(?: också)? med sig|delar med sig", r"av|kring|om"),
    (
        r"(?:höll|håller) (?:ett |en |dagens |sitt )?(?:\w+ ){0,2}(?:föredrag|föreläsning|presentation"
        r"|anförande|inledningsanförande|föredraget|presentationen|dragning|keynote|tal)"
        r"|(?:gav|ger) (?:en |ett )?(?:\w+ )?(?:föredrag|föreläsning)|gave (?:a|the) (?:\w+ )?(?:talk|lecture"
        r"|presentation|keynote|overview)",
        r"om|kring|av|med titeln|med rubriken|under rubriken|on|about|of|entitled",
    ),
    (
        r"(?:gav|ger) (?:oss )?(?:en |ett |sin |sitt |några |flera )?(?:\w+ ){0,2}(?:bild|inblick|exempel"
        r"|överblick|översikt|perspektiv|bakgrund|lägesrapport|introduktion|genomgång|syn|nulägesbild"
        r"|tips|råd)",
        r"av|i|på|om|över|till|kring|från",
    ),
    (
        r"delade(?! ut| med)|presenterade|presenterar|redovisade|redovisar"
        r"|visade|visar|beskrev|beskriver|belyste"
        r"|belyser|förklarade|förklarar|skildrade|tog upp|tar upp|gick igenom|går igenom"
        r"|lyfte fram|lyfte|lyfter|introducerade|introducerar|sammanfattade|summerade"
        r"|skildrar|sammanfattar|summerar|problematiserar|demonstrerar|analyserar|ställer frågan|tar oss med"
        r"|svarar på|utvecklar|jämför(?:de)?"
        r"|fördjupade sig i|fördjupar sig i|reder ut|redde ut|pekar på|pekade på"
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
        r"(?:inledde|avslutade|fortsatte|började)(?: (?:dagen|seminariet|konferensen|eftermiddagen|mötet))?"
        r"(?= med (?:en|ett)\s)",
        r"med",
    ),
    (
        r"inledde (?:dagen |seminariet |konferensen |eftermiddagen |mötet )?med|avslutade (?:dagen "
        r"|seminariet |konferensen |mötet )?med|fortsatte med|inledde|avslutade",
        r"(?:att (?:berätta|tala|informera|prata) om|att redogöra för|att (?:visa|beskriva|presentera"
        r"|ge en bild av)|en (?:presentation|föreläsning|dragning|genomgång|överblick) (?:av|om|över)"
        r"|ett föredrag om)",
    ),
)


_ASKING = re.compile(r"\s*(?=(?:hur|varför|vad|vilka|vilken|vilket|when|how|why|what)\s)", re.IGNORECASE)


VERB = re.compile("|".join(rf"\b(?P<v{at}>{verbs})\b" for at, (verbs, _) in enumerate(VERBS)), re.IGNORECASE)


PASSIVE = re.compile(
    r"\b(?:presenterades|redovisades|belystes|beskrevs|visades|introducerades|diskuterades|was"
    r" presented|were presented)\s+(?:av|by)\s+",
    re.IGNORECASE,
)


QUOTED = re.compile(r"[”\"“»«]([^”\"“»«]{4,200})[”\"“»«]")


RUBRIC = re.compile(
    r"\b(?:rubriken|titeln|temat|ämnet|föredraget|title|entitled|heading)\s*:?\s*(?=[”\"“»«])", re.IGNORECASE
)


PRONOUN = re.compile(r"\W*(?:han|hon|hen|de|dessa|he|she|they)\s", re.IGNORECASE)


COMES = re.compile(
    r"\b(?:(?:först|sist|näst|nästa|andra|tredje|därefter|sedan|dagens|next|first|last)\b[^.]{0,40}?\s)"
    r"(?:var|är|kom|kommer|följde|följer|klev|kliver|står|stod|talar|talade|was|came|is)\s",
    re.IGNORECASE,
)


NO_TALK = re.compile(
    r"\b(?:hälsade|välkomnade|tackade|utsågs|valdes|prisades|delades ut|togs emot|fick (?:priset|ta"
    r" emot)|framhöll vikten|avtackades|modererade|ledde)\b",
    re.IGNORECASE,
)


def topic_behind(sentence: Piece, start: int, kind: int) -> Piece | None:
    """Return what a talk was about: what stands behind its verb."""
    rest = sentence.part(start)
    rubric = RUBRIC.search(rest.text)
    quoted = QUOTED.match(rest.text.lstrip()) or (QUOTED.search(rest.text, rubric.end()) if rubric else None)
    if quoted is not None:
        at = rest.text.index(quoted[1])
        return rest.part(at, at + len(quoted[1]))
    elsewhere = RUBRIC.search(sentence.text[:start])
    if elsewhere and (quoted := QUOTED.search(sentence.text, elsewhere.end())):
        return sentence.part(quoted.start(1), quoted.end(1))
    leading = re.match(_ABOUT, rest.text)
    rest = rest.part(leading.end() if leading else 0)
    prepositions = VERBS[kind][1]
    match = (
        re.match(rf"\s*(?:{prepositions})\s+", rest.text, re.IGNORECASE)
        if prepositions
        else re.match(r"\s*", rest.text)
    )
    if match is None:
        inner = re.search(rf"\s(?:{prepositions})\s+", rest.text[:60], re.IGNORECASE)
        match = inner if inner and kind in (0, 2, 3) else None
    if match is None and kind == 0:
        match = _ASKING.match(rest.text)
    if match is None:
        return None
    return topic_piece(rest.part(match.end()))

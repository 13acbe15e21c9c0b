"""Verbs that tell of a talk, and what it was about behind them."""

import re
from dataclasses import dataclass

from archive.imports.reading.naming.people import PersonOnPage
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
    people: tuple[PersonOnPage, ...]
    sentence: Piece
    organisation: Piece | None = None
    more: tuple[Piece, ...] = ()
    moderators: tuple[PersonOnPage, ...] = ()


_SPEECH = (
    r"(?:\w*(?:föredrag(?:et)?|föreläsning|presentation(?:en)?|anförande|dragning|kåseri|inlägg"
    r"|demonstration)"
    r"|keynote|tal|talk)\b"
)
_VIEW = (
    r"(?:\w*(?:genomgång|exposé|betraktelse|inblick|överblick|översikt|lägesrapport|lägesbild|uppdatering"
    r"|tillbakablick|introduktion|återblick|historik|bakgrund|bild|exempel|perspektiv|sammanfattning"
    r"|reflektioner"
    r"|erfarenheter|tankar)|syn|tips|råd)\b"
)
_A = r"(?:(?:ett|en|dagens|sitt|sin|några|flera) )?(?:[\w-]+ ){0,2}"
_GAVE = r"(?:höll|håller|gav|ger|gjorde|bjöd på|bjuder på|lämnade|stod för|bidrog med) (?:oss )?"
_WITH = r"med (?=(?:ett|en|sitt|sin|några|flera) )"
_ENTITLED = r"om|kring|av|över|med titeln|med rubriken|under rubriken|på temat|on|about|of|entitled"

VERBS: tuple[tuple[str, str], ...] = (
    (
        r"berättade|berättar|informerade|informerar|talade|talar|pratade|pratar|föreläste|föreläser"
        r"|orienterade|orienterar|reflekterade|reflekterar|resonerade|resonerar"
        r"|fick (?:vi|deltagarna|publiken|åhörarna) (?:höra|lyssna (?:på|till)|möta)"
        r"|samtalade|samtalar|undervisade|undervisar|spoke|talked|lectured|reported",
        r"om|kring|runt|över|about|on|på temat|under rubriken|utifrån|of",
    ),
    (r"redogjorde|redogör|argumenterade|argumenterar|slog ett slag|slår ett slag|pläderade|pläderar", r"för"),
    (r"delade(?: också)? med sig|delar med sig", r"av|kring|om"),
    (
        rf"{_GAVE}{_A}{_SPEECH}|{_WITH}{_A}{_SPEECH}"
        r"|gave (?:an?|the) (?:\w+ )?(?:talk|lecture|presentation|keynote|overview)",
        _ENTITLED,
    ),
    (rf"{_GAVE}{_A}{_VIEW}|{_WITH}{_A}{_VIEW}", f"{_ENTITLED}|i|på|till|från|för"),
    (
        r"(?:menade|menar|hävdade|hävdar|ansåg|anser|underströk|betonade|betonar)(?=\satt\s)"
        r"|delade(?! ut| med)|presenterade|presenterar|redovisade|redovisar"
        r"|visade|visar|beskrev|beskriver|belyste"
        r"|belyser|förklarade|förklarar|skildrade|tog upp|tar upp|gick igenom|går igenom"
        r"|lyfte fram|lyfte|lyfter|introducerade|introducerar|sammanfattade|summerade"
        r"|skildrar|sammanfattar|summerar|problematiserar|demonstrerar|analyserar|ställer frågan"
        r"|tar(?: oss)? med(?: på)?"
        r"|svarar på|utvecklar|jämför(?:de)?|delade? sin\w* (?:tankar|erfarenheter|syn) (?:om|kring|av|på)"
        r"|uppehöll sig vid|fokusera(?:de|r) på|ägna(?:de|r) (?:sitt|sin) \w+ åt|(?:gick"
        r"|går) på djupet (?:med|i)"
        r"|(?:satte|sätter|kastade|kastar) (?:ljus|ord|fokus|fingret|strålkastar\w+) (?:på|över)|tog sig an"
        r"|tar sig an"
        r"|guida(?:de|r)(?: \w+)? genom|tipsa(?:de|r) om|målade upp|målar upp|gav sig i kast med"
        r"|svarade för|framhöll|frågade sig(?=\som\s)"
        r"|fördjupade sig i|fördjupar sig i|reder ut|redde ut|pekar på|pekade på"
        r"|problematiserade|demonstrerade|analyserade|diskuterade|diskuterar|ställde frågan|svarade"
        r" på frågan|svarade på|tog(?: oss)? med(?: på)?|utvecklade"
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
    (r"rapporterade|rapporterar", r"om|från|kring|över"),
)


_ASKING = re.compile(r"\s*(?=(?:hur|varför|vad|vilka|vilken|vilket|when|how|why|what)\s)", re.IGNORECASE)


VERB = re.compile(
    "|".join(rf"\b(?P<v{at}>{verbs})\b" for at, (verbs, _) in enumerate(VERBS)).replace(" ", r"\s+"),
    re.IGNORECASE,
)


_ADVERBS = (
    r"(?:tillsammans|generöst|sedan|därefter|därpå|också|även|kort|kortfattat|bland annat|vidare|engagerat"
    r"|initierat"
    r"|inspirerande|pedagogiskt|inledningsvis|avslutningsvis|[a-zåäö]{3,}(?:iskt|ligt)|målande|levande"
    r"|först|avslutningsvis|oss|åhörarna|publiken|deltagarna"
    r"|besökarna|lite"
    r"|mera?|själva?|särskilt|framför allt|inte minst|gemensamt"
    r"|(?:i|under) (?:sitt|sin|deras) (?:tal|anförande|föredrag|inlägg|presentation|föreläsning|inledning"
    r"|pass))"
)
_BEHIND_VERB = re.compile(
    r"(?<=\b)(?:delade|delar|redde|reder|lyfte|lyfter|tog|tar|gick|går|gav|ger|höll|bjöd|visade|visar"
    r"|berättade"
    r"|berättar|talade|talar|pratade|informerade|presenterade|redovisade|beskrev|förklarade|guidade"
    r"|resonerade)"
    rf"(?P<adverbs>(?:\s{_ADVERBS})+)(?=\s)"
)


def without_adverbs(sentence: Piece) -> Piece:
    """Return a sentence with spaces for what stands between its verb and the rest: "lyfte sedan fram"."""
    found = _BEHIND_VERB.search(sentence.text)
    if found is None:
        return sentence
    start, end = found.span("adverbs")
    text = sentence.text[:start] + " " * (end - start) + sentence.text[end:]
    return Piece(text, sentence.block, sentence.start)


VIEW_OF = re.compile(
    rf"\W*(?:(?:en|ett|några|flera)\s)?(?:\w+\s)?{_VIEW}\s(?:av|i|på|om|från)\s", re.IGNORECASE
)


PASSIVE = re.compile(
    r"\b(?:presenterades|redovisades|belystes|beskrevs|visades|introducerades|diskuterades|was"
    r" presented|were presented|(?:fick|får) (?:vi|deltagarna|publiken|åhörarna|besökarna)(?: (?:höra"
    r"|veta))?)"
    r"\s+(?:av|by)\s+",
    re.IGNORECASE,
)


QUOTED = re.compile(r"[”\"“»«]([^”\"“»«]{4,200})[”\"“»«]")


RUBRIC = re.compile(
    r"\b(?:rubriken|titeln|temat|ämnet|föredraget|title|entitled|heading)\s*:?\s*(?=[”\"“»«])", re.IGNORECASE
)


PRONOUN = re.compile(r"\W*(?:han|hon|hen|de|dessa|he|she|they)(?:,\s(?=som\b)|\s)", re.IGNORECASE)


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

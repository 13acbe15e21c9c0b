"""Where an event was, in its sentences."""

import re
from collections.abc import Iterator, Sequence

from archive.imports.reading.dates import FoundDate, dates_in
from archive.imports.reading.naming.names import KNOWN, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.words import FACT

_HELD = re.compile(
    r"\b(?:hölls|sändes|fylldes|gästade|genomfördes|arrangerades|ägde rum|träffas|hålls|träffades|samlades"
    r"|möttes|mötte"
    r"|sågs|bjöd|samlade"
    r"|anordnades?|ordnades?|arrangerade|hålla|hållit|diskuterades|höll (?:vi|vår\w*|ett|en|sin|sitt"
    r"|[a-zåäö]+s)|var|gick av stapeln|deltog|inbjöd"
    r"|inbjudna|held|took place|met|gathered"
    r"|hosted|kom till)\b",
    re.IGNORECASE,
)


_HOURS = re.compile(r"[\s,]*(?:kl\.?\s?)?\d{1,2}(?:[.:]\d\d)?(?:\s?[–-]\s?\d{1,2}(?:[.:]\d\d)?)?(?=\s*,)")
_PLACE = re.compile(
    r"(?:\b(?:[Ii]|[Pp]å|[Vv]id|[Hh]os|[Ii]n|[Aa]t|kom\still)(?:\s(?!hela|samma|andra|södra|norra|östra"
    r"|västra|egna|nya|våra|sina)[a-zåäö]{4,}a(?=\s[A-ZÅÄÖ]))?|sändes från|\d\sfylldes|\bgästade)\s+"
    r"((?:[A-ZÅÄÖ][\w-]+a\s(?![a-zåäö]*dagen)[a-zåäö]{2,}(?:et|en|an)\b|"
    r"[A-ZÅÄÖ][\w-]+s\s(?!regi|kommun|samband|\w{2,4}dag)[a-zåäö]{4,}(?=\s(?:med|den|där)\b|\.?$)|"
    r"[A-ZÅÄÖÉ][\w’'-]+(?:\s\d{1,2}(?=\si\s))?(?:/[A-ZÅÄÖ]\w+)?(?:\s(?:[A-ZÅÄÖÉ][\w’'-]+|konferens"
    r"|konferenscenter|lokaler|aula|kansli|huvudkontor|kontor|hörsal|samlingssal"
    r"|konserthus|stadshus|slott|herrgård|folkets|hus|museum|teater|bibliotek|hotell|hotel|kulturhus"
    r"|station|universitet|högskola|gård|kommunhus|regionhus|lärcentrum|folkhögskola|stadshotell|bruk"
    r"|mässa|[a-zåäö]+(?:bibliotek|hus|hall|sal|museum|teater|slott|gård|skola|kyrka|arena|station"
    r"|hotell|sjukhus|akademi"
    r"|park)(?!s))){0,4}(?:\s[a-zåäö]{3,12}(?=\si\s[A-ZÅÄÖ]))?)(?:,?\s(?:i"
    r"|in)\s[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?"
    r"|(?:,\s[A-ZÅÄÖ][\w-]+(?:\s(?:[A-ZÅÄÖ][\w-]+|[a-zåäö]*(?:huset|skolan|museet|slottet|biblioteket|teatern)))?){1,2}"
    r"(?=[\s.,!]*$|,?\s(?:tillsammans|där|med|för|om|den)\b))?)"
)


_EVENT_WORD = re.compile(
    r"dag(?:en|arna)?$|seminari\w*$|web+ina\w+$|konferens\w*$|möte\w*$|träff\w*$|workshop\w*$"
    r"|föreläsning\w*$|\w(?:forum(?:et)?|dialog(?:en)?|ting(?:et)?|symposi\w*|stämman?|konvent(?:et)?)$",
    re.IGNORECASE,
)


_HOUSE = re.compile(
    r"(?:((?!(?:På|I|Vid|Hos|Den|Vi|Under)\s)(?:[A-ZÅÄÖ][\w’-]+\s){2,4})|(?<=,\s)([A-ZÅÄÖ][\w’-]+\s))$"
)

_NAMES_EVENT = re.compile(
    r"(?:\b(?i:seminariet|konferensen|webbinariet|temadagen|symposiet|mötet|träffen|workshoppen|forumet|kongressen"
    r"|evenemanget|tinget|mässan|stämman|dagen|vårt|vår|årets|höstens|vårens|till|under)\s(?:[A-ZÅÄÖ][\w’-]*\s){1,4}"
    r"|\b(?:[A-ZÅÄÖ][\w’-]*\s){0,3}[A-ZÅÄÖ]?[\w’-]*(?:dialog(?:en)?|forum(?:et)?|ting(?:et)?|stämman?|mässan?"
    r"|symposium|symposiet|konvent(?:et)?|summit|dag(?:en|arna)?|konferens(?:en)?|seminari(?:um|et)|möte(?:t|n)?"
    r"|träff(?:en)?|kongress(?:en)?|nätverk(?:et)?)\s(?:[A-ZÅÄÖ][\w’-]*\s){0,2}(?:20\d\d\s)?)$"
)


_PLACE_BEHIND = re.compile(
    r"^[\s,.·•|]*(?:(?:kl\.?|klockan)?\s?\d{1,2}[.:]\d\d(?:\s?[–-]\s?\d{1,2}[.:]\d\d)?)?[\s,.–|·•-]*"
    r"(?:(?:i|på|in|at|vid)\s)?([A-ZÅÄÖ][\w’'-]+(?:[\s,]+[\w’'-]+){0,5})\W*$"
)


_NOT_PLACES_TEXT = """
sverige bergslagen norden europa eu norra södra östra västra mellansverige januari februari mars april maj
juni juli augusti september oktober november december måndag tisdag onsdag torsdag fredag lördag söndag
den det de en ett mer hur region regionen teams zoom seminariet konferensen youtube vi norrland
svealand götaland
"""


_NOT_PLACES = frozenset(_NOT_PLACES_TEXT.split())


_IN_NAME = re.compile(
    r"(?:^|\s)[A-ZÅÄÖ][a-zåäö]+(?:klubben|föreningen|rna|rådet|förbundet|sällskapet|nätverket|forum)\s$"
)
_PLACE_BEFORE = re.compile(
    r"^\W*([A-ZÅÄÖ][\w-]+(?:[\s,]+(?:[A-ZÅÄÖ][\w-]+|&|slott|stadshus|konserthus|hus|herrgård"
    r"|museum)){0,3}),?\s+(?:\w+dag(?:en)?\s+)?(?:den\s)?$"
)
_ONLY_PLACE = re.compile(
    r"[A-ZÅÄÖ][\w’'-]+(?:[\s,]+(?:[A-ZÅÄÖ][\w’'-]+|i|på|(?:folkets )?hus|slott|aula|konferens\w*|herrgård"
    r"|[a-zåäö]+hus|museum|bibliotek|hörsal|lokaler))*"
)
_SHORT_WORDS, _NAME_CHARS = 6, 160
_LEAD_WORDS = 2  # "Torsdagen den"


_PLACE_LINE_CHARS = 90
_DAY_LINE_CHARS = 60
_LINES_BELOW = 3
_HOUSE_LINE = re.compile(
    r"[A-ZÅÄÖ][\w-]+(?:\s[\w-]+){0,3}?(?:\s|(?<=[a-zåäö]))(?:folkhögskola|slott|stadshus|herrgård|hotell"
    r"|konserthus|kulturhus|bygdegård|museum|bibliotek|kommunhus|hembygdsgård|stadshotell|folkets hus"
    r"|ordenshus|huset|gården|museet|biblioteket)(?:,\s[A-ZÅÄÖ][\w-]+)?"
)
_BODY = re.compile(r"\b(?:Region|AB|\w*(?:kommun|län|förvaltningen|förbundet|nämnden|föreningen))\b")
_LIKE_PLACE = re.compile(r"[A-ZÅÄÖ][^.:;!?@]{2,70}")


def place_in(sentence: Piece) -> Piece | None:
    """Return the place in a sentence that tells of a day or of holding the event."""
    days = dates_in(sentence.text)
    if not days and not _HELD.search(sentence.text):
        return None
    if days and len(sentence.text[: days[0].start].split()) <= _LEAD_WORDS:
        beside = _beside_day(sentence, days)  # "3 maj 2020, Kulturens hus i Luleå"
        is_behind = beside is not None and beside.start > sentence.start + days[0].start
        if beside is not None and is_behind and _ONLY_PLACE.fullmatch(beside.text):
            return beside
    found = list(_places(sentence.text))
    owned = [one for one in found if _IN_NAME.search(sentence.text[: one.start()])]
    for match in [*(one for one in found if one not in owned), *owned]:
        if not _is_place(sentence.text, match, has_day=bool(days)):
            continue
        is_in = re.match(r"i|in\b|at\b", match.group()) is not None
        house = _HOUSE.search(sentence.text[: match.start()]) if is_in else None
        house = (
            None if house and _NAMES_EVENT.search(sentence.text[: match.start()][-_NAME_CHARS:]) else house
        )
        start = house.start() if house else match.start(1)
        return sentence.part(start, match.end(1))
    return _beside_day(sentence, days) if days else None


def _is_place(text: str, match: "re.Match[str]", *, has_day: bool) -> bool:
    """Return whether what stands behind a preposition is a place: no event, no month, no owner."""
    words = match[1].split()
    if len(words) > 1 and _EVENT_WORD.search(words[-1]) and words[-1][0].islower():
        return False  # "på Umeås mobilitetsdag"
    is_owner = len(words) == 1 and words[0].endswith("s") and re.match(r"\s[a-zåäö]", text[match.end() :])
    is_event = _EVENT_WORD.search(words[0]) is not None and (len(words) > 1 or words[0].endswith("dagen"))
    is_event |= text[match.end() :].startswith(" län")  # "bjöd Länsstyrelsen i Örebro län in"
    is_none = words[0].lower() in _NOT_PLACES or is_event or is_month(words[0])
    return not (is_none or (is_owner and not has_day))


def _beside_day(sentence: Piece, days: Sequence[FoundDate]) -> Piece | None:
    """Return the place right behind or before a day: "9 maj 2019 · Elmia, Jönköping"."""
    behind = _PLACE_BEHIND.match(sentence.text[days[-1].end :])
    is_short = len(sentence.text) < _PLACE_LINE_CHARS
    if behind and is_short and behind[1].split()[0].lower().strip(",") not in _NOT_PLACES:
        at = days[-1].end
        return sentence.part(at + behind.start(1), at + behind.end(1))
    before = _PLACE_BEFORE.match(sentence.text[: days[0].start])
    first = before[1].split()[0] if before else ""
    if before and first.lower().strip(",") not in _NOT_PLACES and not _EVENT_WORD.search(first):
        return sentence.part(before.start(1), before.end(1))
    return None


def _places(text: str) -> Iterator["re.Match[str]"]:
    """Yield what may be places, also within what begins like none: "hos Region Halland i …"."""
    at = 0
    while match := _PLACE.search(text, at):
        yield match
        first = match[1].split()[0]
        is_none = first.lower() in _NOT_PLACES or _EVENT_WORD.search(first) is not None
        at = match.start(1) if is_none else match.end()


def place_of_all(lines: Sequence[Line]) -> Piece | None:
    """Return where all seminars of a page were, by what it says above them: "… höll vi fyra kvällar i Ed"."""
    for line in lines:
        for sentence in sentences(line.piece) if not (line.is_heading or line.table) else ():
            is_of_one = dates_in(sentence.text) or re.search(
                r"\bnästa|kommande\b", sentence.text, re.IGNORECASE
            )
            found = None if is_of_one else place_in(sentence)
            if found is not None:
                return found
    return None


def is_month(word: str) -> bool:
    """Return whether a word is a month."""
    return bool(dates_in(f"1 {word} 2020"))


def place_in_short(line: Piece) -> Piece | None:
    """Return the place that a short line names: "Lunch till lunch i Östersund."."""
    match = _PLACE.search(line.text)
    if match is None or len(line.text.split()) > _SHORT_WORDS or "?" in line.text:
        return None
    first = match[1].split()[0]
    is_place = first.lower() not in _NOT_PLACES and not is_month(first)
    return line.part(match.start(1), match.end(1)) if is_place else None


def place_beside_day(lines: Sequence[Line]) -> Piece | None:
    """Return the short line next to one that is but a day: beside it stand a time or the place."""
    for at, line in enumerate(lines):
        days = dates_in(line.text)
        if not days or len(line.text) > _DAY_LINE_CHARS or line.is_heading or line.table:
            continue
        for beside in (*lines[at + 1 : at + 3], *lines[max(at - 1, 0) : at]):
            text = beside.text.strip()
            is_like = beside.kind is line.kind and not beside.links and not beside.is_heading
            is_like = is_like and not dates_in(text) and not _is_fact_or_name(text)
            if is_like and _LIKE_PLACE.fullmatch(text):
                return beside.piece.stripped()
    return None


def house_below(lines: Sequence[Line]) -> Piece | None:
    """Return the house that a line right below the heading is: "Wiks folkhögskola", "Folkets hus, Ed"."""
    for line in lines[:_LINES_BELOW]:
        if not (line.links or line.table) and _HOUSE_LINE.fullmatch(line.text.strip()):
            return line.piece.stripped()
    return None


def _is_fact_or_name(text: str) -> bool:
    is_firm = is_surely_organisation(text) and _BODY.search(text) is not None
    return is_firm or FACT.match(text) is not None or any(name.certainty >= KNOWN for name in names_in(text))


def behind_day(place: Piece) -> Piece:
    """Return a place without the day and the hours before it: "Tid och plats: 3 maj 2020, Folkets hus"."""
    days = dates_in(place.text)
    if not days or len(place.text[: days[0].start].split()) > 1:
        return place
    rest = place.part(days[-1].end)
    hours = _HOURS.match(rest.text)
    rest = rest.part(hours.end() if hours else 0).stripped(" \t\n,;.")
    return rest if re.search(r"\w{3}", rest.text) else place

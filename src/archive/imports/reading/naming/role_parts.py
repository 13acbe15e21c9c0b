"""Roles and organisations in one part of a text: "strateg skog Region Dalarna", "professor vid SLU"."""

import re

from archive.imports.reading.naming.organisations import (
    is_organisation_word,
    is_surely_organisation,
    may_be_organisation,
)
from archive.imports.reading.naming.roles import is_role, is_role_word, role_word_at
from archive.imports.reading.naming.verbs import PAST
from archive.imports.reading.pieces import Piece

_AT = re.compile(r"\s+(?:vid|på|hos|från|at|from|inom|för|i)(?:\sthe)?\s+(?=[A-ZÅÄÖ])")


_AT_SAME = re.compile(r"\s+(?:på|vid|i|från|of|at)\s+((?:samma|the same)\s\w+)$")


_WITH_PLACE = re.compile(r"[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+){0,2}\si\s[A-ZÅÄÖ][\w-]+")
_FIRM_AT_PLACE = re.compile(
    r"(?:[A-ZÅÄÖ&][\w-]*\s){2,4}i\s(?:[A-ZÅÄÖ][\w-]+)(?:\s[A-ZÅÄÖ][\w-]+)?"
)  # "Restaurang Kajutan i Orsa"
_AUXILIARIES = frozenset(("hade", "har", "ska", "skulle", "kunde", "kan", "fick", "får", "ville", "vill"))
_FINITE = re.compile(rf"(?!\w*bonde\b){PAST}")
_NAMED_FOR = re.compile(
    r"(?<!\bpå)(?<!\bvid)(?<!\bhos)(?<!\bför)(?<!\bi)(?<!från)\s([A-ZÅÄÖ][\w-]+\si\s[A-ZÅÄÖ][\w-]+)$"
)
_DEFINITE = re.compile(
    r"[A-ZÅÄÖ][\w-]+(?:ska|a|ens|ns)\s[a-zåäö-]{4,}(?:en|et|an|na|ren)"
)  # "Bottniska korridoren"
_NATIONAL = re.compile(
    r"(?:Svenskt?|Svenska|Norskt?|Norske|Norska|Danske?|Danska|Finskt?|Finska|Nordiskt?|Nordiska)"
    r"(?:\s[a-zåäö-]{4,}){1,2}"
)  # "Norsk seterkultur"
_PARTY = re.compile(r"\s\((?:S|M|C|L|V|MP|SD|KD|FP)\)(?=\s?,)")
_BRACKET_BEHIND = re.compile(r"([^()]{3,60}?)\s*\(([^()]{2,60})\)$")  # "agronom (Lantmännen)"
_BODY = re.compile(
    r"[\w-]*(?:styrelsen|nämnden|fullmäktige|utskottet|beredningen|kommittén|delegationen|ämbetet|verket"
    r"|myndigheten|inspektionen|förbundet|universitetet|högskolan|departementet|museet|kommunen)$"
)
CALLED = re.compile(
    r"[a-zåäö]*(?:föreningen|sällskapet|skolan|byrån|firman|gården|kooperativet|hotellet|stiftelsen|klubben"
    r"|församlingen|bolaget|företaget|fabriken|biblioteket|akademin|byalaget|samfälligheten)"
    r"(?:\s[A-ZÅÄÖ][\w-]*(?:\s(?:[A-ZÅÄÖ&][\w-]*|och|i))*)?"
)  # "förskolan Kotten", "hembygdsföreningen"
_UNIT = re.compile(
    r"(?:[a-zåäö-]+(?:ska|iga|ala|na|ra)\s){0,2}[a-zåäö-]*(?:kliniken|enheten|avdelningen|mottagningen|sektionen"
    r"|förvaltningen|institutionen|laboratoriet|staben|kontoret)"
)  # "geriatriska kliniken"
_OWN_BODIES = frozenset(
    (
        "förbundet",
        "föreningen",
        "kansliet",
        "regionen",
        "kommunen",
        "sällskapet",
        "rådet",
        "nätverket",
        "museet",
    )
)  # of those whose page it is
_CREDENTIALS = re.compile(r"(?:SAR|LAR|MSA|SIR|SIS|PhD|MBA|MSc|BSc)(?:\s?[/,]\s?(?:SAR|LAR|MSA|SIR))?")


_OF_FIELD = re.compile(r"(?:[A-Z][\w-]*\s){1,3}(?:of|for)\s")  # "Head of Social Work"


_NO_ROLE = frozenset(
    ("i", "på", "för", "om", "till", "av", "med", "som", "och", "att", "där", "när", "hur", "vad", "in", "on")
)


TELLS = re.compile(
    r"\b(?:berätta\w*|informera\w*|redogjorde|presentera\w*|visade|talade|som|kommer|har|är|var|ger"
    r"|gav|inled\w*|höll|samlade"
    r"|avsluta\w*|möter|pratar|delade|går|gick|delar|svarar|svarade|leder|ledde|intervjua\w*|lyft\w*"
    r"|menade?)\b"
)


def without_party(piece: Piece) -> Piece:
    """Return a piece with spaces for a party in its midst: "kommunalråd (L), Helsingborg"."""
    found = _PARTY.search(piece.text)
    if found is None:
        return piece
    blank = " " * len(found.group())
    return Piece(piece.text[: found.start()] + blank + piece.text[found.end() :], piece.block, piece.start)


def span_of(whole: Piece, first: Piece, last: Piece) -> Piece:
    """Return the letters from the beginning of one piece to the end of another."""
    return whole.part(first.start - whole.start, last.start + len(last.text) - whole.start)


def parts_of(piece: Piece) -> list[Piece]:
    """Return the parts of a piece that commas and dashes part."""
    found, start = [], 0
    for match in re.finditer(r"\s*[,;|\t]\s*|\s+[–—-]\s+", piece.text):
        found.append(piece.part(start, match.start()))
        start = match.end()
    found.append(piece.part(start))
    return [part.stripped() for part in found if part.text.strip(" ,;.|–—-")] or [piece]


def split_role(part: Piece) -> tuple[Piece | None, Piece | None]:
    """Return role and organisation in one part: "strateg skog Region Dalarna", "professor vid SLU"."""
    bracket = _BRACKET_BEHIND.match(part.text)
    if bracket and (is_role(bracket[1]) or bracket[1][0].islower()) and may_be_organisation(bracket[2]):
        return part.part(0, bracket.end(1)), part.part(bracket.start(2), bracket.end(2))
    text = part.text
    words = text.split()
    if not words:
        return None, None
    if _BODY.match(words[0]):  # "regionstyrelsen i Blekinge", not "universitetet inledde med att …"
        return (None, None) if any(_FINITE.fullmatch(word) for word in words[1:]) else (None, part)
    if CALLED.fullmatch(text):
        return None, part
    if re.match(r"[A-ZÅÄÖ]\w*konsult(?:erna)?\s[A-ZÅÄÖ]", text) and not is_surely_organisation(
        text.split(" ", 1)[1]
    ):
        return None, part  # "Vattenkonsult Mitt" is a firm
    if _UNIT.fullmatch(text):
        return None, part
    if (_FINITE.fullmatch(words[0]) or words[0] in _AUXILIARIES) and not is_role_word(words[0]):
        return None, None  # "hade intervjuat hundra pendlare"
    is_whole_role = (
        words[0] not in _NO_ROLE
        and is_role(text)
        and (text[0].islower() or role_word_at(words) is not None or is_role_word(words[-1]))
    )
    is_lower = text[0].islower() and words[0] not in _NO_ROLE and len(words) <= 9 and not TELLS.search(text)
    is_lower = is_lower and not (
        words[0].endswith(("ar", "ade")) and not is_role_word(words[0])
    )  # "målar upp"
    if not (is_whole_role or is_lower):
        is_firm = may_be_organisation(text) or _FIRM_AT_PLACE.fullmatch(text) is not None
        return (None, part) if is_firm else (None, None)
    if text.lower() in _OWN_BODIES:
        return None, part
    return _parted(part, is_whole=is_whole_role)


def _parted(part: Piece, *, is_whole: bool) -> tuple[Piece | None, Piece | None]:
    """Part a role from the organisation in it: by a preposition, or where a name begins."""
    text = part.text
    same = _AT_SAME.search(text)
    if same:
        return part.part(0, same.start()), part.part(same.start(1))
    ends = [match for match in _AT.finditer(text) if _may_be_at(text[match.end() :])]
    named = [match for match in ends if is_organisation_word(text[match.end() :].split()[0])]
    at = named[0] if named else ends[-1] if ends else None
    named_for = _NAMED_FOR.search(text) if at is not None and at.group().strip() == "i" else None
    if named_for is not None and is_role(text[: named_for.start()]):  # "analytiker Tåg i Bergslagen"
        return part.part(0, named_for.start()), part.part(named_for.start(1))
    if at is not None and at.group().strip() == "i":  # "regionchef för Almega i Norr"
        at = next((one for one in ends if not named or _WITH_PLACE.fullmatch(text[one.end() :])), at)
    if at is not None:
        return part.part(0, at.start()), part.part(at.end())
    first = _organisation_start(part, role_word_at(text.split()))
    if first is None:
        return (part, None) if is_whole or not may_be_organisation(text) else (None, part)
    return part.part(0, first).stripped(), part.part(first).stripped()


def _may_be_at(text: str) -> bool:
    """Return whether a text may be an organisation, also with its place: "Coompanion i Dalarna"."""
    if _DEFINITE.fullmatch(text) or _NATIONAL.fullmatch(text):
        return True
    return may_be_organisation(text) or _WITH_PLACE.fullmatch(text) is not None


def _organisation_start(part: Piece, role_at: int | None) -> int | None:
    """Return where in a part that begins with a role an organisation begins, None where none does."""
    matches = list(re.finditer(r"\S+", part.text))
    for at, match in enumerate(matches):
        if at <= (role_at if role_at is not None else 0):
            continue
        if _CREDENTIALS.fullmatch(part.text[match.start() :]):
            return None
        is_organisation = is_surely_organisation if _OF_FIELD.match(part.text) else may_be_organisation
        if match.group()[0].isupper() and is_organisation(part.text[match.start() :]):
            before = matches[at - 1].group().lower()
            if before not in ("för", "av", "of", "och", "and", "for", "&", "i", "inom"):
                return match.start()
    return None

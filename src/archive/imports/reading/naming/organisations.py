"""Whether a short text names an organisation."""

import re
from functools import lru_cache

from archive.imports.reading.naming.roles import is_role
from archive.review.organisation_names import is_organisation

_WORDS_TEXT = """
region regionen länsstyrelsen länsstyrelse kommun kommuner kommunen universitet universitetet university
högskola högskolan college school institut institutet institute centrum center centre ab hb ltd inc gmbh oy
as aps förening föreningen förbund förbundet handelskammare handelskammaren stiftelsen museum museet akademi
akademin academy nätverk nätverket klustret kluster network council agency ministry department departementet
foundation association federation företagarna bank group gruppen verk verket bolag bolaget energi sverige
sweden norge danmark finland norden nordic europe international fylkeskommune kommune fylke landsting
landstinget regionförbund regionförbundet samverkan lab labs park sciencepark forskningsinstitut
hushållningssällskapet sällskapet lrf riksorganisation partnership alliance universitetssjukhuset sjukhus
sjukhuset stift stiftet biblioteket arkivet lärcentrum gymnasium gymnasiet folkhögskola branschråd rådet
kansliet brysselkontor medlemsorganisation fonden fond stad vatten miljö kraft skog data consulting konsult
pastorat brf bostadsrättsföreningen polisområde polisregion räddningstjänst räddningstjänsten
analys media press recycling engineering marketing trading catering holding shipping mining housing
"""
_WORDS = _WORDS_TEXT.split()
_ENDINGS = re.compile(
    r"[\w-]+(?:verket|ministeriet|myndigheten|styrelsen|departementet|inspektionen|förbundet|förbund"
    r"|förmedlingen"
    r"|kassan|nämnden"
    r"|rådet|sällskapet|sällskap|kammaren|kammare|institutet|institut|högskolan|universitetet|klustret"
    r"|kontoret|centralen|bolaget|banken"
    r"|föreningen|förening|tjänsten|kansliet|delegationen|kommissionen|stiftelsen|akademin|museet|forsk"
    r"|konsult|nätverket|gruppen|centrum"
    r"|hälsan|omsorgen|vården|trafiken|polisen|kyrkan|teatern|laboratoriet|laboratorium|enheten|avdelningen"
    r"|företagarna|skogarna|firman|byrån|fabriken|verkstaden|studion|redaktionen|kliniken|bryggeriet"
    r"|arkivet|arkiv|distrikt|distriktet|mäteriet|pastorat|biblioteket|lasarettet|mottagningen|församlingen|klubben|gymnasiet|kooperativet"
    r"|mejeriet|rederiet|industrierna|arna|arbetarna|bruk|kraft|energi|konsulterna|rådgivarna|skolan)s?|polisen",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-ZÅÄÖ]{2,7}(?:[/&-][A-ZÅÄÖ]{2,7})?|[A-ZÅÄÖ][a-z]?[A-ZÅÄÖ]{1,5}[a-z]?")
_SMALL_TEXT = """
och i för av vid på the of and for in at de la du van von to med & län läns kommun kommuner stad universitet
högskola kommune fylkeskommune fylke morgon mark vatten skog miljö lantbruk landsting regionen förbund samt
sjukhus kommuns läns stads regions vård hälsa ekonomi teknik kultur samhälle utveckling forskning studier
innovation teknologi
"""
_SMALL = frozenset(_SMALL_TEXT.split())
_OWN_TEXT = """
förbundet föreningen kansliet regionen kommunen länsstyrelsen universitetet högskolan nätverket sällskapet
stiftelsen institutet
"""
_OWN = frozenset(_OWN_TEXT.split())
_AT = frozenset(("på", "från", "hos", "vid"))  # "Lena på kansliet"
_TAILS_TEXT = """
kommun kommuns stad stads län läns universitet universitets högskola högskolas universitetssjukhus sjukhus
"""
_TAILS = frozenset(_TAILS_TEXT.split())
_INSTITUTION = re.compile(
    r"(?:Institut\w*|Cent(?:rum|er|re)|Avdelningen|Enheten|Föreningen|Stiftelsen|Länsstyrelsen"
    r"|Myndigheten|Kontor\w*"
    r"|Nätverket|Sällskapet|Statens|Svenska|Sveriges|Riksförbundet|Department|Ministry|Faculty|School"
    r"|Fakulteten"
    r"|[A-ZÅÄÖ][a-zåäö-]+(?:institutet|förbundet|centret|rådet|nätverket|akademin|sällskapet|delegationen)(?=\sför\s)"
    r"|Akademin?|Skolan|Rådet|Delegationen|Kommittén|Utredningen|Museet|Region|Regionförbundet|Verket)"
    r"(?:\s+(?:för|i|av|of|for|och|and|on|the|om|[A-ZÅÄÖ][\w-]*|[a-zåäö-]{3,30})){1,7}"
)
_TELLS = re.compile(r"[a-zåäö]{2,}ade|gav|höll|tog|gick|berättar|visar")  # "Länsstyrelsen visade …"
_JOINT_NAME = re.compile(r"[A-ZÅÄÖ][\w-]*-(?:,?\s[\w-]+-?){0,2}\s(?:och|&)\s[\w-]+")
_HOUSE = re.compile(
    r"[A-ZÅÄÖ][\w-]*[as]\s(?:[A-ZÅÄÖ]?[a-zåäö-]+\s)?(?:[a-zåäö]*(?:mus[eé]um|mus[eé]et|bibliotek|biblioteket"
    r"|teater|teatern|arkiv|arkivet"
    r"|sjukhus|sjukhuset|folkhögskola|gymnasium|gymnasieskola|handelskammare|sällskap|församling|konsthall"
    r"|räddningstjänst"
    r"|kommunförbund|länsförbund|konserthus|tingsrätt|hovrätt|tidning|tidningar|förlag|lärcentrum|vårdcentral"
    r"|naturbruk|akademien|operan))"
)
_OF_COUNTY = re.compile(
    r"[A-ZÅÄÖ][\w-]*(?:\s[A-ZÅÄÖ][\w-]*)?\s(?:läns|kommuns|stads)\s[a-zåäö-]{3,}(?:\si\s[A-ZÅÄÖ][\w-]+)?"
)
_SCHOOL = re.compile(
    r"[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?\s[a-zåäö-]+(?:ska|liga|bruks)\s(?:högskolan?|universitet(?:et)?"
    r"|skolan?|institut(?:et)?|trädgård|sällskap|museum|förening|förbund|råd|teater|bibliotek|akademi)"
)
_OWNED = re.compile(
    r"[A-ZÅÄÖ][\w-]+s\s[a-zåäö-]{3,}(?=[,.]|$)"
    r"|[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)*\s(?:ekonomisk|ideell) förening"
)  # "Runåbergs fröer"
_BY_SUFFIX = re.compile(
    r"[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?\s[a-zåäö-]*(?:verk|bolag|cirkel|klubb|industri|bryggeri|förlag|pastorat|distrikt"
    r"|församling"
    r"|klinik|lasarett|sjukhus|vårdcentral|mottagning|institut|stift|rederi|mejeri|sågverk|stiftelse"
    r"|forskningsstation|avdelning|gymnasium"
    r"|teater|orkester|enhet|kontor|förvaltning|nämnd|byrå|sparbank|skola|universitet|högskola"
    r"|hembygdsförening|stadsmission"
    r"|räddningstjänst|lärcenter|stadsbibliotek|tidning|redaktion|musikskola|kulturskola|energibolag)"
)
_PLACE_BEHIND = re.compile(r"\si\s[A-ZÅÄÖ][\w-]+$")
_FIRM_AND_PLACE = re.compile(r"([^,]{5,70}),\s[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?")
_LEGAL_FORM = re.compile(
    r"\s(?:AB|HB|KB|r\.?\s?f\.?|ek\. ?för\.?|(?:ekonomisk|ideell) förening|i Sverige AB)$"
)
_MEMBERS = re.compile(
    r"[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?\s[a-zåäö]*(?:förening|förbund|sällskap|församling|samfällighet"
    r"|centrum|center|sameby|vänner|byalag|museum|kansli|nätverk|stiftelse|byrå|räddningstjänst|kooperativ"
    r"|folkhögskola)|"
    r"[A-ZÅÄÖ][\w-]+s\s[a-zåäö]*(?:vårdsområde|verk|nämnd|myndighet|institut|högskola|råd|bolag|skola|kommitté)"
)
_PREPOSITIONS_TEXT = """
i på för till av med om in on for to of with about
"""
_PREPOSITIONS = frozenset(_PREPOSITIONS_TEXT.split())
_PARTIES_TEXT = """
s m c l v mp sd kd fp kdu - tbc a
"""
_PARTIES = frozenset(_PARTIES_TEXT.split())
_WORDS_MAX = 9


def is_party(text: str) -> bool:
    """Return whether a text in brackets behind a name is a party."""
    return text.strip(" .").lower() in _PARTIES


@lru_cache(maxsize=8192)
def is_surely_organisation(text: str) -> bool:
    """Return whether a short text has a word that names of organisations have, or is an acronym."""
    line = " ".join(text.split()).strip(" ,.")
    words = line.split()
    if not words or len(words) > _WORDS_MAX or "?" in line or line.endswith("!") or ": " in line:
        return False
    core = _PLACE_BEHIND.sub("", line)
    if core != line and (" " in core or _ENDINGS.fullmatch(core)) and is_surely_organisation(core):
        return True
    if _LEGAL_FORM.search(line) and line[0].isupper():
        return True
    is_institution = _INSTITUTION.fullmatch(line) and not any(map(_TELLS.fullmatch, words[1:]))
    if is_institution or (_JOINT_NAME.fullmatch(line) and _ENDINGS.fullmatch(words[-1])):
        return not is_role(line)
    if (
        _SCHOOL.fullmatch(line)
        or _MEMBERS.fullmatch(line)
        or _HOUSE.fullmatch(line)
        or _BY_SUFFIX.fullmatch(line)
        or (_OF_COUNTY.fullmatch(line) and not is_role(words[-1]))
        or (1 < len(words) < 5 and line[0].isupper() and words[-1] in _OWN and words[1] not in _AT)
    ):
        return True
    if line.lower() in _OWN or (
        not any(word[0].islower() and word.lower() not in _SMALL for word in words) and is_organisation(line)
    ):
        return True
    if not line[0].isupper() or (is_role(line) and not _ENDINGS.fullmatch(words[0])):
        return False
    if any(not _is_named(word) for word in words):
        return False
    return any(_is_organisation_word(word) for word in words)


@lru_cache(maxsize=8192)
def may_be_organisation(text: str) -> bool:
    """Return whether a short text may name an organisation: nearly all its words are capitalised."""
    line = " ".join(text.split()).strip(" ,.")
    words = line.split()
    if not words or len(words) > _WORDS_MAX or line[-1:] in "?!:" or ": " in line:
        return False
    if is_surely_organisation(line):
        return True
    if any(word in _PREPOSITIONS for word in words) and not _is_organisation_word(words[0]):
        return False
    return line[0].isupper() and all(_is_named(word) for word in words) and not is_role(line)


def is_firm_with_place(text: str) -> bool:
    """Return whether a text is an organisation of several words and its place: "Mäklarnas centrum, Piteå"."""
    found = _FIRM_AND_PLACE.fullmatch(" ".join(text.split()).strip(" ,."))
    return found is not None and is_surely_organisation(found[1])


def _is_named(word: str) -> bool:
    bare = word.strip('(),.”"»«&/')
    return (
        not bare
        or bare[0].isupper()
        or bare.lower() in _SMALL
        or bare[0].isdigit()
        or any(letter.isupper() for letter in bare)
    )


def _is_organisation_word(word: str) -> bool:
    bare = word.strip('(),.”"»«:/')
    if len(bare) > 1 and _ACRONYM.fullmatch(bare):
        return True
    lowered = bare.lower()
    if bare[:1].islower() and lowered not in _TAILS:
        return False
    return bool(bare) and (
        lowered in _WORDS or lowered.rstrip("s") in _WORDS or _ENDINGS.fullmatch(bare) is not None
    )


def is_organisation_word(word: str) -> bool:
    """Return whether one word is such that names of organisations have, and names of people have not."""
    return word[:1].isupper() and _is_organisation_word(word)


def is_organisation_tail(word: str) -> bool:
    """Return whether a word ends the name of an organisation: "AB", "kommun", "universitet"."""
    bare = word.strip("(),.;:")
    return bare in ("AB", "HB", "KB", "Ltd", "Inc", "AS", "Oy", "ASA") or bare.lower() in _TAILS


def organisation_end(text: str) -> int:
    """Return where the longest name of an organisation that a text begins with ends, 0 where it has none."""
    found = 0
    for match in list(re.finditer(r"\S+", text))[:_WORDS_MAX]:
        ends = match.group()[0].isupper() or match.group().strip(",.") in _TAILS
        named = text[: match.end()].rstrip(",.")
        ends = ends or any(form.fullmatch(named) for form in (_BY_SUFFIX, _HOUSE, _OF_COUNTY, _SCHOOL))
        if ends and may_be_organisation(text[: match.end()]):
            found = match.end()
    owned = _OWNED.match(text)
    return max(found, owned.end()) if owned else found

"""What somebody does, by words that end the names of offices: "utvecklingsledare", "Head of Policy"."""

import re
from functools import lru_cache

_ENDINGS_TEXT = """
ledare leder leiar chef sjef strateg ansvarig utvecklare utvikler konsult konsulent professor lektor doktor
doktorand direktör direktor sekreterare samordnare rådgivare rådgiver analytiker arkitekt jurist ordförande
ordf forskare forsker handläggare specialist expert ingenjör utredare koordinator administratör redaktör
lärare planerare planläggare kommunikatör ekonom docent kommunalråd regionråd oppositionsråd landstingsråd
borgarråd departementsråd kansliråd ledamot ersättare minister landshövding överdirektör ägare företagare
grundare lantbrukare brukare odlare bonde student stipendiat journalist författare fotograf psykolog läkare
sjuksköterska sköterska terapeut kurator pedagog rektor prefekt dekan adjunkt postdoktor biolog ekolog
geolog hydrolog kemist fysiker agronom skogvaktare skogsmästare jägmästare tekniker controller inspektör
konsulent kamrer borgmästare politiker talesperson moderator intendent antikvarie arkeolog historiker
etnolog sociolog geograf statistiker meteorolog klimatolog statsvetare präst kyrkoherde biskop polis
brandingenjör entreprenör projektör dikare åklagare advokat översättare designer producent mentor coach
facilitator vägledare bibliotekarie arkivarie registrator processledare verksamhetsutvecklare utvärderare
krögare lobbyist chefsjurist generalsekreterare ombudsman hamnkapten kapten snickare byggmästare mästare värd
trädgårdsmästare vetare kandidat revisor aktuarie matematiker programmerare tillsynsman stabschef praktikant
kanslichef utredningssekreterare informatör nämndeman förvaltare fastighetsägare skogsägare producent kock
manager officer director advisor adviser researcher lead head engineer architect developer coordinator
consultant president ceo cto cio cfo coo cdo cso cmo vd scientist fellow analyst planner economist lecturer
chair chairman chairwoman chairperson founder co-founder partner secretary mayor ambassador editor owner
strategist controller phd professorn chefen ledaren strategen forskaren doktoranden docenten direktören
ordföranden utredaren analytikern samordnaren lektorn utvecklaren experten konsulten handläggaren planeraren
kommunalrådet regionrådet ekonomen kommissarie polismästare överste brandman socionom slaktare bagare
länsråd justitieråd
ambassadråd diakon komminister kantor futurist timmerman murare målare apotekare farmaceut dietist logoped
tandläkare arborist hortonom tolk sjukgymnast audionom optiker elektriker instruktör tränare notarie
spanare essäist limnolog zoolog hydrogeolog ornitolog astronom ingenjörsgeolog skulptör komponist generalmajor
olog ograf iatriker
mejerist fiskare barnmorska inköpare upphandlare konstnär musiker regissör kartograf veterinär botanist
oceanograf medarbetare assistent mäklare byggherre löjtnant kommendör fanjunkare plansjef samfunnsviter
debattör krönikör skribent kassör sakkunnig komiker programmakare smed hantverkare slöjdare
handlare förädlare pendlare byggare granskare bedömare
ordfører fylkesråd rådmann direktør ingeniør redaktør borgmester formand dommer
konservator föreståndare lantmätare kriminolog sexolog virolog teolog filosof barnskötare undersköterska
"""
_ENDINGS = _ENDINGS_TEXT.split()
_BEFORE_TEXT = """
särskild biträdande tf t.f. vice förste första senior junior regional regionala verkställande
ställföreträdande tillförordnad vik vikarierande gäst adjungerad affiliated assistant associate deputy chief
executive managing general lead principal senior national enhets avdelnings strategisk teknisk politisk
näringspolitisk vetenskaplig medicinsk operativ kommunal
"""
_BEFORE = _BEFORE_TEXT.split()
_ROLE_WORD = re.compile(
    rf"(?:[\w-]*(?:{'|'.join(sorted(set(_ENDINGS), key=len, reverse=True))}))", re.IGNORECASE
)
_SHORT = frozenset(
    {
        "vd",
        "lead",
        "head",
        "chair",
        "ceo",
        "cto",
        "cio",
        "cfo",
        "coo",
        "cdo",
        "cso",
        "cmo",
        "phd",
        "ordf",
        "värd",
        "partner",
        "kock",
        "polis",
        "bonde",
        "fellow",
        "editor",
        "owner",
    }
)
_SHORTENED = frozenset(("MAS", "MAR", "MLA"))  # medicinskt ansvarig sjuksköterska …
_LONGER = {short: tuple(one for one in _ENDINGS if one.endswith(short) and one != short) for short in _SHORT}
_FIL_DR = re.compile(
    r"(?:fil|tekn|med|jur|ekon|agr|teol)\.?\s?(?:dr|lic|kand|mag)\b\.?|ph\.?\s?d\.?", re.IGNORECASE
)
_TITLES = {
    "dr": "", "dr.": "", "doktor": "", "prof": "Professor", "prof.": "Professor", "professor": "Professor",
    "docent": "Docent", "mr": "", "mr.": "", "ms.": "", "mrs.": "",
    "ms": "", "mrs": "", "herr": "", "fru": "", "doc.": "Docent", "phd": "",
    "fil.dr": "", "ph.d.": "", "sir": "", "lektor": "Lektor", "vd": "Vd", "vd:n": "Vd",
    "professorn": "Professor", "em.": "", "em": "",
}  # fmt: skip
_TRADE = re.compile(
    r"[A-ZÅÄÖ]?[a-zåäö-]{2,}(?:(?:ör|ar|log|ist|ant|ent|an|at|man|smed|graf|nom|or|it|urg|chef|ekt)en"
    r"|(?:tor|iker)n)"
)
_DEFINITE = re.compile(r"[A-ZÅÄÖ][a-zåäö]{6,}(?:en|rn)")  # "Inflyttarlotsen Katta Ek"
_NO_TRADE = re.compile(
    r"(?:dagen|kvällen|gången|delen|punkten|helgen|timmen|scenen|pausen|lunchen|salen|panelen|föreningen"
    r"|kommunen|regionen"
    r"|nämnden|styrelsen|gheten|tidningen|banken|gruppen|länsstyrelsen|bolagen|sektionen|enheten"
    r"|avdelningen|konferensen"
    r"|utredningen|festivalen|mässan|akademien|stiftelsen|kyrkan|avslutningen|inledningen|eftermiddagen"
    r"|morgonen|ronden"
    r"|passen|sessionen|presentationen|föreläsningen|diskussionen|debatten|rapporten|studien|rubriken"
    r"|titeln|sommaren"
    r"|vintern|hösten|våren|efter|eftersom)$"
)
_AGENT = re.compile(r"[A-ZÅÄÖa-zåäö][a-zåäö]{4,}(?:are|ör|log|iker|nom|graf|iater|urg|arie)")
_COMPARED = frozenset(
    ("Tidigare", "Vidare", "Senare", "Närmare", "Snarare", "Ytterligare", "Längre", "Större")
)
_OF_THE_EVENT = frozenset(("föreläsaren", "talaren", "deltagaren", "arrangören"))
_WORDS_MAX = 12


def is_trade_before(word: str) -> bool:
    """Return whether a word right before a name is formed as a trade: "Fiskodlare Ida Ek"."""
    return _AGENT.fullmatch(word) is not None and word.capitalize() not in _COMPARED


def is_definite_trade(word: str) -> bool:
    """Return whether a word before a name is formed as a trade in no list: "debattören", "sexologen"."""
    is_formed = _TRADE.fullmatch(word) is not None or (
        _DEFINITE.fullmatch(word) is not None and _NO_TRADE.search(word.lower()) is None
    )
    return is_formed and word.lower() not in _OF_THE_EVENT


@lru_cache(maxsize=8192)
def is_role_word(word: str) -> bool:
    """Return whether a word names a trade or an office, "chefsekonom" and "HR-direktör" too."""
    bare = word.strip(" ,.;:()")
    if bare in _SHORTENED:
        return True
    bare = bare if bare.lower() in _SHORT else bare.rstrip("s")
    is_firm = bare[:1].isupper() and bare.endswith("na")  # "Företagarna", "Lantrådgivarna"
    forms = (bare, word.strip(" ,.;:()"), bare if is_firm else indefinite(bare))
    match = next((found for form in forms if (found := _ROLE_WORD.fullmatch(form))), None)
    return match is not None and not _ends_by_chance(match.group().lower())


def indefinite(word: str) -> str:
    """Return a word without the Swedish definite ending: "krögaren", "forskarna" → "krögare", "forskare"."""
    if word.endswith("rådet"):
        return word[:-2]
    if word.endswith("ien"):  # "antikvarien"
        return word[:-1]
    if word.endswith("arna"):
        return word[:-2] + "e"
    for ending in ("erna", "en", "n"):
        if word.endswith(ending):
            return word.removesuffix(ending) + ("e" if ending == "en" and word.endswith("aren") else "")
    return word


def _ends_by_chance(word: str) -> bool:
    """Return whether a word only ends like a short one: "vd" counts by itself or behind a hyphen."""
    ending = next((short for short in _SHORT if word.endswith(short)), None)
    if ending is None or word.rpartition("-")[2] == ending:
        return False
    return not any(word.endswith(longer) for longer in _LONGER[ending])


def title_of(word: str) -> str | None:
    """Return the role that a title before a name says ("Prof."), "" for none, None for other words."""
    return _TITLES.get(word.lower().rstrip(","))


def is_role(text: str) -> bool:
    """Return whether a short text says what somebody does: such a word begins it or comes early on."""
    words = text.replace("/", " ").split()
    if not words or len(words) > _WORDS_MAX:
        return False
    if _FIL_DR.match(text.strip()):
        return True
    return role_word_at(words) is not None or (
        len(words) <= 5 and text.isascii() and is_role_word(words[-1]) and not _is_firm(words)
    )


def are_roles(text: str) -> bool:
    """Return whether a word says what several people do: "arkitekter"."""
    return text.islower() and text.endswith(("er", "ar")) and is_role_word(text[:-2])


def _is_firm(words: list[str]) -> bool:
    """Return whether an English word for a trade is in the plural: "Gehl Architects"."""
    return len(words) > 1 and words[-1].endswith("s") and words[0][:1].isupper() and words[-1][:1].isupper()


def role_word_at(words: list[str]) -> int | None:
    """Return the place of the first word that is a role, behind nothing but words that go with it."""
    for at, word in enumerate(words[:6]):
        if is_role_word(word):
            return at
        bare = word.strip(",.").lower()
        is_small = (
            word[:1].islower()
            or bare in _BEFORE
            or (bare.endswith("a") and bare[:-1] in _BEFORE)
            or word.endswith("-")
            or (at == 0 and len(words) > 1 and is_role_word(words[1]) and words[1][:1].islower())
        )
        if not is_small:
            return None
    return None

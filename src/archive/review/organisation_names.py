"""Whether a short text is the name of an organisation, and organisations by their addresses of mail."""

import re
from collections.abc import Iterable

from archive.review.folding import joined

_BEGINNINGS = (
    "region|länsstyrelsen|kommunförbundet|högskolan|stiftelsen|föreningen|institutet|handelskammaren"
)
_ENDINGS = (
    "kommun|kommuner|regionen|verket|myndigheten|universitet|university|högskola|institut|institute|institutet"
    "|styrelsen|departementet|förbundet|kansliet|kassan|bolaget|kammaren|kyrkan|museet|museum|centralen"
    "|delegationen|förmedlingen|nämnden|inspektionen|rådet|arkivet|biblioteket|foundation|stiftelsen|agency"
    r"|alliansen|klustret|\bAB|\bHB|\bInc|\bLtd|\bGmbH"
)
_ORGANISATION = re.compile(rf"(?:{_BEGINNINGS})\b.*|.*(?:{_ENDINGS})", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-ZÅÄÖ][A-Za-zÅÄÖ]?[A-ZÅÄÖ]{1,6}")
_WORDS_MAX = 7
_PUBLIC_MAIL = frozenset(
    {"gmail", "hotmail", "outlook", "yahoo", "live", "icloud", "telia", "msn", "protonmail"}
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PHRASE_WORDS_MAX = 4


def is_organisation(text: str) -> bool:
    """Return whether a short text is the name of an organisation: "Region Gävleborg", "SCB", "Tullverket"."""
    line = " ".join(text.split())
    if not line or len(line.split()) > _WORDS_MAX or not line[0].isupper():
        return False
    return _ACRONYM.fullmatch(line) is not None or _ORGANISATION.fullmatch(line) is not None


def organisation_of_mail(address: str, texts: Iterable[str]) -> str:
    """Return the organisation whose name, written together, is in an address of mail; "" where none is.

    "@arbetsformedlingen.se" is "Arbetsförmedlingen" where that stands in one of the texts.
    """
    labels = address.rpartition("@")[2].strip(")] ").split(".")
    label = joined(labels[-2]) if len(labels) > 1 else ""
    if len(label) < 3 or label in _PUBLIC_MAIL:
        return ""
    for text in texts:
        words = _WORD.findall(text)
        for length in range(1, _PHRASE_WORDS_MAX + 1):
            for at in range(len(words) - length + 1):
                phrase = " ".join(words[at : at + length])
                if phrase[0].isupper() and joined(phrase) == label:
                    return phrase
    return ""

"""Finite verbs of Swedish, told by how they are formed and, the strong ones, by a list.

Weak verbs are endless and regular (-ade, -de, -te); strong ones are a closed class. What somebody does who
gives no talk (leads, thanks, lives) is no verb of telling.
"""

import re

_STRONG_TEXT = """
gav gick tog höll bjöd drog såg bad lät knöt grep slog skrev sköt bröt vred satte lade gjorde fick steg klev
stod följde kom redde for ställde ägnade la sa spred vände försökte slöt
ger går tar håller bjuder drar ser ber låter knyter griper slår skriver skjuter bryter vrider sätter lägger
gör får möttes möts brottades enades stiger kliver reder delar står
"""
_PREFIX = r"(?:före?|fram|upp|åter|genom|be|ut|in|av|an|till|om|under|över|fort|vidare|sam|mot|del)?"
_STRONG = rf"{_PREFIX}(?:{'|'.join(_STRONG_TEXT.split())})"
_WEAK = r"[a-zåäö]{2,}(?:ade|rde|kte|tte|lde|nde|vde|ste|gde|jde|pte|fte|mde|dde)"
_PRESENT = r"[a-zåäö]{2,}(?:ar|er|år)"
NO_SPEECH = (
    r"(?:[a-zåäö]*bonde|led(?:de|er)|moderera(?:de|r)|arbeta(?:de|r)|jobba(?:de|r)|tacka(?:de|r)"
    r"|hälsa(?:de|r)|välkomna(?:de|r)"
    r"|bo(?:dde|r)|starta(?:de|r)|grunda(?:de|r)|bilda(?:de|r)|säger|sade|sa|är|var|blir|blev|blivit"
    r"|kommer|hoppas"
    r"|tycker|tyckte|menar|menade|delt(?:og|ar)|medverka(?:de|r)|ansvara(?:de|r)|utse(?:s|des)|vinner"
    r"|sköter|skötte|fanns|satt|sitter"
    r"|heter|hette|efterträd(?:de|er)|har|hade|eller|efter|under|över|inför|där|när|för|samt|utför|avtackades"
    r"|driver|äger|anser|ansåg|konstatera(?:de|r)|fråga(?:r|de)|undra(?:r|de))\b"
)
PAST = rf"(?:{_WEAK}|{_STRONG})\b(?<!ande)(?<!ende)"
FINITE = rf"(?!{NO_SPEECH})(?P<verb>(?:{_WEAK}|{_PRESENT}|{_STRONG})\b(?<!ande)(?<!ende))"
_ONLY = re.compile(FINITE)


def is_telling(word: str) -> bool:
    """Return whether a word is formed as a finite verb and may tell of a talk."""
    return _ONLY.fullmatch(word) is not None

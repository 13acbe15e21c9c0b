"""Whether a word is a Swedish surname of the usual makes: Lindberg and Lundberg are two, not one and a slip.

Surnames from nature are put together of two words (Lind-berg), others end in -son after a given name. The
parts are the common ones; far from all.
"""

import re

from archive.review.given_names import is_given_name

_FIRST = """
ahl al alm asp back backe beck berg berge bjur björk björn blad blom bo brand bro broms bränn bäck dahl
dal eck edel ek eke el en eng engel englund fager falk fors fri friberg frid frost gran grund grön gull
gyll hag haglund hal hall ham hammar hav hed hede hell hem hill hjelm hjort holm hult häg häll hög höj
is jern jung järn kall karl kil klar klint kron kull kvarn käll lag lager land lax lilje lill lind ling
ljung lund löf lönn löv malm mel mo moberg myr mör nor nord norr ny nyl näs näsl os palm pil qvarn ring
ros rosen rud rund röd rönn sand sehl selin sjö sjögr skog skoglund smed sol sten ster stjern stock
strand ström stål sund svan sved svens säf sälg söder söderl tall thor thun tid torn tuv ull vahl vall
van vass vest vester vik vin vinter väst väster wahl wall wass west wester wik wiklund ängel ängl åker
ång ås åst ö öd öh öst öster
"""
_LAST = """
ander berg bergh blad blom bom borg by bäck dahl dal e ell eller en er ers fast feldt fors gren grens
gård hag hall hammar hed hjelm holm holt hult hus in ius kil kvist land lid lin lind ling lund lén man
mann mark mo ner näs or quist qvist rot rud rup ryd sjö skiöld skog sköld sson sted stedt sten strand
ström stål sund torp us vall vik vist wall wik ås én ö
"""
_NATURE = re.compile(f"(?:{'|'.join(_FIRST.split())})(?:{'|'.join(_LAST.split())})")
_SON = re.compile(r"(.+?)s?son")


def is_surname(word: str) -> bool:
    """Return whether a word in small letters is made as Swedish surnames are."""
    if _NATURE.fullmatch(word):
        return True
    patronymic = _SON.fullmatch(word)
    return patronymic is not None and any(
        is_given_name(stem) for stem in (patronymic[1], patronymic[1] + "s", patronymic[1] + "e")
    )

"""What stands beside a name: "strateg, Region X", "(SCB)", "vid SLU", "Region X läns strateg"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.imports.reading.naming.organisations import is_party, is_surely_organisation, may_be_organisation
from archive.imports.reading.naming.roles import is_role, is_role_word, role_word_at
from archive.imports.reading.pieces import Piece

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{1,120})[)\]]?")


_BOTH = re.compile(r"^(?:båda|bägge|alla|samtliga|both|all)\s+(?:(?:från|vid|på|from|at)\s+)?", re.IGNORECASE)


_AT = re.compile(r"\s+(?:vid|på|hos|från|at|from|inom|för|i)\s+(?=[A-ZÅÄÖ])")


_LEADING = re.compile(r"^\s*(?:(?:,|–|—|-|:|\||\t|från\b|vid\b|på\b|hos\b|from\b|at\b|of\b)\s*)+")


_REMARK = re.compile(
    r"^(?:via\b.*|digitalt|på länk|per länk|online|distans|video|on video|tbc|inspelad.*|moderator"
    r"|inställt|pdf.*|ppt.*|\d.*)$",
    re.IGNORECASE,
)


_GENITIVES_TEXT = """
läns kommuns stads universitets högskolas att och om där av med
"""


_GENITIVES = frozenset(_GENITIVES_TEXT.split())


_COUNTRIES_TEXT = """
norge danmark finland island sverige norway denmark finland sweden tyskland estland
"""
_COUNTRIES = frozenset(_COUNTRIES_TEXT.split())


_VERB = re.compile(
    r"\b(?:berätta\w*|informera\w*|redogjorde|presentera\w*|visade|talade|som|kommer|har|är|var|ger"
    r"|gav|inled\w*|höll|samlade"
    r"|avsluta\w*|möter|pratar|delade|går|gick|delar|svarar|svarade|leder|ledde|intervjua\w*|lyft\w*"
    r"|menade?)\b"
)


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands beside a name. `rest` is what is neither role nor organisation, None for nothing."""

    role: Piece | None = None
    organisation: Piece | None = None
    is_shared: bool = False
    rest: Piece | None = None


def before_name(piece: Piece) -> Attributes:
    """Return the role and organisation that stand right before a name."""
    words = list(re.finditer(r"\S+", piece.text))
    if not words:
        return Attributes()
    if piece.text.rstrip().endswith((",", ":", "–", "-")):
        inside = piece.stripped()
        organisation = inside if is_surely_organisation(inside.text) and ":" not in piece.text else None
        return Attributes(organisation=organisation)
    if not is_role_word(words[-1].group()) or title_only(words[-1].group()):
        return Attributes()
    first = len(words) - 1
    while (
        first
        and is_role(" ".join(word.group() for word in words[first - 1 :]))
        and words[first - 1].group()[0].islower()
        and words[first - 1].group() not in _GENITIVES
    ):
        first -= 1
    role = piece.part(words[first].start(), words[-1].end())
    return Attributes(role=role, organisation=_owner(piece, words[:first]))


def title_only(word: str) -> bool:
    """Return whether a word before a name is a mere form of address."""
    return word.lower().strip(".,") in ("dr", "mr", "ms", "mrs", "doktor")


def _owner(piece: Piece, words: Sequence[re.Match[str]]) -> Piece | None:
    """Return the organisation in the genitive before a role: "Region Örebro läns strateg"."""
    if not words or not words[-1].group().endswith("s"):
        return None
    for word in words:
        owner = piece.part(word.start(), words[-1].end() - 1)
        if word.group()[0].isupper() and may_be_organisation(owner.text):
            return owner
    return None


def attributes_of(piece: Piece) -> Attributes:
    """Return the role and the organisation in what stands behind a name."""
    bracket = _BRACKET.match(piece.text)
    if bracket:
        inside = piece.part(bracket.start(1), bracket.end(1)).stripped()
        rest = piece.part(bracket.end())
        if is_party(inside.text) or _REMARK.match(inside.text):
            return attributes_of(rest)
        found = _of_parts(inside)
        follows = attributes_of(rest) if re.match(r"\s*,", rest.text) else Attributes(rest=_rest(rest))
        return Attributes(
            found.role or follows.role,
            found.organisation or follows.organisation,
            found.is_shared,
            follows.rest,
        )
    leading = _LEADING.match(piece.text)
    follows_directly = leading is None
    found = _of_parts(piece.part(leading.end() if leading else 0))
    if follows_directly and found.role is None and found.organisation is not None:
        is_sure = is_surely_organisation(found.organisation.text)
        return found if is_sure else Attributes(rest=_rest(piece))
    return found


def _rest(piece: Piece) -> Piece | None:
    stripped = piece.stripped(" \t,;.")
    return stripped if stripped.text else None


def _of_parts(piece: Piece) -> Attributes:
    """Return role and organisation of a text whose parts are parted by commas."""
    piece = piece.stripped(" \t\n,;.|–—-")
    if not piece.text or _REMARK.match(piece.text):
        return Attributes()
    both = _BOTH.match(piece.text)
    if both:
        return Attributes(organisation=piece.part(both.end()), is_shared=True)
    parts = _parts(piece)
    first = parts[0]
    role, organisation = _split_role(first)
    if role is None and organisation is None:
        return Attributes(rest=piece)
    at = 1
    if organisation is None:
        if len(parts) > 1 and is_role(parts[1].text) and not may_be_organisation(parts[1].text):
            second, organisation = _split_role(parts[1])
            role, at = _span(piece, first, second or parts[1]) if second else role, 2
    else:
        at = 1
    tail = parts[at:]
    return _with_tail(piece, role, organisation, tail)


def _with_tail(piece: Piece, role: Piece | None, organisation: Piece | None, tail: list[Piece]) -> Attributes:
    """Add the parts that go on with the organisation; what begins something else is the rest."""
    last = organisation
    bothly = False
    for at, part in enumerate(tail):
        both = _BOTH.match(part.text)
        goes_on = may_be_organisation(part.text) or part.text.lower() in _COUNTRIES or both
        if (
            organisation is None
            and role is not None
            and not goes_on
            and part.text[:1].islower()
            and len(part.text.split()) <= 3
            and not _VERB.search(part.text)
            and at + 1 < len(tail)
        ):
            role = _span(piece, role, part)
            continue
        if role is None and is_role(part.text) and organisation is not None:
            role = part
            continue
        is_due = (
            organisation is None
            and role is not None
            and part.text[:1].isupper()
            and len(part.text.split()) <= 6
            and part.text[-1] not in "?!"
        )
        if not (goes_on or is_due) or _VERB.search(part.text):
            rest = piece.part(part.start - piece.start)
            return Attributes(
                role,
                _span(piece, organisation, last) if organisation and last else organisation,
                bothly,
                rest,
            )
        if both:
            part, bothly = part.part(both.end()), True
        organisation, last = organisation or part, part
    return Attributes(
        role, _span(piece, organisation, last) if organisation and last else organisation, bothly
    )


def _span(whole: Piece, first: Piece, last: Piece) -> Piece:
    return whole.part(first.start - whole.start, last.start + len(last.text) - whole.start)


def _parts(piece: Piece) -> list[Piece]:
    found, start = [], 0
    for match in re.finditer(r"\s*[,;|\t]\s*|\s+[–—-]\s+", piece.text):
        found.append(piece.part(start, match.start()))
        start = match.end()
    found.append(piece.part(start))
    return [part.stripped() for part in found if part.text.strip(" ,;.|–—-")] or [piece]


def _split_role(part: Piece) -> tuple[Piece | None, Piece | None]:
    """Return role and organisation in one part: "strateg skog Region Dalarna", "professor vid SLU"."""
    text = part.text
    words = text.split()
    if re.match(r"[A-ZÅÄÖ]\w*konsult(?:erna)?\s[A-ZÅÄÖ]", text) and not is_surely_organisation(
        text.split(" ", 1)[1]
    ):
        return None, part  # "Vattenkonsult Mitt" is a firm
    is_whole_role = is_role(text) and (text[0].islower() or role_word_at(words) is not None)
    is_lower = text[0].islower() and len(words) <= 9 and not _VERB.search(text)
    if not (is_whole_role or is_lower):
        return (None, part) if may_be_organisation(text) else (None, None)
    if text.lower() in ("förbundet", "föreningen", "kansliet", "regionen", "kommunen", "sällskapet"):
        return None, part
    at = next(
        (match for match in reversed(list(_AT.finditer(text))) if may_be_organisation(text[match.end() :])),
        None,
    )
    if at is not None:
        return part.part(0, at.start()), part.part(at.end())
    first = _organisation_start(part, role_word_at(words))
    if first is None:
        return (part, None) if is_whole_role or not may_be_organisation(text) else (None, part)
    return part.part(0, first).stripped(), part.part(first).stripped()


def _organisation_start(part: Piece, role_at: int | None) -> int | None:
    """Return where in a part that begins with a role an organisation begins, None where none does."""
    matches = list(re.finditer(r"\S+", part.text))
    for at, match in enumerate(matches):
        if at <= (role_at if role_at is not None else 0):
            continue
        if match.group()[0].isupper() and may_be_organisation(part.text[match.start() :]):
            before = matches[at - 1].group().lower()
            if before not in ("för", "of", "och", "and", "for", "&", "i", "inom"):
                return match.start()
    return None

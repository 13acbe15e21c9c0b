"""Titles of events without what a headline says around them."""

import re
from collections.abc import Sequence

from archive.imports.reading.dates import FoundDate, dates_in
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.pieces import Line, Piece

_HEADLINE = re.compile(
    r"^\W*(?:dokumentation(?:en)?|presentationer(?:na)?|presentationsmaterial|material"
    r"|program(?:met)?(?: och presentationer)?|bilder|referat|rapport|inspelning(?:ar)?|så var(?: det"
    r" på)?|"
    r"tack för(?: en)?|sammanfattning|summary|documentation|presentations|slides|programme"
    r"|proceedings|recap|bildspel|åhörarkopior|nyhet|evenemang|event|genomfört(?: seminarium)?"
    r"|tidigare (?:seminarium|konferens))"
    r"(?:(?:\s?(?:[:–—|-]|(?:från|av|of|from|för|på)\b)\s?)+(?=\S)"
    r"|\s(?=[A-ZÅÄÖ][a-zåäö]*(?:dag|dagen|dagarna|konferens|konferensen|forum|träff|möte|symposium)\b))",
    re.IGNORECASE,
)


_HEADLINE_BEHIND = re.compile(
    r"(?<=\w)\s*[:–—|-]\s+(?:dokumentation|presentationer|bilder|program|material|referat|film(?:er)?"
    r"|program och presentationer|documentation|presentations|slides|programme)\W*$",
    re.IGNORECASE,
)


_NAME_WITHIN = 400  # letters of a line


_KIND_LABEL = re.compile(
    r"^\W*(?:seminarium|konferens|webbinarium|webinar|workshop|seminar|conference|nätverksträff"
    r"|temadag|studiebesök|föreläsning)(?:\s\d{1,2})?\s*[:|–—-]\s+(?=\S)",
    re.IGNORECASE,
)


_KIND_WORD = (
    r"(?:\w*seminarium|\w*webbinarium|\w*konferens|workshop|temadag|föreläsning|\w*träff|\w*möte|frukost"
    r"|\w*kväll)"
)
_KIND_BEHIND = re.compile(rf"(?<=\w[?!])\s+{_KIND_WORD}\b[^?!]*$", re.IGNORECASE)
_ONLY_KIND = re.compile(rf"\W*{_KIND_WORD}\W*", re.IGNORECASE)


_PLACE_AT_END = re.compile(
    r"(?<=\w),\s((?!(?:mån|tis|ons|tors|fre|lör|sön)dag)[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?)$"
)


_KIND_BEFORE_NAME = re.compile(
    r"^(?:[Kk]onferensen|[Ss]eminariet|[Ww]ebbinariet|[Tt]emadagen|[Ww]orkshoppen"
    r"|[Mm]ötet)\s+[”\"“»]?(?=[A-ZÅÄÖ])"
)


GENERIC_TITLE = re.compile(
    r"^\W*(?:(?:program|presentationer|dokumentation|seminarier|seminarium|konferenser|workshops?"
    r"|arkiv|nyheter|aktuellt|välkommen|evenemang|kalender|kurser|webbinarier|genomförda|tidigare"
    r"|våra|träffar|möten|seminars|events|archive|news|home|hem|start|past|och|bilder|and"
    r"|presentations|material|från|\d{4}|\s|[-–&,|]|fokusområden?)+)\W*$",
    re.IGNORECASE,
)


_NAMED = re.compile(
    r"\b([A-ZÅÄÖ][\w-]*(?:\s(?:[A-ZÅÄÖ][\w-]*|i|på|och|för))*?\s?[\w-]*(?:dagen|dagarna|konferensen"
    r"|konferens|forum|forumet|symposiet|symposium|konventet|mötet|nätverket|träffen"
    r"|summit)(?:\s[A-ZÅÄÖ][\w-]+)?(?:\s(?:19|20)\d\d)?)\b"
)


_CALLED = re.compile(
    r"\b(?:seminariet|konferensen|webbinariet|temadagen|mötet|workshoppen|symposiet|träffen)\s(?:om\s)?"
    r"[”\"“»«]([^”\"“»«]{4,120})[”\"“»«]",
    re.IGNORECASE,
)


_VERBS = re.compile(
    r"\b(?:\w{3,}(?:ade|ades)|hölls|deltog|lockade|visade|blev|var|när|så|gav|fyllde|drog|tog|kom"
    r"|samlade|diskuterades|met|gathered|was)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"^\W*(?:(?:stort\s)?tack\b|succé|fullsatt|fullt\s(?:hus|av)|stort\s(?:intresse|engagemang)|lyckad|rekord|välbesökt"
    r"|här\skommer|nu\sfinns|så\s(?:var|blev|gick)\b|vilken\s)"
    r"|\b(?:möttes|träffades|samlades|lyssnade|pratade|diskuterade|diskuterades|deltog|lockade|samlade|fyllde|hölls"
    r"|blev|kom\still|tackar|var\spå\splats|genomfördes|arrangerades|avslutades|handlade\som)\b",
    re.IGNORECASE,
)
_WORD = r"[A-ZÅÄÖ][\w&’-]*"
_LEADS = r"(?:På|I|Vid|Under|Efter|Till|Den|Vi|Här|Om|När|Från|Årets?|Vårt?|Tack|Med|För|Det|Som)"
_KIND_AHEAD = re.compile(
    r"\b(?i:seminariet|konferensen|webbinariet|temadagen|mötet|workshoppen|symposiet|träffen|forumet|mötesplatsen"
    rf"|kongressen|evenemanget|höll\svi|årliga)\s({_WORD}(?:\s(?:{_WORD}|och\s{_WORD}|\d{{4}}\b))*)"
)
_EVENT_NAME = re.compile(
    rf"(?:(?<=[\wåäö,”]\s)|^)((?:(?!{_LEADS}\s){_WORD}\s){{0,3}}[A-ZÅÄÖ][\w&’-]{{2,}}(?:dag(?:en|arna)?|konferens(?:en)?|forum(?:et)?"
    r"|symposi(?:um|et)|konvent(?:et)?|möte|mötet|träff(?:en)?|ting(?:et)?|dialog(?:en)?|stämman?|mässan?|summit"
    rf"|kongress(?:en)?|riksdag(?:en)?|vecka|veckan|frukost(?:en)?|kväll(?:en)?)(?:\s{_WORD})?(?:\s(?:19|20)\d\d)?)(?![\w-])"
)
_NO_NAME = re.compile(
    r"(?:(?:Mån|Tis|Ons|Tors|Fre|Lör|Sön|I|Var|Var)dag|Förmiddag|Eftermiddag|Under|På|Vid|Den|Här|Tack|Efter|I|Vi|Om)\b"
    r"|(?:Mån|Tis|Ons|Tors|Fre|Lör|Sön)dagen",
)


def _named_in(texts: Sequence[Piece]) -> Piece | None:
    """Return the name that a text itself uses for its event: "på seminariet Vattendialog Halland i Ed"."""
    for pattern in (_KIND_AHEAD, _EVENT_NAME):
        for text in texts:
            found = pattern.finditer(text.text[:_NAME_WITHIN])
            match = next((one for one in found if not _NO_NAME.match(one[1])), None)
            if match is not None and not is_surely_organisation(match[1]):
                return text.part(match.start(1), match.end(1))
    return None


def quoted_title(head: Piece, texts: Sequence[Piece]) -> Piece | None:
    """Return the name that the text gives an event whose heading is a headline: "seminariet ”Metaller”"."""
    if _NEWS.search(head.text) and not head.text.rstrip().endswith("?"):
        own = _named_in([head.part(1)]) if head.text[:1].isupper() else None
        return own or _quoted_in(texts) or _named_in(texts)
    if not _VERBS.search(head.text) or _NAMED.search(head.text) or head.text.rstrip().endswith("?"):
        return None
    return _quoted_in(texts)


def _quoted_in(texts: Sequence[Piece]) -> Piece | None:
    """Return the name of an event that a text has in quotes: "konferensen ”Metaller”"."""
    for text in texts:
        match = _CALLED.search(text.text)
        if match is not None:
            return text.part(match.start(1), match.end(1))
    return None


def undated_title(line: Line) -> Piece:
    """Return the title that a heading is, without the kind and the day behind it: "Ull? Träff 9 maj 2010"."""
    days = dates_in(line.text)
    piece = line.piece
    if days and days[-1].year is not None and not re.search(r"\w", piece.text[days[-1].end :]):
        title, _ = dated_title(line)
        is_name = re.search(r"[^\W\d]{5}", title.text) is not None and not _ONLY_KIND.fullmatch(title.text)
        is_before = piece.start <= title.start < piece.start + days[0].start
        piece = title if is_name and is_before else piece
    kind = _KIND_BEHIND.search(piece.text)
    return title_piece(piece.part(0, kind.start()) if kind else piece)


def dated_title(line: Line) -> tuple[Piece, FoundDate | None]:
    """Return a heading without its day: "10 november – Fiskar", "Fiskar, 10 november 2016"."""
    piece = line.piece
    days = dates_in(piece.text)
    if not days:
        return title_piece(piece), None
    day = days[0]
    before = re.sub(
        r"(?:\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?(?:\sden)?|\bden|\bon)\s*$",
        "",
        piece.text[: day.start].rstrip(),
        flags=re.IGNORECASE,
    )
    head, tail = (
        piece.part(0, len(before)).stripped(" \t\n,;:|–—-()"),
        piece.part(day.end).stripped(" \t\n,;:|–—-()."),
    )
    is_named_behind = piece.text[day.end :].lstrip().startswith(":")
    is_place_behind = bool(re.match(r",\s(?:19|20)?\D", piece.text[day.end :])) and piece.text[
        : day.start
    ].rstrip().endswith(",")
    longer = tail if (len(tail.text) > len(head.text) and not is_place_behind) or is_named_behind else head
    return (title_piece(longer) if len(longer.text) > 2 else piece), day


def place_behind(piece: Piece) -> tuple[Piece, Piece | None]:
    """Part a title from the place behind it, where the day stood behind both: "Jord i stan, Malmö"."""
    match = _PLACE_AT_END.search(piece.text)
    if match is None or is_surely_organisation(match[1]) or dates_in(f"1 {match[1]} 2020"):
        return piece, None
    return piece.part(0, match.start()), piece.part(match.start(1), match.end(1))


def title_piece(piece: Piece) -> Piece:
    """Return the name of an event without words on what the page has of it ("Dokumentation: …")."""
    for pattern in (_HEADLINE, _KIND_LABEL):
        match = pattern.match(piece.text)
        if match:
            piece = piece.part(match.end())
            kind = _KIND_BEFORE_NAME.match(piece.text)
            piece = piece.part(kind.end()) if kind else piece
    behind = _HEADLINE_BEHIND.search(piece.text)
    piece = (piece.part(0, behind.start()) if behind else piece).stripped(" \t\n,;:|–—-")
    if (
        _VERBS.search(piece.text)
        and (named := _NAMED.search(piece.text))
        and not piece.text.rstrip().endswith("?")
    ):
        return piece.part(named.start(1), named.end(1))
    return piece

"""Whose site a page is on, and what its owner calls itself."""

import re
from collections.abc import Sequence

from archive.imports.reading.dates import dates_in
from archive.imports.reading.naming.names import names_in
from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.pieces import Line, Piece, field_of, sentences
from archive.imports.reading.words import WHOLE_EVENT
from archive.model.seminar_pages.seminar_page import ReadField

_SITE_OWNER = re.compile(r"^[^|]{3,60}?\s(?:vid|på|hos|från|[–-])\s(.{3,80})$")
_CALLED_SHORT = re.compile(
    r"(\w*(?:förbund|förening|nätverk|råd|sällskap|klubb|stiftelse|institut|akademi|kansli|krets|forum"
    r"|centrum))(?:et|en|n)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s(?:och|som|där|för att|men)\s[a-zåäö]+(?:ade|de|te|er|ar|og|ick|av)\b|\s(?:och|som)\s(?:är|var)\b"
    r"|\sden\s\d|\spå\s[A-ZÅÄÖ]"
)
_LABEL = re.compile(
    r"\W*(?:arr\.|arrangör(?:er)?|arrangerades? av|organisatör(?:er)?|organi[sz]ers?)\s?:\s*", re.I
)
_PLACE = re.compile(
    r"(?:muse[eu]t?|biblioteket?|huset|hus|skola|skolan|slott|gård|hotell|hotel|park|teatern?|universitet)\b"
)
_NO_NAME = re.compile(
    r"\W*(?:\w*räknare\w*|\w*counter\w*|besökare|hits?|logo(?:typ)?(?:en)?|logga|banner|bild|image|start(?:sida)?n?"
    r"|hem|hemsida|home|webbplats(?:en)?|sidan|meny|index|välkommen|karta|facebook|skriv ut|print|pil"
    r"|(?:sällskap|förening|förbund|nätverk|råd|klubb|stiftelse|institut|kansli|krets|distrikt)(?:et|en|n)?)\W*$",
    re.IGNORECASE,
)  # pictures and words that stand where the name of a site does
_HOST = re.compile(
    r"^\W*([A-ZÅÄÖ][^.,;:\n]{3,80}?)\s(?:bjöd|bjuder|håller|ordnar|arrangerar|arrangerade|anordnade|höll"
    r"|ordnade|inbjöd|hälsade"
    r"|samlade|stod värd|välkomnade"
    r"|hosted|organi[sz]ed|invited)\s",
)
_HOST_BEHIND = re.compile(
    r"\b(?:arrangerade|anordnade|ordnade|höll|bjöd)\s([A-ZÅÄÖ][^.,;:\n]{3,60}?)\s(?=(?:ett|en|in|sin|sitt)\s)"
)
_OWNED_EVENT = re.compile(
    r"\W*(?!(?:I|På|Vid|Under|Efter|Till|Från|Med|Den|Vårt?"
    r"|Årets?)\s)([A-ZÅÄÖ][^.,;:\n]{3,60}?)s\s(?:\w+\s)?(?:(?!\w*(?:mån|tis|ons|tors|fre|lör"
    r"|sön)dag)\w*(?:möte|seminari|konferens|symposi|dag|träff"
    r"|webbinari|workshop))\w*\b"
)
_HELD_DAY = re.compile(
    r"\W*([A-ZÅÄÖ][^.,;:\n]{3,80}?)\s(?:ordnade|arrangerade|anordnade|höll\si|stod\sför|stod\sbakom|bjöd\sin\still)"
    r"\s(?:den\s(?:här\s)?)?(?:dagen|dagarna|konferensen|seminariet|symposiet|webbinariet|mötet|kvällen|träffen"
    r"|arrangemanget|evenemanget|temadagen|workshoppen)\b"
)
_IS = re.compile(r"\s(?:är|var|blev|blir)\s")


def organiser_of(
    said: Piece | None,
    hinted: ReadField[str | None],
    site_names: Sequence[str],
    owner: Piece | None,
    title: Piece | None,
) -> ReadField[str | None]:
    """Return who held an event: as it is said, as structured data has it, else whose site the page is on.

    Args:
        said: who the text says held it.
        hinted: who structured data says did.
        site_names: what the site calls itself.
        owner: who the lines around the text say the site is of.
        title: of the event, which may be the name of a part of the site, too.
    """
    names = [
        name for name in site_names if not re.search(r"(?:19|20)\d\d", name) and not _NO_NAME.match(name)
    ]
    if owner is not None:
        names = [name for name in names if not _is_called(title, name)]
    called = [*names, *([owner.text] if owner is not None else [])]
    if said is not None and not any(is_called_short(said.text, name) for name in called):
        return field_of([said], 0.95)
    if hinted.value:
        return hinted
    if names:
        return ReadField(site_owner(names[0]), 0.85)
    return field_of([owner], 0.8) if owner is not None else ReadField(None)


def _is_called(title: Piece | None, name: str) -> bool:
    return title is not None and title.text.lower().startswith(name.lower())


def site_owner(name: str) -> str:
    """Return whose site it is by its name: "Lunchföreläsningar vid Högskolan Öst" is Högskolan Öst's."""
    match = _SITE_OWNER.match(name)
    return match[1] if match and is_surely_organisation(match[1]) else name


def is_called_short(word: str, name: str) -> bool:
    """Return whether a word is how an organisation calls itself: "Vattenrådet" for "Sjöns vattenråd"."""
    match = _CALLED_SHORT.fullmatch(word)
    return match is not None and word.lower() != name.lower() and match[1].lower() in name.lower()


def are_firms(text: str) -> bool:
    """Return whether a text is an organisation, or the first of several that it joins is one."""
    parts = re.split(r",|\soch\s|\sand\s|\si samarbete\b|\stillsammans\b|\stogether\b|\spå\s", text)
    is_named = is_surely_organisation(text) or is_surely_organisation(parts[0])
    is_named = is_named or (
        len(parts) > 1 and parts[0][:1].isupper() and is_surely_organisation(parts[1].strip())
    )
    return is_named and _IS.search(text) is None


def host_in(line: Line) -> Piece | None:
    """Return who a line says invited, or held the day: "SLU bjöd in till …", "Skogsnätverkets höstmöte"."""
    host = _HOST.match(line.text)
    if host and (are_firms(host[1]) or _is_host(host)):
        return line.piece.part(host.start(1), host.end(1))
    if (behind := _host_behind(line)) is not None:
        return behind
    inverted = _HOST_BEHIND.search(line.text)
    if inverted and is_surely_organisation(inverted[1]):
        return line.piece.part(inverted.start(1), inverted.end(1))
    owned = _OWNED_EVENT.match(line.text)
    return line.piece.part(owned.start(1), owned.end(1)) if owned and are_firms(owned[1]) else None


def _host_behind(line: Line) -> Piece | None:
    """Return the organisation that a sentence behind the first says held the day: "SLU ordnade dagen …"."""
    for sentence in sentences(line.piece)[1:]:
        host = _HELD_DAY.match(sentence.text)
        if host is not None and are_firms(host[1]):
            return sentence.part(host.start(1), host.end(1))
    return None


def _is_host(host: "re.Match[str]") -> bool:
    """Return whether a sentence begins with the name, without a known word, of who invited."""
    invited = re.search(r"(?:bjöd|inbjöd|arrangerade|anordnade|ordnade)\s$", host.group())
    is_event = WHOLE_EVENT.match(f"{host[1]} ") is not None or bool(dates_in(host[1]))
    is_named = may_be_organisation(host[1]) and not names_in(host[1])
    return invited is not None and not is_event and is_named and host[1] not in ("Vi", "Den", "De", "Man")


def firms_in(line: Line, words: "re.Pattern[str]") -> Piece | None:
    """Return who a line says held the event, up to where its sentence goes on with something else."""
    match = words.search(line.text)
    if match is None:
        return None
    end = _GOES_ON.search(match[1])
    named = line.piece.part(match.start(1), match.start(1) + end.start() if end else match.end(1))
    return named.stripped(" \t\n,;.") if are_firms(named.text) else None


def labelled_last(lines: Sequence[Line]) -> Piece | None:
    """Return who a line behind the programme names as having held the event: "Arrangörer: SLU och LRF"."""
    for line in reversed(lines):
        label = _LABEL.match(line.text)
        named = line.piece.part(label.end()).stripped(" \t\n,;.") if label is not None else None
        if named is not None and named.text[:1].isupper():
            return named
    return None


def firm_alone(lines: Sequence[Line]) -> Piece | None:
    """Return the organisation that a short line before the programme is, where it is the only one."""
    found = [
        line.piece.stripped()
        for line in lines
        if not (line.is_heading or line.table or line.links) and is_surely_organisation(line.text.strip())
    ]
    is_place = len(found) == 1 and ("," in found[0].text or _PLACE.search(found[0].text) is not None)
    return found[0] if len(found) == 1 and not is_place else None

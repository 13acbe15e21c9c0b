"""Whose deck it is, in the words of its link: "Hämta bilderna (Region Skåne, PDF 5 MB)", "SCB:s bilder"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.pieces import Link, Piece, squeezed
from archive.imports.reading.talks.drafts import TalkParts
from archive.review.folding import joined

_MOST_CHARS, _LINKS_MAX = 200, 20
_FILE = (
    r"(?:ppt|pptx|ppsx|pdf|power ?point(?:-?(?:fil|presentation|bilder))?(?:en)?|keynote|odp|word|"
    r"(?:ppt[- ]?|presentations?|powerpoint)?(?:bilder|bild|underlag|material)(?:na|et)?|bildspel(?:et|en)?"
    r"|presentation(?:en|er|erna)?|åhörarkopi(?:a|or|orna)|slides?|slide deck|deck|föredrag(?:et)?"
    r"|föreläsning(?:en)?|handouts?|oh-?bilder|fil(?:en)?|dokument(?:et)?|film(?:en)?|video(?:n)?"
    r"|inspelning(?:en)?)"
)
_LINK_WORDS = re.compile(
    rf"\b(?:(?:se|hämta|ladda|ladda (?:ner|ned|hem)|öppna|visa|läs|titta på|ta del av|här (?:är|finns)|till"
    rf"|download|view|open|see)\s+)?(?:(?:hela|the|dagens|talarens|hennes|hans|deras)\s+)?{_FILE}(?!-?\w)"
    r"|\b(?:hämta|ladda (?:ner|ned|hem)|öppna|visa|download)\b"
    r"|\b(?:(?:öppnas|öppnar)(?: i)? )?(?:ett )?nytt fönster\b|\bnew window\b|\bextern(?: länk| webbplats)?\b"
    r"|\blänk(?:en)?(?: till)?\b|\b(?:som|i|format|på (?:svenska|engelska)|in english|svenska|engelska)\b"
    r"(?=\W*$|\s+pdf)"
    r"|\b\d+(?:[.,]\d+)?\s?(?:[kmg]i?b|bytes?|sid(?:a|or|\.)?|s\.|bilder|slides|pages|min(?:uter)?)(?!\w)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    rf"(?P<firm>\S.{{1,80}}?)(?P<ending>:s|['’]s|s)\s+(?:\w+\s+)?(?={_FILE}\b)", re.IGNORECASE
)
_LEADING = re.compile(
    r"\W*(?:(?:se|hämta|ladda (?:ner|ned|hem)|öppna|visa|läs|download|här är)\s+)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*[,;:|()\[\]•·]\s*|\s+[–—/-]\s+|\s{2,}")
_WORD = re.compile(r"[\w-]+(?::s)?")
_LEFT_JOINT = re.compile(r"(?:(?<=\s\s)|^\s*)(?:och|samt|&)(?=\s\s|\s*,)")
_FROM = re.compile(r"\W*(?:från|av|vid|på|by|from)\s+", re.IGNORECASE)
_NO_FIRM = re.compile(
    r"\d|\b(?:del|dag|pass|spår|version|program|seminari\w+|konferens\w*|\w*dag(?:en|arna)|\w*forum"
    r"|webbinari\w+|workshop\w*|svensk\w*|engelsk\w*|english|swedish|frågor|länk\w*)\b",
    re.IGNORECASE,
)


def name_firms(talks: Sequence[TalkParts]) -> None:
    """Give speakers of whom no organisation was told the one in the words of the link to their deck.

    A word that may be anything is one where the links of most other talks have such words, too.
    """
    open_talks = [talk for talk in talks if _is_open(talk)]
    found = [(talk, firm) for talk in open_talks if (firm := _firm_of(talk)) is not None]
    names = {joined(firm.text) for _, firm in found}
    are_many = len(found) > 1 and len(names) > 1 and 2 * len(found) > len(open_talks)
    for talk, firm in found:
        if are_many or is_surely_organisation(firm.text):
            talk.people = [replace(one, organisation=firm) for one in talk.people]


def _is_open(talk: TalkParts) -> bool:
    return bool(talk.people and talk.decks) and all(one.organisation is None for one in talk.people)


def _firm_of(talk: TalkParts) -> Piece | None:
    """Return what is left of the words of a talk's links, if that may be an organisation."""
    found = [firm for link in talk.decks[:_LINKS_MAX] if (firm := _left_of(link, talk)) is not None]
    return found[0] if len({joined(one.text) for one in found}) == 1 else None


def _left_of(link: Link, talk: TalkParts) -> Piece | None:
    label = link.label
    if len(label.text) > _MOST_CHARS:
        return None
    bare = _without_topic(_without_names(label.text, talk), talk)
    text = _blank(_LINK_WORDS, bare)
    if text == label.text:
        return None  # neither what file it is, nor whose, nor of what
    left = [part for part in _parts(Piece(text, label.block, label.start)) if not is_role(part.text)]
    owner = _owner(label) if len(left) == 1 else None
    firm = owner or (left[0] if len(left) == 1 else None)
    is_file = text != bare or (firm is not None and is_surely_organisation(firm.text))
    return firm if firm is not None and is_file and _may_be_firm(firm.text, talk) else None


def _owner(label: Piece) -> Piece | None:
    """Return the organisation that a label has in the genitive: "Region Skånes presentation"."""
    lead = _LEADING.match(label.text)
    label = label.part(lead.end()) if lead else label
    owned = _OWNED.match(label.text)
    firm = label.part(0, owned.end("firm")) if owned else None
    is_bare = owned is not None and owned["ending"].lower() == "s"
    return None if firm is None or (is_bare and not is_surely_organisation(firm.text)) else firm


def _without_names(text: str, talk: TalkParts) -> str:
    """Return a label with spaces for the names of the talk's speakers, or parts of them."""
    named = {word for one in (*talk.people, *talk.moderators) for word in one.value.split()}
    for match in _WORD.finditer(text):
        word = match.group()
        if word in named or word.removesuffix("s").removesuffix(":") in named:
            text = text[: match.start()] + " " * len(word) + text[match.end() :]
    return _blank(_LEFT_JOINT, text)


def _without_topic(text: str, talk: TalkParts) -> str:
    topic = squeezed(talk.topic.text).lower() if talk.topic is not None else ""
    at = text.lower().find(topic)
    return text[:at] + " " * len(topic) + text[at + len(topic) :] if topic and at >= 0 else text


def _blank(words: "re.Pattern[str]", text: str) -> str:
    return words.sub(lambda match: " " * len(match.group()), text)


def _parts(piece: Piece) -> list[Piece]:
    found: list[Piece] = []
    start = 0
    for match in (*_BETWEEN.finditer(piece.text), None):
        part = piece.part(start, match.start() if match else None)
        lead = _FROM.match(part.text)
        part = part.part(lead.end() if lead else 0).stripped(" \t\n,;:.|–—-/&()[]")
        if re.search(r"\w", part.text):
            found.append(part)
        start = match.end() if match else 0
    return found


def _may_be_firm(text: str, talk: TalkParts) -> bool:
    """Return whether what is left may be an organisation: no topic, nobody's name, no event."""
    topic = joined(talk.topic.text) if talk.topic is not None else ""
    is_other = any(name.certainty >= LIKELY for name in names_in(text)) and not is_surely_organisation(text)
    return not (_NO_FIRM.search(text) or is_other or joined(text) in topic) and may_be_organisation(text)

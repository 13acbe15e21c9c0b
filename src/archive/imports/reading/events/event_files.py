"""Files of an event as a whole: all decks in one, a film of the day that stands beside its talks."""

import re
from collections.abc import Sequence

from archive.imports.reading.linked.file_words import ALL_DECKS
from archive.imports.reading.links import TAIL, LinkTarget, is_generic, kind_on
from archive.imports.reading.pieces import Line, Link
from archive.imports.reading.talks.drafts import TalkParts
from archive.model.seminar_pages.seminar_page import BlockKind, ReadField

_SEVERAL = 2
_OF_ALL = re.compile(r"\b(?:alla|samtliga|hela|all)\b", re.IGNORECASE)
_WHOLE = (
    r"(?:hela\s\w+|(?:dagen|dagarna|seminariet|konferensen|webbinariet|mötet|symposiet|workshoppen"
    r"|temadagen|träffen)s?"
    r"|alla\s(?:föreläsning|föredrag|presentation|film)\w*|samtliga\s\w+|the\s(?:whole\s"
    r"|entire\s)?(?:day|meeting|seminar|conference|webinar|event|symposium|workshop))"
)
_TOLD = re.compile(
    rf"\W*(?:här\s(?:finns|kan\sdu\sse)\s)?{_WHOLE}\b.{{0,60}}"
    r"\b(?:film\w*|spelades\sin|inspel\w+|i\sefterhand|webbsän\w+|stream\w*|sändes|finns|kan|går)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"\W*(?:(?:se|titta\spå|film|filmen|inspelning(?:en)?|video(?:n)?|webbsändning(?:en)?|recording)\s)+"
    rf"(?:(?:av|från|med|of|på)\s)?{_WHOLE}\b",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(
    r"\W*(?:(?:se|titta\spå|film|filmen|inspelning(?:en)?|video(?:n)?|webbsändning(?:en)?|sändning(?:en)?)\W+)?"
    r"(?:(?:av|från|med|hela)\s)?(?:(?:för|efter)middag(?:en|ens?|s)?(?:\s?(?:pass(?:et)?|program(?:met)?"
    r"|session(?:en)?|del(?:en)?))?|dag\s(?:\d|ett|två|tre)|(?:första|andra|tredje)\sdagen"
    r"|(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|morgonen|kvällen|(?:the\s)?(?:morning|afternoon)(?:\ssession)?"
    r"|day\s\d)(?:[\s,:–-]+(?:film|inspelning|video|del\s\d|som\sfilm|på\sfilm|i\sefterhand))?\W*",
    re.IGNORECASE,
)


_Addresses = ReadField[tuple[str, ...]]


def whole_files(
    lines: Sequence[Line], left: Sequence[tuple[Line, Link]], talks: Sequence[TalkParts]
) -> tuple[_Addresses, _Addresses]:
    """Return the decks and the films of an event as a whole; what stands beside a talk is taken from it."""
    return _decks_of(lines, left, talks), _films_of(lines, left, talks)


def _decks_of(
    lines: Sequence[Line], left: Sequence[tuple[Line, Link]], talks: Sequence[TalkParts]
) -> _Addresses:
    found = _files_of(left, LinkTarget.DECK, talks)
    whole = [link for line in lines for link in line.links if _has_all(line, link)] if len(talks) > 1 else []
    for talk in talks if whole else ():
        talk.decks = [link for link in talk.decks if link not in whole]
    addresses = tuple(dict.fromkeys([*(link.address for link in whole), *found.value]))
    return (
        ReadField(addresses, 0.8, (*(link.label.passage for link in whole), *found.passages))
        if whole
        else found
    )


def _has_all(line: Line, link: Link) -> bool:
    """Return whether a deck is said to be all of them in one file."""
    told = ALL_DECKS.search(f"{_words_before(line, link)} {link.label.text}")
    return told is not None and kind_on(line, link) is LinkTarget.DECK


def _films_of(
    lines: Sequence[Line], left: Sequence[tuple[Line, Link]], talks: Sequence[TalkParts]
) -> _Addresses:
    links = _take_whole_films(lines, talks) or _take_film_behind_list(lines, talks)
    found = _files_of(left, LinkTarget.FILM, talks)
    addresses = tuple(dict.fromkeys([*(link.address for link in links), *found.value]))
    passages = (*(link.label.passage for link in links), *found.passages)
    return ReadField(addresses, 0.8, passages) if links else found


def _take_whole_films(lines: Sequence[Line], talks: Sequence[TalkParts]) -> list[Link]:
    """Return the films that a page says are of the whole event, and take them from the talks beside them."""
    found = [
        link
        for line in lines
        for link in line.links
        if kind_on(line, link) is LinkTarget.FILM and _is_of_all(line, link)
    ]
    for talk in talks if len(talks) > 1 else ():
        talk.films = [link for link in talk.films if link not in found]
    return found if len(talks) > 1 else []


def _take_film_behind_list(lines: Sequence[Line], talks: Sequence[TalkParts]) -> list[Link]:
    """Return the only film of an event where it stands alone behind the list, or the table, of its talks.

    It was taken for that of the last talk of them, and is taken from it.
    """
    films = [link for talk in talks for link in talk.films]
    places = {talk.place for talk in talks}
    listed = [line for line in lines if line.piece.block in places]
    if len(films) != 1 or len(places) < _SEVERAL or not all(map(_is_listed, listed)):
        return []
    last = max(places)
    alone = [
        line
        for line in lines
        if line.piece.block > last and not _is_listed(line) and line.is_link and line.links == (films[0],)
    ]
    if not alone or not is_generic(films[0]):
        return []
    for talk in talks:
        talk.films = []
    return films


def _is_listed(line: Line) -> bool:
    return line.kind in (BlockKind.ITEM, BlockKind.CELL)


def _is_of_all(line: Line, link: Link) -> bool:
    start = link.label.start - line.piece.start
    sentence = re.split(r"(?<=[.!?])\s", line.text[: start + len(link.label.text)])
    told = next((part for part in reversed(sentence) if part.strip()), "")
    is_part = _PART_OF_DAY.fullmatch(TAIL.sub("", link.label.text)) is not None
    return is_part or bool(_LABEL.match(link.label.text) or _TOLD.match(told))


def _files_of(left: Sequence[tuple[Line, Link]], kind: LinkTarget, talks: Sequence[TalkParts]) -> _Addresses:
    """Return the files of the event as a whole: films; decks only where there are no talks to belong to."""
    links = [link for line, link in left if kind_on(line, link) is kind]
    if kind is LinkTarget.DECK and talks:
        behind = [link for line, link in left if _OF_ALL.search(_words_before(line, link))]
        links = [link for link in links if _OF_ALL.search(link.label.text) or link in behind]
    addresses = tuple(dict.fromkeys(link.address for link in links))
    return ReadField(addresses, 0.8 if addresses else 1.0, tuple(link.label.passage for link in links))


def _words_before(line: Line, link: Link) -> str:
    """Return the words that lead to a link: those of its sentence before it."""
    before = line.text[: link.label.start - line.piece.start]
    return re.split(r"[.!?|]\s", before)[-1][-40:]


def of_only_talk(talks: Sequence[TalkParts], left: list[tuple[Line, Link]]) -> list[tuple[Line, Link]]:
    """Give the only talk of an event, if it has none, the deck that is left; return the links that stay."""
    decks = [one for one in left if kind_on(*one) is LinkTarget.DECK]
    if len(talks) != 1 or talks[0].decks or len(decks) != 1:
        return left
    talks[0].decks.append(decks[0][1])
    return [one for one in left if one is not decks[0]]

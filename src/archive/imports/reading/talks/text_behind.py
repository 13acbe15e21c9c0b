"""Text behind a talk told in sentences: whether it goes on about it, or may be the topic of the next."""

import re
from collections.abc import Sequence

from archive.imports.reading.dates import dates_in
from archive.imports.reading.linked.file_words import FILE_BRACKET
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.talks.drafts import TalkParts
from archive.imports.reading.words import DOCUMENTS, PROGRAMME, SPEAKERS
from archive.model.seminar_pages.seminar_page import BlockKind

_CLOSING = re.compile(
    r"^\W*(?:(?:under|på) (?:lunchen|pausen|kvällen|eftermiddagen|förmiddagen|dagen)|efter (?:lunchen"
    r"|seminariet|pausen|föredragen)|dagen"
    r"|kvällen|(?:i )?(?:\w+s )?(?:avslutande )?panel(?:en|samtalet)?|nästa|(?:ett )?(?:stort "
    r"|varmt )?tack|(?:seminariet|konferensen|mötet|webbinariet) (?:avslutades|rundades|fortsatte))\b"
    r"|\b(?:tackade|tackar|mingel|hälsade välkommen|ses (?:igen|på|i|nästa)|välkomna (?:tillbaka|på|till))\b",
    re.IGNORECASE,
)
_MEALS = (
    r"(?:\w*middag|\w*lunch|\w*kaffe|\w*fika|\w*mingel|buffé|\w*frukost|smörgås\w*|soppa|dans|underhållning"
    r"|förfriskningar|förtäring|tårta|kolbullar)\w*"
)
_ASIDE = re.compile(
    r"\W*(?:"
    r"(?:på|under|efter|till|vid|innan|före|sedan|därefter|sist|dagen|kvällen|som avslutning|alla|det"
    r"|däremellan|mellan"
    rf"|lunchen|middagen|kaffet)\b[^.!?]{{0,60}}?\b(?:bjöds|bjöd|serverades|vankades|intogs|avnjöts|åts"
    rf"|blev det"
    rf"|följde|väntade)\b[^.!?]{{0,60}}?\b{_MEALS}\b[^.!?]*"
    r"|(?:sedan|därefter|(?:efter|före) (?:lunch|kaffe|fika|paus|rast|mat|middag)\w*"
    r"|på (?:kvällen|eftermiddagen|förmiddagen))\b"
    r"[^.!?]{0,20}?\s(?:samlades|åkte|gick|delades|delade|promenerade|vandrade|möttes|bussades|återsamlades"
    r"|fick)\s"
    r"(?:vi|alla|samtliga|deltagar\w+|ett\s\w+tal|en grupp|gruppen|de som|den som|man)\b[^.!?]*"
    r"|(?:alla |samtliga )?(?:deltagar(?:e|na)|besökar(?:e|na)|alla)\sfick\s(?:med sig|hem|ett"
    r"|var sitt)\b[^.!?]*"
    r"|(?:han|hon|de|hen|\w+)\svisade\s(?:också|även|dessutom)\s(?:en|ett|några)\s(?:\w+\s)?(?:film\w*"
    r"|videoklipp)\b[^.!?]*"
    r"|(?:saknar du|har du (?:frågor|synpunkter|idéer)|vill du (?:veta mer|ha|få)|hör (?:gärna )?av dig"
    r"|kontakta"
    r"|kontakt(?:person)?\s?:|mejla|maila|ring|frågor\s?[?:]|frågor (?:om .{3,60} )?(?:besvaras|ställs"
    r"|till))\b.*"
    r"|(?:läs|se|hör|lyssna|titta)\s(?:gärna\s)?(?:mer|också|även|vidare)\b[^:.!?]{0,60}:.{0,120}"
    r")[.!?]*\s*",
    re.IGNORECASE | re.DOTALL,
)  # a meal, a walk between talks, whom to ask: nothing that the talk was about
_STOP_TWICE = re.compile(r"[.!?]\s+\.\s*$")  # where a bracket stood between
_EVENT_CHARS = 70
_BEGINNING_CHARS, _TITLE_MAX_CHARS, _LEAST_WORDS = 40, 160, 4


def goes_on_about(last: TalkParts, line: Line, text: Piece, known: frozenset[str]) -> bool:
    """Return whether a line tells more of a talk that a sentence before it told of."""
    if not last.is_told or line.kind is not BlockKind.PARAGRAPH or line.is_link:
        return False
    is_other = line.piece.block != last.place and (
        _names_event(text.text)
        or _CLOSING.search(text.text) is not None
        or _is_about_others(last, text, known)
    )
    return not is_other and len(text.text.split()) >= _LEAST_WORDS


def _names_event(text: str) -> bool:
    """Return whether a line is but what is held and when: "Höstmöte 22 oktober 2015, Hultsfred"."""
    days = dates_in(text)
    return bool(days) and len(text) < _EVENT_CHARS and text.rstrip()[-1:] not in ".!?" and text[:1].isupper()


def _is_about_others(last: TalkParts, text: Piece, known: frozenset[str]) -> bool:
    """Return whether a paragraph begins with somebody who did not give the talk before it."""
    first = (sentences(text) or [text])[0]
    names = [name for name in names_in(first.text, known) if name.certainty >= LIKELY]
    own = {one.value for one in last.people} | {one.value.split()[-1] for one in last.people}
    is_own = any(name.text in own or name.text.split()[-1] in own for name in names)
    return bool(names) and not is_own and names[0].title_start < _BEGINNING_CHARS


def may_be_title(text: Piece) -> bool:
    """Return whether a line may be the topic of a talk: short, and no sentence."""
    bare = text.text.strip()
    days = dates_in(bare)
    if days and not re.search(
        r"[^\W\d]{3}", bare[: days[0].start].partition("dag")[2] + bare[days[-1].end :]
    ):
        return False  # but a day
    is_label = DOCUMENTS.match(bare) or PROGRAMME.match(bare) or SPEAKERS.fullmatch(bare)
    return 3 < len(bare) < _TITLE_MAX_CHARS and bare[-1] not in ".:,;" and not is_label and "@" not in bare


def told_of(abstract: Sequence[Piece], names: Sequence[str]) -> list[Piece]:
    """Return what an abstract says of its talk: no brackets of files, meals, walks or whom to ask.

    `names` are those of the speakers: "Hanna T" alone is one of them, shortened.
    """
    told: list[Piece] = []
    for sentence in (one for piece in abstract for one in sentences(piece)):
        bracket = FILE_BRACKET.match(sentence.text)
        piece = sentence.part(bracket.end() if bracket else 0)
        behind = FILE_BRACKET.search(piece.text)
        is_last = behind is not None and not re.search(r"\w", piece.text[behind.end() :])
        piece = piece.part(0, behind.start()).stripped(" \t\n") if behind is not None and is_last else piece
        twice = _STOP_TWICE.search(piece.text)
        piece = piece.part(0, twice.start() + 1) if twice else piece
        is_told = re.search(r"\w", piece.text) and not _ASIDE.fullmatch(piece.text)
        if is_told and not any(_is_short_for(name, piece.text) for name in names):
            told.append(piece)
    return told


def _is_short_for(name: str, text: str) -> bool:
    words, whole = text.strip(" .").split(), name.split()
    return len(words) <= len(whole) and all(map(str.startswith, whole, words))

"""Text behind a talk told in sentences: whether it goes on about it, or may be the topic of the next."""

import re

from archive.imports.reading.dates import dates_in
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.talks.drafts import Draft
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
_EVENT_CHARS = 70
_BEGINNING_CHARS, _TITLE_MAX_CHARS, _LEAST_WORDS = 40, 160, 4


def goes_on_about(last: Draft, line: Line, text: Piece, known: frozenset[str]) -> bool:
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


def _is_about_others(last: Draft, text: Piece, known: frozenset[str]) -> bool:
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

"""What a line of a programme says, and topics without what stands around them."""

import re
from dataclasses import dataclass, field

from archive.imports.reading.naming.people import PersonOnPage
from archive.imports.reading.pieces import Piece

TOPIC_EDGES = " \t\n,;|–—-_/•·."


_PREFIX = re.compile(
    r"^(?:på )?temat\s(?=[\w”\"])"
    r"|^\W*(?:panel\w*|samtal|debatt)\s(?:kl\.?\s?)?\d\d?[.:]\d\d\s?[:–-]\s*(?=\w)"
    r"|^\W*(?:programpunkt|föredrag|keynote|inledningstal|tema|topic|talk|titel|title|rubrik|ämne)\s?:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LineContent:
    """What a line says: topic, people, who comments, an organisation without a name, further sentences."""

    topic: Piece | None = None
    people: tuple[PersonOnPage, ...] = ()
    commentators: tuple[PersonOnPage, ...] = ()
    organisation: Piece | None = None
    more: tuple[Piece, ...] = ()
    certainty: float = 1.0
    notes: tuple[Piece, ...] = field(default=())


def topic_piece(piece: Piece) -> Piece:
    """Return a topic without label, number and separators around it."""
    label = _PREFIX.match(piece.text)
    if label:
        piece = piece.part(label.end())
    piece = piece.stripped(" \t\n,;|–—-_/•·")
    piece = piece.part(1).stripped() if piece.text.startswith(":") else piece
    while piece.text.endswith((".", ":")) and not piece.text.endswith(".."):
        piece = piece.part(0, len(piece.text) - 1).stripped(" \t\n,;|–—-_/•·")
    text = piece.text
    if (
        len(text) > 2
        and text[0] in "”\"“'»«"
        and text[-1] in "”\"“'«»"
        and not any(sign in text[1:-1] for sign in '”"“»«')
    ):
        return piece.part(1, len(text) - 1)
    return piece

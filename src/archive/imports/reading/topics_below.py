"""Topics on the line below their speakers, in one item of a list: "Linn Ek, VTI", then "Cykla mera"."""

from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.pieces import Line, Piece
from archive.imports.reading.programme_state import State, add
from archive.imports.reading.talks.drafts import Draft, take_links
from archive.imports.reading.talks.topics import topic_piece
from archive.model.seminar_pages.seminar_page import BlockKind

_LEAST_CHARS = 4
_MOST_CHARS = 200


def take_topic_below(state: State, line: Line, text: Piece, slot: int) -> bool:
    """Take a line that is the topic of those named on the line above it; return whether it is."""
    last = state.last
    if last is None or line.is_first or line.kind is not BlockKind.ITEM or not state.gathers:
        return False
    own = [one for one in last.people if one.name.block == line.piece.block]
    stripped = text.text.strip()
    if not own or not _LEAST_CHARS <= len(stripped) <= _MOST_CHARS:
        return False
    if any(name.certainty >= LIKELY for name in names_in(text.text, state.known)):
        return False
    last.people = [one for one in last.people if one not in own]
    if not last.has_speaker and last in state.programme.talks:
        state.programme.talks.remove(last)
    draft = Draft(topic_piece(text), own, slot=slot, place=text.block, certainty=0.88)
    draft.decks, last.decks = last.decks if not last.people else [], last.decks if last.people else []
    take_links(draft, line)
    add(state, draft)
    state.gathers = True
    return True

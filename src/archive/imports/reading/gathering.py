"""Speakers and files that lines give to the talk told before them, and when that ends."""

import re

from archive.imports.reading.links import LinkKind, kind_on
from archive.imports.reading.naming.organisations import may_be_organisation
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.pieces import Line, Piece
from archive.imports.reading.programme_state import State
from archive.imports.reading.talks.topics import Entry


def end_gathering(state: State, entry: Entry, text: Piece) -> None:
    """End the list of speakers below "Föreläsare:" where each has a topic: "Anna Ek, SCB: Statistik"."""
    last = state.last
    if not state.gathers or last is None or last.people or last.topic is not None or not entry.people:
        return
    behind = text.text[entry.people[-1].name.start - text.start :]
    is_topic = entry.topic is not None and len(entry.topic.text.split()) > 1 and not is_role(entry.topic.text)
    is_topic = is_topic and entry.topic is not None and not may_be_organisation(entry.topic.text)
    is_apart = re.search(r"\s[–—-]\s", behind) is not None and is_topic
    if entry.topic is not None and (re.search(r":\s+\S", behind) or is_apart):
        state.programme.talks.remove(last)
        state.last, state.gathers = None, False


def is_of_talk(state: State, line: Line) -> bool:
    """Return whether the links of a list of files are those of talks that were told before."""
    is_film = any(kind_on(line, link) is LinkKind.FILM for link in line.links)
    return bool(line.links) and (state.has_programme or (is_film and bool(state.programme.talks)))

"""A catalogue with two events, three talks and five documents."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.model.visibility import Visibility
from tests.catalogue.conftest import put
from tests.catalogue.kept_rows import made_once


@dataclass(frozen=True)
class Filled:
    """`decks` are those of the talks in their order; the report belongs to the first event."""

    decks: tuple[str, str, str]
    report: str
    alone: str
    draft: str
    talks: tuple[str, str, str]
    events: tuple[str, str]


@pytest.fixture
def filled(session: Session) -> Filled:
    return made_once(session, _fill)


def _fill(session: Session) -> Filled:
    areas = (NewFocusArea("Skog", 2020, None),)
    first = NewEvent(
        "Skogsdagen",
        focus_areas=areas,
        talks=(NewTalk("Gran", 1, region_codes=("SE31", "SE313")), NewTalk("Tall", 2)),
    )
    second = NewEvent(
        "Vattendagen", focus_areas=(NewFocusArea("Vatten", 2021, None),), talks=(NewTalk("Å", 1),)
    )
    saved = [save_event(session, one, "test") for one in (first, second)]
    talks = (*saved[0].talk_ids, *saved[1].talk_ids)
    decks = tuple(put(session, f"d{n}", f"/in/{n}.pptx", talk_id=talk) for n, talk in enumerate(talks))
    report = put(session, "rapport", "/in/r.pdf", event_id=saved[0].event_id)
    alone = put(session, "ensam", "/in/e.pptx", visibility=Visibility.MEMBERS)
    draft = put(session, "utkast", "/in/u.pptx", draft=True)
    a, b, c = decks
    x, y, z = talks
    return Filled((a, b, c), report, alone, draft, (x, y, z), (saved[0].event_id, saved[1].event_id))

"""One talk is changed by itself, as a document's form fills it in."""

from sqlalchemy.orm import Session

from archive.catalogue.editing import talks
from archive.catalogue.events.one_talk import TalkFacts, change_talk
from tests.catalogue.conftest import save_event


def test_same_regions_in_another_order_are_no_change(session: Session) -> None:
    saved = save_event(session)
    talk = saved.talk_ids[0]
    change_talk(session, talk, saved.event_id, TalkFacts("Gruvor", region_codes=("SE313", "SE11")))
    facts = TalkFacts("Gruvor", region_codes=("SE11", "SE313"))
    assert not change_talk(session, talk, saved.event_id, facts)
    assert talks.known(session, talk).regions == ("SE313", "SE11")
    facts = TalkFacts("Gruvor", region_codes=("SE31", "SE312"))
    assert change_talk(session, talk, saved.event_id, facts)
    assert talks.known(session, talk).regions == ("SE31", "SE312")

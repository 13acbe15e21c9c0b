"""Names of facet values, and who may know of them."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import facet_labels
from archive.catalogue.events import events
from archive.model.visibility import Visibility
from tests.catalogue.conftest import SEMINAR, SMART, STRATEGY, save_event

_STAFF = Visibility.STAFF.rank


def _values(session: Session, event_id: str) -> dict[str, tuple[str, str]]:
    """Return a value and its name for each facet of the strategy talk."""
    event = events.event(session, event_id, _STAFF)
    talk = events.talks_of_event(session, event_id, _STAFF)[0]
    part = talk.contributions[0]
    assert part.organisation is not None
    return {
        "event": (event.id, event.title),
        "focus_area": (event.focus_areas[0].id, event.focus_areas[0].title),
        "speaker": (part.person_id, part.name),
        "organisation": (part.organisation.id, part.organisation.name),
    }


def test_every_kind_of_value_has_its_name(session: Session) -> None:
    for facet, (value, name) in _values(session, save_event(session).event_id).items():
        assert facet_labels.labels(session, {facet: [value, "unknown"]}) == {facet: {value: name}}
        assert facet_labels.visible_label(session, facet, value, 0) == name


def test_region_has_its_name_for_everybody(session: Session) -> None:
    assert facet_labels.labels(session, {"region": ["SE31", "SE313"]}) == {
        "region": {"SE31": "Norra Mellansverige", "SE313": "Gävleborgs län"}
    }
    assert facet_labels.visible_label(session, "region", "SE31", 0) == "Norra Mellansverige"
    assert facet_labels.visible_label(session, "region", "XX", 0) is None


@pytest.mark.parametrize(("facet", "value"), [("year", "2021"), ("kind", "deck"), ("language", "sv")])
def test_some_values_speak_for_themselves(session: Session, facet: str, value: str) -> None:
    assert facet_labels.labels(session, {facet: [value]}) == {facet: {value: value}}
    assert facet_labels.visible_label(session, facet, value, 0) == value


@pytest.mark.parametrize("facet", ["event", "focus_area", "speaker", "organisation"])
def test_unknown_value_has_no_name(session: Session, facet: str) -> None:
    assert facet_labels.labels(session, {facet: []}) == {facet: {}}
    assert facet_labels.visible_label(session, facet, "nobody", _STAFF) is None


@pytest.mark.parametrize("facet", ["event", "focus_area", "speaker", "organisation"])
@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.STAFF])
def test_name_that_only_a_hidden_event_has_is_not_told(
    session: Session, facet: str, visibility: Visibility
) -> None:
    saved = save_event(session, replace(SEMINAR, visibility=visibility))
    value, name = _values(session, saved.event_id)[facet]
    for rank in range(3):
        assert facet_labels.visible_label(session, facet, value, rank) == (
            name if rank >= visibility.rank else None
        )


@pytest.mark.parametrize("facet", ["speaker", "organisation"])
def test_name_that_only_a_hidden_talk_has_is_not_told(session: Session, facet: str) -> None:
    hidden = replace(STRATEGY, visibility=Visibility.STAFF)
    saved = save_event(session, replace(SEMINAR, talks=(hidden, SMART)))
    value, name = _values(session, saved.event_id)[facet]
    assert facet_labels.visible_label(session, facet, value, Visibility.MEMBERS.rank) is None
    assert facet_labels.visible_label(session, facet, value, _STAFF) == name

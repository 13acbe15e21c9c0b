"""Values of filters that cannot be are said, and nothing is said of what is not for the visitor."""

from datetime import date
from pathlib import Path

import pytest

from archive.catalogue.events import events
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.errors import FilterUnknown, FilterUnusable
from archive.index.schema import Facet
from archive.model.visibility import Visibility
from archive.search.filters import filters_of, pair_of, refuse_unknown
from archive.search.question import SHOWN_FACETS
from tests.filled_archive import opened


def test_filters_are_read_as_commands_take_them() -> None:
    given = map(pair_of, ["year=2022", "kind=deck", "year=2021", " year = 2022 "])
    assert filters_of(given) == {Facet.YEAR: ("2022", "2021"), Facet.KIND: ("deck",)}


@pytest.mark.parametrize("facet", SHOWN_FACETS)
def test_every_facet_is_a_filter_and_none_has_an_empty_value(facet: Facet) -> None:
    good = {Facet.YEAR: "2022", Facet.KIND: "report", Facet.LANGUAGE: "en", Facet.MEDIA_TYPE: "a/b"}
    value = good.get(facet, "x")
    assert filters_of([(facet.value, value)]) == {facet: (value,)}
    with pytest.raises(FilterUnusable, match=f"no value for '{facet.value}'"):
        filters_of([(facet.value, "")])


@pytest.mark.parametrize("value", ["20x", "2022\n", "２０２２", "22", "20222", "-2022"])
def test_year_has_four_digits(value: str) -> None:
    with pytest.raises(FilterUnusable, match="four digits"):
        filters_of([("year", value)])


def test_what_is_not_for_the_visitor_is_as_unknown_as_what_never_was(tmp_path: Path) -> None:
    with opened(tmp_path) as archive, archive.database.write() as session:
        talk = NewTalk("Gruvan", 1, speakers=(NewSpeaker("Maja Ek", "", "Gruvbolaget"),))
        made = save_event(
            session,
            NewEvent("Slutet", starts_on=date(2022, 5, 19), visibility=Visibility.STAFF, talks=(talk,)),
            "test",
        )
        (part,) = events.talk(session, made.talk_ids[0], Visibility.STAFF.rank).contributions
        assert part.person
        assert part.organisation
        closed = {
            Facet.EVENT: made.event_id,
            Facet.SPEAKER: part.person.id,
            Facet.ORGANISATION: part.organisation.id,
        }
        for facet, value in closed.items():
            refuse_unknown(session, {facet: (value,)}, Visibility.STAFF.rank)
            said = []
            for wanted in (value, "zzzzzzzzzz"):
                with pytest.raises(FilterUnknown) as raised:
                    refuse_unknown(session, {facet: (wanted,)}, Visibility.PUBLIC.rank)
                said.append(raised.value.message.replace(wanted, "?"))
            assert said[0] == said[1]
        refuse_unknown(session, {Facet.REGION: ("SE31",), Facet.YEAR: ("1987",)}, Visibility.PUBLIC.rank)

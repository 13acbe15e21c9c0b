"""What a form or a command gives for a record is checked in one place."""

from typing import Any

import pytest

from archive.catalogue.editing.field_types import (
    ADDRESS_EXPECTED,
    DATE_EXPECTED,
    LINE_MAX_CHARS,
    NEEDED_EXPECTED,
)
from archive.catalogue.editing.fields import (
    DocumentFields,
    EventFields,
    Fields,
    FocusAreaFields,
    Speaker,
    TalkFields,
)
from archive.catalogue.editing.given import as_values, read_fields
from archive.errors import RecordRefused
from archive.model.visibility import Visibility


def test_values_are_cleaned_and_come_back_as_they_were_given() -> None:
    given = {
        "title": "  Malm   och\t\u202estål ",
        "starts": "2022-05",
        "text": "Första\r\nandra",
        "visibility": "public",
        "focus_areas": ["a"],
    }
    fields = read_fields(EventFields, given)
    assert (fields.title, fields.starts, fields.text) == ("Malm och stål", "2022-05", "Första\nandra")
    assert fields.visibility is Visibility.PUBLIC
    assert read_fields(EventFields, as_values(fields)) == fields


def test_speakers_are_read_in_order() -> None:
    given = {"topic": "Gruvor", "speakers": [{"name": "B", "role": "vd"}, {"name": "A", "organisation": "C"}]}
    fields = read_fields(TalkFields, given)
    assert fields.speakers == (Speaker("B", "vd"), Speaker("A", "", "C"))
    assert read_fields(TalkFields, as_values(fields)) == fields


@pytest.mark.parametrize(
    ("kind", "given", "field", "told"),
    [
        (EventFields, {"title": " "}, "title", NEEDED_EXPECTED),
        (EventFields, {}, "title", NEEDED_EXPECTED),
        (EventFields, {"title": "x" * (LINE_MAX_CHARS + 1)}, "title", "at most 500 characters"),
        (EventFields, {"title": "a\x07b"}, "title", "cannot be shown"),
        (EventFields, {"title": 5}, "title", "Write text"),
        (EventFields, {"title": "M", "starts": "19 maj"}, "starts", DATE_EXPECTED),
        (EventFields, {"title": "M", "starts": "2022-02-30"}, "starts", DATE_EXPECTED),
        (EventFields, {"title": "M", "ends": "2022"}, "ends", "no beginning"),
        (EventFields, {"title": "M", "starts": "2022-05-19", "ends": "2022-04"}, "ends", "before it begins"),
        (EventFields, {"title": "M", "source_url": "javascript:alert(1)"}, "source_url", ADDRESS_EXPECTED),
        (EventFields, {"title": "M", "source_url": "https://"}, "source_url", ADDRESS_EXPECTED),
        (EventFields, {"title": "M", "visibility": "secret"}, "visibility", "'public', 'members' or 'staff'"),
        (EventFields, {"title": "M", "colour": "red"}, "colour", "no such field"),
        (TalkFields, {"topic": "T", "language": "svenska"}, "language", "code of a language"),
        (
            TalkFields,
            {"topic": "T", "speakers": [{"name": "", "role": "vd"}]},
            "speakers",
            "name of everybody",
        ),
        (TalkFields, {"topic": "T", "speakers": "A"}, "speakers", "list"),
        (TalkFields, {"topic": "T", "speakers": [{"name": "A"}] * 51}, "speakers", "at most 50"),
        (FocusAreaFields, {"title": "F", "year_from": "22"}, "year_from", "1900 to 2100"),
        (
            FocusAreaFields,
            {"title": "F", "year_from": "2022", "year_to": 2021},
            "year_to",
            "before the first",
        ),
        (DocumentFields, {"title": "D", "kind": "film"}, "kind", "'deck' or 'report'"),
    ],
)
def test_each_mistake_is_told_at_its_field(
    kind: type[Fields], given: dict[str, Any], field: str, told: str
) -> None:
    with pytest.raises(RecordRefused) as refused:
        read_fields(kind, given)
    assert told in refused.value.mistakes[field]
    assert told in refused.value.message


def test_several_mistakes_are_told_at_once() -> None:
    with pytest.raises(RecordRefused) as refused:
        read_fields(EventFields, {"title": "", "starts": "igår", "source_url": "x"})
    assert list(refused.value.mistakes) == ["title", "starts", "source_url"]

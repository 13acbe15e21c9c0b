"""When an event was, as pages write it."""

from datetime import date

import pytest
from flask import Flask

from archive.model.events import DatePrecision, Event
from archive.web.presenters.names import event_dates

_DAY, _MONTH, _YEAR = DatePrecision


@pytest.mark.parametrize(
    ("language", "starts", "ends", "expected"),
    [
        ("sv", (date(2022, 5, 1), _MONTH), (None, _DAY), "maj 2022"),
        ("en", (date(2022, 5, 1), _MONTH), (None, _DAY), "May 2022"),
        ("sv", (date(2022, 1, 1), _YEAR), (None, _DAY), "2022"),
        ("sv", (date(2021, 1, 1), _YEAR), (date(2022, 1, 1), _YEAR), "2021 – 2022"),
        ("sv", (date(2022, 5, 1), _MONTH), (date(2022, 6, 1), _MONTH), "maj 2022 – juni 2022"),
        ("sv", (date(2022, 5, 19), _DAY), (date(2022, 5, 20), _DAY), "2022-05-19 – 2022-05-20"),
        ("sv", (date(2022, 5, 19), _DAY), (date(2022, 5, 19), _DAY), "2022-05-19"),
        ("sv", (None, _DAY), (None, _DAY), ""),
    ],
)
def test_dates_are_written_as_exactly_as_they_are_known(
    app: Flask,
    language: str,
    starts: tuple[date | None, DatePrecision],
    ends: tuple[date | None, DatePrecision],
    expected: str,
) -> None:
    event = Event(
        "e", "E", starts_on=starts[0], ends_on=ends[0], starts_precision=starts[1], ends_precision=ends[1]
    )
    with app.test_request_context(f"/?lang={language}"):
        assert event_dates(event) == expected

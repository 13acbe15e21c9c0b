from datetime import date

import pytest

from archive.model.events import DatePrecision, is_in_order, iso_date, read_date


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2022", date(2022, 1, 1), DatePrecision.YEAR),
        ("2022-05", date(2022, 5, 1), DatePrecision.MONTH),
        ("2024-02-29", date(2024, 2, 29), DatePrecision.DAY),
    ],
)
def test_date_is_read_and_written_as_exactly_as_it_is_known(
    text: str, day: date, precision: DatePrecision
) -> None:
    assert read_date(text) == (day, precision)
    assert iso_date(day, precision) == text


@pytest.mark.parametrize(
    "text", ["", "22", "2022-13", "2022-5", "2023-02-29", "20220519", "0000", "2022-05-19T10:00", "٢٠٢٢"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_unknown_date_is_written_as_nothing() -> None:
    assert iso_date(None, DatePrecision.YEAR) == ""


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2022-05-19", "2022-05-20", True),
        ("2022-05-19", "2022-05", True),
        ("2022", "2022-03-01", True),
        ("2022-05-19", "2022-04", False),
        ("2023", "2022-12-31", False),
    ],
)
def test_period_is_in_order_as_far_as_both_ends_are_known(first: str, last: str, expected: bool) -> None:
    assert is_in_order(first, last) is expected

"""CSV that spreadsheets open without running what is in it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.csv_text import BOM, csv_text, harmless, plain


@pytest.mark.parametrize("value", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"])
def test_formulas_are_text(value: str) -> None:
    assert harmless(value) == "'" + value


@given(st.text())
def test_values_come_back_as_they_were(value: str) -> None:
    assert plain(harmless(value)) == value
    assert not harmless(value).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_has_a_head_and_a_row_a_line() -> None:
    told = csv_text(["titel", "år"], [["Skog; mark", "2022"], ['"citat"', "=A1"]])
    assert told.startswith(BOM + "titel,år\r\n")
    rows = list(csv.reader(io.StringIO(told.removeprefix(BOM), newline="")))
    assert rows == [["titel", "år"], ["Skog; mark", "2022"], ['"citat"', "'=A1"]]

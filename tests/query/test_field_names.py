"""Names of fields: those there are, and what only looks like one."""

import pytest

from archive.query.ast import SearchField, Values, Word
from archive.query.field_names import unknown_fields, unknown_values
from archive.query.parser import parse_query


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("filtyp:pdf", ("filtyp",)),
        ("gruvor Filtyp:pdf filtyp:pptx format:bred", ("filtyp", "format")),
        ("(filtyp:pdf ELLER -ämne:malm)", ("filtyp", "ämne")),
        ('förlag:"Stora huset"', ("förlag",)),
        ("titel:policy talare:Lundell år:2021 rubrik:malm", ()),
        ("https://example.org/a 10:10 EU:s SKR:s nr:4 doi:10.1000/182", ()),
        ("Seminarium: vägen framåt", ()),
        ('"filtyp:pdf i citat"', ()),
        ("", ()),
    ],
)
def test_what_looks_like_a_field_and_is_none_is_known(typed: str, names: tuple[str, ...]) -> None:
    assert unknown_fields(typed) == names


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("typ:pdf", (("typ", "pdf"),)),
        ("gruvor Typ:PDF språk:franska år:i_fjol", (("typ", "PDF"), ("språk", "franska"), ("år", "i_fjol"))),
        ('(typ:"pdf" ELLER -kind:pptx), type:pdf.', (("typ", "pdf"), ("kind", "pptx"), ("type", "pdf"))),
        ("typ:rapport kind:deck språk:sv lang:english år:2021 år:2019-2022 år:2019 - 2022", ()),
        ("talare:pdf titel:pdf filtyp:pdf", ()),
        ('"typ:pdf i citat" Typ: ett slags gruva', ()),
        ("", ()),
    ],
)
def test_value_that_a_field_does_not_have_is_known(typed: str, values: tuple[tuple[str, str], ...]) -> None:
    assert unknown_values(typed) == values


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("rubrik:malm", SearchField.TITLE),
        ("Föreläsare:malm", SearchField.SPEAKER),
        ("company:malm", SearchField.ORGANISATION),
        ("seminar:malm", SearchField.EVENT),
        ("county:malm", SearchField.REGION),
    ],
)
def test_other_names_of_fields_are_understood(typed: str, field: SearchField) -> None:
    assert parse_query(typed) == Word("malm", field)


def test_other_names_of_fields_with_values_are_understood() -> None:
    assert parse_query("årtal:2021") == Values(SearchField.YEAR, ("2021",))
    assert parse_query("lang:swedish") == Values(SearchField.LANGUAGE, ("sv",))

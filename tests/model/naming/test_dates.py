"""Dates that files give of themselves."""

from datetime import date

import pytest

from archive.model.naming.dates import date_of, last_day
from archive.model.pages import Block, BlockField, Page, Paragraph

_TODAY = date(2026, 5, 1)


def _page(*lines: str, field: BlockField = BlockField.BODY, number: int = 1) -> Page:
    return Page(number, tuple(Block(field, (Paragraph(line),)) for line in lines))


def _date(*pages: Page, filename: str = "fil.pdf", **properties: str) -> str:
    return date_of(pages, properties, filename, _TODAY)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Falun 2021-12-07", "2021-12-07"),
        ("7 december 2021", "2021-12-07"),
        ("den 7 dec. 2021", "2021-12-07"),
        ("7:e december 2021", "2021-12-07"),
        ("December 7th, 2021", "2021-12-07"),
        ("7th of December 2021", "2021-12-07"),
        ("7-8 december 2021", "2021-12-07"),
        ("7/12 2021", "2021-12-07"),
        ("7.12.2021", "2021-12-07"),
        ("december 2021", "2021-12"),
        ("31 februari 2021", "2021-02"),
        ("Vision 2040-01-01", ""),
        ("SFS 1998:204", ""),
        ("tel. 08-452 73 80", ""),
    ],
)
def test_date_on_the_cover(written: str, found: str) -> None:
    assert _date(_page("Vätgas", written)) == found


@pytest.mark.parametrize(
    ("filename", "found"),
    [
        ("Krav_vid_upphandling_2021-05-04.pptx", "2021-05-04"),
        ("20201103_Meetup.pdf", "2020-11-03"),
        ("presentation201006.pdf", "2020-10-06"),
        ("API_2021_10_12_DIGG.pdf", "2021-10-12"),
        ("PRV_1_september_2020_.pdf", "2020-09-01"),
        ("EGOV2020.pdf", "2020"),
        ("0be7994f3020eaae9ac40d2021121200_plan.pdf", ""),
        ("Agenda 2030.pdf", ""),
        ("issue 190499.pdf", ""),
    ],
)
def test_date_in_the_name(filename: str, found: str) -> None:
    assert _date(filename=filename) == found


def test_day_in_the_name_is_of_the_year_that_the_file_was_saved() -> None:
    assert _date(filename="NOSAD_3_maj.pptx", modified="2022-05-02T15:03:41Z") == "2022-05-03"
    assert _date(filename="2 jan.pptx", modified="2021-12-28T15:03:41Z") == "2022-01-02"
    assert _date(filename="NOSAD_3_maj.pptx", modified="2022-12-02T15:03:41Z") == ""
    assert _date(filename="NOSAD_3_maj.pptx") == ""


def test_footer_and_last_page_give_a_date_where_nothing_else_does() -> None:
    footer = _page("2022-05-03", field=BlockField.FOOTER)
    assert _date(footer) == "2022-05-03"
    assert _date(_page("Vätgas"), _page("Tack! 4 maj 2021", number=2)) == "2021-05-04"
    assert _date(_page("Vätgas 5 maj 2021"), _page("Tack! 4 maj 2021", number=2)) == "2021-05-05"


def test_dates_of_a_programme_are_not_the_documents() -> None:
    days = [f"Träff {day} 2021" for day in ("4 maj", "11 juni", "18 augusti")]
    assert _date(_page("Program", *days)) == ""


def test_dates_in_running_text_are_not_the_documents() -> None:
    text = "Kommissionen beslutade den 4 maj 2021 att anta en strategi för unionens alla regioner."
    assert _date(_page(text)) == ""


def test_properties_give_what_their_dates_agree_on() -> None:
    assert _date(created="2021-01-12T12:37:02+01:00", modified="2021-01-12T12:37:02+01:00") == "2021-01"
    assert _date(created="2021-01-12T12:37:02Z", modified="2021-10-23T09:01:00Z") == "2021"
    assert _date(created="2020-04-02T07:12:34Z", modified="2022-05-03T09:19:57Z") == ""
    assert _date(modified="2022-05-03T09:19:57Z") == ""
    assert _date(created="0000-01-01T00:00:00Z") == ""
    assert _date(created="2020-10-06") == "2020-10"


def test_cover_counts_more_than_properties() -> None:
    assert _date(_page("8 maj 2019"), created="2020-11-23", modified="2020-11-23") == "2019-05-08"


@pytest.mark.parametrize(
    ("written", "day"),
    [("2021", "2021-12-31"), ("2024-02", "2024-02-29"), ("2021-05-04", "2021-05-04"), ("", "")],
)
def test_last_day(written: str, day: str) -> None:
    assert last_day(written) == day

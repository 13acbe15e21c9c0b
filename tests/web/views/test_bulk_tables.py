"""Documents as a CSV file and in again, through the pages for staff."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from archive.catalogue.documents import withdraw
from archive.catalogue.journal.recording import recording
from archive.catalogue.records import record
from archive.model.accounts import Role
from archive.model.edits import Author, Reason
from archive.web.factory import create_app
from tests.sample_archive import Sample, opened_sample
from tests.web.page_tree import form_with, links, rows_of, text, tree
from tests.web.people import SAME_SITE, post, signed_in

PREVIEW = "/staff/bulk/table/preview"


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Sample]:
    with opened_sample(tmp_path) as sample:
        yield sample


@pytest.fixture
def staff(sample: Sample) -> FlaskClient:
    return signed_in(create_app(sample.archive).test_client(), sample.archive, Role.STAFF)


def taken(client: FlaskClient, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def given(client: FlaskClient, rows: list[list[str]], encoding: str = "cp1252") -> TestResponse:
    """Read a file in, as Excel saves it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    body = io.BytesIO(out.getvalue().encode(encoding))
    return client.post(PREVIEW, data={"file": (body, "ändrad.csv")}, headers=SAME_SITE)


def fields(answer: TestResponse) -> dict[str, str]:
    """Return what the form that makes the change carries."""
    form = form_with(html.fromstring(answer.text), "Ändra ")
    assert form.get("action") == "/staff/bulk/table"
    return {one.get("name") or "": one.get("value") or "" for one in form.cssselect("input")}


def test_file_of_a_question_is_changed_read_in_and_taken_back(sample: Sample, staff: FlaskClient) -> None:
    (address,) = links(tree(staff, "/staff/bulk?q=gemensam"), "//a[contains(@href, 'documents.csv')]")
    rows = taken(staff, address)
    column, title = rows[0].index("utgivare"), rows[0].index("titel")
    number = next(n for n, row in enumerate(rows) if row[0] == sample.strategy)
    rows[number][column] = "=Föreningen"
    rows.append(["finnsinte", *[""] * (len(rows[0]) - 1)])
    answer = given(staff, rows)
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    (line,) = rows_of(page, "Det som ändras")
    assert line == [str(number + 1), f"{rows[number][title]} utgivare", "–", "=Föreningen"]
    assert f"Rad {len(rows)}: det finns inget sådant dokument finnsinte" in text(page)

    done = post(staff, "/staff/bulk/table", **fields(answer))
    assert done.status_code == 303
    with sample.archive.database.read() as session:
        assert record(session, sample.strategy).document.publisher == "=Föreningen"
    assert taken(staff, address)[number][column] == "'=Föreningen"
    page = tree(staff, done.location)
    assert "Klart: 1 uppgift ändrad i en CSV-fil." in text(page)
    (form,) = page.xpath("//form[contains(@action, '/undo')]")
    assert post(staff, form.get("action")).status_code == 303
    with sample.archive.database.read() as session:
        assert record(session, sample.strategy).document.publisher == ""


def test_file_of_before_somebody_elses_change_is_planned_anew(sample: Sample, staff: FlaskClient) -> None:
    rows = taken(staff, "/staff/bulk/documents.csv?list=all")
    for row in rows[1:]:
        row[rows[0].index("utgivare")] = "Ny"
    sent = fields(given(staff, rows))
    with sample.archive.database.write() as session, recording(session, Author("eva", Reason.FORM)):
        withdraw(session, sample.export, "eva")
    answer = post(staff, "/staff/bulk/table", **sent)
    assert answer.status_code == 409
    assert "Något har ändrats sedan" in answer.text
    assert "dokumentet är tillbakadraget" in answer.text
    with sample.archive.database.read() as session:
        assert record(session, sample.strategy).document.publisher == ""
    assert post(staff, "/staff/bulk/table", **fields(answer)).status_code == 303
    with sample.archive.database.read() as session:
        assert record(session, sample.strategy).document.publisher == "Ny"


def test_what_is_no_table_is_told(staff: FlaskClient) -> None:
    for rows, told in (([["titel"]], "nämner ingen kolumn id"), ([["id"], ['x"']], "Ingenting ändras")):
        assert told in text(html.fromstring(given(staff, rows).text))
    assert post(staff, PREVIEW).status_code == 400
    assert "Välj först en fil" in post(staff, PREVIEW).text
    for packed in ("", "inte packat", "eJwDAAAAAAE"[:6]):
        answer = post(staff, "/staff/bulk/table", packed=packed, mark="x")
        assert (answer.status_code, "kom inte tillbaka hel" in answer.text) == (400, True)
    assert staff.get("/staff/bulk/documents.csv").status_code == 400


def test_english_file_has_english_heads_and_commas(staff: FlaskClient) -> None:
    answer = staff.get("/en/staff/bulk/documents.csv?list=all")
    assert answer.text.startswith("\ufeffid,title,event_id,event,talk_id,speakers,")


def test_title_of_a_talk_is_one_cell_before_and_after(sample: Sample, staff: FlaskClient) -> None:
    (address,) = links(tree(staff, "/staff/bulk?q=gemensam"), "//a[contains(@href, 'documents.csv')]")
    rows = taken(staff, address)
    number = next(n for n, row in enumerate(rows) if row[0] == sample.strategy)
    rows[number][rows[0].index("titel")] = "Vind i norr"  # it is the talk's and the document's
    answer = given(staff, rows)
    assert "1 uppgift ändras." in text(html.fromstring(answer.text))
    done = tree(staff, post(staff, "/staff/bulk/table", **fields(answer)).location)
    assert "Klart: 1 uppgift ändrad i en CSV-fil." in text(done)

"""Changing many documents at once, through the pages for staff."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.catalogue.documents import withdraw
from archive.catalogue.journal.recording import recording
from archive.catalogue.publishing.original_access import set_original_access
from archive.catalogue.records import record
from archive.model.accounts import Role
from archive.model.edits import Author, Reason
from archive.model.visibility import OriginalsPolicy
from archive.web.factory import create_app
from tests.sample_archive import EXPORT, STEEL, STRATEGY, Sample, opened_sample
from tests.web.page_tree import form_with, links, rows_of, text, texts, tree
from tests.web.people import post, signed_in


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Sample]:
    with opened_sample(tmp_path) as sample:
        yield sample


@pytest.fixture
def staff(sample: Sample) -> FlaskClient:
    return signed_in(create_app(sample.archive).test_client(), sample.archive, Role.STAFF)


def apply_address(client: FlaskClient, address: str) -> tuple[str, str]:
    """Return where the form that makes the change goes, and its mark."""
    page = tree(client, address)
    form = form_with(page, "Ändra ")
    return form.get("action") or "", form.xpath("string(.//input[@name='mark']/@value)")


def regions_of(sample: Sample, document: str) -> tuple[str, ...]:
    with sample.archive.database.read() as session:
        talk = record(session, document).talk
    assert talk is not None
    return talk.region_codes


def test_results_lead_to_all_they_found_for_staff_alone(sample: Sample, staff: FlaskClient) -> None:
    page = tree(staff, "/?q=gemensam&sort=title&view=list")
    (address,) = links(page, "//a[normalize-space(.) = 'Markera alla 8 träffar']")
    assert address == "/staff/bulk?q=gemensam"
    assert "Markera alla 8 träffar" in text(page)
    assert "dokument är markerade av sökningen" in text(tree(staff, address))
    for role in (None, Role.MEMBER):
        client = create_app(sample.archive).test_client()
        if role:
            signed_in(client, sample.archive, role)
        assert "Markera alla" not in client.get("/?q=gemensam").text


def test_region_is_added_to_what_a_question_finds_and_taken_back(sample: Sample, staff: FlaskClient) -> None:
    address = "/staff/bulk?q=gemensam&change=add_region&new_region=SE12"
    page = tree(staff, address)
    rows = [row[:3] for row in rows_of(page, "Lägg till regionen Östra Mellansverige")]
    assert [f"{STRATEGY} Föredrag", "Dalarnas län", "Dalarnas län, Östra Mellansverige"] in rows
    assert "Hör inte till något föredrag" in text(page)
    action, mark = apply_address(staff, address)
    answer = post(staff, action, mark=mark)
    assert answer.status_code == 303
    assert "SE12" in regions_of(sample, sample.strategy)
    sample.archive.indexer.catch_up()
    found = create_app(sample.archive).test_client().get("/api/search?q=gemensam&region=SE12").get_json()
    assert found["total"] > 0

    done = tree(staff, answer.location)
    (button,) = page.xpath("//button[starts-with(., 'Ändra')]")
    posts = text(button).removeprefix("Ändra ")
    assert f"Klart: Lägg till regionen Östra Mellansverige ({posts})." in text(done)
    (form,) = done.xpath("//form[contains(@action, '/undo')]")
    assert post(staff, form.get("action")).status_code == 303
    assert "SE12" not in regions_of(sample, sample.strategy)
    assert "Ändringen är ångrad" in text(tree(staff, answer.location))


def test_the_page_in_the_other_language_has_the_same_change(staff: FlaskClient) -> None:
    page = tree(staff, "/staff/bulk?q=gemensam&change=add_region&new_region=SE12&without=x")
    (other,) = links(page, "//a[@hreflang='en']")
    assert other == "/en/staff/bulk?q=gemensam&change=add_region&new_region=SE12&without=x"
    assert "Dalarnas län, Östra Mellansverige" in text(tree(staff, other))


def test_one_that_is_taken_out_stays_as_it_is(sample: Sample, staff: FlaskClient) -> None:
    address = f"/staff/bulk?q=gemensam&without={sample.strategy}&change=language&new_language=en"
    page = text(tree(staff, address))
    assert "1 är undantaget" in page
    action, mark = apply_address(staff, address)
    post(staff, action, mark=mark)
    with sample.archive.database.read() as session:
        assert record(session, sample.strategy).document.language == "sv"
        assert record(session, sample.export).document.language == "en"


def test_plan_of_before_somebody_elses_change_is_made_anew(sample: Sample, staff: FlaskClient) -> None:
    address = "/staff/bulk?q=gemensam&change=visibility&new_visibility=members"
    action, mark = apply_address(staff, address)
    with sample.archive.database.write() as session, recording(session, Author("eva", Reason.FORM)):
        withdraw(session, sample.export, "eva")
    answer = post(staff, action, mark=mark)
    assert answer.status_code == 409
    assert "Något har ändrats sedan" in answer.text
    with sample.archive.database.read() as session:
        assert record(session, sample.strategy).document.visibility == "public"
    action, mark = apply_address(staff, address)
    assert post(staff, action, mark=mark).status_code == 303


def test_later_changes_of_others_are_told_before_an_undo(sample: Sample, staff: FlaskClient) -> None:
    action, mark = apply_address(staff, "/staff/bulk?q=gemensam&change=language&new_language=en")
    done = post(staff, action, mark=mark).location
    with sample.archive.database.write() as session, recording(session, Author("eva", Reason.FORM)):
        set_original_access(session, sample.export, OriginalsPolicy.STAFF, "eva")
    page = tree(staff, done)
    assert "En del av det har ändrats igen" in text(page)
    assert links(page, "//main//a[contains(@href, '/staff/journal/groups/')]")


def test_whole_plan_is_a_table(staff: FlaskClient) -> None:
    answer = staff.get("/staff/bulk.csv?list=all&change=withdraw")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {STRATEGY, STEEL, EXPORT} <= {row["Titel"] for row in rows}
    assert {row["Blir"] for row in rows} == {"tillbakadraget"}


def test_nothing_chosen_is_told(staff: FlaskClient) -> None:
    assert "Välj vad som ska ändras" in text(tree(staff, "/staff/bulk?q=gemensam&choose=yes"))
    assert "Välj en region" in text(tree(staff, "/staff/bulk?q=gemensam&change=add_region&new_region=X"))
    assert "Vilka dokument?" in texts(tree(staff, "/staff/bulk"), "//h2")
    assert "Ingenting ändras" in text(tree(staff, "/staff/bulk?q=finnsintealls&change=withdraw"))


def test_files_are_read_again(sample: Sample, staff: FlaskClient) -> None:
    address = "/staff/bulk?q=gemensam&change=read_again"
    page = text(tree(staff, address))
    assert "Läses just nu" in page or "läses om" in page

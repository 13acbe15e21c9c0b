"""Two people save the same record: nobody's words are lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from tests.web.views.records.forms import client_of, fields_of, filled, form_at, send, words


@pytest.fixture
def seminar(tmp_path: Path) -> Iterator[tuple[Archive, str, tuple[str, ...]]]:
    with filled(tmp_path) as made:
        yield made


@pytest.fixture
def two(seminar: tuple[Archive, str, tuple[str, ...]]) -> tuple[FlaskClient, FlaskClient]:
    return client_of(seminar[0]), client_of(seminar[0])


Two = tuple[FlaskClient, FlaskClient]
Seminar = tuple[Archive, str, tuple[str, ...]]


def test_what_does_not_clash_is_merged_and_said(seminar: Seminar, two: Two) -> None:
    eva, kim = two
    address = f"/staff/events/{seminar[1]}"
    of_eva, of_kim = form_at(eva, address), form_at(kim, address)
    assert send(kim, address, of_kim, place="Borlänge").status_code == 303
    page = send(eva, address, of_eva, title="Malm")
    assert page.status_code == 409
    assert "Staff ändrade platsen" in words(page)
    assert "Era ändringar går ihop." in words(page)
    assert "ändrat av digMalm" in words(page)  # label and value are cells of a list
    assert send(eva, address, fields_of(page.text)).status_code == 303
    saved = form_at(eva, address)
    assert (saved["title"], saved["place"]) == ("Malm", "Borlänge")


@pytest.mark.parametrize(
    ("choice", "expected"), [("theirs", "Kims titel"), ("mine", "Evas titel"), ("own", "Bådas titel")]
)
def test_clash_is_decided_by_who_saves_last(seminar: Seminar, two: Two, choice: str, expected: str) -> None:
    eva, kim = two
    address = f"/staff/events/{seminar[1]}"
    of_eva, of_kim = form_at(eva, address), form_at(kim, address)
    send(kim, address, of_kim, title="Kims titel", occasion="stämma")
    page = send(eva, address, of_eva, title="Evas titel", place="Falu gruva")
    for text in ("Smart och hållbar industri", "Kims titel", "Evas titel"):
        assert text in words(page)
    asked_again = send(eva, address, fields_of(page.text))
    assert asked_again.status_code == 409
    assert "Välj vad som ska gälla för: Titel" in words(asked_again)
    given = {"choice-title": choice, "own-title": "Bådas titel"}
    assert send(eva, address, fields_of(asked_again.text), **given).status_code == 303
    saved = form_at(eva, address)
    assert (saved["title"], saved["place"], saved["occasion"]) == (expected, "Falu gruva", "stämma")


def test_third_save_meanwhile_is_shown_too(seminar: Seminar, two: Two) -> None:
    eva, kim = two
    address = f"/staff/events/{seminar[1]}"
    of_eva, of_kim = form_at(eva, address), form_at(kim, address)
    send(kim, address, of_kim, title="Kims titel")
    page = send(eva, address, of_eva, title="Evas titel")
    send(kim, address, form_at(kim, address), title="Kims nya titel")
    page = send(eva, address, fields_of(page.text), **{"choice-title": "mine"})
    assert page.status_code == 409
    assert "Kims nya titel" in words(page)
    assert send(eva, address, fields_of(page.text), **{"choice-title": "theirs"}).status_code == 303
    assert form_at(eva, address)["title"] == "Kims nya titel"


def test_speakers_and_regions_of_both_are_kept(seminar: Seminar, two: Two) -> None:
    eva, kim = two
    address = f"/staff/talks/{seminar[2][0]}"
    of_eva, of_kim = form_at(eva, address), form_at(kim, address)
    names, roles, homes = (of_kim.getlist(f"speaker_{part}") for part in ("name", "role", "organisation"))

    def speakers(name: str) -> dict[str, list[str]]:
        return {
            "speaker_name": [*names, name],
            "speaker_role": [*roles, "vd"],
            "speaker_organisation": [*homes, ""],
        }

    send(kim, address, of_kim, regions=["SE313"], **speakers("Bo Ek"))
    page = send(eva, address, of_eva, regions=["SE31", "SE313", "SE312"], **speakers("Eva Al"))
    assert page.status_code == 409
    assert send(eva, address, fields_of(page.text)).status_code == 303
    saved = form_at(eva, address)
    assert saved.getlist("speaker_name") == [*names, "Eva Al", "Bo Ek"]
    assert sorted(saved.getlist("regions")) == ["SE312", "SE313"]


def test_same_speaker_changed_by_both_is_a_clash_and_both_can_be_kept(seminar: Seminar, two: Two) -> None:
    eva, kim = two
    address = f"/staff/talks/{seminar[2][0]}"
    of_eva, of_kim = form_at(eva, address), form_at(kim, address)
    send(kim, address, of_kim, speaker_role="chef")
    page = send(eva, address, of_eva, speaker_role="direktör")
    assert "chef" in words(page)
    assert "direktör" in words(page)
    answer = send(eva, address, fields_of(page.text), **{"choice-speakers": "mine"})
    assert answer.status_code == 303
    assert form_at(eva, address)["speaker_role"] == "direktör"


def test_form_without_what_it_was_made_from_saves_nothing(seminar: Seminar, two: Two) -> None:
    address = f"/staff/events/{seminar[1]}"
    form = form_at(two[0], address)
    assert send(two[0], address, form, title="x", base="{").status_code == 400
    assert form_at(two[0], address)["title"] == form["title"]


def test_orders_of_talks_come_together_or_are_asked_for(seminar: Seminar, two: Two) -> None:
    eva, kim = two
    event, (first, second) = seminar[1], seminar[2]
    page, order = f"/staff/events/{event}", f"/staff/events/{event}/order"
    of_eva, of_kim = form_at(eva, page, "Upp"), form_at(kim, page, "Upp")
    new = f"/staff/talks/new?event={event}"
    send(kim, "/staff/talks/new", form_at(kim, new), topic="Tredje")
    assert send(eva, order, of_eva, move=f"down:{first}").status_code == 303
    now = form_at(eva, page, "Upp").getlist("talk")
    assert now[0] == second
    assert now.index(first) < 3
    third = next(one for one in now if one not in (first, second))
    of_kim = form_at(kim, page, "Upp")
    assert send(eva, order, of_kim, talk=[third, first, second]).status_code == 303
    asked = send(kim, order, of_kim, talk=[first, second, third])
    assert asked.status_code == 409
    assert "Någon annan har också ordnat programmet" in words(asked)
    assert form_at(eva, page, "Upp").getlist("talk") == [third, first, second]
    mine = fields_of(asked.text, "Spara den här ordningen")
    assert send(kim, order, mine).status_code == 303
    assert form_at(eva, page, "Upp").getlist("talk") == [first, second, third]

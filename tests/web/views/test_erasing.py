"""Admins erase a person on a page: they see everything first, tick, say why, confirm, and read what went."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.app import Archive, open_archive
from archive.catalogue.erasing import erasures, orders
from archive.erasing.ordering import Orders
from archive.model.accounts import Role
from archive.web.factory import create_app
from tests.erasing.person import NAME, WORDS, Filled, fill
from tests.erasing.traces import traces
from tests.ingest.ingests import settings_for
from tests.web.conftest import Client
from tests.web.people import SAME_SITE, post, session_cookie

_REASON = "Begäran enligt artikel 17"


@dataclass(frozen=True)
class Ground:
    """A new archive in which somebody is everywhere, and an admin's browser."""

    archive: Archive
    filled: Filled
    admin: FlaskClient

    def looked(self, **form: str) -> str:
        """Ask for a look, have it done; return the address of what was found."""
        begun = post(self.admin, "/staff/erase", **form)
        assert begun.status_code == 303
        assert self.admin.get(begun.location).status_code == 200
        assert Orders(self.archive).do_all() == 1
        led = self.admin.get(begun.location)
        assert led.status_code == 303
        return str(led.location)

    def order(
        self, address: str, slides: Sequence[str], reason: str = _REASON, confirm: str = NAME
    ) -> TestResponse:
        """Send the form with some slides ticked."""
        form = {"slide": list(slides), "reason": reason, "confirm": confirm}
        return self.admin.post(f"{address}/order", data=form, headers=SAME_SITE)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with open_archive(settings_for(tmp_path / "data")) as archive:
        filled = fill(archive, tmp_path / "in")
        app = create_app(archive)
        app.test_client_class = Client
        client = app.test_client()
        cookie = session_cookie(archive, Role.ADMIN)["Cookie"].partition("=")
        client.set_cookie(cookie[0], cookie[2])
        yield Ground(archive, filled, client)


def test_somebody_is_found_chosen_confirmed_and_gone(ground: Ground) -> None:
    address = ground.looked(name=NAME)
    shown = ground.admin.get(address).text
    for told in (
        "Posten Vilhelmina Åkerbrandt raderas",
        "Ändringsjournalen",
        "Listor över frågor",
        "väntar på att tas in",
    ):
        assert told in shown
    assert "<rect" in shown
    assert "<mark>" in shown
    slides = re.findall(r'name="slide" value="([^"]+)" checked', shown)
    assert len(slides) >= 4
    lacking: dict[str, Any]
    for lacking in ({"slides": []}, {"reason": " "}, {"confirm": "Vilhelmina"}):
        assert ground.order(address, **({"slides": slides} | lacking)).status_code == 400
    assert traces(ground.archive.settings.data, WORDS[0])
    decomposed = unicodedata.normalize("NFD", NAME)
    begun = ground.order(address, slides, confirm=decomposed)
    assert begun.status_code == 303
    second = ground.order(address, slides)  # another admin's, who sees how far it has come
    assert ground.admin.get(second.location).location == begun.location
    assert NAME not in ground.admin.get(begun.location).text
    assert post(ground.admin, f"{address}/drop").status_code == 404
    assert Orders(ground.archive).do_all() == 1
    report = ground.admin.get(ground.admin.get(begun.location).location).text
    assert "är färdig" in report
    assert ground.order(address, slides).location == address
    assert _REASON in report
    assert "Säkerhetskopior" in report
    assert traces(ground.archive.settings.data, *WORDS) == []
    (changed, *_) = re.findall(r'href="(/d/[a-z0-9]+)"', report)
    everybody = ground.admin.application.test_client(use_cookies=False)
    for address in (changed, f"{changed}/1"):
        assert f"{_REASON}</bdi>" in ground.admin.get(address).text
        told = everybody.get(address).text
        assert "Originalfilen är ersatt av en kopia" in told
        assert _REASON not in told
    for address in (f"/api/documents/{changed[3:]}", f"/api/documents/{changed[3:]}/versions/1"):
        assert everybody.get(address).get_json()["original_was_replaced"] is True
    (other,) = ground.filled.others[:1]
    assert ground.admin.get(f"/api/documents/{other}").get_json()["original_was_replaced"] is False
    assert "Ingen har raderats" not in ground.admin.get("/staff/erase").text


def test_slides_that_are_not_ticked_stay(ground: Ground) -> None:
    address = ground.looked(person=ground.filled.person_id)
    slides = re.findall(r'name="slide" value="([^"]+)" checked', ground.admin.get(address).text)
    ground.order(address, slides[:1], confirm=NAME.upper())
    assert Orders(ground.archive).do_all() == 1
    again = ground.admin.get(ground.looked(person=ground.filled.person_id)).text
    assert set(re.findall(r'name="slide" value="([^"]+)" checked', again)) == set(slides[1:])


def test_what_was_looked_for_is_forgotten(ground: Ground) -> None:
    address = ground.looked(text="skogens värde")
    assert post(ground.admin, f"{address}/drop").status_code == 303
    assert ground.admin.get(address).status_code == 404
    with ground.archive.database.read() as session:
        assert orders.all_of(session) == ()
        assert erasures.all_of(session) == ()


def test_one_letter_and_a_whole_page_are_refused(ground: Ground) -> None:
    for form in ({"name": "Å"}, {"text": "i"}, {"name": "x" * 20_000}):
        assert post(ground.admin, "/staff/erase", **form).status_code == 400
    assert Orders(ground.archive).do_all() == 0


def test_nobody_is_refused_and_somebody_unknown_is_nowhere(ground: Ground) -> None:
    assert post(ground.admin, "/staff/erase", name=" ").status_code == 400
    shown = ground.admin.get(ground.looked(name="Ingen Alls")).text
    assert "finns ingenstans" in shown
    assert "Ingen Alls" not in shown

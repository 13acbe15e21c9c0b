"""The review queue by command: list, take, next, give back."""

from pathlib import Path

import pytest

from archive.app import open_archive
from archive.settings.settings import Settings
from tests.cli.commands import Run
from tests.filled_archive import slide
from tests.web.views.test_publishing import add_draft


@pytest.fixture
def drafts(data: Path) -> tuple[str, str]:
    with open_archive(Settings(data=data)) as archive:
        first = add_draft(archive, slide("Järn", "Ring 070-123 45 67"), name="järn")
        return first, add_draft(archive, slide("Koppar", "Om koppar"), name="koppar")


def test_queue_is_listed_with_what_each_document_lacks(run: Run, drafts: tuple[str, str]) -> None:
    told = run("queue", "list", "--json").json
    assert (told["total"], told["unseen"], told["missing"]["draft"]) == (2, 0, 2)
    assert [one["id"] for one in told["entries"]] == list(drafts)
    assert "personal_data" in told["entries"][0]["missing"]
    (only,) = run("queue", "list", "--missing", "personal_data", "--json").json["entries"]
    assert only["id"] == drafts[0]
    assert drafts[1] in run("queue", "list").out


def test_next_goes_on_and_what_is_taken_is_given_back(run: Run, drafts: tuple[str, str]) -> None:
    first, second = drafts
    assert run("queue", "next", "--login", "anna", "--json").json["id"] == first
    assert run("queue", "next", "--login", "bo", "--json").json["id"] == second
    assert run("queue", "next", "--login", "cia", "--json").json["id"] is None
    refused = run("queue", "take", first, "--login", "bo")
    assert (refused.code, "Somebody else" in refused.err) == (1, True)
    assert run("queue", "give-back", first, "--login", "anna", "--json").json["given_back"]
    assert run("queue", "give-back", first, "--login", "anna").out == "it was not taken.\n"
    assert run("queue", "take", first, "--login", "bo", "--json").json["taken_by"] == "bo"
    assert run("queue", "next", "--login", "cia").out == "There are none.\n"

"""Records are listed, shown, made, changed and deleted by command, with the checks of their pages."""

import json
from pathlib import Path

import pytest

from archive.app import open_archive
from archive.catalogue.journal.history import HistoryQuery, edits
from archive.model.edits import Reason
from archive.settings.settings import Settings
from tests.cli.commands import Run


@pytest.fixture(autouse=True)
def _archive(data: Path) -> None:
    with open_archive(Settings(data=data)):
        pass


def made(run: Run, *arguments: str) -> str:
    """Make a record and return its identifier."""
    answer = run(*arguments)
    assert answer.code == 0, answer.err
    return answer.out.strip()


def test_seminar_is_made_put_right_and_taken_away_by_command(run: Run, data: Path) -> None:
    area = made(run, "focus-area", "new", "--title", "Malm", "--year-from", "2021")
    event = made(run, "event", "new", "--title", "Malmdagen", "--starts", "2022-05", "--focus-area", area)
    speakers = ("--speaker", "Eva Ek; vd; Gruv AB", "--speaker", "Bo Al")
    first = made(
        run, "talk", "new", "--topic", "Gruvor", "--event", event, *speakers, "--region", "Dalarnas län"
    )
    second = made(run, "talk", "new", "--topic", "Stål", "--event", event)
    shown = json.loads(run("talk", "show", first, "--json").out)
    assert shown["regions"] == ["SE312"]
    assert shown["speakers"][0] == {
        "name": "Eva Ek",
        "role": "vd",
        "organisation": "Gruv AB",
        "is_moderator": False,
    }
    assert run("event", "edit", event, "--ends", "2022", "--visibility", "public").out == f"{event}: saved.\n"
    shown = json.loads(run("event", "show", event, "--json").out)
    assert (shown["title"], shown["starts"], shown["ends"]) == ("Malmdagen", "2022-05", "2022")
    ordered = json.loads(run("event", "order", event, second, first, "--json").out)
    assert ordered["talks"] == [second, first]
    assert "Malmdagen" in run("event", "list").out
    refused = run("event", "delete", event)
    assert refused.code == 1
    assert "2 talks belong to it" in refused.err
    for kind, identifier in (("talk", first), ("talk", second), ("event", event), ("focus-area", area)):
        assert run(kind, "delete", identifier).code == 0
    assert json.loads(run("event", "list", "--json").out)["total"] == 0
    with open_archive(Settings(data=data)) as archive, archive.database.read() as session:
        assert {edit.author.reason for edit in edits(session, HistoryQuery(), 100)} == {Reason.COMMAND}


def test_what_show_prints_can_be_read_again(run: Run, tmp_path: Path) -> None:
    event = made(run, "event", "new", "--title", "Malmdagen", "--text", "Första\n\nandra")
    file = tmp_path / "event.json"
    printed = json.loads(run("event", "show", event, "--json").out)
    file.write_text(json.dumps(printed | {"place": "Falun"}), "utf-8")
    assert json.loads(run("event", "edit", event, "--from", file, "--json").out) == printed | {
        "place": "Falun"
    }
    again = json.loads(run("event", "new", "--from", file, "--title", "Kopian", "--json").out)
    assert (again["title"], again["place"], again["text"]) == ("Kopian", "Falun", "Första\n\nandra")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("event", "new", "--title", "x", "--starts", "igår"), "starts: Write a day, a month or a year"),
        (("event", "new"), "title: Write something here"),
        (("talk", "new", "--topic", "x", "--region", "Atlantis"), "There is no region 'Atlantis'."),
        (
            ("focus-area", "new", "--title", "x", "--year-from", "22"),
            "year_from: Write a year from 1900 to 2100.",
        ),
        (("event", "new", "--from", "saknas.json"), "cannot be read as JSON"),
        (("event", "edit", "saknas", "--title", "x"), "There is no such event in the archive."),
        (("document", "edit", "saknas", "--title", "x"), "There is no document 'saknas' in the archive."),
    ],
)
def test_mistakes_are_told_and_nothing_is_saved(run: Run, arguments: tuple[str, ...], told: str) -> None:
    answer = run(*arguments)
    assert answer.code in (1, 2)
    assert told in answer.err
    assert json.loads(run("event", "list", "--json").out)["total"] == 0

"""People and organisations are listed, named, merged and told apart by command."""

import json
from pathlib import Path

import pytest

from archive.app import open_archive
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.settings.settings import Settings
from tests.cli.commands import Run

SPEAKERS = (NewSpeaker("Carina Åkerberg", "", "Region Gävleborg"), NewSpeaker("C. Åkerberg"))


@pytest.fixture(autouse=True)
def _archive(data: Path) -> None:
    with open_archive(Settings(data=data)) as archive, archive.database.write() as session:
        talks = tuple(NewTalk(one.name, at, speakers=(one,)) for at, one in enumerate(SPEAKERS, 1))
        save_event(session, NewEvent("Möte", talks=talks), "test")


def _ids(run: Run) -> dict[str, str]:
    return {one["name"]: one["id"] for one in json.loads(run("person", "list", "--json").out)["names"]}


def test_two_that_are_alike_are_merged_and_taken_apart(run: Run) -> None:
    before = _ids(run)
    (pair,) = json.loads(run("person", "alike", "--json").out)["pairs"]
    assert set(pair["ids"]) == set(before.values())
    keeper, gone = before["Carina Åkerberg"], before["C. Åkerberg"]
    told = json.loads(run("person", "merge", keeper, gone, "--dry-run", "--json").out)
    assert (told["edit"], told["moved"][0]["talk_count"]) == (None, 1)
    assert _ids(run) == before
    edit = json.loads(run("person", "merge", keeper, gone, "--json").out)["edit"]
    shown = json.loads(run("person", "show", gone, "--json").out)
    assert (shown["id"], shown["talks"], shown["spellings"][0]["name"]) == (keeper, 2, "C. Åkerberg")
    assert run("undo", str(edit)).code == 0
    assert _ids(run) == before


def test_names_are_changed_by_command(run: Run) -> None:
    (region,) = json.loads(run("organisation", "list", "--json").out)["names"]
    options = ("--name", "Region Gävle", "--spelling", "Landstinget X; 1999; 2014", "--wrong", "Reg. Gävle")
    assert run("organisation", "edit", region["id"], *options).code == 0
    assert run("organisation", "show", region["id"]).out == (
        f"{region['id']}  Region Gävle (Talks: 1)\n"
        "  Landstinget X (1999–2014)\n  Reg. Gävle – not shown\n  Region Gävleborg\n"
    )
    run("organisation", "edit", region["id"], "--forget", "landstinget x")
    assert "Landstinget" not in run("organisation", "show", region["id"]).out


def test_those_told_apart_are_not_alike(run: Run) -> None:
    assert run("person", "apart", *_ids(run).values()).code == 0
    assert run("person", "alike").out == "There are none.\n"


def test_nobody_is_an_error(run: Run) -> None:
    assert "no such person" in run("person", "show", "nobody").err

from pathlib import Path

import pytest

from tests.cli.commands import Run, assert_one_line

_PAGE = """<!DOCTYPE html><html lang=sv><head><title>Skogsdagen 2022 | Föreningen Dalskog</title></head><body>
<h1>Skogsdagen 2022</h1><p>Den 5 maj 2022 samlades hundra personer i Falun för att tala om skogen.</p>
<h2>Program</h2><ul><li><a href="../filer/ek.pdf">Anna Ek, Region Dalarna – Skogen i Dalarna</a></li>
<li>Bo Alm, forskare, SLU – Granen</li></ul></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(_PAGE, "utf-8")
    return path


def test_fields_are_printed_as_json_and_nothing_is_kept(run: Run, data: Path, page: Path) -> None:
    told = run("import", page, "--dry-run", "--json", "--address", "https://dalskog.example.se/a/b.html")
    assert told.code == 0
    event = told.json["events"][0]
    assert (event["title"], event["kind"], event["starts_on"]) == (
        "Skogsdagen 2022",
        "conference",
        "2022-05-05",
    )
    assert (event["place"], event["organiser"]) == ("Falun", "Föreningen Dalskog")
    first, second = event["talks"]
    assert first["topic"] == "Skogen i Dalarna"
    assert first["speakers"] == [{"name": "Anna Ek", "role": None, "organisation": "Region Dalarna"}]
    assert first["decks"] == ["https://dalskog.example.se/filer/ek.pdf"]
    assert first["regions"] == ["Dalarnas län"]
    assert second["speakers"][0]["role"] == "Forskare"
    assert not data.exists()


def test_people_get_lines_with_what_is_unsure_marked(run: Run, page: Path) -> None:
    told = run("import", page, "--dry-run")
    assert told.code == 0
    assert "1. Skogen i Dalarna" in told.out
    assert "Bo Alm, Forskare, SLU" in told.out
    assert "conference (?)" in told.out
    assert told.out.endswith("2 talks\n")


def test_what_is_read_is_published_listed_and_taken_back(run: Run, data: Path, page: Path) -> None:
    told = run("import", page, "--json")
    assert told.code == 1, "the page names a deck beside it, which has no address"
    (import_id,) = {told.json["import"]}
    assert told.json["state"] == "published"
    (listed,) = run("import", "--list", "--json").json
    assert (listed["import"], listed["title"], listed["state"]) == (import_id, "Skogsdagen 2022", "published")
    taken = run("import", "--undo", import_id, "--json")
    assert taken.code == 0
    assert taken.json["records"] > 3
    assert taken.json["left"] == []
    assert run("import", "--list", "--json").json[0]["state"] == "undone"
    assert run("import", "--undo", import_id).code == 2


def test_draft_is_kept_and_published_later(run: Run, page: Path) -> None:
    told = run("import", page, "--draft", "--address", "https://dalskog.example.se/a/b.html", "--json")
    assert (told.code, told.json["state"], told.json["events"]) == (0, "read", [])
    again = run("import", page, "--draft", "--address", "https://dalskog.example.se/a/b.html", "--json")
    assert again.json["import"] == told.json["import"]


def test_nothing_or_two_things_at_once_is_wrong_use(run: Run, page: Path) -> None:
    for arguments in ((), (page, "--list"), ("--list", "--undo", "x"), ("--dry-run", "--list")):
        told = run("import", *arguments)
        assert told.code == 2
        assert_one_line(told, "--")


def test_address_of_an_internal_network_is_refused(run: Run) -> None:
    told = run("import", "http://127.0.0.1/", "--dry-run")
    assert told.code == 2
    assert_one_line(told, "internal network")


def test_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    told = run("import", tmp_path / "none.html", "--dry-run")
    assert told.code == 2
    assert_one_line(told, "none.html")


def test_page_that_takes_too_long_ends_with_a_name(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_IMPORTS__READ_TIME_S", "0.5")
    path = tmp_path / "page.html"
    path.write_text(
        "<h1>Dag</h1>" + "<p>Anna Ek, strateg, Region Dalarna: Bo Alm talar</p>" * 19_000, "utf-8"
    )
    told = run("import", path, "--draft")
    assert told.code == 1
    assert_one_line(told, "longer")
    assert run("import", "--list", "--json").json == []

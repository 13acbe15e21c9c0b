"""`archive history` and `archive undo`."""

import csv
import io
from pathlib import Path

from tests.cli.commands import Run
from tests.ingest.ingests import deck


def test_a_document_is_hidden_told_and_shown_again_by_an_undo(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path / "in" / "plan.pptx", "Gruvnäring", "Vindkraft")
    assert run("ingest", "--quiet", path).code == 0
    document = run("list", "--json").json["documents"][0]["document"]
    assert run("hide", document).code == 0

    newest, oldest = run("history", "--json").json["edits"]
    assert (newest["actor"], newest["reason"]) == ("command line", "command")
    (record,) = newest["records"]
    assert (record["kind"], record["id"], record["action"]) == ("document", document, "changed")
    assert {"name": "visibility", "before": "public", "after": "staff"} in record["fields"]
    assert oldest["reason"] == "ingest"
    assert [one["edit"] for one in run("history", "--reason", "ingest", "--json").json["edits"]] == [1]
    assert [one["edit"] for one in run("history", "--field", "visibility", "--json").json["edits"]] == [2, 1]
    assert [one["edit"] for one in run("history", "document", document, "--json").json["edits"]] == [2, 1]
    compared = run("history", "document", document, "--compare", "1", "2", "--json").json
    assert {"name": "visibility", "before": "public", "after": "staff"} in compared["fields"]
    rows = list(csv.DictReader(io.StringIO(run("history", "--csv").out.removeprefix("\ufeff"))))
    assert ("visibility", "public", "staff") in {(row["field"], row["before"], row["after"]) for row in rows}

    assert run("search", "vindkraft", "--json", "--as", "public").json["total"] == 0
    assert run("undo", "2", "--dry-run", "--json").json == {"edit": None, "restored": 1, "left": []}
    assert run("search", "vindkraft", "--json", "--as", "public").json["total"] == 0
    assert run("undo", "2", "--json").json == {"edit": 3, "restored": 1, "left": []}
    assert run("search", "vindkraft", "--json", "--as", "public").json["total"] == 1
    again = run("undo", "2")
    assert (again.code, "2" in again.err) == (1, True)

    assert run("undo", "--group", oldest["group"]).code == 0
    assert run("search", "vindkraft", "--json", "--as", "staff").json["total"] == 0
    assert run("verify").code == 0


def test_what_was_changed_since_is_told_and_left(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path / "in" / "plan.pptx", "Gruvnäring")
    assert run("ingest", "--quiet", path).code == 0
    document = run("list", "--json").json["documents"][0]["document"]
    assert run("hide", document).code == 0
    assert run("publish", document, "--visibility", "members").code == 0
    told = run("undo", "2", "--json")
    assert (told.code, told.json["left"][0]["field"], told.json["left"][0]["found"]) == (
        1,
        "visibility",
        "members",
    )
    assert run("undo", "2", "--overwrite").code == 0


def test_wrong_use_is_told(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path / "in" / "plan.pptx", "Gruvnäring")
    assert run("ingest", "--quiet", path).code == 0
    for arguments in (("undo",), ("undo", "1", "--group", "x"), ("undo", "77"), ("undo", "--group", "x")):
        assert run(*arguments).code in (1, 2)
    assert run("history", "--compare", "1", "2").code in (1, 2)
    assert run("history", "--actor", "nobody").out.strip() != ""

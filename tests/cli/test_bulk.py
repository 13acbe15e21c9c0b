"""`archive bulk`."""

from pathlib import Path

from tests.cli.commands import Run
from tests.ingest.ingests import deck


def test_what_a_question_finds_is_changed_at_once_and_taken_back(run: Run, tmp_path: Path) -> None:
    for name, word in (("a", "Vindkraft"), ("b", "Vindkraft"), ("c", "Gruvnäring")):
        deck(tmp_path / "in" / f"{name}.pptx", f"Bild {name}", word)
    assert run("ingest", "--quiet", tmp_path / "in").code == 0
    told = run("bulk", "vindkraft", "--set", "visibility=members", "--dry-run", "--json").json
    assert (told["edit"], told["total"], told["refused"]) == (None, 2, [])
    assert run("search", "vindkraft", "--json", "--as", "public").json["groups"] == 2

    made = run("bulk", "vindkraft", "--set", "visibility=members", "--set", "language=en", "--json")
    assert made.json["total"] + len(made.json["refused"]) == 4  # one may be in English already
    assert {one["before"] for one in made.json["changes"] if one["change"] == "visibility"} == {"public"}
    assert run("search", "vindkraft", "--json", "--as", "public").json["total"] == 0
    assert run("search", "gruvnäring", "--json", "--as", "public").json["groups"] == 1
    (edit, *_) = run("history", "--json").json["edits"]
    assert (edit["reason"], edit["group"]) == ("command", made.json["group"])
    assert run("undo", "--group", made.json["group"]).code == 0
    assert run("search", "vindkraft", "--json", "--as", "public").json["groups"] == 2


def test_what_is_left_is_told(run: Run, tmp_path: Path) -> None:
    assert run("ingest", "--quiet", deck(tmp_path / "in" / "a.pptx", "Vindkraft")).code == 0
    (document,) = run("list", "--json").json["documents"]
    told = run("bulk", "--all", "--document", "finnsinte", "--add-region", "Gävleborg")
    assert told.code == 1
    assert f"{document['document']}: it belongs to no talk" in told.out
    assert "finnsinte: there is no such document." in told.out
    gone = run("bulk", "--all", "--without", document["document"], "--withdraw", "--json")
    assert (gone.code, gone.json["total"], gone.json["edit"]) == (0, 0, None)


def test_wrong_use_is_told(run: Run, tmp_path: Path) -> None:
    assert run("ingest", "--quiet", deck(tmp_path / "in" / "a.pptx", "Vindkraft")).code == 0
    assert run("bulk", "--withdraw").code == 2
    assert run("bulk", "vindkraft").code == 2
    assert run("bulk", "vindkraft", "--set", "size=9").code == 2
    assert run("bulk", "vindkraft", "--add-region", "Atlantis").code == 2
    for wrong in ("farg=grön", "year=20x", "speaker=zzzzzzzzzz"):
        assert run("bulk", "--filter", wrong, "--withdraw").code == 2
        assert run("bulk", "--filter", wrong, "--csv-out", tmp_path / "ut.csv").code == 2


def test_documents_go_out_as_csv_and_come_in_changed(run: Run, tmp_path: Path) -> None:
    assert run("ingest", "--quiet", deck(tmp_path / "in" / "a.pptx", "Vindkraft")).code == 0
    file = tmp_path / "ut.csv"
    assert run("bulk", "vindkraft", "--csv-out", file, "--json").json["total"] == 1
    shown = run("bulk", "vindkraft", "--csv-out", "-")
    assert (shown.out.encode(), shown.err) == (file.read_bytes(), "1 document has been written.\n")
    same = run("bulk", "--csv-in", file, "--json")
    assert (same.code, same.json["total"], same.json["edit"]) == (0, 0, None)

    (document,) = run("list", "--json").json["documents"]
    file.write_text(f"id;title;date\n{document['document']};Havsvind;maj-21\n", encoding="utf-8")
    told = run("bulk", "--csv-in", file, "--dry-run")
    assert told.code == 1
    assert "Havsvind" in told.out
    assert "Line 2, date: write a day, a month or a year" in told.out
    made = run("bulk", "--csv-in", file, "--json").json
    assert [(one["line"], one["column"], one["after"]) for one in made["changes"]] == [
        (2, "title", "Havsvind")
    ]
    assert [one["why"] for one in made["refused"]] == ["wrong_date"]
    assert run("search", "havsvind", "--json").json["total"] == 1
    assert run("history", "--json").json["edits"][0]["reason"] == "bulk"
    assert run("undo", "--group", made["group"]).code == 0
    assert run("search", "havsvind", "--json").json["total"] == 0


def test_wrong_use_of_csv_is_told(run: Run, tmp_path: Path) -> None:
    assert run("ingest", "--quiet", deck(tmp_path / "in" / "a.pptx", "Vindkraft")).code == 0
    file = tmp_path / "ut.csv"
    assert run("bulk", "--csv-out", file).code == 2
    assert run("bulk", "--all", "--csv-in", file).code == 2
    assert run("bulk", "--all", "--csv-out", file, "--withdraw").code == 2
    assert run("bulk", "--csv-in", file).code == 2
    assert run("bulk", "--all", "--csv-out", tmp_path / "finnsinte" / "ut.csv").code == 2
    assert run("bulk", "--all", "--csv-out", "-", "--json").code == 2
    assert not file.exists()

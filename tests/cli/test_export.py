"""`archive export`: what is told, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import Run, assert_one_line
from tests.export.second_reader import SecondReader
from tests.waiting import HANG_S


def test_export_is_told_whole_and_opens_without_the_archive(full: Run, tmp_path: Path) -> None:
    (event,) = json.loads(full("event", "list", "--json").out)["records"]
    assert full("event", "edit", event["id"], "--title", "Smart industri i norr").code == 0
    told = full("export", "--all", tmp_path / "out")
    assert told.code == 0, told
    assert "3 documents" in told.out
    reader = SecondReader(tmp_path / "out")
    assert reader.all_is_there() == {"original_file": 3, "text_file": 3, "picture_file": 2}
    (*_, edit) = reader.records("edits")
    assert edit["changes"][0]["table"] == "event"
    assert edit["changes"][0]["before"]["title"] == "Smart industri"
    assert edit["changes"][0]["after"]["title"] == "Smart industri i norr"
    (talk,) = reader.records("talks")
    (person,) = reader.records("people")
    (contribution,) = reader.records("contributions")
    assert (contribution["talk_id"], contribution["person_id"]) == (talk["id"], person["id"])
    assert contribution["person_name"] == "Lisa Virén"
    for picture in reader.records("pictures"):
        assert reader.file(picture["picture_file"])[8:12] == b"WEBP"
    check = [sys.executable, "-I", str(tmp_path / "out" / "read_archive.py"), "check"]
    assert subprocess.run(check, capture_output=True, timeout=HANG_S, check=False).returncode == 0


def test_export_is_told_as_json(full: Run, tmp_path: Path) -> None:
    told = full("export", "--all", tmp_path / "out", "--json").json
    assert told["records"]["documents"] == 3
    assert told["missing_files"] == []


def test_missing_original_is_told_and_ends_with_1(full: Run, data: Path, tmp_path: Path) -> None:
    next(
        path for path in sorted((data / "originals").rglob("*")) if path.is_file() and len(path.name) > 60
    ).unlink()
    told = full("export", "--all", tmp_path / "out")
    assert told.code == 1
    lines = [line for line in told.err.splitlines() if line.startswith("Not exported: ")]
    assert len(lines) == 1
    assert SecondReader(tmp_path / "out").all_is_there()["original_file"] == 2


def test_what_is_refused_is_one_line(full: Run, data: Path, tmp_path: Path) -> None:
    told = full("export", tmp_path / "out")
    assert told.code == 2
    assert_one_line(told, "--all")
    told = full("export", "--all", tmp_path)
    assert told.code == 1
    assert_one_line(told, "already")
    told = full("export", "--all", data / "out")
    assert told.code == 2
    assert_one_line(told, "outside")
    assert not (tmp_path / "out").exists()


def test_nothing_is_made_where_there_is_no_archive(run: Run, data: Path, tmp_path: Path) -> None:
    told = run("export", "--all", tmp_path / "out")
    assert told.code == 2
    assert_one_line(told, "There is no archive")
    assert not data.exists()
    assert not (tmp_path / "out").exists()


def test_hits_of_a_question_are_written_as_the_page_of_results_offers_them(full: Run, tmp_path: Path) -> None:
    file = tmp_path / "hits.jsonl"
    told = full("export", "--query", "industri", "--format", "jsonl", "-o", file)
    assert told.code == 0, told
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    found = full("search", "industri", "--json", "--as", "public").json
    assert len(rows) == found["total"] > 0
    assert f"{len(rows)} hit" in told.out
    assert {row["hit_count"] for row in rows} == {len(rows)}
    assert rows[0]["question_address"].endswith("/?q=industri")
    again = full("export", "--query", "industri", "--format", "jsonl", "-o", file)
    assert_one_line(again)
    assert again.code != 0
    assert len(file.read_text("utf-8").splitlines()) == len(rows)


def test_filters_alone_are_a_question_and_stdout_a_file(full: Run) -> None:
    table = full("export", "--filter", "kind=deck", "--as", "staff", "-o", "-").out
    assert table.startswith("address,document_id,")
    assert ",deck," in table
    for wrong, words in (
        ("kind", "no value for 'kind'"),
        ("kind=film", "deck, report"),
        ("year=20x", "four digits"),
        ("colour=red", "focus_area, event, year"),
        ("language=fi", "sv, en"),
        ("event=zzzzzzzzzz", "Take the value from a list"),
        ("region=SE99", "Take the value from a list"),
    ):
        refused = full("export", "--filter", wrong, "-o", "-")
        assert_one_line(refused, words)
        assert (refused.code, refused.out) == (2, "")
    assert full("export", "--filter", "year=1987", "-o", "-").out.count("\n") == 1
    assert_one_line(full("export", "--query", "x", "--format", "docx", "-o", "-"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--query", "x"),
        ("--all", "--query", "x", "-o", "-"),
        ("out", "--query", "x", "-o", "-"),
        ("--all",),
        ("out",),
    ],
)
def test_everything_and_hits_are_not_mixed(full: Run, arguments: tuple[str, ...]) -> None:
    refused = full("export", *arguments)
    assert refused.code == 2
    assert refused.out == ""


def test_hits_for_a_folder_that_is_not_there_are_refused(full: Run, tmp_path: Path) -> None:
    output = tmp_path / "none" / "hits.csv"
    told = full("export", "--query", "industri", "--format", "csv", "-o", output)
    assert told.code == 2
    assert_one_line(told, f"There is no folder {output.parent}")

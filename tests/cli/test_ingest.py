import os
from pathlib import Path

import pytest

from tests.cli.commands import Run, assert_one_line, run_apart
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import deck, report, write

pytestmark = pytest.mark.long

LONG = "Presentation_av_regionens_arbete_med_kompetensförsörjning_inom_vård_och_omsorg_slutversion.pptx"
LOCKED = pdf([lines(["Hemligt"], 700)], password="x")


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with a good deck, a locked report and a file of another kind with a long name."""
    deck(tmp_path / "in" / "2021" / "bra.pptx", "Gruvnäring")
    write(tmp_path / "in" / "låst.pdf", LOCKED)
    write(tmp_path / "in" / "En mapp med ett långt namn" / LONG, b"\x7fELF\x02\x01\x01\x00" * 20)
    return tmp_path / "in"


def test_each_step_is_a_line_of_json_and_the_summary_is_the_last(run: Run, files: Path) -> None:
    write(files / "malm" / "läs mig.txt", "Ej med")
    try:
        told = run("ingest", "--json", files)
    finally:
        (files / "malm" / "läs mig.txt").unlink()
    assert (told.code, told.err) == (0, "")
    *steps, summary = told.lines
    keys = {step["step"]: list(step) for step in steps}
    assert keys == {
        "stored": ["step", "file", "document", "outcome"],
        "left_out": ["step", "file", "message"],
        "extracted": ["step", "file", "category", "pages"],
        "drawn": ["step", "file", "pictures", "message"],
    }
    assert all(Path(step["file"]).is_absolute() for step in steps)
    assert {Path(one["file"]).name: one["pages"] for one in steps if one["step"] == "extracted"} == {
        "gruvor.pptx": 3,
        "export.pdf": 2,
        "Vindkraft i Gävleborg.pptx": 1,
    }
    undrawn = summary.pop("undrawn")
    assert {Path(one["file"]).suffix for one in undrawn} == {".pptx"}  # there is no LibreOffice here
    assert summary == {
        "step": "summary",
        "new": 3,
        "new_version": 0,
        "unchanged": 0,
        "duplicate": 0,
        "restored": 0,
        "withdrawn": 0,
        "left_out": 1,
        "failed": 0,
        "slides": 6,
        "pictures": 2,
        "failures": [],
    }


def test_failures_are_in_the_summary_and_the_command_ends_with_1(run: Run, mixed: Path) -> None:
    told = run("ingest", "--json", mixed)
    assert (told.code, told.err) == (1, "")
    refused = [line for line in told.lines if line["step"] == "refused"]
    assert [list(line) for line in refused] == [["step", "file", "category", "message"]]
    summary = told.lines[-1]
    assert (summary["new"], summary["failed"], summary["slides"]) == (1, 2, 1)  # three files
    failures = {Path(one["file"]).name: one for one in summary["failures"]}
    assert {name: one["category"] for name, one in failures.items()} == {
        LONG: "unsupported_type",
        "låst.pdf": "password",
    }
    assert failures["låst.pdf"]["message"].count("save it") == 1


def test_failure_of_an_earlier_ingest_is_told_again(run: Run, mixed: Path) -> None:
    run("ingest", "--quiet", mixed)
    told = run("ingest", "--json", mixed)
    assert told.code == 1
    assert (told.lines[-1]["unchanged"], told.lines[-1]["failed"]) == (1, 2)
    assert [one["category"] for one in told.lines[-1]["failures"]] == ["unsupported_type", "password"]


@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_whole_file_names_are_shown_however_narrow_the_terminal_is(
    run: Run, mixed: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    told = run("ingest", mixed)
    assert told.code == 1
    assert max(map(len, told.out.splitlines())) <= int(width)
    joined = "".join(line.strip() for line in told.out.splitlines())
    assert LONG in joined.replace(" ", "")
    assert "…" not in told.out
    assert str(mixed) not in joined


def test_into_a_pipe_a_file_is_one_line_relative_to_the_given_folder(run: Run, mixed: Path) -> None:
    told = run("ingest", mixed)
    printed = told.out.splitlines()
    assert told.err == ""
    at = printed.index("Could not be read")
    assert printed[at + 1] == f"  En mapp med ett långt namn/{LONG}"
    assert printed[at + 2].strip().startswith("unsupported_type: This type of file cannot be read.")
    assert printed[at + 3] == "  låst.pdf"
    at = printed.index("Searchable, but not with all pictures")
    assert printed[at + 1] == "  2021/bra.pptx"
    assert "LibreOffice" in printed[at + 2]


def test_left_out_files_are_listed(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "malm" / "seminar.toml", '[event]\ntitle = "Malm"\n')
    deck(tmp_path / "malm" / "glömd.pptx", "Glömd")
    told = run("ingest", tmp_path / "malm")
    assert told.code == 0
    at = told.out.splitlines().index("Left out, because seminar.toml does not name them")
    assert told.out.splitlines()[at + 1] == "  glömd.pptx"


def test_mistake_in_a_seminar_file_says_file_field_and_what_was_expected(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "malm" / "seminar.toml", '[event]\ntitle = "Malm"\ndate = "maj"\n')
    told = run("ingest", "--quiet", tmp_path / "malm")
    assert told.code == 1
    assert told.err.startswith(f"{file}: bad_seminar_file: event.date: expected a day")
    assert told.err.count("\n") == 1


def test_quiet_prints_only_failures_and_missing_pictures(run: Run, mixed: Path) -> None:
    told = run("ingest", "--quiet", mixed / "2021")
    assert (told.code, told.out) == (0, "")
    assert [line.split(": ")[1] for line in told.err.splitlines()] == ["picture"]
    told = run("ingest", "--quiet", mixed)
    assert (told.code, told.out) == (1, "")
    assert {line.split(": ")[1] for line in told.err.splitlines()} >= {"unsupported_type", "password"}


def test_files_may_be_given_one_by_one(run: Run, mixed: Path, tmp_path: Path) -> None:
    other = report(tmp_path / "annat" / "b.pdf", "Vindkraft")
    told = run("ingest", "--json", mixed / "2021" / "bra.pptx", other)
    assert told.lines[-1]["new"] == 2


def test_trouble_with_the_disk_is_told_at_the_end_without_a_traceback(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", refuse)
    told = run("ingest", report(tmp_path / "a.pdf", "Ord"))
    assert told.code == 1
    assert_one_line(told, "Free some space")


def test_unreadable_catalogue_is_told(run: Run, data: Path, tmp_path: Path) -> None:
    write(data / "catalogue.db", "inte en databas " * 100)
    told = run("ingest", report(tmp_path / "a.pdf", "Ord"))
    assert told.code == 1
    assert_one_line(told, "catalogue is damaged")


def test_real_process_ingests_and_finds(data: Path, tmp_path: Path) -> None:
    deck(tmp_path / "in" / "a.pptx", "Gruvnäring")
    told = run_apart(data, "ingest", tmp_path / "in")
    assert (told.code, told.err) == (0, "")
    assert run_apart(data, "search", "--json", "gruvnäring").json["total"] == 1

"""What could not be read is listed and read again, also with a password."""

import io
import sys
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.cli.commands import Run, assert_one_line, run_apart
from tests.ingest.ingests import report, write


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("öppna", "ägare", strength=128))
    canvas.drawString(100, 700, "Gruvans hemligheter i Falun")
    canvas.save()
    return write(tmp_path / "in" / "låst.pdf", buffer.getvalue())


def document_of(run: Run) -> str:
    (one,) = run("outcomes", "--json").json["documents"]
    identifier = one["document"]
    assert isinstance(identifier, str)
    return identifier


def test_failed_files_are_listed_with_what_happened(run: Run, locked: Path) -> None:
    report(locked.parent / "bra.pdf", "Vindkraft till havs nu")
    assert run("ingest", "--quiet", locked.parent).code == 1
    told = run("outcomes")
    assert told.code == 0
    assert "password" in told.out
    assert "låst.pdf" in told.out
    assert "bra.pdf" not in told.out
    listed = run("outcomes", "--json", "--category", "ok").json
    assert [one["filename"] for one in listed["documents"]] == ["bra.pdf"]
    assert run("outcomes", "--category", "damaged").out == "There are none.\n"


def test_password_opens_a_locked_file_and_is_not_kept(
    run: Run, data: Path, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("ingest", "--quiet", locked).code == 1
    document_id = document_of(run)
    monkeypatch.setattr(sys, "stdin", io.StringIO("öppna\n"))
    told = run("retry", document_id, "--password", "--json")
    assert told.code == 0, told.err + told.out
    assert run("outcomes").out == "There are none.\n"
    assert run("search", "--json", "hemligheter").json["total"] == 1
    assert run("show", "--json", document_id).json["picture_message"] == ""
    kept = b"".join(
        path.read_bytes() for path in data.rglob("*") if path.is_file() and "originals" not in str(path)
    )
    assert "öppna".encode() not in kept


def test_wrong_password_leaves_the_file_locked(
    run: Run, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("ingest", "--quiet", locked)
    monkeypatch.setattr(sys, "stdin", io.StringIO("fel\n"))
    told = run("retry", document_of(run), "--password", "--quiet")
    assert told.code == 1
    assert "password" in told.err


def test_all_of_a_category_are_read_again(run: Run, locked: Path) -> None:
    run("ingest", "--quiet", locked)
    told = run("retry", "--category", "password", "--json")
    assert told.code == 1
    assert [line["step"] for line in told.lines] == ["stored", "extracted", "drawn", "summary"]
    assert told.lines[-1]["failures"][0]["file"] == "låst.pdf"


def test_nothing_named_is_a_mistake(full: Run) -> None:
    told = full("retry")
    assert told.code == 2
    assert_one_line(told, "archive outcomes")


def test_document_that_is_not_there_is_told(full: Run) -> None:
    told = full("retry", "finnsinte")
    assert told.code == 1
    assert_one_line(told, "finnsinte")


def test_refused_files_are_outcomes_until_they_are_taken_in_or_gone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    empty, mistaken = write(folder / "tom.pdf", b""), write(folder / "malm" / "seminar.toml", "[event")
    assert run("ingest", "--quiet", folder).code == 1
    listed = run("outcomes", "--json").json["documents"]
    assert [(one["category"], one["document"], one["filename"]) for one in listed] == [
        ("bad_seminar_file", "", str(mistaken)),
        ("unsupported_type", "", str(empty)),
    ]
    assert str(empty) in run("outcomes", "--category", "unsupported_type").out
    assert str(mistaken) not in run("outcomes", "--category", "unsupported_type").out
    write(mistaken, '[event]\ntitle = "Malm"\n')
    assert run("ingest", "--quiet", mistaken.parent).code == 0
    empty.unlink()
    assert run("outcomes").out == "There are none.\n"


def test_password_is_read_from_a_pipe_without_a_warning(data: Path, run: Run, locked: Path) -> None:
    run("ingest", "--quiet", locked)
    document_id = document_of(run)
    told = run_apart(data, "retry", document_id, "--password", "--quiet", typed="öppna\n")
    assert (told.code, told.err, told.out) == (0, "", "")
    told = run_apart(data, "retry", document_id, "--password", "--quiet", typed="")
    assert told.code == 2
    assert_one_line(told, "No password was piped in.")

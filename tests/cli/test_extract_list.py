"""`archive extract` for programs: words only, and many files in one start."""

from pathlib import Path

import pytest

from tests.cli.commands import Run, assert_one_line
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import deck, report, write


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Return a list of five files: two good, one locked, one of another type, one that is not there."""
    files = [
        deck(tmp_path / "a deck.pptx", "Vindkraft", "Sjöfart"),
        write(tmp_path / "låst.pdf", pdf([lines(["Hemligt"], 700)], password="x")),
        write(tmp_path / "annat.xyz", bytes(range(256)) * 4),
        tmp_path / "saknas.pdf",
        report(tmp_path / "b.pdf", "Exporten av malm", page_count=2),
    ]
    return write(tmp_path / "list", "\n".join(map(str, files)) + "\n\n")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_list_gives_a_json_line_a_file_in_order(run: Run, listed: Path, workers: str) -> None:
    told = run("extract", "--from-list", listed, "--jsonl", "--workers", workers)
    assert (told.code, told.err) == (1, "")
    names = [Path(line["file"]).name for line in told.lines]
    assert names == ["a deck.pptx", "låst.pdf", "annat.xyz", "saknas.pdf", "b.pdf"]
    categories = [line["category"] for line in told.lines]
    assert categories == ["ok", "password", "unsupported_type", "", "ok"]
    assert [line["pages"] for line in told.lines] == [2, 0, 0, 0, 2]
    assert [bool(line["error"]) for line in told.lines] == [False, True, True, True, False]
    assert told.lines[0]["text"] == "Vindkraft\n\fSjöfart"
    assert "no such file" in told.lines[3]["error"]


def test_list_where_all_is_read_ends_with_0(run: Run, tmp_path: Path) -> None:
    files = [deck(tmp_path / f"{number}.pptx", f"Bild {number}") for number in range(10)]
    told = run("extract", "--from-list", write(tmp_path / "list", "\n".join(map(str, files))), "--jsonl")
    assert told.code == 0
    assert [line["text"] for line in told.lines] == [f"Bild {number}" for number in range(10)]


def test_list_without_json_is_a_line_a_file_and_a_count(run: Run, listed: Path) -> None:
    told = run("extract", "--from-list", listed)
    *lines_, last = told.out.splitlines()
    assert [line.split()[0] for line in lines_] == ["ok", "password", "unsupported_type", "not", "ok"]
    assert "2 pages" in lines_[0]
    assert last.startswith("5 files: 2 ok, ")


def test_one_file_as_a_json_line(run: Run, tmp_path: Path) -> None:
    told = run("extract", "--jsonl", deck(tmp_path / "a.pptx", "Vindkraft"))
    assert told.code == 0
    assert [line["text"] for line in told.lines] == ["Vindkraft"]


def test_text_is_the_words_and_nothing_else(run: Run, tmp_path: Path) -> None:
    told = run("extract", "--text", deck(tmp_path / "a.pptx", "Vindkraft", "Sjöfart"))
    assert (told.code, told.out, told.err) == (0, "Vindkraft\n\fSjöfart\n", "")


def test_text_leaves_out_what_a_program_says_of_a_picture(run: Run, tmp_path: Path) -> None:
    told = "En bild som visar träd&#10;&#10;Automatiskt genererad beskrivning"
    pictures = f"<img alt='{told}'><img alt='Sjön'>"
    file = write(tmp_path / "a.html", f"<html><body><h1>Karta</h1>{pictures}</body></html>")
    assert run("extract", "--text", file).out.split() == ["Karta", "Sjön"]


def test_text_of_a_file_without_any_says_why_apart(run: Run, tmp_path: Path) -> None:
    told = run("extract", "--text", write(tmp_path / "a.pdf", pdf([lines(["Hemligt"], 700)], password="x")))
    assert (told.code, told.out) == (1, "")
    assert_one_line(told, "password")


def test_list_that_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    for name in (tmp_path / "saknas", write(tmp_path / "binary", b"\xff\xfe")):
        told = run("extract", "--from-list", name)
        assert told.code == 2
        assert_one_line(told, "list cannot be read")


@pytest.mark.parametrize(
    "arguments",
    [(), ("a.pdf", "--from-list", "b"), ("a.pdf", "--json", "--text"), ("--from-list", "b", "--json")],
)
def test_choices_that_exclude_each_other_are_told(run: Run, arguments: tuple[str, ...]) -> None:
    told = run("extract", *arguments)
    assert told.code == 2
    assert told.err.startswith("archive: ")

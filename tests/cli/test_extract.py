from pathlib import Path

import pytest

from tests.cli.commands import Run, assert_one_line
from tests.ingest.extractors.decks import rich_deck
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import report, write
from tests.ingest.intake.test_keynote_folder import keynote


def test_words_are_printed_and_nothing_is_kept(run: Run, data: Path, tmp_path: Path) -> None:
    told = run("extract", report(tmp_path / "a.pdf", "Exporten av malm har vuxit."))
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("ok: 1 page, read by pdfminer.six\n")
    assert "\n--- 1" in told.out
    assert "[body] Exporten av malm har vuxit." in told.out
    assert not data.exists()


def test_json_has_every_field(run: Run, tmp_path: Path) -> None:
    told = run("extract", "--json", write(tmp_path / "a.pptx", rich_deck()))
    assert told.code == 0
    read = told.json
    assert list(read) == ["category", "engine", "message", "language", "properties", "pages"]
    assert (read["category"], read["engine"], read["language"]) == ("ok", "python-pptx", "sv")
    assert read["properties"]["title"] == "Kollektivtrafik i Gävleborg"
    first, second, third, _ = read["pages"]
    assert {key: first[key] for key in ("number", "title", "hidden", "broken")} == {
        "number": 1,
        "title": "Hållbart resande",
        "hidden": False,
        "broken": "",
    }
    assert (first["width_pt"], first["height_pt"]) == (720.0, 540.0)
    bullets = next(block for block in first["blocks"] if block["field"] == "body")
    assert bullets["paragraphs"][1] == {"text": "Gävle–Söderhamn", "level": 1, "bullet": True}
    assert second["hidden"] is True
    table = next(block for block in third["blocks"] if "rows" in block)
    assert table["rows"][:2] == [["Län", "Resor"], ["Gävleborg", "12"]]
    assert "has_header" in table


def test_hidden_slide_is_marked(run: Run, tmp_path: Path) -> None:
    told = run("extract", write(tmp_path / "a.pptx", rich_deck()))
    assert "--- 2 (hidden)" in told.out


@pytest.mark.parametrize(
    ("name", "content", "category"),
    [
        ("a.pdf", pdf([lines(["Hemligt"], 700)], password="x"), "password"),
        ("a.pptx", b"PK\x03\x04 ppt/ skr\xe4p", "damaged"),
        ("a.docx", bytes(range(256)) * 4, "unsupported_type"),
        ("tom.pdf", b"", "unsupported_type"),
    ],
)
def test_file_that_cannot_be_read_ends_with_1_and_its_category(
    run: Run, tmp_path: Path, name: str, content: bytes, category: str
) -> None:
    told = run("extract", write(tmp_path / name, content))
    assert (told.code, told.err) == (1, "")
    assert told.out.startswith(f"{category}: 0 pages")
    assert "read by \n" not in told.out
    assert len(told.out.splitlines()) == 2


def test_folder_and_file_that_cannot_be_opened_are_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("extract", tmp_path)
    assert told.code == 2
    assert_one_line(told, "it is a folder")

    def refuse(_: Path) -> str:
        raise PermissionError(13, "no")

    monkeypatch.setattr("archive.ingest.file_reader.detect", refuse)
    told = run("extract", report(tmp_path / "a.pdf", "Ord"))
    assert told.code == 2
    assert_one_line(told, "cannot be read")


def test_keynote_folder_is_one_document(run: Run, tmp_path: Path) -> None:
    folder = keynote(tmp_path / "Landsbygd.key")
    told = run("extract", "--json", folder)
    assert told.code == 0
    assert [page["blocks"][0]["paragraphs"][0]["text"] for page in told.json["pages"]] == [
        "Landsbygdens framtid"
    ]
    listed = write(tmp_path / "lista.txt", f"{folder}\n{tmp_path}\n".encode())
    lines = run("extract", "--from-list", listed, "--jsonl").lines
    assert [line["category"] for line in lines] == ["ok", ""]

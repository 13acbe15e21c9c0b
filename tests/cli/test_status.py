from pathlib import Path

import pytest

from tests.cli.commands import Run

MISSING = ["libreoffice-impress-nogui", "libreoffice-writer-nogui", "tesseract-ocr", "tesseract-ocr-swe"]


def test_json_tells_how_the_archive_is(full: Run, data: Path) -> None:
    told = full("status", "--json")
    assert (told.code, told.err) == (0, "")
    status = told.json
    assert status["data"] == str(data)
    counted = ("documents", "pages", "originals", "pictures", "events", "presentations", "by_category")
    assert {key: status[key] for key in counted} == {
        "documents": 3,
        "pages": 6,
        "originals": 3,
        "pictures": 2,
        "events": 1,
        "presentations": 1,
        "by_category": {"ok": 3},
    }
    assert status["pending"] == {"extract": 0, "render": 0, "ocr": 0}
    index = status["index"]
    assert (index["ok"], index["documents"], index["pages"], index["changes_behind"]) == (True, 3, 6, 0)
    assert index["bytes"] > 0
    assert isinstance(status["isolation"]["reduced"], bool)
    assert status["missing_parts"] == MISSING


def test_text_tells_the_same_to_people(full: Run) -> None:
    told = full("status")
    assert told.code == 0
    pairs = dict(line.split("  ", 1) for line in told.out.splitlines())
    pairs = {name: value.strip() for name, value in pairs.items()}
    assert pairs["Documents"] == "3 (3 ok)"
    assert pairs["Slides and pages"] == "6, 2 with pictures"
    assert pairs["Seminars"] == "1 with 1 talks"
    assert pairs["Waiting"] == "nothing"
    assert pairs["Index"].startswith("in order (whoosh, 3 documents, 6 pages, 0 changes and 0.0 s behind")
    assert pairs["Missing parts"] == ", ".join(MISSING)


def test_index_that_cannot_be_used_ends_with_1(full: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def reason(*_: object, **__: object) -> str:
        return "the index is damaged"

    monkeypatch.setattr("archive.index.indexer.Indexer.reason_to_rebuild", reason)
    monkeypatch.setattr("archive.index.indexer.Indexer.ensure", reason)
    told = full("status")
    assert told.code == 1
    assert "run `archive rebuild`" in told.out

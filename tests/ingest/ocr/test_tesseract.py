from pathlib import Path

import pytest

from archive.ingest.ocr.tesseract import can_read, find_tesseract, read_picture
from archive.ingest.ocr.tsv import parse_words
from archive.settings.sections import OcrSettings
from tests.ingest.ocr.scans import HAS_FONT, picture_of

pytestmark = pytest.mark.skipif(
    not (can_read() and HAS_FONT), reason="Tesseract with Swedish data or the Liberation fonts are missing"
)


def test_folder_and_picture_may_be_given_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("tmp") / "work"
    folder.mkdir(parents=True)
    picture_of("Kraftvärmeverket", width_px=700, height_px=240).save(folder / "page.webp")
    tesseract = find_tesseract()
    assert tesseract is not None
    table = read_picture(tesseract, folder / "page.webp", folder, "swe", 150, OcrSettings())
    assert [word.box.text for word in parse_words(table, 1.0)] == ["Kraftvärmeverket"]

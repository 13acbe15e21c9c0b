"""A slide's picture in more pixels for a visitor who zooms in."""

import io
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from archive.app import Archive
from archive.catalogue import pages
from archive.errors import Busy, NotFound, PictureError
from archive.ingest.filetypes.media_types import PDF, PPTX
from archive.ingest.progress import Stored
from archive.ingest.reading.slide_zoom import SIDE_MAX_PX, slide_zoom_digest, zoomed_width_px
from archive.model.documents import Version
from archive.model.pages import Picture
from tests.ingest.ingests import ingest, report, version_of


def slide(archive: Archive, path: Path, number: int) -> tuple[Version, Picture]:
    """Ingest a file with its pictures and return one of its slides."""
    (step,) = (step for step in ingest(archive, path).steps if isinstance(step, Stored))
    version = version_of(archive, step.version_id)
    with archive.database.read() as session:
        picture = pages.picture(session, version.id, number)
    assert picture is not None
    return version, picture


def test_page_is_drawn_as_large_as_may_be(archive: Archive, tmp_path: Path) -> None:
    version, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen", page_count=2), 2)
    drawn = Image.open(io.BytesIO(archive.slide_files.zooms.webp(version, picture)))
    assert drawn.format == "WEBP"
    assert drawn.width == zoomed_width_px(version, picture) > picture.width_px
    assert max(drawn.size) <= SIDE_MAX_PX + 1
    assert drawn.width / drawn.height == pytest.approx(picture.width_px / picture.height_px, rel=0.01)


def test_width_keeps_both_sides_within_bounds_and_gains_something(archive: Archive, tmp_path: Path) -> None:
    version, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen"), 1)
    sizes = {(1280, 720): 2560, (1280, 1810): 1810, (1280, 5120): 0, (2200, 1000): 0, (0, 0): 0}
    for (width_px, height_px), wanted in sizes.items():
        assert zoomed_width_px(version, replace(picture, width_px=width_px, height_px=height_px)) == wanted
    office = replace(version, original=replace(version.original, media_type=PPTX))
    wide = replace(picture, width_px=1280, height_px=720)
    assert zoomed_width_px(office, wide) == 0, "nothing is kept that it could be drawn from"
    assert zoomed_width_px(replace(office, drawn_sha256="1" * 64), wide) == 2560
    with pytest.raises(NotFound):
        archive.slide_files.zooms.webp(office, wide)


def test_file_that_cannot_be_drawn_is_an_error(archive: Archive, tmp_path: Path) -> None:
    version, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen"), 1)
    damaged = archive.originals.put_bytes(b"%PDF-1.7 damaged since")
    with pytest.raises(PictureError):
        archive.slide_files.zooms.webp(
            replace(version, original=replace(version.original, sha256=damaged.sha256)), picture
        )


def test_zooms_wait_for_pdfs_and_too_many_are_asked_to_come_again(archive: Archive, tmp_path: Path) -> None:
    version, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen"), 1)
    turns = archive.slide_files.turns
    go_on = threading.Event()

    def hold() -> None:
        with turns.turn():
            assert go_on.wait(60)

    threads = [threading.Thread(target=hold) for _ in range(3)]
    for thread in threads:
        thread.start()
    while turns.waiting < 3:
        go_on.wait(0.01)
    with pytest.raises(Busy):
        archive.slide_files.zooms.webp(version, picture)
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert archive.slide_files.zooms.webp(version, picture)


def test_digest_changes_with_what_is_drawn(archive: Archive, tmp_path: Path) -> None:
    version, picture = slide(archive, report(tmp_path / "a.pdf", "Regionen"), 1)
    digests = {
        slide_zoom_digest(version, picture),
        slide_zoom_digest(version, replace(picture, number=2)),
        slide_zoom_digest(replace(version, drawn_sha256="1" * 64), picture),
        slide_zoom_digest(replace(version, original=replace(version.original, sha256="2" * 64)), picture),
    }
    assert len(digests) == 4
    assert version.original.media_type == PDF

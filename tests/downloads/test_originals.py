"""The originals of hits as a bag: whole for the Library of Congress, with what the visitor may have alone."""

import csv
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import records
from archive.downloads.originals import DAMAGED, LIST, NOT_YOURS
from archive.model.visibility import Visibility
from tests.downloads.taking import ADDRESS, taken, wanted
from tests.filled_archive import add, opened, slide


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("originals")) as found:
        add(found, "öppen", slide("Ordet", "öppet"), data="open bytes")
        add(found, "med anteckning", slide("Ordet", notes="för personal"), data="bytes with notes")
        add(found, "medlemmar", slide("Ordet"), data="members' bytes", visibility=Visibility.MEMBERS)
        add(found, "trasig", slide("Ordet"), data="bytes to lose")
        found.indexer.catch_up()
        yield found


def _bag(archive: Archive, visitor: Visibility, folder: Path) -> dict[str, dict[str, str]]:
    """Unpack a bag, have it validated, and return what its list says by file name."""
    with zipfile.ZipFile(io.BytesIO(taken(archive, wanted("ordet", visitor, "originals")))) as file:
        file.extractall(folder)
    checker = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)]
    validated = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert validated.returncode == 0, validated.stderr
    with (folder / LIST).open(encoding="utf-8", newline="") as lines:
        return {row["filename"]: row for row in csv.DictReader(lines)}


def test_bag_has_what_the_visitor_may_have_and_lists_the_rest(archive: Archive, tmp_path: Path) -> None:
    listed = _bag(archive, Visibility.PUBLIC, tmp_path)
    assert {name: row["left_out"] for name, row in listed.items()} == {
        "öppen.pptx": "",
        "trasig.pptx": "",
        "med anteckning.pptx": NOT_YOURS,
    }
    assert (tmp_path / listed["öppen.pptx"]["file"]).read_bytes() == b"open bytes"
    assert b"bytes with notes" not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    info = (tmp_path / "bag-info.txt").read_text("utf-8")
    assert f"External-Identifier: {ADDRESS}" in info
    assert "Question: ordet" in info
    assert "Licence: https://rightsstatements.org/vocab/InC/1.0/" in info
    assert "Left-Out-Count: 1" in info


def test_staff_get_all(archive: Archive, tmp_path: Path) -> None:
    listed = _bag(archive, Visibility.STAFF, tmp_path)
    assert len(listed) == 4
    assert {row["left_out"] for row in listed.values()} == {""}


def test_damaged_original_is_named_and_not_taken_along(tmp_path: Path) -> None:
    with opened(tmp_path / "archive") as archive:
        add(archive, "hel", slide("Ordet"))
        add(archive, "trasig", slide("Ordet"), data="bytes to lose")
        archive.indexer.catch_up()
        with archive.database.read() as session:
            ids = records.latest_ids(session, 2, 10)
            shas = {
                one.document.version.filename: one.document.version.original.sha256
                for one in records.records(session, ids).values()
            }
        path = archive.originals.path(shas["trasig.pptx"])
        path.chmod(0o600)
        path.write_bytes(b"other bytes")
        listed = _bag(archive, Visibility.PUBLIC, tmp_path / "bag")
    assert listed["trasig.pptx"]["left_out"] == DAMAGED
    assert listed["hel.pptx"]["left_out"] == ""

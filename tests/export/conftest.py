"""An archive and an export of it, for all tests of a file."""

from collections.abc import Iterator

import pytest

from archive.app import Archive
from archive.export.exporting import export_archive
from tests.export.leaving import Out, fill, ignored
from tests.export.second_reader import SecondReader
from tests.filled_archive import opened


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, str]]:
    with opened(tmp_path_factory.mktemp("source")) as made:
        yield made, fill(made)


@pytest.fixture(scope="module")
def out(archive: tuple[Archive, str], tmp_path_factory: pytest.TempPathFactory) -> Out:
    folder = tmp_path_factory.mktemp("out") / "export"
    exported = export_archive(archive[0], folder, with_withdrawn=False, told=ignored)
    return Out(folder, exported, SecondReader(folder), archive[1])

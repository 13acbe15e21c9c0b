"""Clean copies, made in the confined child and read again before they are handed over."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from archive.errors import PictureError
from archive.ingest.filetypes.media_types import PPTX
from archive.ingest.libreoffice.office import Office
from archive.ingest.reading.clean_copy import CleanCopies, shows_the_same
from archive.ingest.reading.extract_file import read_file
from archive.ingest.reading.limits import extract_limits
from archive.ingest.sandbox.spawning import FreshSandbox
from archive.model.documents import Original, Version
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import BlockField, Page
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.store.folder_store import FolderStore
from archive.visibility import visible_pages
from tests.filled_archive import block, slide
from tests.ingest.extractors.archives.full_decks import SECRET, full_deck
from tests.ingest.extractors.decks import rich_deck
from tests.ingest.libreoffice.samples_of_office import needs_office

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(data=tmp_path_factory.mktemp("clean"))
    (made.data / "tmp").mkdir()
    return made


@pytest.fixture(scope="module")
def copies(settings: Settings) -> CleanCopies:
    return CleanCopies(FolderStore(settings.data / "originals"), settings)


@pytest.fixture
def nothing_left(settings: Settings) -> Iterator[None]:
    yield
    assert list((settings.data / "tmp").iterdir()) == []


def taken_in(settings: Settings, data: bytes) -> tuple[Version, tuple[Page, ...]]:
    """Return a version of a file, and its pages as the archive reads them."""
    stored = FolderStore(settings.data / "originals").put_bytes(data)
    path = FolderStore(settings.data / "originals").path(stored.sha256)
    read = read_file(FreshSandbox(), path, PPTX, extract_limits(settings))
    original = Original(stored.sha256, stored.size_bytes, PPTX)
    version = Version("v", 1, "plan.pptx", original, datetime.now(UTC), read.category)
    return version, read.pages


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("deck", [full_deck(), rich_deck()])
def test_copy_has_the_words_that_everybody_may_see_and_no_others(
    settings: Settings, copies: CleanCopies, tmp_path: Path, deck: bytes
) -> None:
    version, pages = taken_in(settings, deck)
    shown = visible_pages(Visibility.PUBLIC, pages)
    assert len(shown) < len(pages)
    with closing(copies.made(version, pages)) as file:
        data = file.read()
    path = tmp_path / "copy.pptx"
    path.write_bytes(data)
    read = read_file(FreshSandbox(), path, PPTX, extract_limits(settings))
    assert len(read.pages) == len(shown)
    assert shows_the_same(read, shown)
    assert SECRET not in repr(read)
    assert copies.is_possible(version, [page.number for page in shown])


@pytest.mark.usefixtures("nothing_left")
def test_copy_that_lacks_a_word_is_not_handed_over_nor_offered_again(
    settings: Settings, copies: CleanCopies
) -> None:
    version, pages = taken_in(settings, rich_deck() + b"\0")
    numbers = [page.number for page in pages if not page.hidden]
    assert copies.is_possible(version, numbers)
    more = replace(pages[0], blocks=(*pages[0].blocks, block(BlockField.BODY, "Ord som filen inte har")))
    with pytest.raises(PictureError):
        copies.made(version, (more, *pages[1:]))
    assert not copies.is_possible(version, numbers)


SHOWN = (slide("Ett", "Text"), slide("Två"))


@pytest.mark.parametrize(
    "read",
    [
        SHOWN[:1],
        (replace(SHOWN[0], hidden=True), SHOWN[1]),
        (slide("Ett", "Text", notes="en anteckning"), SHOWN[1]),
        (slide("Ett", "Text och mer"), SHOWN[1]),
        (slide("Ett"), SHOWN[1]),
        (replace(SHOWN[0], broken="Part of it is lost."), SHOWN[1]),
        (replace(SHOWN[0], blocks=(*SHOWN[0].blocks, block(BlockField.EMBEDDED, "fil"))), SHOWN[1]),
    ],
)
def test_copy_with_other_words_fails_its_check(read: tuple[Page, ...]) -> None:
    assert shows_the_same(Extraction(Outcome.OK, SHOWN, "test"), SHOWN)
    assert not shows_the_same(Extraction(Outcome.OK, read, "test"), SHOWN)


def test_copy_with_properties_or_read_in_part_fails_its_check() -> None:
    assert not shows_the_same(Extraction(Outcome.OK, SHOWN, "test", "", {"author": "Anna"}), SHOWN)
    assert not shows_the_same(Extraction(Outcome.OK_PARTIAL, SHOWN, "test"), SHOWN)


@needs_office
def test_copies_open_in_libreoffice(settings: Settings, copies: CleanCopies, tmp_path: Path) -> None:
    with Office(settings.pictures, tmp_path) as office:
        for nth, deck in enumerate((full_deck(), rich_deck())):
            version, pages = taken_in(settings, deck)
            folder = tmp_path / f"made {nth}"
            folder.mkdir()
            path = folder / "copy"
            with closing(copies.made(version, pages)) as file:
                path.write_bytes(file.read())
            with pypdfium2.PdfDocument(office.convert(path, PPTX, "pdf", folder)) as drawn:
                text = "\n".join(page.get_textpage().get_text_range() for page in drawn)
                assert len(drawn) == len([page for page in pages if not page.hidden])
            assert ("Öppen tre" if nth == 0 else "Buss och tåg") in text
            assert SECRET not in text

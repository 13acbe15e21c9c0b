import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation

from archive.app import Archive
from archive.catalogue import jobs, pages, records
from archive.errors import PictureError, StorageError
from archive.ingest.extractors.base import DrawnPage
from archive.ingest.jobs import render as render_module
from archive.ingest.jobs.context import JobContext
from archive.ingest.jobs.run import JobRunner
from archive.ingest.libreoffice.finding import find_office
from archive.ingest.libreoffice.office import Office
from archive.ingest.progress import Drawn, Extracted, Stored
from archive.ingest.reading.draw_pages import Drawable
from archive.ingest.reading.limits import draw_limits, extract_limits
from archive.ingest.sandbox.base import Sandbox
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.documents import DocumentKind
from archive.model.extraction import Outcome
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX, Picture
from archive.review.near_duplicates import near_duplicates_of
from archive.settings.sections import PictureSettings
from archive.store.folder_store import FolderStore
from tests.ingest.extractors.decks import add_box, saved
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import deck, lease, pending, report, take, version_of, write
from tests.waiting import HANG_S

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
WEBP = b"RIFF" + (16).to_bytes(4, "little") + b"WEBPVP8 " + b"\x00" * 8
GREY = bytes(GREY_WIDTH_PX * GREY_HEIGHT_PX)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    opened = open_sandbox()
    yield opened
    opened.close()


@pytest.fixture
def runner(archive: Archive, sandbox: Sandbox) -> Iterator[JobRunner]:
    with tasks_for(archive, sandbox) as made:
        yield made


@contextmanager
def tasks_for(archive: Archive, sandbox: Sandbox) -> Iterator[JobRunner]:
    with Office(archive.settings.pictures, archive.temporary) as office:
        yield JobRunner(
            JobContext(
                archive.database,
                archive.originals,
                archive.pictures,
                sandbox,
                office,
                archive.settings,
                archive.temporary,
            )
        )


def taken(archive: Archive, path: Path) -> Stored:
    (step,) = take(archive, path)
    assert isinstance(step, Stored)
    return step


def pictures(archive: Archive, version_id: str) -> dict[int, Picture]:
    with archive.database.read() as session:
        return pages.pictures(session, version_id)


def kind_of(archive: Archive, document_id: str) -> DocumentKind:
    with archive.database.read() as session:
        return records.record(session, document_id).document.kind


def drawn_page(number: int) -> DrawnPage:
    return DrawnPage(number, 595.0, 842.0, 320, 453, WEBP, WEBP, GREY, ())


def test_words_and_languages_are_kept_and_the_job_is_gone(
    archive: Archive, runner: JobRunner, tmp_path: Path
) -> None:
    text = "Regionen vill att fler unga skaffar en utbildning inom industrin."
    step = taken(archive, report(tmp_path / "a.pdf", text))
    told = runner.run(lease(archive))
    assert told == Extracted(step.version_id, Outcome.OK, "", 1)
    with archive.database.read() as session:
        (page,) = pages.pages(session, step.version_id)
        assert records.record(session, step.document_id).document.language == "sv"
    assert page.language == "sv"
    assert text in page.blocks[0].text
    assert pending(archive) == 1


def test_slides_are_sketched_so_that_the_same_ones_are_found(
    archive: Archive, runner: JobRunner, tmp_path: Path
) -> None:
    text = "Regionen vill att fler unga skaffar en utbildning inom industrin."
    step = taken(archive, report(tmp_path / "a.pdf", text))
    runner.run(lease(archive))
    with archive.database.read() as session:
        (near,) = near_duplicates_of(session, pages.pages(session, step.version_id))
    assert (near.record.document.id, near.overlap.same_slides) == (step.document_id, 1)


@pytest.mark.parametrize(
    ("size_pt", "kind"), [((842, 595), DocumentKind.DECK), ((595, 842), DocumentKind.REPORT)]
)
def test_pdf_with_lying_pages_is_a_deck(
    archive: Archive, runner: JobRunner, tmp_path: Path, size_pt: tuple[float, float], kind: DocumentKind
) -> None:
    step = taken(archive, write(tmp_path / "a.pdf", pdf([lines(["Ord"], 400)], size_pt)))
    runner.run(lease(archive))
    assert kind_of(archive, step.document_id) is kind


def test_result_is_dropped_when_the_lease_was_lost(
    archive: Archive, runner: JobRunner, tmp_path: Path
) -> None:
    step = taken(archive, report(tmp_path / "a.pdf", "Ord"))
    job = lease(archive, "first/0")
    with archive.database.write() as session:
        jobs.release_owner(session, "first")
    other = lease(archive, "second/0")
    assert runner.run(job) is None
    assert runner.give_up(job) is None
    assert version_of(archive, step.version_id).category is None
    assert isinstance(runner.run(other), Extracted)


def test_pictures_are_dropped_when_the_lease_was_lost(
    archive: Archive, runner: JobRunner, tmp_path: Path
) -> None:
    step = taken(archive, report(tmp_path / "a.pdf", "Ord"))
    runner.run(lease(archive))
    job = lease(archive, "first/0")
    with archive.database.write() as session:
        jobs.release_owner(session, "first")
    lease(archive, "second/0")
    assert runner.run(job) is None
    assert pictures(archive, step.version_id) == {}
    assert not version_of(archive, step.version_id).pictures_done


def test_missing_original_is_mended_by_ingesting_the_file_again(
    archive: Archive, runner: JobRunner, tmp_path: Path
) -> None:
    step = taken(archive, report(tmp_path / "a.pdf", "Ord"))
    archive.originals.remove(version_of(archive, step.version_id).original.sha256)
    told = runner.run(lease(archive))
    assert isinstance(told, Extracted)
    assert (told.category, told.message) == (
        Outcome.CRASH,
        "The stored original is missing or cannot be opened.",
    )
    drawn = runner.run(lease(archive))
    assert isinstance(drawn, Drawn)
    assert drawn.message

    taken(archive, tmp_path / "a.pdf")
    assert runner.run(lease(archive)) == Extracted(step.version_id, Outcome.OK, "", 1)
    assert runner.run(lease(archive)) == Drawn(step.version_id, 1, "")


def test_pages_of_a_pdf_are_drawn_and_kept(archive: Archive, runner: JobRunner, tmp_path: Path) -> None:
    step = taken(archive, report(tmp_path / "a.pdf", "Gruvnäring", page_count=23))
    runner.run(lease(archive))
    assert runner.run(lease(archive)) == Drawn(step.version_id, 23, "")
    made = pictures(archive, step.version_id)
    assert list(made) == list(range(1, 24))
    assert [box.text for box in made[23].words] == ["Gruvnäring"]
    assert made[1].width_px == 320
    archive.pictures.verify(made[1].large_sha256)
    assert version_of(archive, step.version_id).pictures_done


def test_good_pictures_of_a_pdf_are_kept_when_a_later_page_fails(
    archive: Archive, runner: JobRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two_pages() -> Iterator[DrawnPage]:
        yield from (drawn_page(number) for number in (1, 2))
        raise PictureError("Page 3 could not be drawn.")

    @contextmanager
    def draw(*_: object) -> Iterator[Iterator[DrawnPage]]:
        yield two_pages()

    monkeypatch.setattr(render_module, "draw_pages", draw)
    step = taken(archive, report(tmp_path / "a.pdf", "Ord", page_count=3))
    runner.run(lease(archive))
    assert runner.run(lease(archive)) == Drawn(step.version_id, 2, "Page 3 could not be drawn.")
    assert sorted(pictures(archive, step.version_id)) == [1, 2]


def test_pictures_of_a_deck_are_all_or_none(
    archive: Archive, runner: JobRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = report(tmp_path / "tre.pdf", "Ord", page_count=3)
    monkeypatch.setattr(JobContext, "drawing_source", lambda *_: (Drawable(three), True))
    step = taken(archive, deck(tmp_path / "a.pptx", "Ett", "Två"))
    runner.run(lease(archive))
    told = runner.run(lease(archive))
    assert told == Drawn(step.version_id, 0, "LibreOffice drew 3 pictures of 2 pages, so none is shown.")
    assert pictures(archive, step.version_id) == {}


def test_without_libreoffice_the_words_are_there_and_the_message_says_what_is_missing(
    archive: Archive, runner: JobRunner, tmp_path: Path
) -> None:
    step = taken(archive, deck(tmp_path / "a.pptx", "Ett"))
    runner.run(lease(archive))
    told = runner.run(lease(archive))
    assert isinstance(told, Drawn)
    assert "LibreOffice is not installed" in told.message
    version = version_of(archive, step.version_id)
    assert (version.category, version.page_count) == (Outcome.OK, 1)
    assert version.picture_message == told.message


def test_pictures_that_cannot_be_made_are_logged(
    archive: Archive, runner: JobRunner, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    step = taken(archive, report(tmp_path / "a.pdf", "Ord"))
    runner.run(lease(archive))
    version = version_of(archive, step.version_id)
    archive.originals.remove(version.original.sha256)
    told = runner.run(lease(archive))
    assert isinstance(told, Drawn)
    assert [record.getMessage() for record in caplog.records] == [
        f"Pictures of a.pdf ({step.document_id}): {told.message}"
    ]


def test_unreadable_file_is_not_drawn(archive: Archive, runner: JobRunner, tmp_path: Path) -> None:
    step = taken(archive, write(tmp_path / "a.pdf", b"%PDF-1.7 skr\xe4p"))
    told = runner.run(lease(archive))
    assert isinstance(told, Extracted)
    assert told.category is Outcome.DAMAGED
    drawn = runner.run(lease(archive))
    assert drawn == Drawn(step.version_id, 0, "There are no pictures because the file could not be read.")


def test_given_up_jobs_end_with_an_outcome(archive: Archive, runner: JobRunner, tmp_path: Path) -> None:
    step = taken(archive, report(tmp_path / "a.pdf", "Ord"))
    told = runner.give_up(lease(archive))
    assert isinstance(told, Extracted)
    assert told.category is Outcome.CRASH
    drawn = runner.give_up(lease(archive))
    assert isinstance(drawn, Drawn)
    assert drawn.message
    assert pending(archive) == 0
    assert version_of(archive, step.version_id).category is Outcome.CRASH


def test_folder_for_work_that_is_gone_is_the_archives_trouble(
    archive: Archive, runner: JobRunner, tmp_path: Path
) -> None:
    taken(archive, deck(tmp_path / "a.pptx", "Ett"))
    runner.run(lease(archive))
    shutil.rmtree(archive.temporary)
    with pytest.raises(StorageError):
        runner.run(lease(archive))
    assert pending(archive) == 1


def test_nothing_is_left_in_the_folder_for_work(archive: Archive, runner: JobRunner, tmp_path: Path) -> None:
    taken(archive, deck(tmp_path / "a.pptx", "Ett"))
    runner.run(lease(archive))
    runner.run(lease(archive))
    assert list(archive.temporary.glob("[!.]*")) == []


def test_bounds_come_from_the_settings(archive: Archive) -> None:
    bounds = archive.settings.extract.model_copy(update={"wall_time_s": 7.0, "document_pages_max": 3})
    settings = archive.settings.model_copy(update={"extract": bounds})
    assert extract_limits(settings).wall_time_s == 7.0
    assert draw_limits(settings).wall_time_s == archive.settings.pictures.draw_wall_time_s
    assert extract_limits(settings).reading.pages_max == 3
    assert draw_limits(settings).reading.pages_max == 3


@needs_office
def test_pictures_of_a_deck_with_hidden_slides_have_the_slides_numbers(
    archive: Archive, sandbox: Sandbox, tmp_path: Path
) -> None:
    presentation = Presentation()
    for number in range(1, 5):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        add_box(slide.shapes, f"bild{number}", 50, 50)
        if number in (1, 3):
            slide.element.set("show", "0")
    pictures_on = PictureSettings(large_width_px=320, small_width_px=80)
    drawing = replace(archive, settings=archive.settings.model_copy(update={"pictures": pictures_on}))
    step = taken(archive, write(tmp_path / "dold.pptx", saved(presentation)))
    with tasks_for(drawing, sandbox) as runner:
        runner.run(lease(archive))
        assert runner.run(lease(archive)) == Drawn(step.version_id, 4, "")
    made = pictures(archive, step.version_id)
    assert {number: [box.text for box in made[number].words] for number in made} == {
        number: [f"bild{number}"] for number in range(1, 5)
    }
    drawn_from = archive.pictures.path(version_of(archive, step.version_id).drawn_sha256)
    assert drawn_from.read_bytes().startswith(b"%PDF-")


def test_disk_that_is_full_while_pictures_are_drawn_leaves_the_reader_free(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = taken(archive, report(tmp_path / "rapport.pdf", "Ord", page_count=5))

    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    with closing(open_sandbox()) as sandbox, tasks_for(archive, sandbox) as runner:
        runner.run(lease(archive))
        job = lease(archive)
        with monkeypatch.context() as patched:
            patched.setattr(FolderStore, "put_bytes", refuse)
            with pytest.raises(StorageError, match="full") as failure:
                runner.run(job)
        # As a worker does it: while the failure, with its traceback, is still at hand.
        ended = threading.Thread(target=sandbox.close, daemon=True)
        ended.start()
        ended.join(HANG_S)
        assert not ended.is_alive(), failure.value.message
        with archive.database.write() as session:
            jobs.release_owner(session, "test")
        assert runner.run(lease(archive)) == Drawn(step.version_id, 5, "")

"""Slides are signed once they are read and drawn; those of before by the pictures that are kept."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update

from archive.app import Archive
from archive.catalogue import records
from archive.catalogue.reuse import families, greys, signatures
from archive.catalogue.reuse.signatures import Signature
from archive.catalogue.tables.documents import PictureRow
from archive.catalogue.tables.reuse import SignedVersionRow, SlideSignatureRow
from archive.ingest.jobs.run import JobRunner, open_runner
from archive.ingest.progress import Stored
from archive.ingest.signing import SigningFollower
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX
from archive.model.visibility import Visibility
from archive.reuse.likeness import alike
from archive.reuse.same_slide import copies
from archive.reuse.sketches import SCHEME
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import lease, pending, take, write
from tests.waiting import wait_until

FEW = (lines(["Resultat", "Malm"], 700, 40), lines(["mer"], 200, 60, 300))
MANY = "Tyskland och Kina köper mest av det svenska stålet och järnmalmen från Kiruna går mest till Europa"


@pytest.fixture
def runner(archive: Archive) -> Iterator[JobRunner]:
    with open_runner(archive.database, archive.originals, archive.pictures, archive.settings, {}) as made:
        yield made


@pytest.fixture
def follower(archive: Archive) -> SigningFollower:
    return SigningFollower(archive.database, archive.pictures, archive.settings)


def report(archive: Archive, runner: JobRunner, path: Path, title: str = "") -> Stored:
    """Take in, read and draw a PDF of a page with few words and one with many."""
    few = [*FEW[0], *FEW[1]]
    (step,) = take(archive, write(path, pdf([few, lines([MANY], 700)], title=title)))
    assert isinstance(step, Stored)
    while pending(archive):
        runner.run(lease(archive))
    return step


def signed(archive: Archive, version_id: str) -> dict[int, Signature]:
    with archive.database.read() as session:
        return {number: one for number, (_, one) in families.own_signatures(session, version_id).items()}


def is_waiting(archive: Archive, version_id: str) -> bool:
    with archive.database.read() as session:
        return version_id in signatures.waiting(session, SCHEME, 9)


def test_slides_that_were_read_and_drawn_are_signed(
    archive: Archive, runner: JobRunner, follower: SigningFollower, tmp_path: Path
) -> None:
    steps = [report(archive, runner, tmp_path / name, name) for name in ("a.pdf", "b.pdf")]
    assert follower.sign_waiting() == 2
    found = signed(archive, steps[0].version_id)
    assert {number: one.word_count for number, one in found.items()} == {1: 3, 2: 15}
    with archive.database.read() as session:
        for number in (1, 2):
            made = copies(session, records.record(session, steps[0].document_id), number, Visibility.PUBLIC)
            assert [(copy.document_id, copy.number) for copy in made.copies] == [
                (steps[1].document_id, number)
            ]
    assert follower.sign_waiting() == 0


def test_pictures_are_kept_in_grey_when_they_are_drawn(
    archive: Archive, runner: JobRunner, tmp_path: Path
) -> None:
    step = report(archive, runner, tmp_path / "a.pdf")
    with archive.database.read() as session:
        known = greys.of_version(session, step.version_id)
    assert {number: len(grey) for number, grey in known.items()} == dict.fromkeys(
        (1, 2), GREY_WIDTH_PX * GREY_HEIGHT_PX
    )
    assert len(set(known[1])) > 3


def test_slides_of_before_are_signed_by_the_pictures_that_are_kept(
    archive: Archive, runner: JobRunner, follower: SigningFollower, tmp_path: Path
) -> None:
    step = report(archive, runner, tmp_path / "a.pdf")
    follower.sign_waiting()
    drawn = signed(archive, step.version_id)
    with archive.database.write() as session:  # as after an upgrade
        session.execute(update(PictureRow).values(grey=None))
        signatures.forget(session, step.version_id)
    assert not signed(archive, step.version_id)
    assert follower.sign_waiting() == 1
    again = signed(archive, step.version_id)
    assert again.keys() == drawn.keys()
    assert all(alike(drawn[number], [again[number]])[0] for number in drawn)
    with archive.database.read() as session:
        assert list(greys.missing(session, step.version_id)) == [2]  # its words are enough


def test_signatures_of_an_older_version_of_the_archive_are_made_anew(
    archive: Archive, runner: JobRunner, follower: SigningFollower, tmp_path: Path
) -> None:
    steps = [report(archive, runner, tmp_path / name, name) for name in ("a.pdf", "b.pdf")]
    follower.sign_waiting()
    with archive.database.write() as session:  # as scheme 1 kept them: 128 minima and the words of few
        session.execute(update(SlideSignatureRow).values(minima=bytes(range(256)) * 2 + b"word"))
        session.execute(update(SignedVersionRow).values(scheme=1))
    own = steps[0].document_id
    with archive.database.read() as session:
        assert not copies(session, records.record(session, own), 2, Visibility.PUBLIC).copies
    assert follower.sign_waiting() == 2
    assert follower.sign_waiting() == 0
    with archive.database.read() as session:
        found = copies(session, records.record(session, own), 2, Visibility.PUBLIC).copies
    assert [copy.document_id for copy in found] == [steps[1].document_id]


def test_picture_that_is_gone_leaves_its_slide_out(
    archive: Archive, runner: JobRunner, follower: SigningFollower, tmp_path: Path
) -> None:
    step = report(archive, runner, tmp_path / "a.pdf")
    with archive.database.write() as session:
        session.execute(update(PictureRow).values(grey=None, small_sha256="0" * 64))
    follower.sign_waiting()
    assert list(signed(archive, step.version_id)) == [2]
    assert not is_waiting(archive, step.version_id)


def test_new_version_takes_the_place_of_the_old_one(
    archive: Archive, runner: JobRunner, follower: SigningFollower, tmp_path: Path
) -> None:
    first = report(archive, runner, tmp_path / "a.pdf")
    follower.sign_waiting()
    second = report(archive, runner, tmp_path / "a.pdf", "changed")
    assert (second.document_id, second.version_id) != (first.document_id, first.version_id)
    assert second.document_id == first.document_id
    follower.sign_waiting()
    assert not signed(archive, first.version_id)
    assert list(signed(archive, second.version_id)) == [1, 2]


def test_follower_signs_what_comes_while_it_follows(
    archive: Archive, runner: JobRunner, follower: SigningFollower, tmp_path: Path
) -> None:
    follower.start()
    with closing(_Stopping(follower)):
        step = report(archive, runner, tmp_path / "a.pdf")
        wait_until(lambda: bool(signed(archive, step.version_id)), "the slides are signed")


class _Stopping:
    """Stops a follower when it is closed."""

    def __init__(self, follower: SigningFollower) -> None:
        self.close = follower.stop

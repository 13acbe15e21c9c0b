"""What there is is counted as readers see it."""

from sqlalchemy.orm import Session

from archive.catalogue.statistics import counts
from archive.catalogue.tables.documents import PictureRow
from archive.catalogue.versions import newest_version
from tests.catalogue.conftest import put, read


def draw(session: Session, version_id: str) -> None:
    size = {"width_pt": 1.0, "height_pt": 1.0, "width_px": 1, "height_px": 1}
    session.add(
        PictureRow(version_id=version_id, number=1, large_sha256="", small_sha256="", words=[], **size)
    )
    session.flush()


def test_pictures_of_a_replaced_deck_do_not_count_beside_those_of_the_new_one(session: Session) -> None:
    for data in ("ett", "två"):
        document_id = put(session, data, "/in/a.pptx")
        version = newest_version(session, document_id)
        read(session, version.id, "Rubrik")
        draw(session, version.id)
    told = counts(session)
    assert (told.pages, told.pictures) == (1, 1)

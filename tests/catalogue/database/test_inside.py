"""Paths inside a folder: letter by letter, on every database."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.database.inside import inside
from archive.catalogue.tables.documents import DocumentRow
from tests.catalogue.conftest import put


@pytest.mark.parametrize("outer", ["/in/mapp", "/in/100%_", "/in/Å"])
def test_only_what_is_inside_counts(session: Session, outer: str) -> None:
    within = {put(session, "1", f"{outer}/a.pptx"), put(session, "2", f"{outer}/under/öb.pptx")}
    for number, other in enumerate((outer, f"{outer}0/a.pptx", f"{outer}.pptx", f"{outer.upper()}X/a.pptx")):
        put(session, f"o{number}", other)
    put(session, "capital", f"{outer.swapcase()}/a.pptx")
    found = set(session.scalars(select(DocumentRow.id).where(inside(DocumentRow.source, outer))))
    assert found == within

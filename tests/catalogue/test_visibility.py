"""The rules in Python and the same rules as SQL conditions say the same of any records."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.catalogue import pages, records
from archive.catalogue.database.database import Database
from archive.catalogue.tables.base import Base
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, PageRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.visibility import event_visible, hides, rank, ranks, talk_visible
from archive.model.pages import Page
from archive.model.visibility import Visibility
from archive.visibility import index_rank, may_see, may_see_page, strictest_rank, visible_pages
from tests.servers.postgres.databases import new_database
from tests.servers.postgres.fixtures import ON_BOTH, POSTGRESQL

_AT = datetime(2022, 5, 3, tzinfo=UTC)
_LEVELS = st.sampled_from(Visibility)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A document with its pages' hidden flags, and the levels of what it belongs to (None: to nothing)."""

    level: Visibility
    talk: Visibility | None
    event_of_talk: Visibility | None
    event_of_document: Visibility | None
    hidden: tuple[bool, ...]

    @property
    def event(self) -> Visibility | None:
        """Return the level of the event that counts: the document's own, else its talk's."""
        return self.event_of_document or (self.event_of_talk if self.talk else None)

    @property
    def rank(self) -> int:
        """Return the rank as the policy has it."""
        return strictest_rank(level for level in (self.level, self.talk, self.event) if level is not None)


_DOCUMENTS = st.lists(
    st.builds(
        _Drawn,
        level=_LEVELS,
        talk=st.none() | _LEVELS,
        event_of_talk=st.none() | _LEVELS,
        event_of_document=st.none() | _LEVELS,
        hidden=st.lists(st.booleans(), max_size=4).map(tuple),
    ),
    max_size=6,
)


@pytest.fixture(scope="module", params=ON_BOTH)
def emptied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One catalogue for all examples; each of them ends with what it began."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path_factory.mktemp('visibility') / 'catalogue.db'}"
        if request.param == POSTGRESQL:
            url = stack.enter_context(new_database(request.getfixturevalue("postgres_server")))
        yield stack.enter_context(closing(Database.open(url)))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=_DOCUMENTS, visitor=_LEVELS)
def test_python_and_sql_agree_on_any_records(
    emptied: Database, drawn: list[_Drawn], visitor: Visibility
) -> None:
    with emptied.write() as session:
        try:
            _put(session, drawn)
            _agree_on_documents(session, drawn, visitor)
            _agree_on_pages(session, drawn, visitor)
            _agree_on_talks_and_events(session, drawn, visitor)
        finally:
            for table in (PageRow, VersionRow, DocumentRow, OriginalRow, TalkRow, EventRow):
                session.execute(delete(table))


@given(before=_LEVELS, after=_LEVELS)
def test_a_change_hides_what_somebody_could_see_before_and_cannot_now(
    before: Visibility, after: Visibility
) -> None:
    lost = [one for one in Visibility if may_see(one, before.rank) and not may_see(one, after.rank)]
    assert hides(before.rank, after.rank) == bool(lost)


def _agree_on_documents(session: Session, drawn: list[_Drawn], visitor: Visibility) -> None:
    wanted = {f"d{at}" for at, one in enumerate(drawn) if may_see(visitor, one.rank)}
    assert set(records.latest_ids(session, visitor.rank, 100)) == wanted
    every = [f"d{at}" for at in range(len(drawn))]
    assert {one for one in every if records.was_visible(session, one, visitor.rank)} == wanted
    assert ranks(session, every) == {f"d{at}": one.rank for at, one in enumerate(drawn)}
    assert [rank(session, one) for one in every] == [one.rank for one in drawn]
    read = records.records(session, every)
    assert {one: record.rank for one, record in read.items()} == ranks(session, every)


def _agree_on_pages(session: Session, drawn: list[_Drawn], visitor: Visibility) -> None:
    versions = [f"v{at}" for at in range(len(drawn))]
    counted = pages.counts(session, versions, visitor)
    for at, one in enumerate(drawn):
        made = [Page(number, hidden=hidden) for number, hidden in enumerate(one.hidden, 1)]
        seen = tuple(page.number for page in visible_pages(visitor, made))
        assert pages.numbers(session, f"v{at}", visitor) == seen
        assert counted.get(f"v{at}", 0) == len(seen)
        if may_see(visitor, one.rank):  # the index has one number for both rules
            found = [page.number for page in made if may_see(visitor, index_rank(one.rank, page))]
            assert tuple(found) == seen
            assert all(may_see_page(visitor, page) == (page.number in seen) for page in made)


def _agree_on_talks_and_events(session: Session, drawn: list[_Drawn], visitor: Visibility) -> None:
    talks = {
        f"t{at}"
        for at, one in enumerate(drawn)
        if one.talk and may_see(visitor, strictest_rank([one.talk, one.event_of_talk or Visibility.PUBLIC]))
    }
    query = select(TalkRow.id).outerjoin(EventRow, EventRow.id == TalkRow.event_id)
    assert set(session.scalars(query.where(talk_visible(visitor.rank)))) == talks
    levels = {f"e{at}": one.event_of_document for at, one in enumerate(drawn) if one.event_of_document}
    levels |= {f"f{at}": one.event_of_talk for at, one in enumerate(drawn) if one.event_of_talk}
    events = {one for one, level in levels.items() if may_see(visitor, level.rank)}
    assert set(session.scalars(select(EventRow.id).where(event_visible(visitor.rank)))) == events


def _put(session: Session, drawn: list[_Drawn]) -> None:
    """Write the rows, those that others refer to first."""
    session.add(OriginalRow(sha256="0" * 64, size_bytes=1, media_type="x/y", created_at=_AT))
    floors: list[list[Base]] = [[], [], [], [], []]
    for at, one in enumerate(drawn):
        own = one.event_of_document and f"e{at}"
        of_talk = one.event_of_talk and f"f{at}"
        floors[0] += [
            _event(key, level)
            for key, level in ((own, one.event_of_document), (of_talk, one.event_of_talk))
            if key and level
        ]
        floors[1] += [_talk(f"t{at}", one.talk, of_talk)] if one.talk else []
        floors[2].append(_document(f"d{at}", one.level, one.talk and f"t{at}", own))
        floors[3].append(_version(f"v{at}", f"d{at}", len(one.hidden)))
        floors[4] += [_page(f"v{at}", number, hidden) for number, hidden in enumerate(one.hidden, 1)]
    for floor in floors:
        session.add_all(floor)
        session.flush()


def _event(key: str, level: Visibility) -> EventRow:
    texts = dict.fromkeys(("place", "occasion", "organiser", "text", "source_url", "source"), "")
    days = {"starts_on": None, "ends_on": None}
    return EventRow(id=key, title=key, kind="seminar", visibility=level.value, **days, **texts)


def _talk(key: str, level: Visibility, event_id: str | None) -> TalkRow:
    return TalkRow(
        id=key, topic=key, event_id=event_id, position=1, abstract="", language="", visibility=level.value
    )


def _document(key: str, level: Visibility, talk_id: str | None, event_id: str | None) -> DocumentRow:
    return DocumentRow(
        id=key,
        kind="deck",
        title=key,
        title_is_given=True,
        source=key,
        visibility=level.value,
        visibility_given=level.value,
        draft=False,
        language="",
        publisher="",
        year=None,
        file_date="",
        date_is_given=False,
        language_is_given=False,
        naming=0,
        talk_id=talk_id,
        event_id=event_id,
        created_at=_AT,
        withdrawn_at=None,
        withdrawn_reason="",
    )


def _version(key: str, document_id: str, page_count: int) -> VersionRow:
    texts = dict.fromkeys(("message", "engine", "picture_message", "drawn_sha256"), "")
    return VersionRow(
        id=key,
        document_id=document_id,
        number=1,
        filename=key,
        sha256="0" * 64,
        created_at=_AT,
        category="ok",
        page_count=page_count,
        properties={},
        pictures_done=True,
        **texts,
    )


def _page(version_id: str, number: int, hidden: bool) -> PageRow:
    return PageRow(
        version_id=version_id,
        number=number,
        hidden=hidden,
        language="",
        engine="",
        width_pt=0.0,
        height_pt=0.0,
        broken="",
        ocr_reason="",
        blocks=[],
    )

"""Several records become one: the keeper. What the others had moves to it; one edit, so one undo."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.events.names import name_key
from archive.catalogue.journal.history import history
from archive.catalogue.journal.recording import recording
from archive.catalogue.names import distinct
from archive.catalogue.names.editing import keep_written, name_record, set_spellings
from archive.catalogue.names.kinds import row_of, tables_of
from archive.catalogue.tables.events import ContributionRow, TalkRow
from archive.errors import InputError
from archive.model.edits import Author, Edit, Reason
from archive.model.events import Spelling
from archive.model.names import MergePreview, Moved, NameKind, NameRecord, PastMerge

_TOPICS_MAX = 5


def merge_preview(session: Session, kind: NameKind, keeper: str, others: Collection[str]) -> MergePreview:
    """Return what a merge would move. Raises NotFound, InputError where nothing is left to merge."""
    gone = _others(keeper, others)
    kept = name_record(session, kind, keeper)
    moved = tuple(_moved(session, kind, identifier) for identifier in gone)
    return MergePreview(kept, moved, len(rows_to_drop(session, kind, [keeper, *gone])))


def merge(
    session: Session,
    kind: NameKind,
    keeper: str,
    others: Collection[str],
    author: Author,
    wrong: Collection[str] = (),
) -> Edit | None:
    """Merge records into the keeper; return the edit, None within another recording: it is a part of that.

    The keeper's name stays. The names of the others become spellings of it, their addresses lead to it, and
    their talks keep the name that stood on the day. A talk that names two of them with the same role and
    organisation names the keeper once.

    Args:
        session: A session that writes.
        kind: Whether they are people or organisations.
        keeper: Which of them stays.
        others: Those that go.
        author: Who merges them.
        wrong: Which of the others had a wrong name: it is found, but no page shows it.

    Raises:
        InputError: Nothing is left to merge.
        NotFound: One of them is not there, or not any more.
    """
    gone = _others(keeper, others)
    kept = name_record(session, kind, keeper)
    records = [name_record(session, kind, identifier) for identifier in gone]
    with recording(session, author) as record:
        for one in records:
            if one.id not in wrong:
                keep_written(session, kind, one.id, one.facts.name)
        drop(session, kind, [keeper, *gone])
        _move_talks(session, kind, keeper, gone)
        distinct.follow_merge(session, kind, keeper, gone)
        _move_names(session, kind, kept, records, wrong)
    names = ", ".join(one.facts.name for one in records)
    audit.record(session, author.actor, f"{kind}.merge", keeper, "merged", names)
    return record.edit


def past_merges(session: Session, kind: NameKind, keeper: str) -> Sequence[PastMerge]:
    """Return the merges into a record that can be taken back, newest first."""
    former = tables_of(kind).former
    by_edit: dict[int, tuple[Edit, list[str]]] = {}
    for identifier in session.scalars(select(former.id).where(former.record_id == keeper)).all():
        for edit in history(session, kind.value, identifier):
            names = [
                change.before["name"]
                for change in edit.changes
                if change.table == kind.value and change.before and change.after is None
            ]
            if edit.author.reason is Reason.MERGE and edit.undone_by is None and names:
                by_edit.setdefault(edit.id, (edit, []))[1].extend(names)
    return [
        PastMerge(edit.id, edit.at, edit.author.actor, tuple(sorted(names)))
        for _, (edit, names) in sorted(by_edit.items(), reverse=True)
    ]


def _others(keeper: str, others: Collection[str]) -> list[str]:
    gone = sorted(set(others) - {keeper})
    if not gone:
        raise InputError("Choose two names at least, and which of them stays.")
    return gone


def _moved(session: Session, kind: NameKind, identifier: str) -> Moved:
    tables = tables_of(kind)
    known = name_record(session, kind, identifier)
    topics = session.scalars(
        select(TalkRow.topic)
        .where(TalkRow.id.in_(select(ContributionRow.talk_id).where(tables.link == identifier)))
        .order_by(TalkRow.topic, TalkRow.id)
        .limit(_TOPICS_MAX)
    ).all()
    former = select(func.count()).where(tables.former.record_id == identifier)
    spellings = tuple(one.name for one in known.facts.spellings)
    addresses = 1 + (session.scalar(former) or 0)
    return Moved(identifier, known.facts.name, known.talk_count, topics, spellings, addresses)


def _move_talks(session: Session, kind: NameKind, keeper: str, gone: Collection[str]) -> None:
    link = tables_of(kind).link
    session.execute(
        update(ContributionRow)
        .where(link.in_(gone))
        .values({link: keeper})
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def _move_names(
    session: Session, kind: NameKind, kept: NameRecord, records: Sequence[NameRecord], wrong: Collection[str]
) -> None:
    tables = tables_of(kind)
    gone = [one.id for one in records]
    names = list(kept.facts.spellings)
    for one in records:
        names += [Spelling(one.facts.name, is_shown=one.id not in wrong), *one.facts.spellings]
    in_bulk = {"synchronize_session": False}
    theirs = tables.spelling.record_id.in_(gone)
    session.execute(delete(tables.spelling).where(theirs).execution_options(**in_bulk))
    led = tables.former.record_id.in_(gone)
    session.execute(update(tables.former).where(led).values(record_id=kept.id).execution_options(**in_bulk))
    session.expire_all()
    for identifier in gone:
        session.delete(row_of(session, kind, identifier))
    session.flush()
    session.add_all(tables.former(id=identifier, record_id=kept.id) for identifier in gone)
    set_spellings(session, kind, kept.id, names)


def rows_to_drop(session: Session, kind: NameKind, identifiers: Collection[str]) -> Sequence[ContributionRow]:
    """Return the entries of talks that would say nothing more; none of organisations: two may come from one.

    An entry says nothing more where another of the talk has its role and organisation, or it has none.
    """
    if kind is not NameKind.PERSON:
        return ()
    theirs = ContributionRow.person_id.in_(identifiers)
    talk = ContributionRow.talk_id
    several = select(talk).where(theirs).group_by(talk).having(func.count() > 1)
    by_talk: defaultdict[str, list[ContributionRow]] = defaultdict(list)
    for row in session.scalars(
        select(ContributionRow)
        .where(theirs, ContributionRow.talk_id.in_(several))
        .order_by(ContributionRow.talk_id, ContributionRow.position)
    ):
        by_talk[row.talk_id].append(row)
    return [row for rows in by_talk.values() for row in _redundant(rows)]


def drop(session: Session, kind: NameKind, identifiers: Collection[str]) -> None:
    """Delete the entries that would say nothing more."""
    for row in rows_to_drop(session, kind, identifiers):
        session.delete(row)
    session.flush()


def _redundant(rows: Sequence[ContributionRow]) -> Sequence[ContributionRow]:
    kept: list[ContributionRow] = []
    gone: list[ContributionRow] = []
    for row in rows:
        if any(_says_all_of(one, row) for one in kept):
            gone.append(row)
            continue
        gone += [one for one in kept if _says_all_of(row, one)]
        kept = [one for one in kept if not _says_all_of(row, one)] + [row]
    return gone


def _says_all_of(one: ContributionRow, other: ContributionRow) -> bool:
    """Return whether an entry has the role and organisation of another, as far as that has any."""
    has_role = not other.role or name_key(one.role) == name_key(other.role)
    has_role = has_role and one.is_moderator == other.is_moderator
    return has_role and other.organisation_id in (None, one.organisation_id)

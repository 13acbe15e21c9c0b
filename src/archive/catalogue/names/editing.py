"""One person or organisation: what it is called today, was called, and is written as."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.events.names import clean_name, name_key
from archive.catalogue.journal.history import history
from archive.catalogue.journal.recording import recording
from archive.catalogue.mapping import to_spellings
from archive.catalogue.names.kinds import row_of, tables_of
from archive.catalogue.tables.events import ContributionRow
from archive.errors import ChangedMeanwhile, InputError
from archive.model.edits import Author, Edit
from archive.model.events import Spelling
from archive.model.names import NameFacts, NameKind, NameRecord

NAME_MAX_CHARS = 200
SPELLINGS_MAX = 50
_PARTIAL_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def name_record(session: Session, kind: NameKind, identifier: str) -> NameRecord:
    """Return a person or an organisation as staff change it. Raises NotFound."""
    tables = tables_of(kind)
    row = row_of(session, kind, identifier)
    spellings = session.scalars(select(tables.spelling).where(tables.spelling.record_id == identifier)).all()
    count = session.scalar(
        select(func.count(ContributionRow.talk_id.distinct())).where(tables.link == identifier)
    )
    edits = history(session, kind.value, identifier)
    facts = NameFacts(row.name, to_spellings(spellings))
    return NameRecord(identifier, kind, facts, count or 0, edits[0].id if edits else 0)


def save_names(
    session: Session,
    kind: NameKind,
    identifier: str,
    new: NameFacts,
    author: Author,
    seen_edit: int | None = None,
) -> Edit | None:
    """Save what somebody is called; return the edit, None where nothing is changed.

    Where the name of today is another, the one of before becomes a spelling, and talks keep it as the name
    that stood on the day. To correct what was wrong all along, give it as a spelling that is not shown.

    Args:
        session: A session that writes.
        kind: Whether it is a person or an organisation.
        identifier: The record.
        new: All names.
        author: Who saves it.
        seen_edit: The newest edit that the author has seen, None where it does not matter.

    Raises:
        ChangedMeanwhile: There is a newer edit of the record.
        InputError: A name is missing, too long, or another record's; or a time is none.
        NotFound: There is no such record.
    """
    row = row_of(session, kind, identifier)
    if seen_edit is not None and history(session, kind.value, identifier, after=seen_edit):
        raise ChangedMeanwhile("Somebody else has changed this name meanwhile. See what, and save again.")
    facts = checked(session, kind, identifier, new)
    with recording(session, author) as record:
        if name_key(row.name) != name_key(facts.name):
            _keep_with_talks(session, kind, identifier, row.name, facts.spellings)
        row.name, row.name_key = facts.name, name_key(facts.name)
        set_spellings(session, kind, identifier, facts.spellings)
    if record.edit is not None:
        audit.record(session, author.actor, f"{kind}.save", identifier, "changed", facts.name)
    return record.edit


def checked(session: Session, kind: NameKind, identifier: str, new: NameFacts) -> NameFacts:
    """Return the names as they are saved: clean, each once, and that of before among them.

    Raises:
        InputError: A name is missing, too long, or another record's; or a time is none.
        NotFound: There is no such record.
    """
    row = row_of(session, kind, identifier)
    name = _checked_name(session, kind, identifier, new.name)
    by_key: dict[str, Spelling] = {}
    for one in new.spellings:
        given = _checked_name(session, kind, identifier, one.name)
        begins, ends = _checked_day(one.begins), _checked_day(one.ends)
        if begins and ends and ends[: len(begins)] < begins[: len(ends)]:
            raise InputError(f"{given}: the name ended before it began.")
        by_key.setdefault(name_key(given), Spelling(given, begins, ends, one.is_shown))
    by_key.setdefault(row.name_key, Spelling(row.name))
    by_key.pop(name_key(name), None)
    if len(by_key) > SPELLINGS_MAX:
        raise InputError(f"At most {SPELLINGS_MAX} other names can be kept.")
    _check_times(list(by_key.values()))
    return NameFacts(name, tuple(by_key.values()))


def set_spellings(session: Session, kind: NameKind, identifier: str, spellings: Sequence[Spelling]) -> None:
    """Make these the other names of a record."""
    table = tables_of(kind).spelling
    rows = session.scalars(select(table).where(table.record_id == identifier)).all()
    known = {row.name_key: row for row in rows}
    wanted = {name_key(one.name): one for one in spellings}
    for key, row in known.items():
        if key not in wanted:
            session.delete(row)
    for key, one in wanted.items():
        values = {"name": one.name, "begins": one.begins, "ends": one.ends, "is_shown": one.is_shown}
        found = known.get(key)
        if found is None:
            session.add(table(record_id=identifier, name_key=key, **values))
            continue
        for column, value in values.items():
            setattr(found, column, value)
    session.flush()


def keep_written(session: Session, kind: NameKind, identifier: str, name: str) -> None:
    """Write the name of a record down with its talks, where no other stood there."""
    tables = tables_of(kind)
    session.execute(
        update(ContributionRow)
        .where(tables.link == identifier, tables.written == "")
        .values({tables.written: name})
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def _keep_with_talks(
    session: Session, kind: NameKind, identifier: str, name: str, spellings: Sequence[Spelling]
) -> None:
    if any(name_key(one.name) == name_key(name) and one.is_shown for one in spellings):
        keep_written(session, kind, identifier, name)


def _checked_name(session: Session, kind: NameKind, identifier: str, name: str) -> str:
    cleaned = clean_name(name)
    if not any(character.isalpha() for character in cleaned):
        raise InputError("A name needs a letter at least.")
    if len(cleaned) > NAME_MAX_CHARS:
        raise InputError(f"A name has at most {NAME_MAX_CHARS} characters.")
    tables, key = tables_of(kind), name_key(cleaned)
    others = (
        select(tables.record.name).where(tables.record.name_key == key, tables.record.id != identifier),
        select(tables.spelling.name).where(
            tables.spelling.name_key == key, tables.spelling.record_id != identifier
        ),
    )
    if any(session.scalar(statement.limit(1)) is not None for statement in others):
        raise InputError(f"Another record has the name {cleaned}. Merge the two if they are the same.")
    return cleaned


def _checked_day(text: str) -> str:
    day = text.strip()
    if day and not _PARTIAL_DAY.fullmatch(day):
        raise InputError(f"{day} is no date. Write a year, a month (2019-05) or a day (2019-05-31).")
    return day


def _check_times(spellings: Sequence[Spelling]) -> None:
    dated = sorted((one for one in spellings if one.begins or one.ends), key=lambda one: one.begins)
    for one, after in pairwise(dated):
        ends, begins = one.ends or "9999", after.begins or "0000"
        if begins[: len(ends)] < ends[: len(begins)]:
            raise InputError(f"{one.name} and {after.name} cannot have been the name at the same time.")

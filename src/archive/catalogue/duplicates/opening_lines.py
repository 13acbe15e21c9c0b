"""Lines that documents begin with: which of them other decks begin with as well."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import OpeningLineRow

_COVERS_THAT_MATTER_MAX = 3
"""Where so many covers have a line, one more makes no difference to titles (`naming/titles.py`)."""

_TOUCHED_A_LINE_MAX = 100


def replace(session: Session, document_id: str, lines: Collection[str], cover_key: str) -> set[str]:
    """Keep the lines of a document in place of earlier ones.

    Returns which other documents may have to be named anew: those with a line that few covers have, and that
    one cover more or one less has now. A line that many have stays shared, whoever comes or goes.
    """
    mine = OpeningLineRow.document_id == document_id
    before = {(row.line, row.cover_key) for row in session.scalars(select(OpeningLineRow).where(mine))}
    now = {(line, cover_key) for line in lines}
    if before == now:
        return set()
    session.execute(delete(OpeningLineRow).where(mine))
    if lines:
        values = [{"document_id": document_id, "line": line, "cover_key": cover_key} for line in lines]
        session.execute(insert(OpeningLineRow), values)
    return _touched(session, document_id, before ^ now)


def others(session: Session, document_id: str, lines: Collection[str], cover_key: str) -> dict[str, int]:
    """Return how many other covers each of the lines has that other documents begin with, too."""
    rows = session.execute(
        select(OpeningLineRow.line, func.count(OpeningLineRow.cover_key.distinct()))
        .where(
            OpeningLineRow.line.in_(lines),
            OpeningLineRow.document_id != document_id,
            OpeningLineRow.cover_key != cover_key,
        )
        .group_by(OpeningLineRow.line)
    )
    return dict(rows.all())


def _touched(session: Session, document_id: str, changed: Collection[tuple[str, str]]) -> set[str]:
    changed_lines = {line for line, _ in changed}
    with_others = (
        select(OpeningLineRow.line, func.count(OpeningLineRow.cover_key.distinct()))
        .where(OpeningLineRow.line.in_(changed_lines))
        .group_by(OpeningLineRow.line)
    )
    few = [line for line, count in session.execute(with_others) if count <= _COVERS_THAT_MATTER_MAX]
    touched: set[str] = set()
    for line in sorted(few):
        rows = session.execute(
            select(OpeningLineRow.document_id, OpeningLineRow.cover_key)
            .where(OpeningLineRow.line == line, OpeningLineRow.document_id != document_id)
            .order_by(OpeningLineRow.document_id)
            .limit(_TOUCHED_A_LINE_MAX)
        ).all()
        covers = Counter(cover_key for _, cover_key in rows)
        if any((line, cover_key) in changed and not covers[cover_key] for cover_key in _covers(changed)):
            touched |= {other for other, _ in rows}
    return touched


def _covers(changed: Collection[tuple[str, str]]) -> set[str]:
    return {cover_key for _, cover_key in changed}

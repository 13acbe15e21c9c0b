"""What admins have asked for on the page: looking for a person, then erasing. Until it is done, by name.

An order is a row of the table of erasures in a state of its own. The erasure takes its place in one
transaction, and the name is gone from it with all others; one that is left alone goes after a day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.identifiers import new_id
from archive.catalogue.tables.erasures import ErasureRow
from archive.errors import NotFound

LOOKING: Final = "looking"
LOOKED: Final = "looked"
ORDERED: Final = "ordered"
FAILED: Final = "failed"
_OF_ORDERS: Final = (LOOKING, LOOKED, ORDERED, FAILED)
_NOT_BEGUN: Final = (LOOKING, LOOKED, FAILED)
_KEPT: Final = timedelta(days=1)
_EMPTY: Final[dict[str, Any]] = {"words": {}, "digests": [], "rechained": {}}


@dataclass(frozen=True, slots=True)
class ErasureRequest:
    """What is asked for. `state` is one of this module's, `wanted` says who is meant and `found` where.

    `step` is what goes on and how often it was done; `message` why it failed.
    """

    id: str
    at: datetime
    actor: str
    reason: str
    state: str
    wanted: Mapping[str, Any]
    found: Mapping[str, Any]
    step: tuple[str, int]
    message: str

    @property
    def is_old(self) -> bool:
        """Return whether nobody has gone on with it for a day."""
        return self.state in _NOT_BEGUN and self.at < datetime.now(UTC) - _KEPT


def ask(session: Session, actor: str, wanted: Mapping[str, Any]) -> str:
    """Ask for a look at where somebody is; return the order's identifier."""
    now = datetime.now(UTC)
    row = ErasureRow(
        id=new_id(), at=now, actor=actor, reason="", places=0, state=LOOKING, waiting={}, **_EMPTY
    )
    row.waiting = {"wanted": dict(wanted)}
    session.add(row)
    audit.record(session, actor, "person.erase", row.id, "looked for")
    session.flush()
    return row.id


def all_of(session: Session) -> tuple[ErasureRequest, ...]:
    """Return all orders, the newest first."""
    rows = session.scalars(select(ErasureRow).where(ErasureRow.state.in_(_OF_ORDERS)))
    return tuple(sorted((_asked(row) for row in rows), key=lambda one: (one.at, one.id), reverse=True))


def find(session: Session, order_id: str) -> ErasureRequest:
    """Return an order. Raises NotFound: there is none, or it has become an erasure."""
    return _asked(_row(session, order_id))


def note_step(session: Session, order_id: str, step: tuple[str, int]) -> None:
    """Note how far an order has come, as long as it is one."""
    row = session.get(ErasureRow, order_id)
    if row is not None and row.state in (LOOKING, ORDERED):
        row.waiting = {**row.waiting, "step": list(step)}


def note_found(session: Session, order_id: str, found: Mapping[str, Any]) -> None:
    """Note where somebody is; nothing where the order was taken back meanwhile."""
    row = session.get(ErasureRow, order_id)
    if row is not None and row.state == LOOKING:
        row.state, row.waiting = LOOKED, {"wanted": row.waiting["wanted"], "found": dict(found)}


def order(
    session: Session, order_id: str, actor: str, reason: str, only: Sequence[Sequence[Any]] | None
) -> None:
    """Order the erasure of what was found, or of what is on some slides only. Raises NotFound."""
    row = _row(session, order_id)
    if row.state != LOOKED:
        raise NotFound("There is nothing to erase here any more. Look again.")
    wanted = {**row.waiting["wanted"], "only": None if only is None else [list(one) for one in only]}
    row.state, row.actor, row.reason = ORDERED, actor, reason
    row.waiting = {**row.waiting, "wanted": wanted}
    audit.record(session, actor, "person.erase", order_id, "ordered")


def fail(session: Session, order_id: str, message: str) -> None:
    """Note why an order came to nothing; it does not say any more who was meant."""
    row = session.get(ErasureRow, order_id)
    if row is not None and row.state in (LOOKING, ORDERED):
        row.state, row.reason, row.waiting = FAILED, "", {"message": message}
        audit.record(session, row.actor, "person.erase", order_id, "failed", message)


def drop(session: Session, order_id: str) -> None:
    """Forget an order that has not begun. Raises NotFound."""
    row = _row(session, order_id)
    if row.state == ORDERED:
        raise NotFound("The erasure has begun, and cannot be taken back.")
    session.delete(row)


def drop_looks(session: Session) -> None:
    """Forget what was looked for: after an erasure it is not so any more."""
    session.execute(delete(ErasureRow).where(ErasureRow.state.in_(_NOT_BEGUN)))


def drop_old(session: Session) -> None:
    """Forget looks that nobody has gone on with for a day."""
    old = ErasureRow.at < datetime.now(UTC) - _KEPT
    session.execute(delete(ErasureRow).where(ErasureRow.state.in_(_NOT_BEGUN), old))


def drop_all(session: Session) -> None:
    """Forget all orders: those of a restored archive are of another day."""
    session.execute(delete(ErasureRow).where(ErasureRow.state.in_(_OF_ORDERS)))


def _row(session: Session, order_id: str) -> ErasureRow:
    row = session.get(ErasureRow, order_id)
    if row is None or row.state not in _OF_ORDERS:
        raise NotFound("There is no such order. It has been carried out, or was forgotten after a day.")
    return row


def _asked(row: ErasureRow) -> ErasureRequest:
    told = row.waiting
    what, count = told.get("step", ("", 0))
    seen = (told.get("wanted", {}), told.get("found", {}), (str(what), int(count)), told.get("message", ""))
    return ErasureRequest(row.id, row.at, row.actor, row.reason, row.state, *seen)

"""The table of erasures: that something was erased, and what a restore needs to erase it again."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.tables.base import Base


class ErasureRow(Base):
    """An erasure; who was erased it does not say. `state` is "removing" until all bytes are gone; before
    that, what admins have asked for (`archive.catalogue.erasing.orders`), then `waiting` says who is meant.

    `words` are salted hashes (`archive.erasing.lists`), `digests` the SHA-256 of files that are gone,
    `waiting` those of objects that are still to be removed. `rechained` says which edits of the journal had
    words in them, what the chain's end was before and after, which versions got other files, and what went.
    """

    __tablename__ = "erasure"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    reason: Mapped[str]
    places: Mapped[int]
    state: Mapped[str]
    words: Mapped[dict[str, Any]]
    digests: Mapped[list[Any]]
    waiting: Mapped[dict[str, Any]]
    rechained: Mapped[dict[str, Any]]

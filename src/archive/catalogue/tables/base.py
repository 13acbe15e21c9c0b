"""What all tables share: names of constraints and the types of their columns."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Dialect, Float, Integer, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time as text of fixed width in UTC, so that every database sorts it correctly."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text for the database; ValueError where the time zone is missing."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a point in time needs a time zone")
        return value.astimezone(UTC).strftime(_FORMAT)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the point in time for the database's text."""
        del dialect  # `fromisoformat` is thirty times as fast as `strptime`, and a page of results has fifty
        return None if value is None else datetime.fromisoformat(value)


class NormalText(TypeDecorator[str]):
    """Text of any length that every database accepts.

    Lone surrogates (from file names that are not UTF-8, or from damaged files) are written as escapes, and
    NUL is left out.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as it is written."""
        del dialect
        if value is None:
            return None
        if value.isascii() and "\0" not in value:  # most values, and this runs for each of them
            return value
        return value.replace("\0", "").encode("utf-8", "backslashreplace").decode("utf-8")


class JsonText(str):
    """JSON that is written already: a column of JSON takes it as it is (`database/connection.py`)."""

    __slots__ = ()


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this class attribute
        str: NormalText(),
        int: Integer(),
        float: Float(),
        bool: Boolean(),
        date: Date(),
        datetime: UtcDateTime(),
        list[Any]: JSON(),
        dict[str, Any]: JSON(),
    }

"""What lies inside a folder or another file, by its path."""

from sqlalchemy import ColumnElement, SQLColumnExpression, and_

_AFTER_SLASH = chr(ord("/") + 1)


def inside(column: SQLColumnExpression[str], outer: str) -> ColumnElement[bool]:
    """Return the condition that a path begins with `outer` and a slash.

    As a range, which is the same everywhere: LIKE tells small letters from capitals in some databases only.
    """
    return and_(column >= f"{outer}/", column < f"{outer}{_AFTER_SLASH}")

"""Who may see a record."""

from enum import StrEnum


class Visibility(StrEnum):
    """Who may see a record; each level includes those above it."""

    PUBLIC = "public"
    MEMBERS = "members"
    STAFF = "staff"

    @property
    def rank(self) -> int:
        """Return 0 for public, 1 for members, 2 for staff: a visitor sees ranks up to their own."""
        return _VISIBILITY_RANKS[self]


_VISIBILITY_RANKS = {Visibility.PUBLIC: 0, Visibility.MEMBERS: 1, Visibility.STAFF: 2}

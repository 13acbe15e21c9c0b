"""Who may see a record."""

from enum import StrEnum


class Visibility(StrEnum):
    """Who may see a record; each level includes those above it."""

    PUBLIC = "public", 0
    MEMBERS = "members", 1
    STAFF = "staff", 2

    rank: int
    """0 for public, 1 for members, 2 for staff: a visitor sees ranks up to their own."""

    def __new__(cls, name: str, rank: int = 0) -> "Visibility":
        """Make a level of a rank; its value is the name alone."""
        level = str.__new__(cls, name)
        level._value_ = name
        level.rank = rank
        return level


class OriginalsPolicy(StrEnum):
    """Who gets the file itself. Staff always do; what others get instead is made of what they may see."""

    CLEAN = "clean"
    """Everybody, where nothing in the file is for staff alone; else a clean copy, or a PDF."""
    STAFF = "staff"
    """Staff alone; others get a PDF."""
    EVERYBODY = "everybody"
    """Everybody who may see the document, with all that is in the file."""

"""The same slide in other talks: where, when, and with which words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.catalogue.reuse import families, seen_slides
from archive.catalogue.reuse.families import Relative
from archive.catalogue.reuse.seen_slides import SeenDocument
from archive.model.visibility import Visibility
from archive.reuse.likeness import common_shares

BOILERPLATE_MIN: Final = 20
"""A slide of so many talks is a cover, an agenda or thanks, or says who somebody is: it is folded away."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The same slide in another document.

    `share`: how much of its words or picture it has in common with the slide that was asked for, 0…1.
    """

    document: SeenDocument
    number: int
    share: float = 1.0

    @property
    def document_id(self) -> str:
        """Return the identifier of its document."""
        return self.document.document_id

    @property
    def version_id(self) -> str:
        """Return the version that readers see of its document."""
        return self.document.version_id

    @property
    def group(self) -> str:
        """Return its talk, or its document where that belongs to none."""
        return self.document.group

    @property
    def day(self) -> str:
        """Return when it was shown (ISO 8601, as exact as known), or ""."""
        return self.document.day


@dataclass(frozen=True, slots=True)
class Copies:
    """Where else a slide is, as far as the visitor may see: the newest first, one of each talk.

    `is_more`: there are slides like it beyond those that were looked at.
    """

    copies: tuple[Copy, ...]
    is_more: bool = False

    @property
    def years(self) -> tuple[str, str]:
        """Return the first and the last year in which it was shown, "" where none is known."""
        known = sorted(copy.day[:4] for copy in self.copies if copy.day)
        return (known[0], known[-1]) if known else ("", "")

    @property
    def is_boilerplate(self) -> bool:
        """Return whether so many talks have it that it says nothing of any."""
        return len(self.copies) >= BOILERPLATE_MIN


NONE: Final = Copies(())


def copies(session: Session, record: CatalogueRecord, number: int, visitor: Visibility) -> Copies:
    """Return where else a slide of a document is: in other talks, in what the visitor may see.

    There is one query where it is nowhere, as for most.
    """
    own, relatives = families.family_of(session, record.document.version.id, number, visitor)
    if own is None or not relatives:
        return NONE
    shares = common_shares(own, [relative.signature for relative in relatives])
    same = [(one, share) for one, share in zip(relatives, shares, strict=True) if share is not None]
    seen = seen_slides.seen(session, {relative.document_id for relative, _ in same}, visitor)
    found = [
        Copy(document, relative.number, share)
        for relative, share in same
        if (document := _seen_as(relative, seen)) and document.group != record.group
    ]
    return Copies(one_a_talk(found), len(relatives) >= families.RELATIVES_MAX)


def seen_copies(session: Session, relatives: Sequence[Relative], visitor: Visibility) -> list[Copy]:
    """Return those of some slides that the visitor may see: of the version that readers see, not hidden."""
    seen = seen_slides.seen(session, {relative.document_id for relative in relatives}, visitor)
    shown = [(one, document) for one in relatives if (document := _seen_as(one, seen))]
    visible = seen_slides.seen_pages(session, [relative.key for relative, _ in shown], visitor)
    return [Copy(document, relative.number) for relative, document in shown if relative.key in visible]


def _seen_as(relative: Relative, seen: Mapping[str, SeenDocument]) -> SeenDocument | None:
    """Return the document of a slide, None where it may not be seen, or readers see another version of it."""
    document = seen.get(relative.document_id)
    return document if document and document.version_id == relative.version_id else None


def one_a_talk(found: Iterable[Copy]) -> tuple[Copy, ...]:
    """Return one slide of each talk, the one that has most in common, the newest talk first."""
    in_order = sorted(found, key=lambda copy: (-copy.share, copy.document_id, copy.number))
    first: dict[str, Copy] = {}
    for copy in in_order:
        first.setdefault(copy.group, copy)
    by_name = sorted(first.values(), key=lambda copy: copy.document_id)
    return tuple(sorted(by_name, key=lambda copy: copy.day, reverse=True))

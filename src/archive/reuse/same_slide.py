"""The same slide in other talks: where, when, and with which words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.catalogue.database.sessions import Session
from archive.catalogue.records import DocumentRecord
from archive.catalogue.reuse import families
from archive.catalogue.reuse.families import Relative
from archive.model.visibility import Visibility
from archive.reuse.signature import common_shares

BOILERPLATE_MIN: Final = 20
"""A slide of so many talks is a cover, an agenda or thanks, or says who somebody is: it is folded away."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The same slide in another document. `day`: when it was shown (ISO 8601, as exact as known), or "".

    `share`: how much of its words or picture it has in common with the slide that was asked for, 0…1.
    """

    document_id: str
    version_id: str
    number: int
    group: str
    day: str
    share: float = 1.0


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


def copies(session: Session, record: DocumentRecord, number: int, visitor: Visibility) -> Copies:
    """Return where else a slide of a document is: in other talks, in what the visitor may see."""
    found, is_more = _every_copy(session, record, number, visitor)
    return Copies(one_a_talk(found), is_more)


def _every_copy(
    session: Session, record: DocumentRecord, number: int, visitor: Visibility
) -> tuple[list[Copy], bool]:
    """Return each slide of another talk, in no order, and whether there may be more.

    There are two small queries where there is none, as for most.
    """
    version_id = record.document.version.id
    own = families.own_signature(session, version_id, number)
    if own is None:
        return [], False
    family, signature = own
    relatives = families.relatives(session, family, version_id)
    shares = common_shares(signature, [relative.signature for relative in relatives])
    share_of = {
        relative.key: share for relative, share in zip(relatives, shares, strict=True) if share is not None
    }
    same = [relative for relative in relatives if relative.key in share_of]
    found = [
        replace(copy, share=share_of[copy.version_id, copy.number])
        for copy in seen_copies(session, same, visitor)
        if copy.group != record.group
    ]
    return found, len(relatives) >= families.RELATIVES_MAX


def seen_copies(session: Session, relatives: Sequence[Relative], visitor: Visibility) -> list[Copy]:
    """Return those of some slides that the visitor may see: of the version that readers see, not hidden."""
    if not relatives:
        return []
    seen = families.seen(session, {relative.document_id for relative in relatives}, visitor)
    shown = [
        relative
        for relative in relatives
        if relative.document_id in seen and seen[relative.document_id].version_id == relative.version_id
    ]
    visible = families.seen_pages(session, [relative.key for relative in shown], visitor)
    return [
        Copy(
            relative.document_id,
            relative.version_id,
            relative.number,
            seen[relative.document_id].group,
            seen[relative.document_id].day,
        )
        for relative in shown
        if relative.key in visible
    ]


def one_a_talk(found: Iterable[Copy]) -> tuple[Copy, ...]:
    """Return one slide of each talk, the one that has most in common, the newest talk first."""
    in_order = sorted(found, key=lambda copy: (-copy.share, copy.document_id, copy.number))
    first: dict[str, Copy] = {}
    for copy in in_order:
        first.setdefault(copy.group, copy)
    by_name = sorted(first.values(), key=lambda copy: copy.document_id)
    return tuple(sorted(by_name, key=lambda copy: copy.day, reverse=True))

"""Random sequences of what people do with records, each step an edit of the journal.

`OPERATIONS` grows with what the archive can do: a function takes a session and a source of randomness and
changes records, or nothing where there is nothing to change.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.catalogue import documents
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.recording import recording
from archive.catalogue.names.distinct import tell_apart
from archive.catalogue.names.editing import save_names
from archive.catalogue.names.kinds import tables_of
from archive.catalogue.names.merging import merge
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import TalkRow
from archive.model.edits import Author, Reason
from archive.model.events import Spelling
from archive.model.names import NameFacts, NameKind
from archive.model.visibility import Visibility
from tests.catalogue.conftest import AREA, put

KIM = Author("kim", Reason.FORM)
_NAMES = ("Carina Åkerberg", "Lisa Virén", "Ove Ek", "Eva Ås")
_PLACES = ("", "Region Gävleborg", "Handelskammaren")
_REGIONS = ("SE31", "SE313", "SE12", "SE124")
_TOPICS = ("Strategi", "Smart", "Vatten", "Skog", "Kol")
_DAYS = ("Höstmöte", "Årsmöte", "Konferens")

Operation = Callable[[Session, Random], None]


def _speakers(chance: Random) -> tuple[NewSpeaker, ...]:
    names = chance.sample(_NAMES, chance.randint(0, 3))
    return tuple(NewSpeaker(name, "strateg", chance.choice(_PLACES)) for name in names)


def _talks(chance: Random) -> tuple[NewTalk, ...]:
    topics = chance.sample(_TOPICS, chance.randint(0, 4))
    return tuple(
        NewTalk(
            topic,
            position,
            abstract=chance.choice(("", "Text")),
            region_codes=tuple(chance.sample(_REGIONS, chance.randint(0, 3))),
            speakers=_speakers(chance),
        )
        for position, topic in enumerate(topics, 1)
    )


def import_event(session: Session, chance: Random) -> None:
    """Save an event, new or known, with other talks than before."""
    areas = chance.choice(((), (AREA,), (AREA, replace(AREA, title="Skog"))))
    new = NewEvent(chance.choice(_DAYS), focus_areas=areas, talks=_talks(chance))
    save_event(session, new, "kim")


def rename(session: Session, chance: Random) -> None:
    """Give a person or an organisation a name that nobody has."""
    kind, identifiers = _named(session, chance)
    if identifiers:
        facts = NameFacts(f"{chance.choice(_NAMES)} {chance.randrange(10**9)}")
        if chance.random() < 0.5:
            spelling = Spelling(f"Namn {chance.randrange(10**9)}", "2019", "2020", chance.random() < 0.5)
            facts = replace(facts, spellings=(spelling,))
        save_names(session, kind, chance.choice(identifiers), facts, KIM)


def merge_names(session: Session, chance: Random) -> None:
    """Merge two or three people or organisations."""
    kind, identifiers = _named(session, chance)
    if len(identifiers) > 1:
        keeper, *others = chance.sample(identifiers, min(len(identifiers), chance.randint(2, 3)))
        wrong = [one for one in others if chance.random() < 0.5]
        merge(session, kind, keeper, others, KIM, wrong)


def tell_names_apart(session: Session, chance: Random) -> None:
    """Remember that two people or organisations are not the same."""
    kind, identifiers = _named(session, chance)
    if len(identifiers) > 1:
        tell_apart(session, kind, chance.sample(identifiers, 2), KIM)


def _named(session: Session, chance: Random) -> tuple[NameKind, list[str]]:
    kind = chance.choice(list(NameKind))
    row = tables_of(kind).record
    return kind, list(session.scalars(select(row.id).order_by(row.name_key)))


def change_many(session: Session, chance: Random) -> None:
    """Set one field of many talks."""
    session.execute(
        update(TalkRow)
        .where(TalkRow.position <= chance.randint(1, 3))
        .values(language=chance.choice(("sv", "en", "")))
    )


def withdraw_or_restore(session: Session, chance: Random) -> None:
    """Withdraw a document, or bring it back."""
    rows = session.scalars(select(DocumentRow).order_by(DocumentRow.id)).all()
    if rows:
        row = chance.choice(rows)
        if row.withdrawn_at is None:
            documents.withdraw(session, row.id, "kim")
        else:
            documents.restore(session, row.id, "kim")


def link_document(session: Session, chance: Random) -> None:
    """Give a document to a talk, and let others see it."""
    rows = session.scalars(select(DocumentRow).order_by(DocumentRow.id)).all()
    talks = session.scalars(select(TalkRow.id).order_by(TalkRow.topic)).all()
    if rows:
        row = chance.choice(rows)
        row.talk_id = chance.choice((None, *talks))
        row.visibility = chance.choice(list(Visibility)).value


OPERATIONS: list[Operation] = [
    import_event,
    rename,
    merge_names,
    tell_names_apart,
    change_many,
    withdraw_or_restore,
    link_document,
]


def begin(session: Session) -> None:
    """Put three documents into an empty catalogue."""
    for number in range(3):
        put(session, f"fil {number}", f"/in/{number}.pptx")


def run(session: Session, seed: int, steps: int) -> Sequence[int]:
    """Make a history and return the numbers of its edits, oldest first."""
    chance = Random(seed)
    edits: list[int] = []
    for _ in range(steps):
        with recording(session, KIM) as record:
            chance.choice(OPERATIONS)(session, chance)
        if record.edit is not None:
            edits.append(record.edit.id)
    return edits

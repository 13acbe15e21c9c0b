"""The form of a record: what is typed, what is wrong of it, and what it was made from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.catalogue.database.sessions import Session
from archive.catalogue.editing.given import Values, as_values, read_fields
from archive.catalogue.editing.merging import Merged, merge
from archive.errors import InputError, RecordRefused
from archive.web.http.language import message_text
from archive.web.presenters.records.field_texts import ValueTexts, field_label
from archive.web.presenters.records.others_edits import OthersEdit, others_edits
from archive.web.presenters.records.web_kinds import WebKind

_LONG = ("text", "abstract")
_CHOSEN = ("event", "kind", "visibility", "language")
_STALE = "The form is too old or incomplete. Load the page again."


@dataclass(frozen=True, slots=True)
class RecordForm:
    """The values as they are typed, the errors by field, and the record that the form was made from.

    `base` and `edit` (the newest edit of then) tell what others have changed since.
    """

    values: Values
    errors: Mapping[str, str] = field(default_factory=dict)
    base: Values = field(default_factory=dict)
    edit: int = 0

    @property
    def base_text(self) -> str:
        """Return `base` as the form carries it."""
        return written(self.base)


@dataclass(frozen=True, slots=True)
class ThreeWayField:
    """A field that two have changed: the values as people read them, and what can be chosen.

    `is_list`, `is_long` and `is_chosen` say what kind of field it is; `together` is a draft of both.
    """

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    who: str = ""
    is_list: bool = False
    is_long: bool = False
    is_chosen: bool = False
    together: str = ""


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """What the page shows where two have changed a record.

    Clashes to decide, what was merged of another's, and what only who saves has changed.
    """

    edits: Sequence[OthersEdit]
    clashes: Sequence[ThreeWayField]
    merged: Sequence[ThreeWayField]
    mine: Sequence[ThreeWayField]
    undecided: frozenset[str] = frozenset()


def written(values: Mapping[str, Any]) -> str:
    """Return values as a hidden field of a form carries them."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def carried(kind: WebKind, text: str) -> Values:
    """Return values that a hidden field carried. Raises InputError."""
    try:
        return as_values(read_fields(kind.kind.fields, json.loads(text)))
    except (ValueError, TypeError, RecordRefused):
        raise InputError(_STALE) from None


def error_texts(error: RecordRefused) -> dict[str, str]:
    """Return by field what is wrong, in the visitor's language."""
    return {name: message_text(told) for name, told in error.mistakes.items()}


def three_way(
    session: Session, kind: WebKind, identifier: str, sides: tuple[Values, Values, Values], edit: int
) -> tuple[ThreeWay, Merged]:
    """Return what two have made of a record. `sides` are the values of before, theirs and mine."""
    base, theirs, mine = sides
    merged = merge(base, theirs, mine)
    texts = ValueTexts(session)
    edits = others_edits(session, kind.name, identifier, edit)

    def told(name: str) -> ThreeWayField:
        value = mine[name]
        before, their_own, my_own = (texts.text(name, side.get(name)) for side in sides)
        return ThreeWayField(
            name,
            field_label(kind.name, name),
            before,
            their_own,
            my_own,
            who=", ".join(dict.fromkeys(one.who for one in edits if name in one.names)),
            is_list=isinstance(value, list),
            is_long=name in _LONG,
            is_chosen=name in _CHOSEN,
            together=f"{their_own}\n\n{my_own}" if name in _LONG else my_own,
        )

    changed = [name for name in kind.field_names if theirs.get(name) != base.get(name)]
    told_merged = [
        told(name) for name in changed if name not in merged.clashes and theirs[name] != mine[name]
    ]
    told_mine = [told(name) for name in mine if name not in changed and mine[name] != base.get(name)]
    return ThreeWay(edits, [told(name) for name in merged.clashes], told_merged, told_mine), merged


def decided(merged: Merged, theirs: Values, mine: Values, given: Mapping[str, str]) -> Values | None:
    """Return the values with each clash decided as the form says; None where one is not decided."""
    values = dict(merged.values)
    for name in merged.clashes:
        choice = given.get(f"choice-{name}", "")
        if choice == "theirs":
            values[name] = theirs[name]
        elif choice == "both" and isinstance(mine[name], list):
            values[name] = _both(theirs[name], mine[name])
        elif choice == "own" and not isinstance(mine[name], list):
            values[name] = given.get(f"own-{name}", "")
        elif choice != "mine":
            return None
    return values


def _both(theirs: list[Any], mine: list[Any]) -> list[Any]:
    return [*theirs, *(one for one in mine if one not in theirs)]

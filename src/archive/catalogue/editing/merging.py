"""Three-way merges: what two people made of the same record, field by field, and lists entry by entry.

A field that only one of them changed has that one's value. In lists (speakers, regions) what one added stays,
what one removed goes, and an entry that one changed is changed; the order is that of whoever changed it. What
both changed, differently, is a clash that a person decides.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_NONE: Any = object()


@dataclass(frozen=True, slots=True)
class Merged:
    """`values`: the record with what does not clash; of what clashes it has mine.

    `theirs`: fields in which another's change was taken over, `clashes`: those to be decided.
    """

    values: Mapping[str, Any]
    theirs: tuple[str, ...] = field(default=())
    clashes: tuple[str, ...] = field(default=())


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merged:
    """Return what becomes of a record that two have changed since it was `base`."""
    values: dict[str, Any] = {}
    taken: list[str] = []
    clashes: list[str] = []
    for name in mine:
        merged = merge_values(base.get(name), theirs.get(name), mine[name])
        if merged is _NONE:
            clashes.append(name)
        elif merged != mine[name]:
            taken.append(name)
        values[name] = mine[name] if merged is _NONE else merged
    return Merged(values, tuple(taken), tuple(clashes))


def merge_values(base: Any, theirs: Any, mine: Any) -> Any:
    """Return the value of a field that two have changed, or a mark that is no value where they clash."""
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, list) and isinstance(theirs, list):
        return _merge_lists(base or [], theirs, mine)
    if isinstance(mine, dict) and isinstance(theirs, dict) and isinstance(base, dict):
        merged = merge(base, theirs, mine)
        return _NONE if merged.clashes else dict(merged.values)
    return _NONE


def is_clash(merged: Any) -> bool:
    """Return whether `merge_values` found that two changes clash."""
    return merged is _NONE


def _merge_lists(base: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any]) -> Any:
    sides = [_by_key(one) for one in (base, theirs, mine)]
    if any(side is None for side in sides):
        return _NONE
    of_base, of_theirs, of_mine = (side or {} for side in sides)
    kept: dict[Hashable, Any] = {}
    for key in dict.fromkeys((*of_base, *of_theirs, *of_mine)):
        value = merge_values(of_base.get(key), of_theirs.get(key), of_mine.get(key))
        if value is _NONE:
            return _NONE
        if value is not None:
            kept[key] = value
    order = _merge_orders(*([key for key in side if key in kept] for side in (of_base, of_theirs, of_mine)))
    return _NONE if order is None else [kept[key] for key in order]


def _merge_orders(base: list[Any], theirs: list[Any], mine: list[Any]) -> list[Any] | None:
    """Return the keys of both in order, new ones after what they followed; None where both moved some."""
    shared = set(base) & set(theirs) & set(mine)
    base_order, their_order, my_order = (
        [key for key in side if key in shared] for side in (base, theirs, mine)
    )
    if their_order not in (base_order, my_order) and my_order != base_order:
        return None
    first, second = (theirs, mine) if my_order == base_order else (mine, theirs)
    merged = list(first)
    for place, key in enumerate(second):
        if key not in merged:
            before = next((one for one in reversed(second[:place]) if one in merged), None)
            merged.insert(0 if before is None else merged.index(before) + 1, key)
    return merged


def _by_key(entries: Sequence[Any]) -> dict[Hashable, Any] | None:
    """Return the entries by what they are known by; None where two are known by the same."""
    found = {_key(one): one for one in entries}
    return found if len(found) == len(entries) else None


def _key(entry: Any) -> Hashable:
    key: Hashable = (entry["name"] or entry.get("organisation")) if isinstance(entry, dict) else entry
    return key

"""What two people made of one record comes together, and what clashes is not decided for them."""

from typing import Any

import pytest

from archive.catalogue.editing.merging import is_clash, merge, merge_values

EVA, KIM, BO = ({"name": name, "role": "", "organisation": "A"} for name in ("Eva", "Kim", "Bo"))


def test_fields_that_one_of_them_changed_are_merged_and_clashes_keep_mine() -> None:
    base = {"title": "a", "place": "Falun", "text": "x", "kind": "seminar"}
    theirs = {"title": "b", "place": "Borlänge", "text": "x", "kind": "meeting"}
    mine = {"title": "c", "place": "Falun", "text": "y", "kind": "meeting"}
    merged = merge(base, theirs, mine)
    assert merged.values == {"title": "c", "place": "Borlänge", "text": "y", "kind": "meeting"}
    assert (merged.theirs, merged.clashes) == (("place",), ("title",))


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "expected"),
    [
        (["a", "b"], ["a", "b", "c"], ["a", "d", "b"], ["a", "d", "b", "c"]),
        (["a", "b", "c"], ["a", "c"], ["a", "b", "c", "d"], ["a", "c", "d"]),
        (["a", "b", "c"], ["c", "a", "b"], ["a", "b", "c", "d"], ["c", "d", "a", "b"]),
        (["a", "b"], ["b", "a"], ["a"], ["a"]),
        ([], ["a"], ["b"], ["b", "a"]),
        ([EVA, KIM], [EVA, {**KIM, "role": "vd"}], [{**EVA, "role": "chef"}, KIM], None),
        ([EVA], [{**EVA, "role": "vd"}], [{**EVA, "organisation": "B"}, BO], None),
    ],
)
def test_lists_are_merged_entry_by_entry(base: Any, theirs: Any, mine: Any, expected: Any) -> None:
    merged = merge_values(base, theirs, mine)
    if expected is not None:
        assert merged == expected
    elif len(base) == 2:
        assert merged == [{**EVA, "role": "chef"}, {**KIM, "role": "vd"}]
    else:
        assert merged == [{**EVA, "role": "vd", "organisation": "B"}, BO]


@pytest.mark.parametrize(
    ("base", "theirs", "mine"),
    [
        (["a", "b", "c"], ["c", "a", "b"], ["b", "a", "c"]),
        ([EVA], [{**EVA, "role": "vd"}], [{**EVA, "role": "chef"}]),
        ([EVA, KIM], [EVA], [EVA, {**KIM, "role": "vd"}]),
        ([EVA], [EVA, EVA], [EVA, KIM]),
    ],
)
def test_lists_that_both_changed_otherwise_clash(base: Any, theirs: Any, mine: Any) -> None:
    assert is_clash(merge_values(base, theirs, mine))

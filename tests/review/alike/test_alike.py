"""Names that may be of one: how sure, in what company, and how many of thousands are compared."""

from itertools import product

import pytest

from archive.model.names import NameEntry, NameKind
from archive.review.alike.pairs import alike_pairs, likeness_of
from tests.review.alike.labelled_pairs import labelled_pairs

PERSON, ORGANISATION = NameKind.PERSON, NameKind.ORGANISATION
PRECISION_MIN, RECALL_MIN = 0.95, 0.90


def _found(kind: NameKind, *names: str, beside: str = "") -> list[tuple[str, str]]:
    entries = [NameEntry(name, name, beside=frozenset(beside.split())) for name in names]
    return [(pair.one.name, pair.other.name) for pair in alike_pairs(kind, entries)]


def test_suggestions_are_right_and_few_are_missed() -> None:
    labelled = labelled_pairs()
    assert len(labelled) >= 200
    found = [(is_same, bool(_found(kind, one, other))) for kind, one, other, is_same in labelled]
    right = found.count((True, True))
    precision = right / (right + found.count((False, True)))
    recall = right / (right + found.count((True, False)))
    assert precision >= PRECISION_MIN
    assert recall >= RECALL_MIN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Eva Ås", "Eva As"),
        ("Lars Öberg", "Lars Åberg"),
        ("Elin Jonsson", "Elin Jönsson"),
        ("Maria Ek", "Marie Ek"),
        ("Carina", "Carina Åkerberg"),
    ],
)
def test_letters_and_names_of_their_own_are_kept_apart(one: str, other: str) -> None:
    assert likeness_of(PERSON, one, other) < 0.85


def test_an_initial_that_fits_several_is_proposed_for_the_same_organisation_alone() -> None:
    names = ("A. Andersson", "Anna Andersson", "Arne Andersson")
    assert _found(PERSON, *names) == []
    assert set(_found(PERSON, *names, beside="o1")) == {names[:2], names[::2]}


def test_the_same_organisation_makes_a_weak_likeness_enough() -> None:
    assert _found(PERSON, "Carina Å", "Carina Åkerberg") == []
    assert _found(PERSON, "Carina Å", "Carina Åkerberg", beside="o1") == [("Carina Å", "Carina Åkerberg")]


def test_a_pair_among_thousands_is_found_and_likeness_does_not_depend_on_the_order() -> None:
    made = [f"{given} {family}vall" for given, family in product(("Ada", "Bo", "Cid", "Dan"), _FAMILIES)]
    names = [*made, "Carina Åkerberg", "Åkerberg, C."]
    assert ("Carina Åkerberg", "Åkerberg, C.") in _found(PERSON, *names)
    for kind, one, other, _ in labelled_pairs():
        assert likeness_of(kind, one, other) == likeness_of(kind, other, one)


_FAMILIES = [f"{a}{b}{c}" for a, b, c in product("bdfglmst", "aeiou", "klnrst")]

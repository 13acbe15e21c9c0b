"""Sets of pages, rows in common and the first of many, against Python's own sets and sorting."""

import random
from collections.abc import Sequence

import numpy as np
import pytest

from archive.index.whoosh.searcher.docset import DocSet, common_rows, difference, intersection, union
from archive.index.whoosh.searcher.groups import first_of

LIMIT = 500
SIZES = [0, 1, 7, 40, 300, 500]


def _pages(chance: random.Random, size: int) -> list[int]:
    return sorted(chance.sample(range(LIMIT), size))


def _sets(chance: random.Random, chosen: Sequence[list[int]]) -> list[DocSet]:
    """Return sets as pages or as masks, of every type that files hold."""
    made = []
    for pages in chosen:
        array = np.array(pages, chance.choice(["u2", "u4", "i8"]))
        mask = np.isin(np.arange(LIMIT), array)
        made.append(DocSet(LIMIT, array) if chance.random() < 0.5 else DocSet(LIMIT, mask=mask))
    return made


@pytest.mark.parametrize("seed", range(8))
def test_sets_are_those_of_python(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        chosen = [_pages(chance, chance.choice(SIZES)) for _ in range(chance.randrange(1, 4))]
        plain = [set(pages) for pages in chosen]
        assert union(_sets(chance, chosen), LIMIT).pages.tolist() == sorted(set().union(*plain))
        both = intersection(_sets(chance, chosen), LIMIT)
        assert both.pages.tolist() == sorted(plain[0].intersection(*plain[1:]))
        first, last = _sets(chance, [chosen[0], chosen[-1]])
        assert difference(first, last).pages.tolist() == sorted(plain[0] - plain[-1])
        assert len(both) == len(both.pages)


@pytest.mark.parametrize("seed", range(8))
def test_common_rows_are_those_of_python(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        left, right = (_pages(chance, chance.choice(SIZES)) for _ in range(2))
        mine, theirs = common_rows(np.array(left, "u2"), np.array(right, "u4"), LIMIT)
        expected = [(left.index(page), right.index(page)) for page in left if page in set(right)]
        assert list(zip(mine.tolist(), theirs.tolist(), strict=True)) == expected


@pytest.mark.parametrize("seed", range(8))
def test_first_of_many_are_those_of_sorting(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"g{n}" for n in range(100)]
    chance.shuffle(names)
    for _ in range(60):
        items = np.array(sorted(chance.sample(range(100), chance.randrange(1, 100))))
        scores = np.array([chance.choice([0.0, -0.5, -2.0]) for _ in items])
        dates = np.array([chance.choice([0, -20190101]) for _ in items])
        wanted = chance.randrange(1, 110)
        rows = sorted(range(items.size), key=lambda row: (scores[row], dates[row], names[items[row]]))
        expected = [int(items[row]) for row in rows[:wanted]]
        assert first_of(items, [scores, dates], names, wanted) == expected

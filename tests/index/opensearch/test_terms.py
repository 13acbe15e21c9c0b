"""Terms are written so that the server's analysers take them as they are."""

import pytest

from archive.analysis.analyzer import Token
from archive.index.opensearch.terms import (
    FILLER,
    SCALE,
    beginning,
    kept_length,
    read,
    stacked,
    weighted,
    words,
    written,
)
from tests.index.index_documents import tokens

_ODD = ["a b", "a|b", "·", "%", "100%", "x\ty", "a\u2028b", "\u3000", "ett\x00två", "%7c;", " ", "||"]


@pytest.mark.parametrize("term", [*_ODD, "skog", "3.5", "år-2020", "c++", "🌲"])
def test_terms_come_back_as_they_were(term: str) -> None:
    assert read(written(term)) == term
    assert written(term) != FILLER
    assert written(term).split() == [written(term)]
    assert not set("|·") & set(written(term))


def test_beginnings_stay_beginnings() -> None:
    for term in _ODD:
        assert written(term + "x").startswith(written(term))


def test_signs_of_regular_expressions_are_taken_literally() -> None:
    assert beginning("c++") == r"c\+\+.*"
    assert beginning("år") == "år.*"


def _lucene(length: int) -> int:
    """Return a length as Lucene reads it again: four significant bits of what is above 24."""
    if length < 40:
        return length
    shift = (length - 24).bit_length() - 4
    return 24 + ((length - 24) >> shift << shift)


def test_field_is_as_long_as_it_has_words() -> None:
    for count in (0, 1, 2, 3, 7, 40, 150, 999):
        for text in ("gruvnät|gruva|nät stad " * count, "skog " * count):
            length = SCALE * len(tokens(text))
            total = sum(int(one.partition("|")[2]) for one in weighted(tokens(text)).split())
            assert abs(_lucene(total) - length) <= max(1, length / 16)
            assert _lucene(kept_length(length)) == kept_length(length)


def test_lengths_are_rounded_to_the_nearest() -> None:
    for length in range(5_000):
        kept = kept_length(length)
        assert _lucene(kept) == kept
        nearest = min((_lucene(length), _lucene(length + (1 << 9))), key=lambda one: abs(one - length))
        assert abs(kept - length) <= abs(nearest - length)


def test_weights_of_a_word_add() -> None:
    assert weighted(tokens("skog skog gruvnät|gruva")).split()[1:] == ["skog|40", "gruvnät|20", "gruva|12"]
    light = [Token("skog", 0, 0, 4, 0.001)]
    assert weighted(light).split()[1:] == ["skog|1"]


def test_stacks_keep_order_and_gaps() -> None:
    assert stacked(tokens("ny gruvnät|gruva _ _ stad")) == f"ny|{FILLER} gruvnät|gruva · stad"
    assert stacked([]) == FILLER
    assert words(tokens("skog sjö skog")) == [FILLER, "skog", "sjö"]

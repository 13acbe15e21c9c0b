"""Words in addresses weigh less than words of the text."""

import pytest

from archive.index.addresses import ADDRESS_WEIGHT, with_lighter_addresses
from tests.analysis.analyzers import ANALYZER
from tests.counting import assert_grows_linearly


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("gruva http://malm.se/kol stål", {"http", "malm", "se", "kol"}),
        ("gruva www.malm.se stål", {"www", "malm", "se"}),
        ("gruva malm@kol.se, stål", {"malm", "kol", "se"}),
        ("gruva", set()),
        ("gruva och/eller stål", set()),
    ],
)
def test_words_of_an_address_weigh_less(text: str, light: set[str]) -> None:
    tokens = with_lighter_addresses(text, ANALYZER.exact_terms(text))
    assert {token.term for token in tokens if token.boost == ADDRESS_WEIGHT} == light
    assert {token.boost for token in tokens if token.term in ("gruva", "stål")} == {1.0}


@pytest.mark.parametrize("unit", ["a", "@", "a@", "http://", "www.", "a@b "])
def test_no_text_takes_more_than_linear_work(unit: str) -> None:
    assert_grows_linearly(lambda times: with_lighter_addresses("@ " + unit * times, ()), 300)

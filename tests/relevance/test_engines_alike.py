"""Both engines find the same and rank alike."""

from pathlib import Path

import pytest

from bench.alike import LEAST_OVERLAP, compared
from bench.relevance.measures import rank_biased_overlap
from bench.relevance.sets import Text
from tests.relevance.slides import ASKED, SLIDES
from tests.servers.opensearch.shared_node import shared_addresses


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    return shared_addresses(tmp_path_factory.getbasetemp())


def test_engines_rank_alike(tmp_path: Path, addresses: tuple[str, ...]) -> None:
    texts = [Text(name, "", words) for name, words in SLIDES.items()]
    several = [f"{one} {other}" for one, other in zip(ASKED, [*ASKED][7:], strict=False)]
    phrases = [f'"{" ".join(words.split()[:2])}"' for words in SLIDES.values()]
    beginnings = [f"{one[:4]}*" for one in ASKED]
    questions = [*ASKED, *several[:60], *phrases[:30], *beginnings[:30]]
    overlap, different = compared(texts, questions, tmp_path, addresses)
    assert overlap >= LEAST_OVERLAP
    assert not different


def test_overlap_is_one_for_the_same_order_only() -> None:
    assert rank_biased_overlap("abc", "abc") == pytest.approx(1)
    assert rank_biased_overlap("", "") == 1
    assert rank_biased_overlap("abc", "def") == 0
    assert 0.8 < rank_biased_overlap("abc", "acb") < 1
    assert rank_biased_overlap("bac", "abc") < rank_biased_overlap("acb", "abc")

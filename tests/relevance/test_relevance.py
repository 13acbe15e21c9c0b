"""A small set whose floors stand just under what is reached: a change that finds less is seen."""

from collections.abc import Iterator

import pytest

from bench.relevance.measures import mean, ndcg, recall
from bench.relevance.product import Product
from bench.relevance.sets import Text
from tests.analysis.analyzers import ANALYZER
from tests.relevance.slides import ASKED, NEVER, SLIDES


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    texts = [Text(name, "", words) for name, words in SLIDES.items()]
    made = Product(texts, ANALYZER, tmp_path_factory.mktemp("relevance") / "index")
    yield made
    made.close()


def test_what_is_asked_for_stands_first(product: Product) -> None:
    values = {
        query: ndcg(product.ranked(query, 10), dict.fromkeys(right, 1.0)) for query, right in ASKED.items()
    }
    worst = {query: round(value, 2) for query, value in values.items() if value < 0.9}
    assert mean(list(values.values())) >= 0.97, worst


def test_hardly_anything_that_is_asked_for_is_missed(product: Product) -> None:
    values = {query: recall(product.ranked(query, 10), right) for query, right in ASKED.items()}
    assert mean(list(values.values())) >= 0.98, [query for query, value in values.items() if value < 1]


@pytest.mark.parametrize("query", ASKED)
def test_letters_may_be_lacking(product: Product, query: str) -> None:
    if query in ("får",):  # "far" is another word
        return
    folded = query.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))
    assert set(ASKED[query]) & set(product.ranked(folded, 10)), folded


@pytest.mark.parametrize(("query", "slide"), NEVER.items())
def test_other_words_are_not_found(product: Product, query: str, slide: str) -> None:
    assert slide not in product.ranked(query, 10)

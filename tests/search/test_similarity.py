"""How alike slides are."""

from archive.search.similarity import SIMILAR_MIN, TermVectors, Texts, alike, is_same, wording
from tests.analysis.analyzers import ANALYZER
from tests.query.vocabularies import Words


class Counts(Words):
    """A vocabulary of a hundred pages."""

    def page_count(self) -> int:
        return 100


def _said(*texts: str) -> Texts:
    return tuple((text, "sv") for text in texts)


def _between(first: Texts, second: Texts, *common: str) -> float:
    vectors = TermVectors().of([wording(texts, ANALYZER) for texts in (first, second)], Counts(*common))
    return alike(*vectors)


def test_the_same_words_are_the_same_slide_whatever_its_number_and_the_order_of_its_blocks() -> None:
    first, second = _said("Export av stål", "Bild 7"), _said("Bild 12", "export av Stål")
    assert is_same(first, second)
    assert round(_between(first, second), 6) > 0.8


def test_slides_without_words_are_not_the_same() -> None:
    assert not is_same(_said("7"), _said("8"))
    assert _between(_said("7"), _said("och")) == 0


def test_a_word_that_every_slide_has_makes_no_slide_similar() -> None:
    first, second = _said("agenda export stål malm gruva"), _said("agenda vård skola omsorg hemtjänst")
    assert _between(first, second, *["agenda"] * 60) < SIMILAR_MIN
    assert not is_same(first, second)


def test_rare_words_weigh_more_than_common_ones() -> None:
    common = ["agenda"] * 60
    rare = _between(_said("agenda gruva stål"), _said("mål gruva"), *common)
    usual = _between(_said("agenda gruva stål"), _said("mål agenda"), *common)
    assert rare > usual > 0

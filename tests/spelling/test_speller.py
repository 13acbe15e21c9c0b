import pytest

from archive.spelling.speller import Candidate, Speller
from tests.analysis.analyzers import ANALYZER

PAGES = {
    "upphandling": 113, "upphandlingar": 20, "näring": 40, "näringsliv": 20, "politik": 60, "gruvan": 5,
    "region": 300, "regional": 90, "sjö": 4, "försörjning": 30, "modet": 9, "mordet": 2, "energi": 50,
    "kompetens": 90, "skola": 50, "skala": 5, "station": 8,
}  # fmt: skip


def speller(pages: dict[str, int] | None = None) -> Speller:
    return Speller((PAGES if pages is None else pages).items(), ANALYZER.lexicon, ANALYZER.splitter)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("upphandlngi", "upphandling"),
        ("uphandling", "upphandling"),
        ("upphadnlig", "upphandling"),
        ("naring", "näring"),
        ("naringsliv", "näringsliv"),
        ("regoin", "region"),
        ("enrgi", "energi"),
        ("moret", "modet"),
        ("skolq", "skola"),
        ("stasjon", "station"),
    ],
)
def test_mistyped_word_is_mended(typed: str, meant: str) -> None:
    assert speller().correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gruvpoltik", "gruvpolitik"),
        ("kompetensförsörning", "kompetensförsörjning"),
        ("näringsplitik", "näringspolitik"),
        ("energipolitk", "energipolitik"),
        ("enregipolitik", "energipolitik"),
    ],
)
def test_compound_that_stands_nowhere_is_mended_by_its_parts(typed: str, meant: str) -> None:
    assert speller().correct(typed) == meant
    assert speller().candidates(typed)[0].pages == 0


def test_commoner_word_comes_first_among_equals() -> None:
    assert speller({"hall": 1, "hald": 1000, "halm": 10}).correct("halb") == "hald"
    assert speller().correct("skula") == "skola"


@pytest.mark.parametrize("word", ["region", "mordet", "skala"])
def test_word_that_is_there_is_right(word: str) -> None:
    assert speller().correct(word) == ""


def test_slip_of_the_archives_own_is_mended_by_a_much_commoner_word() -> None:
    pages = {"digitalisering": 200, "digitalsiering": 1, "digitalt": 300, "digitala": 1}
    assert speller(pages).correct("digitalsiering") == "digitalisering"
    assert speller(pages).correct("digitala") == "", "it is rare, but a word"
    assert speller(pages | {"digitalsiering": 3}).correct("digitalsiering") == ""


@pytest.mark.parametrize(
    "typed", ["", "ab", "xyzzy", "qwrtplk", "2030", "a-b", "å" * 500, "\0\0\0", "region8"]
)
def test_what_is_no_word_gets_nothing(typed: str) -> None:
    assert speller().candidates(typed) == []
    assert speller().correct(typed) == ""


def test_only_given_words_are_offered() -> None:
    assert speller({"annat": 1}).correct("upphandlngi") == ""
    assert speller({}).correct("upphandlngi") == ""


def test_short_words_are_mended_by_small_mistakes_only() -> None:
    words = speller({"sjö": 5, "älv": 5, "kust": 5})
    assert words.correct("sjo") == "sjö"
    assert words.correct("kisk") == ""


def test_word_that_comes_twice_counts_with_its_most_pages() -> None:
    twice = [("region", 3), ("region", 8), ("2030", 9), ("i", 7)]
    words = Speller(twice, ANALYZER.lexicon, ANALYZER.splitter)
    assert [words.pages(word) for word in ("region", "2030", "i")] == [8, 0, 0]
    assert words.candidates("reigon") == [Candidate("region", 0.7, 8)]

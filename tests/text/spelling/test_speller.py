import pytest

from archive.text.spelling.speller import Candidate, Speller

PAGES = {
    "upphandling": 113, "upphandlingar": 20, "näring": 40, "politik": 60, "gruvan": 5, "region": 300,
    "regional": 90, "sjö": 4, "försörjning": 30, "modet": 9, "mordet": 2, "energi": 50,
}  # fmt: skip


class Parts:
    """Compounds of two known parts."""

    def begins(self, left: str) -> bool:
        return left in ("gruv", "kompetens", "närings")

    def split(self, word: str) -> tuple[str, ...]:
        for at in range(3, len(word) - 2):
            if (self.begins(word[:at]) or word[:at] in PAGES) and word[at:].removeprefix("s") in PAGES:
                return word[:at], word[at:]
        return (word,)


@pytest.fixture
def speller() -> Speller:
    return Speller(PAGES.items(), Parts())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("upphandlngi", "upphandling"),
        ("uphandling", "upphandling"),
        ("naring", "näring"),
        ("regoin", "region"),
        ("enrgi", "energi"),
        ("moret", "modet"),
    ],
)
def test_mistyped_word_is_mended(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correction(typed) == meant


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
def test_compound_that_stands_nowhere_is_mended_by_its_parts(
    speller: Speller, typed: str, meant: str
) -> None:
    assert speller.correction(typed) == meant
    assert speller.candidates(typed)[0].pages == 0


def test_commoner_word_comes_first_among_equals() -> None:
    speller = Speller([("hall", 1), ("hald", 1000), ("halm", 10)])
    assert next(one.word for one in speller.candidates("halb")) == "hald"


def test_right_word_is_never_its_own_correction(speller: Speller) -> None:
    assert "region" not in [one.word for one in speller.candidates("region")]
    assert speller.correction("region") != "region"


@pytest.mark.parametrize(
    "typed", ["", "ab", "xyzzy", "qwrtplk", "2030", "a-b", "å" * 500, "\0\0\0", "region8"]
)
def test_what_is_no_word_gets_nothing(speller: Speller, typed: str) -> None:
    assert speller.candidates(typed) == []


def test_short_words_are_mended_by_small_mistakes_only() -> None:
    speller = Speller([("sjö", 5), ("älv", 5), ("kust", 5)])
    assert speller.correction("sjo") == "sjö"
    assert speller.correction("kisk") == ""


def test_word_that_comes_twice_counts_with_its_most_pages() -> None:
    speller = Speller([("region", 3), ("region", 8), ("2030", 9), ("i", 7)])
    assert (len(speller), speller.pages("region"), speller.pages("2030")) == (1, 8, 0)
    assert speller.candidates("reigon") == [Candidate("region", 0.7, 8)]

import pytest

from archive.analysis.stemmer import regular_prefixes, required_substrings
from archive.analysis.tokenizer import surface, words
from tests.analysis.analyzers import ANALYZER

STORIES = """
Städerna och länderna runt Östersjön: bönder, böcker, händer och tänder. Reglarna, nycklarna och cyklarna
ändrades när museet och seminariet flyttade. Han gick, gav, tog, skrev och bjöd; hon är äldre och bättre.
Kyrkoböckerna, gatulivet och skolgången. Storstäder, partnerländer, tjänstemän och fritidsböcker.
Kommunens klimatanpassning, gruvnäringens kompetensförsörjning och ljusrött tegel.
"""


@pytest.mark.parametrize("language", ["sv", "en"])
def test_words_hold_a_root_of_each_of_their_terms(language: str) -> None:
    for word, _, _ in words(STORIES):
        for one in ANALYZER.word_terms(word, language):
            assert any(part in surface(word) for part in ANALYZER.required_substrings(one.term)), (word, one)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("klimat", ("klima",)),
        ("regel", ("rege", "regl")),
        ("museum", ("muse",)),
        ("eu", ("eu",)),
        ("bil", ("bil",)),
        ("kri", ("kr",)),
    ],
)
def test_beginnings_are_what_inflection_leaves(term: str, expected: tuple[str, ...]) -> None:
    assert regular_prefixes(term) == expected


def test_an_unknown_compound_is_inflected_as_its_last_part_is() -> None:
    odd = {"stad": ("städer",)}
    assert required_substrings("kommunstad", lambda term: odd.get(term, ())) == ("kommunsta", "kommunstäder")

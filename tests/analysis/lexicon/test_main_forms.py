"""Inflections of one word share a main form; other words have others."""

from itertools import combinations
from pathlib import Path

import pytest

from archive.analysis.lexicon.main_forms import is_believable, main_forms
from tests.analysis.analyzers import ANALYZER

_LEMMAS = Path(__file__).resolve().parents[4] / "shared" / "swedish" / "dev" / "conflation_saldo.tsv"


def _main(word: str) -> str:
    return ANALYZER.word_terms(word, "sv")[0].term


def _main_or_own(word: str) -> str:
    """Return the main form; a stop word's is itself."""
    return next((one.term for one in ANALYZER.word_terms(word, "sv")), word)


@pytest.mark.parametrize(
    "forms",
    [
        "film filmen filmer filmerna",
        "press pressen pressens",
        "utveckla utvecklar utvecklade utvecklad utvecklat utvecklas utvecklats utvecklande",
        "bedöma bedöm bedömer bedömd",
        "kille killar killarna",
        "timme timmar timmarna",
        "idé idén idéer idéerna",
        "gör göra gjorde görs",
        "lägga lägger lade",
        "skapa skapande skapandet",
    ],
)
def test_inflections_meet(forms: str) -> None:
    assert len({_main(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("it", "se"),
        ("las", "lägga"),
        ("tkr", "tycka"),
        ("sam", "simma"),
        ("ref", "räv"),
        ("maj", "maja"),
        ("gods", "god"),
        ("timmer", "timme"),
        ("lag", "lager"),
        ("bil", "billig"),
        ("fastighet", "fast"),
        ("data", "dator"),
        ("Tomas", "tomat"),
        ("granska", "granskning"),
        ("god", "goa"),
    ],
)
def test_unlike_words_do_not_meet(one: str, other: str) -> None:
    assert _main(one) != _main(other)


def test_short_words_keep_their_own_form_in_capitals() -> None:
    assert [_main(word) for word in ("IT", "LAS", "KK", "SER")] == ["it", "las", "kk", "ser"]


def test_a_form_belongs_to_the_lemma_whose_other_forms_are_commoner() -> None:
    simplemma = {"banken": "bank", "bankar": "banka", "bankarna": "bank", "bankade": "banka"}
    dictionary = {"bankar": {"bank", "banka"}, "bank": {"bank"}}
    zipf = {"banken": 5.0, "bankarna": 4.5, "bankade": 2.0, "bankar": 3.0}
    assert main_forms(simplemma, dictionary, zipf)["bankar"] == "bank"
    assert main_forms(simplemma, dictionary, {"bankade": 5.0})["bankar"] == "banka"


def test_without_a_dictionary_short_words_have_their_own_form() -> None:
    assert not is_believable("it", "se", (), {"it": 5.1})
    assert is_believable("får", "få", (), {"får": 6.4})
    assert is_believable("las", "la", ("la",), {})


@pytest.mark.skipif(not _LEMMAS.exists(), reason="the shared list of SALDO's lemmas is not on this machine")
def test_of_three_thousand_lemmas_hardly_any_is_parted_or_meets_another() -> None:
    lines = [line for line in _LEMMAS.read_text("utf-8").splitlines() if line[0] != "#"]
    lemmas = [line.split("\t")[1].split() for line in lines]
    terms = {form: _main_or_own(form) for forms in lemmas for form in forms}
    pairs = [pair for forms in lemmas for pair in combinations(forms, 2)]
    holders: dict[str, set[int]] = {}
    for number, forms in enumerate(lemmas):
        for form in forms:
            holders.setdefault(terms[form], set()).add(number)
    known = [set(forms) for forms in lemmas]
    mixed = [
        forms
        for forms in known
        if any(not known[other] & forms for form in forms for other in holders[terms[form]])
    ]
    assert sum(terms[one] == terms[other] for one, other in pairs) / len(pairs) >= 0.955
    assert len(mixed) / len(lemmas) <= 0.035

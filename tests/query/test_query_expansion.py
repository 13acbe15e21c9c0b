import pytest

from archive.query.query_expansion import Expander, ExpansionKind
from tests.analysis.analyzers import ANALYZER
from tests.query.vocabularies import Words


def widener(*sentences: str) -> Expander:
    return Expander(ANALYZER, ANALYZER.lexicon, Words(*sentences))


def restored(typed: str, *sentences: str) -> list[str]:
    found = widener(*sentences).alternatives(typed)
    return [one.word for one in found if one.kind is ExpansionKind.RESTORED]


def translated(question: str, *sentences: str) -> dict[str, list[str]]:
    words = question.split()
    made = widener(*sentences).for_question(words)
    return {
        word: [one.word for one in made.alternatives(word) if one.kind is ExpansionKind.TRANSLATED]
        for word in words
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("naringsliv", "näringsliv"),
        ("atervinning", "återvinning"),
        ("oppna", "öppna"),
        ("gora", "göra"),
        # In no dictionary: found by what the index holds.
        ("gruvnaringspolitiken", "gruvnäringspolitiken"),
    ],
)
def test_missing_letters_are_restored(typed: str, meant: str) -> None:
    assert restored(typed, f"Om {meant} i länet") == [meant]


def test_an_inflection_that_the_index_lacks_is_restored_by_its_main_form() -> None:
    assert restored("atervinningen", "återvinning") == ["återvinningen"]


def test_a_common_word_is_not_taken_for_another() -> None:
    assert restored("far", "får av ull") == []


def test_only_words_of_the_index_are_restored() -> None:
    assert restored("naringsliv", "något annat") == []


def test_words_with_their_letters_are_left_alone() -> None:
    assert restored("näringsliv", "näringsliv naringsliv") == []


def test_english_questions_are_translated_into_swedish() -> None:
    found = translated("public procurement", "offentlig upphandling av tjänster")
    assert found["procurement"] == ["upphandling"]
    assert "offentlig" in found["public"]


def test_swedish_questions_are_translated_into_english() -> None:
    assert translated("kompetens", "the competence of regions") == {"kompetens": ["competence"]}


def test_translations_that_the_index_lacks_are_left_out() -> None:
    assert translated("procurement", "om annat") == {"procurement": []}


@pytest.mark.parametrize(
    ("left", "right", "compound"),
    [
        ("kompetens", "försörjning", "kompetensförsörjning"),
        ("utveckling", "möjlighet", "utvecklingsmöjlighet"),
        ("tåg", "trafiken", "tågtrafiken"),
    ],
)
def test_two_words_are_joined_where_the_index_knows_the_compound(
    left: str, right: str, compound: str
) -> None:
    assert widener(f"Regionens {compound} växer").joined(left, right) == compound
    assert widener("Regionens växer").joined(left, right) == ""


def test_words_that_merely_spell_another_are_not_joined() -> None:
    assert widener("isen på sjön").joined("is", "en") == ""

"""What a word may stand for: nothing that the index lacks, nothing that only looks alike."""

import pytest

from archive.analysis.stemmer import derived_forms
from archive.query.query_expansion import Expander, ExpansionKind
from tests.analysis.analyzers import ANALYZER
from tests.query.vocabularies import Words


def expander(*sentences: str) -> Expander:
    return Expander(ANALYZER, ANALYZER.lexicon, Words(*sentences))


def restored(typed: str, *sentences: str) -> list[str]:
    found = expander(*sentences).alternatives(typed)
    return [one.word for one in found if one.kind is ExpansionKind.RESTORED]


def translated(question: str, *sentences: str) -> dict[str, list[str]]:
    words = question.split()
    made = expander(*sentences).for_question(words)
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


def test_a_rare_translation_is_not_meant_where_no_text_has_the_common_one() -> None:
    assert translated("öppen", "frank wrote the open source") == {"öppen": ["open", "frank"]}
    assert translated("öppen", "frank wrote it") == {"öppen": []}
    assert translated("stad", "the town is old") == {"stad": ["town"]}  # about as common as "city"


def test_a_translation_weighs_more_where_no_page_has_the_word_itself() -> None:
    (absent,) = expander("offentlig upphandling").for_question(["procurement"]).alternatives("procurement")
    held = expander("offentlig upphandling", "public procurement").for_question(["procurement"])
    (beside,) = held.alternatives("procurement")
    assert absent.word == beside.word == "upphandling"
    assert absent.weight > beside.weight


def test_translations_that_the_index_lacks_are_left_out() -> None:
    assert translated("procurement", "om annat") == {"procurement": []}


@pytest.mark.parametrize(
    ("left", "right", "compound"),
    [
        ("kompetens", "försörjning", "kompetensförsörjning"),
        ("utveckling", "möjlighet", "utvecklingsmöjlighet"),
        ("tåg", "trafiken", "tågtrafiken"),
        ("tvåfaktors", "autentisering", "tvåfaktorsautentisering"),
    ],
)
def test_two_words_are_joined_where_the_index_knows_the_compound(
    left: str, right: str, compound: str
) -> None:
    assert expander(f"Regionens {compound} växer").joined(left, right) == compound
    assert expander("Regionens växer").joined(left, right) == ""


def test_words_that_merely_spell_another_are_not_joined() -> None:
    assert expander("isen på sjön").joined("is", "en") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("granska", "granskning"),
        ("digitalisera", "digitalisering"),
        ("innovation", "innovativ"),
        ("konsumera", "konsumtion"),
        ("ekonom", "ekonomisk"),
        ("kriminell", "kriminalitet"),
        ("medlem", "medlemskap"),
    ],
)
def test_a_word_leads_to_one_derived_from_its_root_and_back(one: str, other: str) -> None:
    assert other in derived_forms(one)
    assert one in derived_forms(other)


@pytest.mark.parametrize(
    ("one", "other"), [("kommun", "kommunism"), ("hjälp", "hjälplös"), ("offent", "offensiv"), ("får", "far")]
)
def test_words_that_mean_something_else_are_no_derived_forms(one: str, other: str) -> None:
    assert other not in derived_forms(one)


@pytest.mark.parametrize("text", ["", "is", "2030er", "5:er", "a" * 64])
def test_any_word_gives_a_bounded_number_without_itself(text: str) -> None:
    found = derived_forms(text)
    assert text not in found
    assert len(found) <= 60

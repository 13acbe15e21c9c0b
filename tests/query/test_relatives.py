"""Words derived from one root are found from each other; words that only look alike are not."""

import pytest

from archive.query.relatives import relatives


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gransk", "granskning"),
        ("digitaliser", "digitalisering"),
        ("innovation", "innovativ"),
        ("konsumer", "konsumtion"),
        ("ekonom", "ekonomisk"),
        ("kriminell", "kriminalitet"),
        ("medlem", "medlemskap"),
    ],
)
def test_a_word_leads_to_one_derived_from_its_root_and_back(one: str, other: str) -> None:
    assert other in relatives(one)
    assert one in relatives(other)


@pytest.mark.parametrize(
    ("one", "other"), [("kommun", "kommunism"), ("hjälp", "hjälplös"), ("offent", "offensiv"), ("får", "far")]
)
def test_words_that_mean_something_else_are_no_relatives(one: str, other: str) -> None:
    assert other not in relatives(one)


@pytest.mark.parametrize("text", ["", "is", "2030er", "5:er", "a" * 64])
def test_any_word_gives_a_bounded_number_without_itself(text: str) -> None:
    found = relatives(text)
    assert text not in found
    assert len(found) <= 60

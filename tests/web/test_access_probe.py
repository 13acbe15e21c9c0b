"""Nobody can tell whether an archive has words that they may not see (2,000 words: `bench.probe`)."""

from collections.abc import Iterator

import pytest

from tests.web.access.probe import PLACES, Alike, alike, cheap_questions, costly_questions, secret_words

WORDS = secret_words(100, seed=15)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alike]:
    with alike(tmp_path_factory.mktemp("probe"), WORDS) as archives:
        yield archives


@pytest.mark.parametrize("place", PLACES)
def test_words_that_somebody_may_not_see_change_no_answer(made: Alike, place: str) -> None:
    told = []
    for nth, word in enumerate(WORDS[place]):
        costly = costly_questions(word)
        asked = [(address, is_member) for address in cheap_questions(word) for is_member in (False, True)]
        # Each word by suggestion and API as either, and by one of the pages as one of the two.
        asked.append((costly[nth % len(costly)], bool(nth % 2)))
        told += [
            question
            for question in asked
            if not (question[1] and place == "members") and made.differs(*question)
        ]
    assert not told


def test_no_page_tells_the_archives_apart(made: Alike) -> None:
    assert len(made.addresses) > 30
    told = [
        (address, is_member)
        for nth, address in enumerate(made.addresses)
        for is_member in ((False, True) if nth < 10 else (bool(nth % 2),))
        if made.differs(address, is_member)
    ]
    assert not told


def test_words_are_there_for_those_who_may_see_them(made: Alike) -> None:
    assert all(made.tells(word, is_member=True) for word in WORDS["members"])
    assert not any(made.tells(word, is_member=False) for word in WORDS["members"])

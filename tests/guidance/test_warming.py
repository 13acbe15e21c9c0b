from archive.app import Archive
from archive.guidance.warming import WordLearner, learn_words
from archive.model import Visibility
from archive.text.swedish import SwedishAnalyzer
from tests.web.building import Built


class Counting(SwedishAnalyzer):
    def __init__(self, archive: Archive) -> None:
        super().__init__(archive.analyzer.lexicon)
        self.seen: list[str] = []

    def word_terms(self, word: str, language: str):  # type: ignore[no-untyped-def]  # as inherited
        self.seen.append(word)
        return super().word_terms(word, language)


def test_words_of_two_pages_that_the_visitor_may_see_are_learnt(archive: Archive, built: Built) -> None:
    analyzer = Counting(archive)
    assert learn_words(archive.engine, analyzer, Visibility.PUBLIC) == len(analyzer.seen) > 0
    assert "industrin" in analyzer.seen
    assert "signalteknik" not in analyzer.seen  # stands on one page
    assert "förtroligt" not in analyzer.seen


def test_a_learner_ends_when_it_is_closed(archive: Archive, built: Built) -> None:
    learner = WordLearner(archive.engine, Counting(archive), Visibility.PUBLIC)
    learner.start()
    learner.close()
    learner.close()

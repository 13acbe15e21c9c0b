from archive.text.expand import expand
from archive.text.matching import Matcher
from archive.text.parse import parse_query
from archive.text.wordindex import WordIndex, word_index
from tests.analysis import ANALYZER
from tests.text.matchers import matcher_of


def test_words_are_found_by_form_and_by_index_terms() -> None:
    index = WordIndex(ANALYZER, "sv")
    index.learn(["Gruvnäringens", "städer", "och"])
    term = ANALYZER.word_terms("näring", "sv")[0].term
    assert index.found_by([term]) == {"Gruvnäringens"}
    assert index.found_by(["gruvnäringens", "städer"]) == {"Gruvnäringens", "städer"}
    assert index.found_by(["och"]) == {"och"}
    assert index.found_by(["okänt"]) == set()


def test_known_words_are_not_learned_again() -> None:
    index = WordIndex(ANALYZER, "sv")
    index.learn(["bok", "bok"])
    version = index.version
    index.learn(["bok"])
    assert (len(index), index.version) == (1, version)


def test_languages_are_apart() -> None:
    assert word_index(ANALYZER, "sv") is word_index(ANALYZER, "sv")
    assert word_index(ANALYZER, "sv") is not word_index(ANALYZER, "en")


def test_words_that_another_question_has_learned_are_found() -> None:
    first = Matcher(expand(parse_query("xylofon"), ANALYZER, notes=False), ANALYZER)
    assert first.count("inget här", "sv") == 0
    assert matcher_of("något", ANALYZER).count("xylofonerna spelade", "sv") == 0
    assert first.count("xylofonerna spelade", "sv") == 1


def test_beginning_and_phrase_are_found_beside_each_other() -> None:
    text = "kvasaren och svarta hålrummen"
    matcher = matcher_of('kvas* "svarta hålrummen"', ANALYZER)
    assert [text[a:b] for a, b in matcher.spans(text, "sv")] == ["kvasaren", "svarta", "hålrummen"]

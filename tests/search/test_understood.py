"""A question is read once a request, and the engine asked as seldom as can be."""

from collections.abc import Iterator

import pytest

from archive.app import Archive
from archive.index.schema import Facet
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.understood import Understood
from archive.web.factory import create_app
from tests.search.counting import CountingAnalyzer, CountingEngine, counting
from tests.web.web_archive import Built

Counted = tuple[Archive, CountingEngine, CountingAnalyzer]

_QUESTIONS = (
    *("region", "kompetens region", '"regional strategi"', 'kompetens "regional strategi" -gruva'),
    *("talare:anna region", "region*", "xyzzyord kompetens", '"ett citat som ingen bild har"'),
    *("", "??", "-region"),
)


@pytest.fixture(scope="module")
def counted(archive: Archive, built: Built) -> Iterator[Counted]:
    every = counting(archive)
    yield every
    every[1].close()


def _get(counted: Counted, address: str, text: str) -> str:
    """Ask for a page; return it, with only what it took counted."""
    archive, engine, analyzer = counted
    client = create_app(archive).test_client()
    engine.searches = engine.vocabularies = 0
    analyzer.words.clear()
    answer = client.get(address, query_string={"q": text} if text else {})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("text", _QUESTIONS)
def test_a_slide_page_reads_each_word_once_and_asks_the_engine_thrice_at_most(
    counted: Counted, built: Built, text: str
) -> None:
    _, engine, analyzer = counted
    assert 'data-part="similar"' in _get(counted, f"/d/{built.strategy}/2", text)
    assert engine.searches <= 3
    assert engine.vocabularies <= 2  # for the question's words, and for those of the slide
    assert not analyzer.words or set(analyzer.words.values()) == {1}


@pytest.mark.parametrize("text", _QUESTIONS)
def test_a_documents_page_reads_each_word_once_and_asks_the_engine_twice_at_most(
    counted: Counted, built: Built, text: str
) -> None:
    _, engine, analyzer = counted
    _get(counted, f"/d/{built.strategy}", text)
    assert engine.searches <= 2
    assert engine.vocabularies <= 1
    assert not analyzer.words or set(analyzer.words.values()) == {1}


@pytest.mark.parametrize("text", ["region", "kompetens region", '"regional strategi"'])
def test_a_page_of_results_reads_each_word_once(counted: Counted, text: str) -> None:
    _, engine, analyzer = counted
    archive = counted[0]
    engine.searches = engine.vocabularies = 0
    analyzer.words.clear()
    archive.search.search(Question(text), Visibility.PUBLIC)
    assert engine.searches <= 2
    assert engine.vocabularies == 1
    assert set(analyzer.words.values()) == {1}


def test_a_question_without_words_marks_nothing_and_asks_nothing(counted: Counted, built: Built) -> None:
    archive, engine, _ = counted
    engine.searches = 0
    with archive.database.read() as session:
        understood = archive.search.understand(session, Question(), Visibility.PUBLIC)
        matches = understood.in_document(built.strategy)
    assert matches.pages == ()
    assert matches.matcher.is_empty
    assert engine.searches == 0


@pytest.mark.parametrize("text", [text for text in _QUESTIONS if text])
@pytest.mark.parametrize("visitor", Visibility)
def test_a_documents_matches_are_those_that_a_page_of_results_counts(
    archive: Archive, built: Built, text: str, visitor: Visibility
) -> None:
    result = archive.search.search(Question(text), visitor)
    of_groups = {group.id: group.slide_count for group in result.groups}
    with archive.database.read() as session:
        understood = archive.search.understand(session, Question(text), visitor)
        for group in result.groups:
            document = group.record.document.id
            numbers = understood.in_document(document).pages
            assert {hit.number for hit in group.best if hit.document_id == document} <= set(numbers)
            assert len(numbers) <= of_groups[group.id]
        total = result.total_slides if result.complete is None else result.complete[1]
        assert understood.total() == total


def test_one_question_gives_results_values_and_totals(archive: Archive, built: Built) -> None:
    with archive.database.read() as session:
        understood = archive.search.understand(session, Question("region"), Visibility.PUBLIC)
        result, is_complete = understood.result_page()
        values = understood.facet_values(Facet.KIND, 10)
    assert isinstance(understood, Understood)
    assert is_complete
    assert result == archive.search.search(Question("region"), Visibility.PUBLIC)
    assert values == result.facets[Facet.KIND]

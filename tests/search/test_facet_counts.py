"""What a facet's value says is what choosing it gives; all orders, talks and documents show one set."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random

import pytest

from archive.index.documents import IndexDocument, Watermark
from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.index.query import MatchAll
from archive.index.schema import Facet
from archive.index.search import Scope, SearchAnswer, SearchRequest, Sort
from archive.query.compile import CompiledQuery
from archive.search.matching_strategy import ENOUGH_GROUPS, ask
from tests.index.index_documents import document, page
from tests.query.compiling import compiled

_WORDS = ("hamn", "malm", "skog", "region", "klimat", "skola", "vård", "bro")
_QUESTIONS = (
    *(f"{first} {second}" for first, second in pairwise(_WORDS)),
    *(
        f"{first} {second} {third}"
        for first, second, third in zip(_WORDS, _WORDS[2:], _WORDS[4:], strict=False)
    ),
    *(f"{first} OR {second}" for first, second in zip(_WORDS, _WORDS[3:], strict=False)),
    *_WORDS[:4],
    "hamn AND bro",
    "skog OCH vård",
    "hamn malm -skog",
    '"hamn malm" region',
    '"skog region klimat skola"',
    "sko* klimat",
    "bro vulkan",
    "vulkan",
    "hamn malm skog region klimat skola",
    "år:2019 hamn malm",
)
_FACETS = (Facet.YEAR, Facet.REGION, Facet.KIND, Facet.LANGUAGE)


def _documents() -> Iterator[IndexDocument]:
    """Yield 60 documents, some of which share a talk; the last words are rare."""
    chance = Random(13)
    for number in range(60):
        pages = [
            page(
                nth,
                " ".join(_WORDS[min(int(chance.expovariate(0.5)), 7)] for _ in range(chance.randint(1, 4))),
                language=chance.choice(("sv", "sv", "en")),
            )
            for nth in range(1, chance.randint(2, 5))
        ]
        yield document(
            f"d{number:02}",
            *pages,
            group=f"talk-{number // 2}" if number < 20 else "",
            date=f"{chance.randint(2018, 2023)}-01-01",
            sort_title=chance.choice("abcdef"),
            year=str(chance.randint(2018, 2023)),
            region=chance.choice(("SE11", "SE11 SE12", "SE12", "")),
            kind=chance.choice(("deck", "report")),
        )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    opened = open_engine("whoosh", tmp_path_factory.mktemp("index"))
    with opened.rebuild() as rebuild:
        rebuild.write(list(_documents()))
        rebuild.publish(Watermark("test", 1, "test"))
    yield opened
    opened.close()


def _answer(
    engine: SearchEngine,
    question: CompiledQuery,
    filters: Mapping[Facet, Sequence[str]],
    sort: Sort = Sort.RELEVANCE,
) -> SearchAnswer:
    request = SearchRequest(MatchAll(), Scope(filters=filters), sort, limit=100, facets=_FACETS)
    return ask(engine, question, request).answer


def test_there_are_thirty_questions_with_all_words_and_with_some(engine: SearchEngine) -> None:
    answers = [_answer(engine, compiled(question), {}) for question in _QUESTIONS]
    assert len(_QUESTIONS) >= 30
    assert any(answer.fallback_groups for answer in answers)
    assert any(answer.total_groups >= ENOUGH_GROUPS and not answer.fallback_groups for answer in answers)


@pytest.mark.parametrize("text", _QUESTIONS)
def test_every_value_gives_what_it_says_one_and_two_deep(engine: SearchEngine, text: str) -> None:
    question = compiled(text)
    answer = _answer(engine, question, {})
    for facet in _FACETS:
        for count in answer.facets[facet]:
            one = {facet: [count.value]}
            chosen = _answer(engine, question, one)
            assert (chosen.total_groups, chosen.total_pages) == (count.groups, count.pages), one
            for other in _FACETS:
                for second in chosen.facets[other] if other is not facet else ():
                    both = {**one, other: [second.value]}
                    deeper = _answer(engine, question, both)
                    assert (deeper.total_groups, deeper.total_pages) == (second.groups, second.pages), both


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", _QUESTIONS[:12])
def test_every_order_shows_the_same_talks(engine: SearchEngine, text: str, sort: Sort) -> None:
    question = compiled(text)
    right, sorted_ = _answer(engine, question, {}), _answer(engine, question, {}, sort)
    assert {(hit.group, hit.pages) for hit in sorted_.groups} == {
        (hit.group, hit.pages) for hit in right.groups
    }
    assert [hit.is_fallback for hit in sorted_.groups] == [hit.is_fallback for hit in right.groups]


@pytest.mark.parametrize("text", _QUESTIONS)
def test_a_talk_shows_as_many_slides_as_its_documents_do(engine: SearchEngine, text: str) -> None:
    question = compiled(text)
    for hit in _answer(engine, question, {}).groups:
        documents = {ref.document for ref in hit.pages}
        shown = [
            ask(engine, question, SearchRequest(MatchAll(), limit=0, document=name)).answer.document_pages
            for name in documents
        ]
        assert sum(map(len, shown)) == len(hit.pages)

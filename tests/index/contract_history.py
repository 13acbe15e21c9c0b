"""Contract: answers depend on what the index has, not on how it came to have it."""

from dataclasses import replace
from random import Random

from archive.index.engine import SearchEngine
from archive.index.query import AnyOf, Term
from archive.index.schema import TextField
from archive.index.search import Sort
from tests.index.generated_indexes import make_plan
from tests.index.generated_requests import RequestMaker
from tests.index.index_documents import ask, document, mark, order, write


def word(term: str) -> Term:
    return Term(TextField.TEXT, term)


def _never() -> bool:
    return False


class HistoryContract:
    histories = 3
    """How many indexes are made by chance."""
    measures_living_pages = True
    """Whether the average length of pages, which weighs words, is that of the pages there are."""

    def test_removed_pages_do_not_make_a_word_common(self, engine: SearchEngine) -> None:
        """While "skog" stood on many pages, "sjö" told more; now each is on one page."""
        write(engine, document("b", "sjö ett"), document("a", "skog ett"))
        write(engine, *[document(f"x{n}", "skog ett") for n in range(9)])
        query = AnyOf((word("sjö"), word("skog")))
        assert order(ask(engine, query))[0] == "b"
        write(engine, *[document(f"x{n}") for n in range(9)])
        assert order(ask(engine, query)) == ["a", "b"]
        assert list(engine.vocabulary(0).frequencies(TextField.TEXT, ["skog", "sjö"])) == [1, 1]
        assert engine.vocabulary(0).page_count() == 2

    def test_removed_pages_do_not_make_others_short(self, engine: SearchEngine) -> None:
        """Beside very long pages both count as short, and the word that comes thrice weighs more."""
        if not self.measures_living_pages:
            return
        short, long = "skog " + "ett " * 3, "skog skog skog " + "ett " * 37
        write(engine, document("a", short), document("b", long))
        alone = order(ask(engine, word("skog")))
        write(engine, *[document(f"x{n}", "vik " * 900) for n in range(9)])
        assert order(ask(engine, word("skog"))) != alone
        write(engine, *[document(f"x{n}") for n in range(9)])
        assert order(ask(engine, word("skog"))) == alone

    def test_answers_are_those_of_a_rebuilt_index(self, engine: SearchEngine) -> None:
        for seed in range(self.histories):
            self._compare(engine, seed)

    def _compare(self, engine: SearchEngine, seed: int) -> None:
        random = Random(seed)
        plan = make_plan(random, random.choice((5, 30)), random.choice((2, 7)), removes=True)
        with engine.rebuild() as rebuild:
            rebuild.publish(mark(0))
        for seq, documents in enumerate(plan.batches, start=1):
            write(engine, *documents, seq=seq)
            if random.random() < 0.2:
                engine.compact(_never)
        maker = RequestMaker(Random(seed), plan)
        requests = [maker.request() for _ in range(40)]
        if not self.measures_living_pages:
            requests = [replace(one, sort=Sort.NEWEST, best=0) for one in requests]
        beginnings = [(maker.beginning(), maker.field(), nth % 3, 20) for nth in range(10)]
        seen = [engine.search(request) for request in requests]
        suggested = [engine.suggest(*beginning) for beginning in beginnings]
        last = {one.id: one for batch in plan.batches for one in batch}
        living = [one for one in last.values() if one.pages]
        random.shuffle(living)
        with engine.rebuild() as rebuild:
            rebuild.write(living)
            rebuild.publish(mark(len(plan.batches)))
        for request, answer in zip(requests, seen, strict=True):
            assert engine.search(request) == answer, (seed, request)
        assert [engine.suggest(*beginning) for beginning in beginnings] == suggested

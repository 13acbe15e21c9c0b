"""Contract: suggestions, frequencies, counts and many pages."""

from archive.index.documents import IndexDocument
from archive.index.engine import SearchEngine
from archive.index.query import AllOf, MatchAll, Term, TermPrefix
from archive.index.schema import Facet, TextField
from tests.index.index_documents import ask, document, page, write

EXACT = TextField.EXACT
TEXT = TextField.TEXT


class VocabularyContract:
    def test_suggestions_come_most_frequent_first(self, engine: SearchEngine) -> None:
        write(engine, document("a", "energi", "energi energi", "energin", "energin energi", "enkel"))
        assert engine.suggest("ener", EXACT, 0, 5) == ("energi", "energin")
        assert engine.suggest("en", EXACT, 0, 2) == ("energi", "energin")

    def test_equally_frequent_suggestions_go_by_letter(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skogen skogar skogig"))
        assert engine.suggest("skog", EXACT, 0, 5) == ("skogar", "skogen", "skogig")

    def test_suggestions_count_visible_pages_only(self, engine: SearchEngine) -> None:
        hidden = [page(number, "skogsplan", rank=2) for number in range(3, 9)]
        write(engine, document("a", page(1, "skogen"), page(2, "skogsplan skogen"), *hidden))
        assert engine.suggest("skog", EXACT, 0, 5) == ("skogen", "skogsplan")
        assert engine.suggest("skog", EXACT, 0, 1) == ("skogen",)
        assert engine.suggest("skog", EXACT, 2, 5) == ("skogsplan", "skogen")

    def test_suggestions_keep_to_field_and_swedish_letters(self, engine: SearchEngine) -> None:
        write(engine, document("a", page(1, "ålder alder", title="åldrande")))
        assert engine.suggest("åld", EXACT, 0, 5) == ("ålder",)
        assert engine.suggest("åld", TextField.TITLE, 0, 5) == ("åldrande",)

    def test_suggestions_forget_removed_documents(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skogen"), document("b", "skogar"))
        write(engine, document("a"))
        assert engine.suggest("skog", EXACT, 2, 5) == ("skogar",)

    def test_no_suggestion_for_nothing_known(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skogen"))
        assert engine.suggest("vulk", EXACT, 2, 5) == ()
        assert engine.suggest("skog", EXACT, 2, 0) == ()

    def test_frequency_counts_pages(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog skog", "skog"), document("b", page(1, "skog", rank=2), "sjö"))
        assert list(engine.vocabulary(2).frequencies(TEXT, ["skog", "vulkan"])) == [3, 0]
        assert list(engine.vocabulary(2).frequencies(TextField.TITLE, ["skog"])) == [0]

    def test_frequency_follows_replaced_and_removed(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog", "skog"), document("b", "skog"))
        write(engine, document("a", "sjö"))
        assert list(engine.vocabulary(2).frequencies(TEXT, ["skog"])) == [1]
        write(engine, document("b"))
        assert list(engine.vocabulary(2).frequencies(TEXT, ["skog"])) == [0]

    def test_vocabulary_counts_pages_exactly(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog skog", "skog sjö", page(3, "å", title="skog")))
        write(engine, document("b", "skog", "älv"))
        known = engine.vocabulary(0)
        assert list(known.frequencies(TEXT, ["skog", "sjö", "vulkan", "älv", "ålder"])) == [3, 1, 0, 1, 0]
        assert list(known.terms(TEXT)) == [("sjö", 1), ("skog", 3), ("älv", 1), ("å", 1)]
        assert list(known.terms(TextField.TITLE)) == [("skog", 1)]

    def test_pages_out_of_reach_and_removed_ones_do_not_count(self, engine: SearchEngine) -> None:
        assert engine.vocabulary(0).page_count() == 0
        write(engine, document("a", "skog", page(2, "skog", rank=2)), document("b", page(1, "", rank=1)))
        assert [engine.vocabulary(rank).page_count() for rank in range(3)] == [1, 2, 3]
        write(engine, document("a", "skog"))
        assert [engine.vocabulary(rank).page_count() for rank in range(3)] == [1, 2, 2]

    def test_vocabulary_knows_no_word_of_pages_out_of_reach(self, engine: SearchEngine) -> None:
        hidden = page(2, "skog varsel", rank=2, notes="hemligt")
        write(engine, document("a", page(1, "skog"), hidden), document("b", page(1, "stämma", rank=1)))
        assert list(engine.vocabulary(0).terms(TEXT)) == [("skog", 1)]
        assert list(engine.vocabulary(1).terms(TEXT)) == [("skog", 1), ("stämma", 1)]
        assert list(engine.vocabulary(2).terms(TEXT)) == [("skog", 2), ("stämma", 1), ("varsel", 1)]
        assert list(engine.vocabulary(1).frequencies(TEXT, ["skog", "varsel"])) == [1, 0]
        assert list(engine.vocabulary(0).terms(TextField.NOTES)) == []
        assert list(engine.vocabulary(2).frequencies(TextField.NOTES, ["hemligt"])) == [1]

    def test_vocabulary_forgets_removed_and_hidden_pages(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog granskog", "skog"), document("b", "skog tallskog"))
        assert list(engine.vocabulary(0).terms(TEXT)) == [("granskog", 1), ("skog", 3), ("tallskog", 1)]
        write(engine, document("a", "skog", page(2, "granskog", rank=2)))
        assert list(engine.vocabulary(0).terms(TEXT)) == [("skog", 2), ("tallskog", 1)]
        assert list(engine.vocabulary(0).frequencies(TEXT, ["granskog", "skog"])) == [0, 2]
        write(engine, document("b"))
        assert list(engine.vocabulary(0).terms(TEXT)) == [("skog", 1)]
        assert list(engine.vocabulary(2).terms(TEXT)) == [("granskog", 1), ("skog", 1)]

    def test_vocabulary_of_nothing_is_empty(self, engine: SearchEngine) -> None:
        assert list(engine.vocabulary(2).terms(TEXT)) == []
        assert list(engine.vocabulary(2).frequencies(TEXT, ["skog"])) == [0]

    def test_counts_of_documents_and_pages(self, engine: SearchEngine) -> None:
        write(engine, document("a", "ett", "två"), document("b", page(7, "tre", rank=2)))
        assert engine.counts() == (2, 3)
        write(engine, document("a", "ett"), document("c", "fyra"))
        assert engine.counts() == (3, 3)
        write(engine, document("b"))
        assert engine.counts() == (2, 2)

    def test_page_without_words_is_there(self, engine: SearchEngine) -> None:
        write(engine, document("a", page(1), page(2, "skog"), year="2019"))
        assert engine.counts() == (1, 2)
        assert ask(engine, MatchAll(), filters={Facet.YEAR: ["2019"]}).total_pages == 2

    def test_size_is_not_negative(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"))
        assert engine.size_bytes() >= 0

    def test_ten_thousand_pages(self, engine: SearchEngine) -> None:
        """Totals stay exact where engines like to estimate."""
        for start in range(0, 400, 100):
            write(engine, *[_talk(number) for number in range(start, start + 100)])
        assert engine.counts() == (400, 10_000)
        answer = ask(engine, Term(TEXT, "alla"), facets=[Facet.YEAR, Facet.SPEAKER], facet_limit=1000)
        assert (answer.total_groups, answer.total_pages, len(answer.groups)) == (400, 10_000, 20)
        assert [(one.groups, one.pages) for one in answer.facets[Facet.YEAR]] == [(40, 1000)] * 10
        assert len(answer.facets[Facet.SPEAKER]) == 400
        both = AllOf((Term(TEXT, "alla"), Term(TEXT, "femte")))
        assert ask(engine, both).total_pages == 2_000
        assert ask(engine, TermPrefix(EXACT, "ord", max_terms=3)).total_pages == 3 * 400
        assert len(ask(engine, MatchAll(), offset=390, limit=20).groups) == 10


def _talk(number: int) -> IndexDocument:
    pages = [
        page(nth, f"alla ord{nth:02} {'femte' if nth % 5 == 0 else 'annan'} eget{number}")
        for nth in range(25)
    ]
    return document(f"d{number:03}", *pages, year=str(2000 + number % 10), speaker=f"s{number}")

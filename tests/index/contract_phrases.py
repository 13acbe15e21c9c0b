"""Contract: phrases and beginnings of words."""

import pytest

from archive.index.documents import IndexPage
from archive.index.engine import SearchEngine
from archive.index.query import AllOf, NoneOf, Term, TermPhrase, TermPrefix
from archive.index.schema import TextField
from tests.index.index_documents import document, documents_found, found, page, tokens, write

EXACT = TextField.EXACT


class PhraseContract:
    def test_phrase_needs_neighbours_in_order(self, engine: SearchEngine) -> None:
        write(engine, document("a", "grön tillväxt"), document("b", "tillväxt grön"))
        write(engine, document("c", "grön och tillväxt"), document("d", "grön _ tillväxt"))
        assert documents_found(engine, TermPhrase(EXACT, ("grön", "tillväxt"))) == "a"

    def test_phrase_within_a_longer_text(self, engine: SearchEngine) -> None:
        write(engine, document("a", "vi vill ha grön hållbar tillväxt nu", "grön tillväxt hållbar"))
        assert found(engine, TermPhrase(EXACT, ("grön", "hållbar", "tillväxt"))) == {("a", 1)}

    def test_phrase_does_not_cross_fields_or_pages(self, engine: SearchEngine) -> None:
        write(engine, document("a", page(1, exact="en grön", title="tillväxt nu"), page(2, "tillväxt")))
        assert found(engine, TermPhrase(EXACT, ("grön", "tillväxt"))) == set()

    def test_phrase_with_a_word_twice(self, engine: SearchEngine) -> None:
        write(engine, document("a", "mer och mer"), document("b", "mer och"), document("c", "och mer och"))
        assert documents_found(engine, TermPhrase(EXACT, ("mer", "och", "mer"))) == "a"

    def test_phrase_of_one_word_is_the_word(self, engine: SearchEngine) -> None:
        write(engine, document("a", "grön tillväxt"), document("b", "annat"))
        assert documents_found(engine, TermPhrase(EXACT, ("tillväxt",))) == "a"

    @pytest.mark.parametrize(
        "field", ["speaker", "organisation", "region", "focus_area", "event", "notes_exact"]
    )
    def test_phrase_in_names_and_notes(self, engine: SearchEngine, field: str) -> None:
        write(
            engine,
            document("a", IndexPage(1, 0, {TextField(field): tokens("anna maria ek")})),
            document("b", IndexPage(1, 0, {TextField(field): tokens("anna ek")})),
        )
        assert documents_found(engine, TermPhrase(TextField(field), ("anna", "ek"))) == "b"

    def test_phrase_in_without(self, engine: SearchEngine) -> None:
        write(engine, document("a", "grön tillväxt"), document("b", "tillväxt grön"))
        query = AllOf((Term(TextField.TEXT, "grön"), NoneOf(TermPhrase(EXACT, ("grön", "tillväxt")))))
        assert documents_found(engine, query) == "b"

    def test_prefix_finds_beginnings(self, engine: SearchEngine) -> None:
        write(engine, document("a", "energi"), document("b", "energikälla"), document("c", "en energ"))
        assert documents_found(engine, TermPrefix(EXACT, "energi")) == "a b"

    def test_prefix_keeps_to_its_field(self, engine: SearchEngine) -> None:
        write(engine, document("a", page(1, title="energi")), document("b", "energi"))
        assert documents_found(engine, TermPrefix(TextField.TITLE, "ener")) == "a"

    def test_prefix_takes_the_most_frequent_terms(self, engine: SearchEngine) -> None:
        write(
            engine,
            document("a", "skogar", "skogen", "skogen"),
            document("b", "skogsbruk", "skogsbruk skogen", "skogsbruk"),
            document("c", "skogig"),
        )
        assert documents_found(engine, TermPrefix(EXACT, "skog", max_terms=2)) == "a b"
        assert found(engine, TermPrefix(EXACT, "skog", max_terms=1)) <= {
            (name, number) for name in "ab" for number in (1, 2, 3)
        }

    def test_prefix_of_swedish_letters(self, engine: SearchEngine) -> None:
        write(engine, document("a", "ålder"), document("b", "alder"), document("c", "åldring"))
        assert documents_found(engine, TermPrefix(EXACT, "åld")) == "a c"

    def test_unknown_prefix_finds_nothing(self, engine: SearchEngine) -> None:
        write(engine, document("a", "energi"))
        assert found(engine, TermPrefix(EXACT, "vulk")) == set()

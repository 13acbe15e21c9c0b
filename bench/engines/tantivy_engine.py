"""Tantivy in the bench (`tantivy` from PyPI; a requirement of the bench alone)."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from archive.index.documents import IndexDocument, IndexPage
from archive.index.schema import Facet, TextField
from bench.engines.base import TEXT_BOOSTS, Found
from bench.synthetic.questions import COUNTED_FACETS, Question, Work

_FACETS = (*COUNTED_FACETS, Facet.EVENT, Facet.KIND, Facet.SPEAKER)
_FIELDS = (TextField.TITLE, TextField.EXACT, TextField.ABOUT)
_BODY = TextField.EXACT.value
_HEAP_BYTES = 256_000_000
_DECK_HEAP_BYTES = 50_000_000


class TantivyEngine:
    """A folder of segments. Tantivy does not group: its ten best are slides."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        is_new = not (folder / "meta.json").exists()
        self._index = tantivy.Index(_schema(), str(folder)) if is_new else tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._writer: tantivy.IndexWriter | None = None

    def fill(self, chunks: Iterable[Sequence[IndexDocument]]) -> None:
        writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for chunk in chunks:
            for document in chunk:
                for page in document.pages:
                    writer.add_document(_record(document, page))
        writer.commit()
        writer.wait_merging_threads()

    def replace(self, old: IndexDocument, new: IndexDocument) -> None:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_DECK_HEAP_BYTES, num_threads=1)
        self._writer.delete_documents("document", old.id)
        for page in new.pages:
            self._writer.add_document(_record(new, page))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> Found:
        query = self._query(question)
        results = self._searcher.search(query, limit=10, count=True)
        stored = [self._searcher.doc(address) for _, address in results.hits]
        best = tuple((str(slide["document"][0]), int(slide["number"][0])) for slide in stored)
        if question.work is Work.FACETS:
            wanted = {
                facet.value: {"terms": {"field": facet.value, "size": 1000}} for facet in COUNTED_FACETS
            }
            self._searcher.aggregate(query, wanted)
        return Found(int(results.count), best)

    def _query(self, question: Question) -> Query:
        words = question.words
        match question.work:
            case Work.AND:
                return Query.boolean_query([(Occur.Must, self._term(_BODY, word)) for word in words])
            case Work.OR | Work.GROUPED:
                return Query.boolean_query([(Occur.Should, self._term(_BODY, word)) for word in words])
            case Work.PHRASE:
                return Query.phrase_query(self._schema, _BODY, [*words])
            case Work.PREFIX:
                return Query.regex_query(self._schema, _BODY, f"{words[0]}.*")
            case Work.FILTER:
                return self._filtered(question)
            case Work.EXPANDED:
                halves = (self._alternatives(words[:2]), self._alternatives(words[2:]))
                return Query.boolean_query([(Occur.Must, half) for half in halves])
        return self._term(_BODY, words[0])

    def _filtered(self, question: Question) -> Query:
        conditions = [
            (Occur.Must, Query.const_score_query(self._term(facet.value, value), 0.0))
            for facet, value in question.filters.items()
        ]
        return Query.boolean_query([(Occur.Must, self._term(_BODY, question.words[0])), *conditions])

    def _alternatives(self, words: Sequence[str]) -> Query:
        return Query.disjunction_max_query(
            [
                Query.boost_query(self._term(name, word), boost)
                for name, boost in TEXT_BOOSTS.items()
                for word in words
            ]
        )

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self._schema, field, word, index_option="freq")

    def size_bytes(self) -> int:
        return sum(path.stat().st_size for path in self._folder.iterdir())

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("number", stored=True)
    builder.add_text_field("talk", fast=True, tokenizer_name="raw", index_option="basic")
    for field in _FIELDS:
        option = "freq" if field is TextField.ABOUT else "position"
        builder.add_text_field(field.value, tokenizer_name="whitespace", index_option=option)
    for facet in _FACETS:
        builder.add_text_field(facet.value, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _record(document: IndexDocument, page: IndexPage) -> tantivy.Document:
    words = {field.value: " ".join(token.term for token in page.terms.get(field, ())) for field in _FIELDS}
    facets = {facet.value: list(document.facets.get(facet, ())) for facet in _FACETS}
    return tantivy.Document(document=document.id, number=page.number, talk=document.group, **words, **facets)

"""Measures the worst questions that can be typed: `python -m bench.worst [--pages N]`.

An index of synthetic decks is made with the archive's own analysis; each question goes through parsing,
widening and the engine, with all facets, as staff ask it. Printed is CPU time, the worst first.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from archive.analysis.swedish import SwedishAnalyzer, open_analyzer
from archive.catalogue.records import CatalogueRecord
from archive.index.document_indexer import DocumentIndexer
from archive.index.documents import IndexDocument, Watermark
from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.index.query import MatchAll
from archive.index.search import Scope, SearchRequest
from archive.model.documents import Document, DocumentKind, Original, Version
from archive.model.visibility import Visibility
from archive.query.compile import compile_query
from archive.query.parser import parse_query
from archive.query.query_expansion import Expander
from archive.query.word_reader import read_words
from archive.search.matching_strategy import ask
from archive.search.question import SHOWN_FACETS
from archive.settings.sections import TextSettings
from bench.synthetic.catalogue import page_of
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker

_MADE_AT = datetime(2020, 1, 1, tzinfo=UTC)

QUESTIONS = (
    "år region kommun stat land värld folk tid dag arbete skola barn",
    "för* med* att* kom* and* sam* utb* arb* pro* kon* reg* sve*",
    "(för* OR med*) (att* OR kom*) (and* OR sam*) (utb* OR arb*) (pro* OR kon*) (reg* OR sve*)",
    "arbetsmarknadsutvecklingspolitik utbildningsdepartement näringslivsutveckling samhällsbyggnadsprojekt",
    "arbetsmarknadspolitik utbildningspolitik näringspolitik skolpolitik miljöpolitik energipolitik",
    "naringslivsutveckling arbetsloshetsforsakring halsooverenskommelse aldreomsorgsforvaltning",
    "oversattning overforing aterforsakring anlaggningsagare oppenhetsavgorande samhallsaterbaring",
    "public procurement climate change education health research development government regional growth work",
    "open data for better work in school and health care and the new growth of the old city region",
    '"i den" "och i" "att det" "för att" "det är" "som är" "en av" "av den" "på det" "till den"',
    '"att det är en av de som är" "för att det är i den" "och att det är som"',
    '"det är en stor dag för hela landet" "och det är en ny tid för alla i skolan"',
    "-och -att -det -som region kommun -för -med -den -till",
    "(((((region OR kommun) OR stat) OR land) OR värld) OR folk) (((tid OR dag) OR år) OR arbete)",
    "titel:region titel:kommun titel:utveckling titel:för* titel:med* titel:att*",
    "talare:tal* organisation:org* region:reg* seminarium:eve* anteckningar:för* för*",
    "år:1900-2100 region kommun typ:presentation språk:sv utveckling för* med*",
    "grön omställning kompetens försörjning närings liv arbets marknad energi effektivisering",
    "industri- och exportfrågor export- och importvärde klimat-anpassning smart-grid 2030-målen kol-14",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö 1 2 3 4 5 6 7 8 9 0",
)


def main(arguments: Sequence[str]) -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.worst", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000, help="how many slides")
    options = parser.parse_args(arguments)
    analyzer = open_analyzer(TextSettings())
    with tempfile.TemporaryDirectory() as folder:
        engine = _filled(Path(folder) / "index", analyzer, options.pages)
        _cpu_ms(engine, analyzer, "värme upp")
        rows = [(_cpu_ms(engine, analyzer, question), question) for question in QUESTIONS]
        engine.close()
    for (cpu_ms, slides), question in sorted(rows, reverse=True):
        print(f"{cpu_ms:7.0f} ms  {slides:7} slides  {question}")
    return 0


def _filled(folder: Path, analyzer: SwedishAnalyzer, page_count: int) -> SearchEngine:
    engine = open_engine("whoosh", folder)
    indexer = DocumentIndexer(analyzer, ())
    with engine.rebuild() as rebuild:
        for decks in DeckMaker(load_text()).chunks(page_count):
            rebuild.write(list(_indexed(indexer, decks)))
        rebuild.publish(Watermark("bench", 1, analyzer.fingerprint))
    return engine


def _indexed(indexer: DocumentIndexer, decks: Sequence[IndexDocument]) -> Iterator[IndexDocument]:
    for deck in decks:
        version = Version(deck.id, 1, deck.id, Original("", 0, "application/pdf"), _MADE_AT, page_count=1)
        document = Document(deck.id, DocumentKind.DECK, deck.sort_title, version, language="sv")
        yield indexer.index_document(CatalogueRecord(document, 0), [page_of(page) for page in deck.pages])


def _cpu_ms(engine: SearchEngine, analyzer: SwedishAnalyzer, question: str) -> tuple[float, int]:
    """Return what a question takes from its text to its answer, and how many slides it finds."""
    rank = Visibility.STAFF.rank
    began = time.process_time()
    expander = Expander(analyzer, analyzer.lexicon, engine.vocabulary(rank))
    query = parse_query(question)
    compiled = compile_query(query, read_words(query, analyzer, expander), notes=True)
    request = SearchRequest(MatchAll(), Scope(max_rank=rank), facets=SHOWN_FACETS)
    found = ask(engine, compiled, request).answer
    return (time.process_time() - began) * 1000, found.total_pages


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

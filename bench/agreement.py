"""Asks two engines the same of a real archive: `python -m bench.agreement DATA [--questions N]`.

Both are filled from the catalogue in DATA, through the archive's own indexer, and asked words, phrases and
prefixes of the archive's own texts, as visitors and as staff. Ends with 1 where any answer differs.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from archive.app import open_archive
from archive.index.engines import open_engine
from archive.index.indexer import Indexer
from archive.index.search import Scope, SearchRequest, Sort
from archive.model.visibility import Visibility
from archive.query.compile import compile_query
from archive.query.parser import parse_query
from archive.query.word_reader import read_words
from archive.search.question import SHOWN_FACETS
from archive.settings.settings import load_settings
from bench.engines.open_engine import OURS, STOCK
from bench.foundation.searches import own_questions
from tests.index.stock_whoosh.engine import StockWhooshEngine

_SHOWN_DIFFERENCES = 5


def main(arguments: Sequence[str]) -> int:
    """Fill, ask, compare and say how many answers are equal."""
    parser = argparse.ArgumentParser(prog="python -m bench.agreement", description=__doc__)
    parser.add_argument("data", type=Path, help="an archive's data folder")
    parser.add_argument("--questions", type=int, default=500)
    options = parser.parse_args(arguments)
    with (
        ExitStack() as stack,
        tempfile.TemporaryDirectory() as folder,
        open_archive(load_settings(options.data)) as archive,
    ):
        engines = [open_engine(OURS, Path(folder) / OURS), StockWhooshEngine(Path(folder) / STOCK)]
        for engine in engines:
            stack.callback(engine.close)
            Indexer(archive.database, engine, archive.analyzer).rebuild()
        documents, pages = engines[0].counts()
        different = answered = 0
        for text, visitor, sort in _asked(own_questions(archive, options.questions)):
            query = parse_query(text)
            readings = read_words(query, archive.analyzer)
            compiled = compile_query(query, readings, notes=visitor is Visibility.STAFF)
            request = SearchRequest(
                compiled.strict, Scope(visitor.rank), sort, limit=100, facets=SHOWN_FACETS
            )
            answers = [engine.search(request) for engine in engines]
            answered += answers[0].total_pages > 0
            if answers[0] != answers[1]:
                different += 1
                if different <= _SHOWN_DIFFERENCES:
                    print(f"{text!r}: {answers[0]}\nand {answers[1]}", file=sys.stderr)
    print(
        f"{documents} documents, {pages} pages: {options.questions - different} of {options.questions} "
        f"answers of {OURS} and {STOCK} are equal; {answered} of them found something."
    )
    return 1 if different else 0


def _asked(questions: Sequence[str]) -> Iterator[tuple[str, Visibility, Sort]]:
    """Yield the questions in the forms that visitors write, each for a visitor and in an order."""
    forms = cycle(("{}", '"{}"', "{}*", "{} OR och", "titel:{}", "{} NOT och", "talare:{}"))
    visitors, sorts = cycle((Visibility.PUBLIC, Visibility.STAFF)), cycle((Sort.RELEVANCE, *Sort))
    for question, form, visitor, sort in zip(questions, forms, visitors, sorts, strict=False):
        yield form.format(question), visitor, sort


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

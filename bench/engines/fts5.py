"""SQLite's FTS5 in the bench: a contentless table for the words, an ordinary one for the rest."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from archive.index.documents import IndexDocument, IndexPage
from archive.index.schema import Facet, TextField
from bench.engines.base import TEXT_BOOSTS, Found
from bench.synthetic.questions import COUNTED_FACETS, Question, Work

_FACETS = (*COUNTED_FACETS, Facet.EVENT, Facet.KIND)
_COLUMNS = ", ".join(facet.value for facet in _FACETS)
_FIELDS = (TextField.TITLE, TextField.EXACT, TextField.ABOUT)
_SCHEMA = f"""
    PRAGMA journal_mode = wal; PRAGMA synchronous = normal; PRAGMA cache_size = -200000;
    CREATE TABLE page(rowid INTEGER PRIMARY KEY, document TEXT, number INT, talk TEXT, date TEXT, {_COLUMNS});
    CREATE INDEX page_document ON page(document);
    CREATE VIRTUAL TABLE words USING fts5(
        title, exact, about, content='', tokenize="unicode61 remove_diacritics 0");
"""
_WEIGHTS = ", ".join(str(TEXT_BOOSTS[field.value]) for field in _FIELDS)


class Fts5Engine:
    """One database file. FTS5 does not group: its ten best are slides. Its table holds no speakers."""

    name = "fts5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "fts5.db"
        is_new = not self._path.exists()
        self._database = sqlite3.connect(self._path, isolation_level=None)
        self._database.executescript("PRAGMA cache_size = -200000; PRAGMA mmap_size = 2000000000;")
        if is_new:
            self._database.executescript(_SCHEMA)

    def fill(self, chunks: Iterable[Sequence[IndexDocument]]) -> None:
        run = self._database.execute
        run("BEGIN")
        for chunk in chunks:
            for document in chunk:
                self._add(document)
        run("INSERT INTO words(words) VALUES('optimize')")
        run("COMMIT")
        run("PRAGMA wal_checkpoint(truncate)")

    def _add(self, document: IndexDocument) -> None:
        facets = [next(iter(document.facets.get(facet, ())), "") for facet in _FACETS]
        places = ", ".join("?" * len(facets))
        for page in document.pages:
            inserted = self._database.execute(
                f"INSERT INTO page(document, number, talk, date, {_COLUMNS}) VALUES(?, ?, ?, ?, {places})",
                (document.id, page.number, document.group, document.date, *facets),
            )
            self._database.execute(
                "INSERT INTO words(rowid, title, exact, about) VALUES(?, ?, ?, ?)",
                (inserted.lastrowid, *_texts(page)),
            )

    def replace(self, old: IndexDocument, new: IndexDocument) -> None:
        run = self._database.execute
        run("BEGIN")
        rows = run("SELECT number, rowid FROM page WHERE document = ?", (old.id,)).fetchall()
        row_of = dict(rows)
        for page in old.pages:
            run(
                "INSERT INTO words(words, rowid, title, exact, about) VALUES('delete', ?, ?, ?, ?)",
                (row_of[page.number], *_texts(page)),
            )
        run("DELETE FROM page WHERE document = ?", (old.id,))
        self._add(new)
        run("COMMIT")

    def ask(self, question: Question) -> Found:
        match, run = _match(question), self._database.execute
        if question.work is Work.FILTER:
            return self._filtered(match, question)
        best = run(
            f"SELECT rowid FROM words WHERE words MATCH ? AND rank MATCH 'bm25({_WEIGHTS})' "
            "ORDER BY rank LIMIT 10",
            (match,),
        ).fetchall()
        slides = self._slides(best)
        if question.work is Work.FACETS:
            return Found(self._facets(match), slides)
        total = run("SELECT count(*) FROM words WHERE words MATCH ?", (match,)).fetchone()[0]
        return Found(int(total), slides)

    def _filtered(self, match: str, question: Question) -> Found:
        conditions = " AND ".join(f"page.{facet.value} = ?" for facet in question.filters)
        source = f"FROM words JOIN page ON page.rowid = words.rowid WHERE words MATCH ? AND {conditions}"
        values = (match, *question.filters.values())
        best = f"SELECT words.rowid {source} ORDER BY bm25(words, {_WEIGHTS}) LIMIT 10"
        slides = self._slides(self._database.execute(best, values).fetchall())
        total = self._database.execute(f"SELECT count(*) {source}", values).fetchone()[0]
        return Found(int(total), slides)

    def _slides(self, rows: Sequence[tuple[int]]) -> tuple[tuple[str, int], ...]:
        wanted = "SELECT document, number FROM page WHERE rowid = ?"
        return tuple(self._database.execute(wanted, row).fetchone() for row in rows)

    def _facets(self, match: str) -> int:
        """Count pages per value; return how many pages match."""
        counts = " UNION ALL ".join(
            f"SELECT '{facet.value}', {facet.value}, count(*) FROM hits GROUP BY 2"
            for facet in COUNTED_FACETS
        )
        rows = self._database.execute(
            f"WITH hits AS MATERIALIZED (SELECT page.* FROM words JOIN page ON page.rowid = words.rowid "
            f"WHERE words MATCH ?) {counts}",
            (match,),
        ).fetchall()
        return sum(count for facet, _, count in rows if facet == Facet.LANGUAGE.value)

    def size_bytes(self) -> int:
        return self._path.stat().st_size

    def close(self) -> None:
        self._database.close()


def _texts(page: IndexPage) -> list[str]:
    return [" ".join(token.term for token in page.terms.get(name, ())) for name in _FIELDS]


def _match(question: Question) -> str:
    quoted = [f'"{word}"' for word in question.words]
    match question.work:
        case Work.AND:
            return f"exact : ({' AND '.join(quoted)})"
        case Work.OR | Work.GROUPED:
            return f"exact : ({' OR '.join(quoted)})"
        case Work.PHRASE:
            return f'exact : "{" ".join(question.words)}"'
        case Work.PREFIX:
            return f"exact : {quoted[0]}*"
        case Work.EXPANDED:
            return f"({quoted[0]} OR {quoted[1]}) AND ({quoted[2]} OR {quoted[3]})"
    return f"exact : {quoted[0]}"

"""How a word is written in the archive: index terms are lowercase, names have capitals."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from archive.analysis.tokenizer import folded, surface, words
from archive.catalogue import pages, records
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.events.on_the_day import shown_names
from archive.catalogue.pages import PageTexts
from archive.catalogue.records import CatalogueRecord
from archive.index.engine import SearchEngine
from archive.index.query import BestOf, Term
from archive.index.schema import TextField
from archive.index.search import SearchRequest
from archive.model.pages import BlockField
from archive.model.visibility import Visibility
from archive.search.hit_reader import visible_texts
from archive.search.understood import visible_scope
from archive.visibility import may_see, may_see_page

SURFACE_FIELDS = (
    TextField.EXACT,
    TextField.SPEAKER,
    TextField.ORGANISATION,
    TextField.REGION,
    TextField.FOCUS_AREA,
    TextField.EVENT,
)
"""The fields that hold words as they are written, and that everybody may search."""

_TALKS_MAX = 4
_LOWERCASE_SHARE = 0.3
_ADDRESS = re.compile(r"[@/]|www\.")
# Put before a name, so that no word of it is the first.
_BEGIN = "namn"


class WrittenForms:
    """Looks up how words are written where they occur."""

    def __init__(self, database: Database, engine: SearchEngine) -> None:
        self._database = database
        self._engine = engine

    def written(self, form: str, visitor: Visibility, fields: Sequence[TextField] = SURFACE_FIELDS) -> str:
        """Return a surface form as it is mostly written in some fields.

        A few pages are read that hold it, of those that the visitor may see.
        """
        with self._database.read() as session:
            return self._written(session, form, visitor, fields)

    def beginning(self, begun: str, visitor: Visibility, limit: int) -> list[str]:
        """Return the commonest words that begin so on pages that the visitor may see, as they are written."""
        with self._database.read() as session:
            hidden = visible_scope(self._engine, session, visitor).masked
            forms = self._engine.suggest(begun, TextField.EXACT, visitor.rank, limit, hidden)
            return [self._written(session, form, visitor, SURFACE_FIELDS) for form in forms]

    def is_said(self, form: str, visitor: Visibility) -> bool:
        """Return whether more than one page holds a surface form, or one says it other than by OCR.

        What OCR alone has read, and once, is as likely a slip of the program's as a word.
        """
        count = self._engine.vocabulary(visitor.rank).frequencies(TextField.EXACT, [form])[0]
        if count != 1:
            return count > 1
        with self._database.read() as session:
            return any(
                field is not BlockField.OCR and any(surface(word) == form for word, _, _ in words(text))
                for page in self._pages(session, form, visitor)
                for field, text, _ in page.blocks
            )

    def _pages(self, session: Session, form: str, visitor: Visibility) -> Iterator[PageTexts]:
        scope = visible_scope(self._engine, session, visitor)
        answer = self._engine.search(SearchRequest(Term(TextField.EXACT, form), scope, limit=1, best=1))
        refs = [ref for hit in answer.groups for ref in hit.best]
        found = records.records(session, [ref.document for ref in refs])
        places = [
            (found[ref.document].document.version.id, ref.number) for ref in refs if ref.document in found
        ]
        yield from (page for page in pages.texts_at(session, places).values() if may_see_page(visitor, page))

    def _written(self, session: Session, form: str, visitor: Visibility, fields: Sequence[TextField]) -> str:
        found = Counter(
            word
            for text in self._texts(session, form, visitor, fields)
            for line in text.splitlines()
            if _may_have(line, form)
            # The first word of a line has a capital whatever it is, an address has none.
            for chunk in line.split()[1:]
            if _may_have(chunk, form) and not _ADDRESS.search(chunk)
            for word, _, _ in words(chunk)
            if surface(word) == form
        )
        if not found or found[form] >= found.total() * _LOWERCASE_SHARE:
            return form
        return max(found, key=lambda word: (found[word], word))

    def _texts(
        self, session: Session, form: str, visitor: Visibility, fields: Sequence[TextField]
    ) -> Iterator[str]:
        query = BestOf(tuple(Term(field, form) for field in fields))
        scope = visible_scope(self._engine, session, visitor)
        answer = self._engine.search(SearchRequest(query, scope, limit=_TALKS_MAX, best=1))
        refs = [ref for hit in answer.groups for ref in hit.best]
        found = records.records(session, [ref.document for ref in refs])
        for ref in refs:
            record = found.get(ref.document)
            if record is None or not may_see(visitor, record.rank):
                continue
            yield from (f"{_BEGIN} {name}" for name in _names(record))
            places = [(record.document.version.id, ref.number)] if TextField.EXACT in fields else []
            for page in pages.texts_at(session, places).values():
                if may_see_page(visitor, page):
                    yield from (text for text, _ in visible_texts(page, visitor))


def _names(record: CatalogueRecord) -> Iterator[str]:
    """Yield what is named in a document's record."""
    for contribution in record.talk.contributions if record.talk else ():
        if contribution.person:
            yield contribution.person.name
            yield from shown_names(contribution.person)
        if contribution.organisation:
            yield contribution.organisation.name
            yield from shown_names(contribution.organisation)
    yield record.document.publisher
    if record.event:
        yield record.event.title
        yield from (area.title for area in record.event.focus_areas)


def _may_have(text: str, form: str) -> bool:
    """Return whether a text may have a word of a surface form: most have not, and are not taken apart."""
    lowered = folded(text)
    return lowered is None or form in lowered

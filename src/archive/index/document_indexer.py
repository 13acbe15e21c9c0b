"""Turns a document, its records and its pages into the terms that the index keeps, and says their order.

What addresses in a text are made of says less of what a page is about than its words. The order of talks and
documents that are equal in all that a search orders by is made of what they say and of their files, never of
identifiers: these are drawn by chance, and two archives of the same files and records would answer otherwise.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import MAXYEAR
from hashlib import sha256
from itertools import chain
from typing import Final

from archive.analysis.analyzer import Analyzer, Token
from archive.analysis.collation import swedish_sort_key
from archive.catalogue.events.on_the_day import all_names
from archive.catalogue.records import CatalogueRecord
from archive.index.documents import IndexDocument, IndexPage
from archive.index.file_words import FILE_WEIGHT, Said, file_texts, name_terms
from archive.index.schema import Facet, TextField
from archive.model.documents import Document
from archive.model.events import Region, Talk
from archive.model.machine_descriptions import searched_blocks
from archive.model.naming.dates import last_day
from archive.model.pages import REPEATED_FIELDS, Block, BlockField, Page
from archive.model.visibility import Visibility
from archive.visibility import STAFF_FIELDS, index_rank, open_properties, readable_blocks, visible_pages

# Words that a program has read in a picture, or that are on every slide, say less of what a page is about.
_FIELD_WEIGHTS = {BlockField.OCR: 0.5, **dict.fromkeys(REPEATED_FIELDS, 0.3)}
# Positions left free between blocks, so that no phrase reaches from one block into the next.
_BLOCK_GAP = 2

ADDRESS_WEIGHT = 0.5
"""The weight of words in web and mail addresses: of two pages with a word, the list of links is not meant."""

# Possessive, and from the beginning of a word only: no text takes more than linear work.
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)\S++|(?<!\S)[^\s@]*+@\S++")

_TITLE_MAX_CHARS: Final = 300
# Below every sign of a title, so that one comes before a longer one that begins with it.
_END: Final = "\x01"


class DocumentIndexer:
    """Turns documents into index terms."""

    def __init__(self, analyzer: Analyzer, regions: Iterable[Region]) -> None:
        """Take all `regions` there are: a page of a narrower region is found by the broader ones, too."""
        self._analyzer = analyzer
        self._regions = {region.code: region for region in regions}

    def index_document(self, record: CatalogueRecord, pages: Sequence[Page]) -> IndexDocument:
        """Return the document for the index; `pages` are those of the version that readers see."""
        about = self._about_terms(record)
        of_file = self._file_terms(record, open_properties(record.document.version.properties, pages))
        in_each = {**about, TextField.ABOUT: _joined([about[TextField.ABOUT], of_file])}
        indexed = [self._page(record, page, in_each) for page in pages]
        shown = {page.number for page in visible_pages(Visibility.PUBLIC, pages) or pages}
        said = Said([page for page in indexed if page.number in shown])
        leading: dict[TextField, Sequence[Token]] = {
            TextField.LEAD: _joined([about[TextField.ABOUT], said.without(of_file)]),
            TextField.FILE_NAME: name_terms(record.document.version.filename, said),
        }
        return IndexDocument(
            id=record.document.id,
            group=record.group,
            pages=[_with(page, leading if page.number == min(shown) else {}) for page in indexed],
            facets=self._facets(record),
            date=_date(record),
            sort_title=swedish_sort_key(record.title),
            group_order=group_order(record),
            order=document_order(record.document),
        )

    def _page(
        self, record: CatalogueRecord, page: Page, about: Mapping[TextField, Sequence[Token]]
    ) -> IndexPage:
        readable = readable_blocks(Visibility.PUBLIC, page.blocks)
        open_blocks = searched_blocks(readable, self._analyzer.takes_machine_descriptions)
        titles = [block for block in open_blocks if block.field is BlockField.TITLE]
        body = [block for block in open_blocks if block.field is not BlockField.TITLE]
        staff = [block for block in page.blocks if block.field in STAFF_FIELDS]
        terms: dict[TextField, Sequence[Token]] = {
            TextField.TITLE: self._main(titles, page.language),
            TextField.TEXT: self._main(body, page.language),
            TextField.EXACT: self._exact(open_blocks),
            TextField.NOTES: self._main(staff, page.language),
            TextField.NOTES_EXACT: self._exact(staff),
            **about,
        }
        return IndexPage(page.number, index_rank(record.rank, page), terms, page.language)

    def _main(self, blocks: Sequence[Block], language: str) -> Sequence[Token]:
        return _joined(self._main_terms(block, language) for block in blocks)

    def _main_terms(self, block: Block, language: str) -> Sequence[Token]:
        text = block.text
        tokens = with_lighter_addresses(text, self._analyzer.main_terms(text, block.language or language))
        weight = _FIELD_WEIGHTS.get(block.field, 1.0)
        return tokens if weight == 1.0 else [replace(token, boost=weight * token.boost) for token in tokens]

    def _exact(self, blocks: Sequence[Block]) -> Sequence[Token]:
        return _joined(self._analyzer.exact_terms(block.text) for block in blocks)

    def _about_terms(self, record: CatalogueRecord) -> dict[TextField, Sequence[Token]]:
        talk, event = record.talk, record.event
        speakers = list(all_names(part.person for part in talk.contributions if part.person)) if talk else []
        organisations = _organisation_names(talk)
        areas = [area.title for area in event.focus_areas] if event else []
        words = [record.title, record.document.title, record.document.publisher, *speakers, *organisations]
        if event:
            words += [event.title, event.occasion, event.place, *areas]
        language = record.document.language
        exact = self._analyzer.exact_terms
        return {
            TextField.ABOUT: _joined(self._analyzer.main_terms(text, language) for text in _once(words)),
            TextField.SPEAKER: _joined(map(exact, speakers)),
            TextField.ORGANISATION: _joined(map(exact, _once([*organisations, record.document.publisher]))),
            TextField.REGION: _joined(map(exact, self._region_names(talk))),
            TextField.FOCUS_AREA: _joined(map(exact, areas)),
            TextField.EVENT: _joined(map(exact, [event.title, event.occasion] if event else [])),
        }

    def _file_terms(self, record: CatalogueRecord, properties: Mapping[str, str]) -> list[Token]:
        language = record.document.language
        texts = _once(file_texts(record.document.version.filename, properties))
        tokens = _joined(self._analyzer.main_terms(text, language) for text in texts)
        day = record.document.file_date
        if len(day) == len("2021-05-04"):  # as a day alone: its figures are no words of the file
            given = self._analyzer.main_terms(day, language)
            tokens = _joined([tokens, [token for token in given if token.term.endswith(day[4:])]])
        return [replace(token, boost=FILE_WEIGHT * token.boost) for token in tokens]

    def _facets(self, record: CatalogueRecord) -> dict[Facet, Sequence[str]]:
        talk, event, document = record.talk, record.event, record.document
        contributions = talk.contributions if talk else ()
        organisations = [entry.organisation.id for entry in contributions if entry.organisation]
        facets: dict[Facet, Sequence[str]] = {
            Facet.FOCUS_AREA: [area.id for area in event.focus_areas] if event else [],
            Facet.EVENT: [event.id] if event else [],
            Facet.YEAR: [_date(record)[:4]],
            Facet.REGION: [region.code for region in self._with_broader(talk)],
            Facet.ORGANISATION: organisations,
            Facet.SPEAKER: [entry.person.id for entry in contributions if entry.person],
            Facet.KIND: [document.kind.value],
            Facet.LANGUAGE: [document.language],
            Facet.MEDIA_TYPE: [document.version.original.media_type],
            Facet.DOCUMENT: [document.id],
        }
        return {facet: unique for facet, values in facets.items() if (unique := _once(values))}

    def _with_broader(self, talk: Talk | None) -> list[Region]:
        regions: dict[str, Region] = {}
        for code in talk.region_codes if talk else ():
            region = self._regions.get(code)
            while region and region.code not in regions:
                regions[region.code] = region
                region = self._regions.get(region.broader or "")
        return list(regions.values())

    def _region_names(self, talk: Talk | None) -> list[str]:
        return list(
            chain.from_iterable(
                (region.name, *region.alternative_names) for region in self._with_broader(talk)
            )
        )


def _with(page: IndexPage, terms: Mapping[TextField, Sequence[Token]]) -> IndexPage:
    """Return a page with further terms, and without fields that have none."""
    return replace(page, terms={name: tokens for name, tokens in {**page.terms, **terms}.items() if tokens})


def _joined(groups: Iterable[Sequence[Token]]) -> list[Token]:
    """Return the tokens of blocks one after another, with a gap between blocks."""
    tokens: list[Token] = []
    base = 0
    for group in groups:
        if not base:
            tokens += group
        else:
            tokens += [
                Token(token.term, base + token.position, token.start, token.end, token.boost)
                for token in group
            ]
        if group:
            base += max(token.position for token in group) + _BLOCK_GAP
    return tokens


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _organisation_names(talk: Talk | None) -> list[str]:
    contributions = talk.contributions if talk else ()
    return _once(all_names(entry.organisation for entry in contributions if entry.organisation))


def _date(record: CatalogueRecord) -> str:
    """Return the last day of the event's date, else of the report's year or the file's date, else ""."""
    if record.event and record.event.starts_on:
        return last_day(record.event.starts)
    year = record.document.year or 0
    return f"{year:04d}-12-31" if 1 <= year <= MAXYEAR else last_day(record.read_date)


def with_lighter_addresses(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens of a text, those inside of addresses with less weight."""
    if "://" not in text and "@" not in text and "www." not in text:
        return tokens
    spans = [match.span() for match in _ADDRESS.finditer(text)]
    starts = [start for start, _ in spans]
    ends = [0, *(end for _, end in spans)]
    return [
        replace(token, boost=ADDRESS_WEIGHT * token.boost)
        if token.start < ends[bisect_right(starts, token.start)]
        else token
        for token in tokens
    ]


def group_order(record: CatalogueRecord) -> str:
    """Return the order of a group: by title, else by its event and speakers, or by the document's file."""
    talk, event = record.talk, record.event
    said = [event.starts, event.title, event.occasion, event.place] if event else []
    if talk is None:
        said += _of_file(record.document)
    else:
        said += sorted(part.name for part in talk.contributions)
    return _order(record.title, said)


def document_order(document: Document) -> str:
    """Return the order of a document among those of its group: by title, else by its file."""
    return _order(document.title, _of_file(document))


def _of_file(document: Document) -> list[str]:
    return [document.version.original.sha256, document.version.filename]


def _order(title: str, said: list[str]) -> str:
    """Return a title's place in Swedish order, then a digest of all of it; of bounded length."""
    digest = sha256(_END.join([title, *said]).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{swedish_sort_key(title).replace(chr(0), ' ')[:_TITLE_MAX_CHARS]}{_END}{digest}"

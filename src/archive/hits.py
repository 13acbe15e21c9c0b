"""From the engine's hits to what is shown of them: titles, snippets, pictures, marks, counts of words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from sqlalchemy.orm import Session

from archive.catalogue import pages, records
from archive.catalogue.records import DocumentRecord
from archive.index.base import GroupHit, PageRef
from archive.model import (
    REPEATED_FIELDS,
    STAFF_FIELDS,
    UNSEARCHED_FIELDS,
    Block,
    BlockField,
    Page,
    Picture,
    Visibility,
    WordBox,
)
from archive.results import GroupResult, SlideHit
from archive.text.matching import Matcher
from archive.text.snippet import Segment, segments, snippet


class HitReader:
    """Reads from the catalogue what the hits of one answer show.

    What the visitor may not see is left out, whatever the index says. `is_complete` is False where anything
    was left out: the catalogue has changed since the index was asked.
    """

    def __init__(
        self, session: Session, hits: Sequence[GroupHit], matcher: Matcher, visitor: Visibility
    ) -> None:
        self._session = session
        self._hits = hits
        self._matcher = matcher
        self._visitor = visitor
        documents = {ref.document for hit in hits for ref in hit.pages}
        found = records.records(session, sorted(documents))
        self._records = {one: record for one, record in found.items() if record.rank <= visitor.rank}
        # Without words to count, only the pages that are shown need to be read.
        wanted = [ref for hit in hits for ref in (hit.best if matcher.is_empty else hit.pages)]
        self._pages = self._read(wanted)
        self._pictures = self._read_pictures([ref for hit in hits for ref in hit.best if self._has(ref)])
        self.is_complete = documents == self._records.keys() and all(map(self._has, wanted))

    def groups(self) -> Iterator[GroupResult]:
        """Yield the groups in order; what has gone in the meantime is left out."""
        for hit in self._hits:
            best = [ref for ref in hit.best if self._has(ref)]
            if not best:
                continue
            record = self._records[best[0].document]
            occurrences = [self._occurrences(ref) for ref in hit.pages if self._has(ref)]
            yield GroupResult(
                id=hit.group,
                title=record_title(record),
                record=record,
                best=tuple(self._slide(ref) for ref in best),
                page_count=len(hit.pages) if self._matcher.is_empty else len(occurrences),
                occurrence_count=sum(occurrences),
            )

    def _read(self, refs: Sequence[PageRef]) -> dict[tuple[str, int], Page]:
        places = [(self._version(ref), ref.number) for ref in refs if ref.document in self._records]
        found = pages.pages_at(self._session, places)
        return {place: page for place, page in found.items() if is_visible(page, self._visitor)}

    def _read_pictures(self, refs: Sequence[PageRef]) -> dict[tuple[str, int], Picture]:
        numbers: dict[str, list[int]] = {}
        for ref in refs:
            numbers.setdefault(self._version(ref), []).append(ref.number)
        return {
            (version, number): picture
            for version, wanted in numbers.items()
            for number, picture in pages.pictures(self._session, version, wanted).items()
        }

    def _version(self, ref: PageRef) -> str:
        return self._records[ref.document].document.version.id

    def _has(self, ref: PageRef) -> bool:
        return ref.document in self._records and (self._version(ref), ref.number) in self._pages

    def _page(self, ref: PageRef) -> Page:
        return self._pages[self._version(ref), ref.number]

    def _occurrences(self, ref: PageRef) -> int:
        page = self._page(ref)
        return sum(self._matcher.count(text, lang) for text, lang in visible_texts(page, self._visitor))

    def _slide(self, ref: PageRef) -> SlideHit:
        page = self._page(ref)
        picture = self._pictures.get((self._version(ref), ref.number))
        return SlideHit(
            document_id=ref.document,
            filename=self._records[ref.document].document.version.filename,
            number=ref.number,
            title=page.title,
            hidden=page.hidden,
            snippet=page_snippet(page, self._matcher, self._visitor),
            picture=picture,
            marks=marked_words(picture, self._matcher, page.language),
        )


def is_visible(page: Page, visitor: Visibility) -> bool:
    """Return whether a visitor who may see the document may see this page of it."""
    return visitor is Visibility.STAFF or not page.hidden


def visible_texts(page: Page, visitor: Visibility) -> list[tuple[str, str]]:
    """Return the texts of a page that the visitor may read, each with its language, in reading order."""
    return _texts(_visible_blocks(page, visitor), page.language)


def page_snippet(page: Page, matcher: Matcher, visitor: Visibility) -> tuple[Segment, ...]:
    """Return the words around the matches on a page: from its body, with its title only where the body does
    not match, with headers and footers only where nothing else does.
    """
    shown = _visible_blocks(page, visitor)
    own = [block for block in shown if block.field not in REPEATED_FIELDS]
    body = [block for block in own if block.field is not BlockField.TITLE]
    for blocks in (body, own, shown):
        texts = _texts(blocks, page.language)
        if any(matcher.count(text, language) for text, language in texts):
            return snippet(texts, matcher)
    return snippet(_texts(body, page.language), matcher)


def title_segments(title: str, matcher: Matcher, language: str) -> tuple[Segment, ...]:
    """Return a title with the question's words marked."""
    return segments(title, matcher.spans(title, language))


def marked_words(picture: Picture | None, matcher: Matcher, language: str) -> tuple[WordBox, ...]:
    """Return the boxes of a picture's words that the question asks for."""
    if picture is None:
        return ()
    marked = matcher.marked([word.text for word in picture.words], language)
    return tuple(_part_of(picture.words[index], *share) for index, share in marked.items())


def _part_of(word: WordBox, first: float, last: float) -> WordBox:
    """Return the box of a word's part, its letters taken as equally wide."""
    if (first, last) == (0.0, 1.0):
        return word
    return replace(word, x=word.x + first * word.width, width=(last - first) * word.width)


def record_title(record: DocumentRecord) -> str:
    """Return what a document is called: its talk's topic, else its own title."""
    return record.presentation.topic if record.presentation else record.document.title


def _visible_blocks(page: Page, visitor: Visibility) -> list[Block]:
    hidden = UNSEARCHED_FIELDS if visitor is Visibility.STAFF else STAFF_FIELDS | UNSEARCHED_FIELDS
    return [block for block in page.blocks if block.field not in hidden]


def _texts(blocks: Sequence[Block], language: str) -> list[tuple[str, str]]:
    """Return the blocks' texts, a paragraph a line: where a line is merely broken, it goes on."""
    return [("\n".join(_lines(block)), block.language or language) for block in blocks]


def _lines(block: Block) -> Iterator[str]:
    paragraphs = (paragraph.text for paragraph in block.paragraphs)
    rows = (" ".join(row) for row in block.rows)
    return (" ".join(text.split()) for text in chain(paragraphs, rows))

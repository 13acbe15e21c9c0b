"""From the engine's hits to what is shown of them: titles, snippets, pictures, marks, counts of words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.analysis.tokenizer import surface, words
from archive.catalogue import pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.pages import PageTexts
from archive.highlight.matcher import Matcher
from archive.highlight.snippet import Fragment, best_passage, fragments, join_texts
from archive.index.search import GroupHit, PageRef
from archive.model.machine_descriptions import own_words
from archive.model.pages import REPEATED_FIELDS, BlockField, Picture, WordBox
from archive.model.visibility import Visibility
from archive.search.results import GroupResult, SlideHit
from archive.search.shared_reading import MatchCount, Share, read_pictures, read_texts, shared_marks
from archive.visibility import may_see, may_see_page, readable_fields

# The plain text of a page, and what is in other fields only because of how the page was made.
_PLAIN_FIELDS = frozenset({BlockField.BODY, BlockField.BOX, BlockField.GROUP, BlockField.TITLE})
# Nobody reads or sees more on a picture; a page at the bounds would have 18,000.
WORDS_MAX = 5000
"""Of how many words of a picture those asked for are marked."""
MARKS_MAX = 500
"""How many words of a picture are marked."""


class HitReader:
    """Reads from the catalogue what the hits of one answer show.

    What the visitor may not see is left out, whatever the index says. `is_complete` is False where anything
    was left out: the catalogue has changed since the index was asked.
    """

    def __init__(
        self,
        session: Session,
        hits: Sequence[GroupHit],
        matcher: Matcher,
        visitor: Visibility,
        some: Matcher | None = None,
        lacking: Mapping[PageRef, tuple[str, ...]] | None = None,
    ) -> None:
        """Read what the hits show.

        Args:
            session: a session to read in.
            hits: the talks to show.
            matcher: finds the question's words.
            visitor: who sees them.
            some: finds the words in talks that were found for some of them.
            lacking: which of the question's words slides lack.
        """
        self._session = session
        self._hits = hits
        self._matcher = matcher
        self._some = some or matcher
        self._lacking = lacking or {}
        self._visitor = visitor
        documents = {ref.document for hit in hits for ref in hit.pages}
        read = records.records(session, sorted(documents))
        self._records = {
            document_id: record for document_id, record in read.items() if may_see(visitor, record.rank)
        }
        best = {ref for hit in hits for ref in hit.best}
        # Without words to count, only the pages that are shown need to be read.
        others = () if matcher.is_empty else [ref for hit in hits for ref in hit.pages if ref not in best]
        shown = [ref for hit in hits for ref in hit.best]
        self._read = texts = read_texts(session, self._places(shown), self._places(others))
        self._pages = {place: page for place, page in texts.pages.items() if may_see_page(visitor, page)}
        versions = {record.document.version.id for record in self._records.values()}
        self._page_counts = pages.counts(session, sorted(versions), visitor)
        words_max = 0 if matcher.is_empty and self._some.is_empty else WORDS_MAX
        self._pictures = read_pictures(session, self._places(filter(self._has, shown)), words_max)
        wanted = (*shown, *(others if texts.is_all else ()))
        self.is_complete = documents == self._records.keys() and all(map(self._has, wanted))

    def groups(self) -> Iterator[GroupResult]:
        """Yield the groups in order; what has gone in the meantime is left out."""
        counting, marks = MatchCount(), shared_marks()
        for hit in self._hits:
            best = [ref for ref in hit.best if self._has(ref)]
            if not best:
                continue
            record = self._records[best[0].document]
            matcher = self._some if hit.is_fallback else self._matcher
            read = [ref for ref in hit.pages if self._has(ref)]
            texts = (visible_texts(self._page(ref), self._visitor) for ref in read)
            occurrences, is_counted = counting.count(texts, matcher)
            is_counted &= self._read.cut.isdisjoint(self._places(read))
            # Pages that are not read are counted as the index says.
            found = read if self._read.is_all and not matcher.is_empty else hit.pages
            is_counted &= len(found) == len(read)
            counts = Counter(ref.document for ref in found)
            own = record.document.id
            yield GroupResult(
                id=hit.group,
                title=record.title,
                record=record,
                best=tuple(self._slide(ref, matcher, marks) for ref in best),
                slide_count=counts.total(),
                own_slide_count=counts[own],
                others=tuple(
                    (self._records[name], count)
                    for name, count in counts.items()
                    if name != own and name in self._records
                ),
                occurrence_count=occurrences,
                is_counted=is_counted,
                page_count=self._page_counts.get(record.document.version.id, 0),
                has_all_words=not hit.is_fallback,
                is_found_by_record=not matcher.is_empty and is_counted and not occurrences,
            )

    def _places(self, refs: Iterable[PageRef]) -> list[tuple[str, int]]:
        return [(self._version(ref), ref.number) for ref in refs if ref.document in self._records]

    def _version(self, ref: PageRef) -> str:
        return self._records[ref.document].document.version.id

    def _has(self, ref: PageRef) -> bool:
        return ref.document in self._records and (self._version(ref), ref.number) in self._pages

    def _page(self, ref: PageRef) -> PageTexts:
        return self._pages[self._version(ref), ref.number]

    def _slide(self, ref: PageRef, matcher: Matcher, marks: Share) -> SlideHit:
        page = self._page(ref)
        picture = self._pictures.get((self._version(ref), ref.number))
        shown = snippet_of(page, matcher, self._visitor)
        return SlideHit(
            document_id=ref.document,
            filename=self._records[ref.document].document.version.filename,
            number=ref.number,
            title=page.title,
            hidden=page.hidden,
            snippet=shown.segments,
            snippet_field=shown.field,
            picture=picture,
            marks=marked_words(picture, matcher, page.language, marks),
            lacking=self._lacking.get(ref, ()),
        )


def visible_texts(page: PageTexts, visitor: Visibility) -> list[tuple[str, str]]:
    """Return the texts of a page that the visitor may read, each with its language, in reading order."""
    return [(text, language) for _, text, language in _visible_blocks(page, visitor)]


@dataclass(frozen=True, slots=True)
class Snippet:
    """The words around the matches on a page. `field` is where they are, None for plain text."""

    segments: tuple[Fragment, ...]
    field: BlockField | None


def snippet_of(page: PageTexts, matcher: Matcher, visitor: Visibility) -> Snippet:
    """Return the words around the matches on a page: from its body, with its title only where the body does
    not match, with headers and footers only where nothing else does.
    """
    shown = _visible_blocks(page, visitor)
    own = [block for block in shown if block[0] not in REPEATED_FIELDS]
    body = [block for block in own if block[0] is not BlockField.TITLE]
    for blocks in () if matcher.is_empty else (body, own, shown):
        lines = join_texts([(text, language) for _, text, language in blocks], matcher)
        if lines.matches:
            fragments, index = best_passage(lines)
            field = blocks[index][0]
            return Snippet(fragments, None if field in _PLAIN_FIELDS else field)
    unmarked = join_texts([(text, language) for _, text, language in body], matcher)
    return Snippet(best_passage(unmarked)[0], None)


def title_segments(title: str, matcher: Matcher, language: str) -> tuple[Fragment, ...]:
    """Return a title with the question's words marked."""
    return fragments(title, matcher.spans(title, language))


def marked_words(
    picture: Picture | None, matcher: Matcher, language: str, marks: Share | None = None
) -> tuple[WordBox, ...]:
    """Return where to mark a picture: the boxes of the words asked for, of compounds the part asked for.

    `marks` are what the pictures of a page of results share.
    """
    if picture is None or matcher.is_empty:
        return ()
    # A word with two matches may be marked as one.
    shares = matcher.shares([word.text for word in picture.words[:WORDS_MAX]], language, 2 * MARKS_MAX)
    marked = list(islice(((at, share) for at, parts in shares.items() for share in parts), MARKS_MAX))
    shown = marked[: marks.take(len(marked))] if marks else marked
    return tuple(_part_of(picture.words[at], *share) for at, share in shown)


def _part_of(box: WordBox, left: float, right: float) -> WordBox:
    """Return a box cut to `left` … `right`, shares of its width; its letters count as equally wide."""
    if (left, right) == (0.0, 1.0):
        return box
    first, last = round(left * len(box.text)), round(right * len(box.text))
    return WordBox(
        box.text[first:last], box.x + left * box.width, box.y, (right - left) * box.width, box.height
    )


def _visible_blocks(page: PageTexts, visitor: Visibility) -> list[tuple[BlockField, str, str]]:
    """Return the blocks of a page that the visitor may read, without what says nothing of their own.

    That are descriptions which programs made of pictures, and words of pictures that stand on the page.
    """
    readable = readable_fields(visitor)
    blocks = [
        (field, own_words(text) if field is BlockField.ALT_TEXT else text, language or page.language)
        for field, text, language in page.blocks
        if field in readable
    ]
    return without_repeated_ocr(blocks) if any(field is BlockField.OCR for field, _, _ in blocks) else blocks


Texts = Sequence[tuple[BlockField, str, str]]


def without_repeated_ocr(blocks: Texts) -> list[tuple[BlockField, str, str]]:
    """Return (field, text, language) of a page's blocks, those of OCR without the words of the others."""
    own = {
        surface(word)
        for field, text, _ in blocks
        if field is not BlockField.OCR
        for word, _, _ in words(text)
    }
    return [
        (field, _without(text, own) if field is BlockField.OCR else text, language)
        for field, text, language in blocks
    ]


def _without(text: str, own: set[str]) -> str:
    """Return the lines of a text without some words; lines of nothing else are left out."""
    lines = []
    for line in text.splitlines():
        new = [
            chunk for chunk in line.split() if any(surface(word) not in own for word, _, _ in words(chunk))
        ]
        if new:
            lines.append(" ".join(new))
    return "\n".join(lines)

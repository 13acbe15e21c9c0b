"""The words of a slide as a tree for HTML (paragraphs, nested lists, tables), and a document's contents."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from archive.highlight.matcher import Matcher
from archive.highlight.snippet import first_matches, fragments, to_html
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.model.visibility import Visibility
from archive.visibility import STAFF_FIELDS, readable_blocks

# PowerPoint has nine levels; a file that claims more is wrong or an attack.
_LEVELS_MAX = 9
_MARKS_MAX = 1000
# Only these schemes: an address with another one ("javascript:", "data:", "file:") stays plain text.
_ADDRESS = re.compile(r"\b(?:https?://|mailto:)[^\s<>\"“”«»]+", re.IGNORECASE)
# What browsers take; longer ones are no addresses that a slide would show.
_ADDRESS_MAX_CHARS = 2000
_AFTER_AN_ADDRESS = ".,;:!?’'*…"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
# Documents are not ours: what they link to learns nothing of the archive and gains no rank by it.
_REL = "noopener noreferrer nofollow external"


@dataclass(slots=True)
class ListItem:
    """A line of a list and the list below it."""

    html: Markup
    items: "list[ListItem]" = field(default_factory=list)


@dataclass(slots=True)
class TextPart:
    """A paragraph (`html`), or a list (`items`)."""

    html: Markup = field(default_factory=Markup)
    items: list[ListItem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """One block of a slide: `head` and `rows` of a table, `parts` of everything else.

    `is_cut`: it may have more of the question's words than are marked.
    """

    field: BlockField
    language: str
    is_staff_only: bool
    parts: tuple[TextPart, ...] = ()
    head: tuple[Markup, ...] = ()
    rows: tuple[tuple[Markup, ...], ...] = ()
    is_cut: bool = False

    @property
    def has_row_heads(self) -> bool:
        """Return whether the first cell of each row names it, as the categories of a chart do."""
        return self.field is BlockField.CHART and bool(self.head)


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A slide in the contents of a document. `section`: the name of the section that begins here, or ""."""

    number: int
    title: str
    language: str
    section: str = ""


def sections(page: Page, matcher: Matcher, visitor: Visibility) -> list[Section]:
    """Return the blocks of a page that a visitor may read, with the question's words marked."""
    blocks = readable_blocks(visitor, page.blocks)
    marks = _Marks(matcher)
    return [_section(block, page.language, marks) for block in blocks if block.text.strip()]


class _Marks:
    """Marks texts of one page, up to `_MARKS_MAX`: a page at the bounds would have 18,000."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._left = _MARKS_MAX

    @property
    def is_used_up(self) -> bool:
        """Return whether nothing more is marked."""
        return self._left == 0

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return what to mark of a text, see `Matcher.spans`."""
        found = first_matches(self._matcher, text, language, self._left) if self._left else []
        self._left -= len(found)
        return [(match.start, match.end) for match in found]


def _section(block: Block, page_language: str, marks: _Marks) -> Section:
    language = block.language or page_language
    lines = [paragraph.text for paragraph in block.paragraphs]
    lines_as_html = _as_html(lines, "\n", marks, language)
    rows = _rows(block.rows, marks, language)
    has_head = block.has_header and len(rows) > 1
    return Section(
        field=block.field,
        language=language,
        is_staff_only=block.field in STAFF_FIELDS,
        parts=tuple(_parts(block.paragraphs, lines_as_html)),
        head=rows[0] if has_head else (),
        rows=tuple(rows[1:] if has_head else rows),
        is_cut=marks.is_used_up,
    )


def _rows(rows: Sequence[Sequence[str]], marks: _Marks, language: str) -> list[tuple[Markup, ...]]:
    width = max((len(row) for row in rows), default=0)
    cells = [cell for row in rows for cell in [*row, *[""] * (width - len(row))]]
    html = _as_html(cells, "\t", marks, language)
    return [tuple(html[at : at + width]) for at in range(0, len(html), width)] if width else []


def _as_html(texts: Sequence[str], between: str, marks: _Marks, language: str) -> list[Markup]:
    """Return texts as HTML, marked as the one text that the index has of them: a phrase may run over two."""
    spans = marks.spans(between.join(texts), language)
    html: list[Markup] = []
    at = first_span = 0
    for text in texts:
        end = at + len(text)
        while first_span < len(spans) and spans[first_span][1] <= at:
            first_span += 1
        own: list[tuple[int, int]] = []
        while first_span + len(own) < len(spans) and spans[first_span + len(own)][0] < end:
            first, last = spans[first_span + len(own)]
            own.append((max(first, at) - at, min(last, end) - at))
        html.append(linked_html(text, own))
        at = end + len(between)
    return html


def _parts(paragraphs: Sequence[Paragraph], lines: Sequence[Markup]) -> Iterator[TextPart]:
    current: TextPart | None = None
    for paragraph, html in zip(paragraphs, lines, strict=True):
        if not paragraph.text.strip():
            continue
        if not paragraph.bullet and paragraph.level == 0:
            if current is not None:
                yield current
            current = None
            yield TextPart(html=html)
        else:
            current = current or TextPart()
            _add(current.items, html, min(max(paragraph.level, 0), _LEVELS_MAX - 1))
    if current is not None:
        yield current


def _add(items: list[ListItem], html: Markup, level: int) -> None:
    """Add a line `level` lists down, or as far down as there is a line above."""
    while level > 0 and items:
        items = items[-1].items
        level -= 1
    items.append(ListItem(html))


def contents(pages: Iterable[Page]) -> list[ContentsEntry]:
    """Return the entries of pages in their order; only the first slide of a section has its name."""
    entries: list[ContentsEntry] = []
    current = ""
    for page in pages:
        section = _section_name(page)
        new_section = section if section != current else ""
        current = section or current
        if new_section == page.title:  # the bookmarks of a PDF often repeat the title of the page
            new_section = ""
        entries.append(ContentsEntry(page.number, page.title, page.language, new_section))
    return entries


def _section_name(page: Page) -> str:
    for block in page.blocks:
        if block.field is BlockField.SECTION and block.paragraphs:
            return " ".join(block.paragraphs[0].text.split())
    return ""


def linked_html(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """Return text as HTML, marked in `spans` (start, end, in characters), with its addresses as links."""
    if not spans and ":" not in text:
        return escape(text)
    html: list[str] = []
    at = 0
    for start, end in _addresses(text):
        html.append(_marked(text, spans, at, start))
        words = _marked(text, spans, start, end)
        html.append(f'<a href="{escape(text[start:end])}" rel="{_REL}">{words}</a>')
        at = end
    html.append(_marked(text, spans, at, len(text)))
    return Markup("".join(html))  # noqa: S704 - every part is escaped


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses stand, without the punctuation of the sentence around them."""
    for match in _ADDRESS.finditer(text):
        address = match[0]
        if len(address) > _ADDRESS_MAX_CHARS:
            continue
        while address and (address[-1] in _AFTER_AN_ADDRESS or _closes_nothing(address)):
            address = address[:-1]
        if _leads_somewhere(address):
            yield match.start(), match.start() + len(address)


def _closes_nothing(address: str) -> bool:
    opening = _BRACKETS.get(address[-1])
    return opening is not None and address.count(opening) < address.count(address[-1])


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return "@" in parts.path if parts.scheme == "mailto" else bool(parts.hostname)


def _marked(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> str:
    near = spans[bisect_right(spans, start, key=itemgetter(1)) : bisect_left(spans, end, key=itemgetter(0))]
    inside = [(first - start, last - start) for first, last in near]
    return to_html(fragments(text[start:end], [(max(0, first), last) for first, last in inside]))

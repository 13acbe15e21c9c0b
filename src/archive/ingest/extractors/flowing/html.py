"""The reader of web pages. Nothing that a page refers to is fetched, and no script is run."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from lxml import etree
from lxml import html as lxml_html

from archive.ingest.extractors import left_out
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import within_limits
from archive.ingest.extractors.flowing.flow import Flow
from archive.ingest.extractors.flowing.web_slides import (
    holds_slides,
    is_slide_show,
    keeps_notes,
    parts,
    write_slides,
)
from archive.ingest.filetypes.plain_text import html_encoding
from archive.model.extraction import Outcome
from archive.model.naming.phrases import real_title
from archive.model.pages import BlockField, Page

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
_ITEMS = frozenset({"li", "dl", "dt", "dd"})
_TABLES = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
_FORMS = frozenset(
    {"form", "fieldset", "legend", "select", "optgroup", "option", "details", "summary", "dialog"}
)
_SECTIONS = frozenset(
    ["html", "body", "header", "footer", "main", "nav", "aside", "article", "section", "div"]
)
_TEXTS = frozenset(
    ["p", "pre", "blockquote", "address", "center", "figure", "figcaption", "hgroup", "iframe"]
)
_BLOCKS = _LISTS | _ITEMS | _TABLES | _FORMS | _SECTIONS | _TEXTS
_UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "head", "audio", "video", "canvas", "object", "embed", "map")
)
_LINKED = ("http://", "https://", "mailto:")
_TOO_DEEP = "Parts of the page that are nested too deep were left out."
_DEPTH_MAX = 250  # libxml2 goes as deep without its option for huge trees
ENGINE = "lxml"
_HEAD_BYTES = 64 * 1024
_DAMAGED = "The web page cannot be read. Save it anew as HTML or PDF and add it again."
_SCRIPTED = (
    "The web page is made by a script, which is not run, so its words are not in the file. Open it in a web "
    "browser, print it to PDF and add that."
)
_FEW_WORDS = 3
_SHORTENED = "Only the beginning of the web page was read: it is too long or nested too deep."


class Walk:
    """One walk through one page. `sees_all`: what is hidden until a script shows it is seen, too."""

    def __init__(self, root: Any, engine: str, sees_all: bool = False) -> None:
        self._root = root
        self._sees_all = sees_all
        self._flow = Flow(engine)
        self._letters: list[str] = []
        self._level = 0
        self._is_item = False
        self._links: dict[str, None] = {}
        self._is_show = is_slide_show(root)

    def flow(self) -> Flow:
        """Return everything that is seen, with the page's name first where it has no heading of its own."""
        body = self._root.find("body")
        if next(self._root.iter("h1"), None) is None:
            self._flow.heading(self._root.xpath("string(//head/title)"))
        self._element(self._root if body is None else body, 0)
        self._end_paragraph()
        self._flow.block(BlockField.LINK, list(self._links))
        return self._flow

    def _element(self, element: Any, depth: int) -> None:
        tag = element.tag
        if isinstance(tag, str) and depth > _DEPTH_MAX:
            left_out.note(_TOO_DEEP)
        if not isinstance(tag, str) or depth > _DEPTH_MAX:
            return
        if holds_slides(element):
            self._end_paragraph()
            write_slides(element.text_content(), self._flow)
            return
        if not self._is_seen(element):
            return
        if keeps_notes(element, self._is_show):
            self._end_paragraph()
            self._flow.block(BlockField.NOTES, [_text(element)])
        elif tag in _HEADINGS:
            self._end_paragraph()
            self._flow.heading(_text(element))
        elif tag == "textarea":
            self._markdown(element.text or "")
        elif tag == "table":
            self._table(element, depth)
        elif tag == "img":
            self._end_paragraph()
            self._flow.block(BlockField.ALT_TEXT, [element.get("alt") or element.get("title") or ""])
        else:
            self._contents(element, tag, depth)

    def _is_seen(self, element: Any) -> bool:
        if self._sees_all and element.tag == "template":
            return True
        return element.tag not in _UNSEEN and (self._sees_all or not _is_hidden(element))

    def _markdown(self, text: str) -> None:
        """Add what stands in a text field: web slides keep their Markdown there, notes among it."""
        self._end_paragraph()
        for run, is_note in parts(text):
            if is_note:
                self._flow.block(BlockField.NOTES, [run])
            else:
                self._flow.paragraph(" ".join(run.split()))

    def _contents(self, element: Any, tag: str, depth: int) -> None:
        is_block = tag in _BLOCKS
        if is_block:
            self._end_paragraph()
        self._level += tag in _LISTS
        if tag == "li":
            self._is_item = True
        if tag == "br":
            self._end_paragraph()
        self._note_link(element, tag)
        self._letters.append(element.text or "")
        for child in element:
            self._element(child, depth + 1)
            self._letters.append(child.tail or "")
        if is_block:
            self._end_paragraph()
        self._level -= tag in _LISTS

    def _note_link(self, element: Any, tag: str) -> None:
        target = (element.get("href") or "").strip() if tag == "a" else ""
        if target.lower().startswith(_LINKED):
            self._links[target] = None

    def _end_paragraph(self) -> None:
        text = " ".join("".join(self._letters).split())
        self._letters = []
        if text:
            self._flow.paragraph(text, max(self._level - 1, 0), self._is_item)
            self._is_item = False

    def _table(self, table: Any, depth: int) -> None:
        """Add a table of words; one that only arranges other tables or blocks is walked through instead."""
        self._end_paragraph()
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        is_layout = next(table.iterdescendants("table", *_HEADINGS, "ul", "ol"), None) is not None
        if is_layout or not rows:
            for child in table:
                self._element(child, depth + 1)
            return
        for caption in table.iterchildren("caption"):
            self._flow.paragraph(_text(caption))
        cells = [[_text(cell) for cell in row.iterchildren("td", "th")] for row in rows]
        has_header = all(cell.tag == "th" for cell in rows[0].iterchildren("td", "th"))
        self._flow.table(cells, has_header and len(rows) > 1)
        for element in table.iter("a", "img"):
            if element.tag == "img":
                self._flow.block(BlockField.ALT_TEXT, [element.get("alt") or ""])
            self._note_link(element, element.tag)


def _is_hidden(element: Any) -> bool:
    if element.tag in ("html", "body"):
        return False  # a page that hides itself is shown by its script, once that has laid it out
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def _text(element: Any) -> str:
    """Return the words in an element, those in scripts and other unseen ones left out."""
    parts: list[str] = []
    waiting = [iter(((element, True),))]
    while waiting:
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
            continue
        each, is_start = step
        if not is_start:
            parts.append(each.tail or "")
        elif isinstance(each.tag, str) and each.tag not in _UNSEEN and not _is_hidden(each):
            parts.append(" " if each.tag in _BLOCKS or each.tag == "br" else "")
            parts.append(each.text or "")
            waiting.append(iter([part for child in each for part in ((child, True), (child, False))]))
    return " ".join("".join(parts).split())


class HtmlExtractor:
    """Reads HTML and XHTML."""

    engine = ENGINE
    fields = frozenset(
        (BlockField.TITLE, BlockField.BODY, BlockField.TABLE, BlockField.ALT_TEXT, BlockField.LINK)
    ) | {BlockField.NOTES}

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the text in pages, each long part beginning with a heading, then a Finish."""
        data = file.read(limits.unpacked_max_bytes + 1)
        try:
            root, is_whole = _parsed(data[: limits.unpacked_max_bytes])
        except (etree.LxmlError, ValueError, AssertionError):
            root, is_whole = None, False
        if root is None:
            yield Finish(Outcome.DAMAGED, _DAMAGED, engine=ENGINE)
            return
        problem = "" if is_whole and len(data) <= limits.unpacked_max_bytes else _SHORTENED
        pages = tuple(Walk(root, ENGINE).flow().pages())
        if _word_count(pages) < _FEW_WORDS:
            pages = tuple(Walk(root, ENGINE, sees_all=True).flow().pages())
            if _word_count(pages) < _FEW_WORDS and next(root.iter("script"), None) is not None:
                problem = problem or _SCRIPTED
        yield from within_limits(pages, limits, ENGINE, _properties(root), problem)


def _word_count(pages: Sequence[Page]) -> int:
    blocks = [block for page in pages for block in page.blocks if block.field is not BlockField.LINK]
    named = blocks[1:] if blocks and blocks[0].field is BlockField.TITLE else blocks
    return sum(len(block.text.split()) for block in named)


def _parsed(data: bytes) -> tuple[Any, bool]:
    """Return the page's root and whether the parser came to its end.

    Entities and document types from elsewhere are never loaded.
    """
    text = data.decode(html_encoding(data[:_HEAD_BYTES]), "replace")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    return root, all(entry.level_name != "FATAL" for entry in parser.error_log)


def _properties(root: Any) -> dict[str, str]:
    properties = {"title": real_title(" ".join(root.xpath("string(//head/title)").split()))}
    for element in root.iter("meta"):
        name = (element.get("name") or "").lower()
        if name in ("author", "description", "keywords"):
            properties.setdefault(name, " ".join((element.get("content") or "").split()))
    return {name: text for name, text in properties.items() if text}

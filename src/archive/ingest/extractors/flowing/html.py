"""The reader of web pages. Nothing that a page refers to is fetched, and no script is run."""

import codecs
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree
from lxml import html as lxml_html

from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.flowing.ending import within_limits
from archive.ingest.extractors.flowing.walk import Walk
from archive.ingest.extractors.titles import real_title
from archive.ingest.filetypes.plain_text import encoding_of
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page

ENGINE = "lxml"
_HEAD_BYTES = 64 * 1024
_DECLARED = re.compile(
    rb"""(?:<meta[^>]*?charset\s*=\s*|<\?xml[^>]*?encoding\s*=\s*)["']?([\w.:-]{1,40})""", re.I
)
_DAMAGED = "The web page cannot be read. Save it anew as HTML or PDF and add it again."

_SHORTENED = "Only the beginning of the web page was read: it is too long or nested too deep."


class HtmlExtractor:
    """Reads HTML and XHTML."""

    engine = ENGINE
    fields = frozenset(
        {
            BlockField.TITLE,
            BlockField.BODY,
            BlockField.TABLE,
            BlockField.ALT_TEXT,
            BlockField.LINK,
        }
    )

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
        flow = Walk(root, ENGINE).flow()
        yield from within_limits(flow.pages(), limits, ENGINE, _properties(root), problem)


def _parsed(data: bytes) -> tuple[Any, bool]:
    """Return the page's root and whether the parser came to its end.

    Entities and document types from elsewhere are never loaded.
    """
    text = data.decode(_encoding(data[:_HEAD_BYTES]), "replace")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    return root, all(entry.level_name != "FATAL" for entry in parser.error_log)


def _encoding(head: bytes) -> str:
    """Return the encoding of the page: by its mark, as it declares, else as its bytes look."""
    seen = encoding_of(head)
    declared = _DECLARED.search(head)
    if seen.startswith("utf-") or declared is None:
        return seen or "cp1252"
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return seen or "cp1252"
    # What calls itself ISO 8859-1 is Windows-1252 (WHATWG Encoding, 4.2).
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _properties(root: Any) -> dict[str, str]:
    found = {"title": real_title(" ".join(root.xpath("string(//head/title)").split()))}
    for element in root.iter("meta"):
        name = (element.get("name") or "").lower()
        if name in ("author", "description", "keywords"):
            found.setdefault(name, " ".join((element.get("content") or "").split()))
    return {name: text for name, text in found.items() if text}

"""The tree of a web page's bytes, whatever encoding they are in."""

import codecs
import re
from typing import Any

from lxml import html as lxml_html

from archive.ingest.filetypes.plain_text import encoding_of

_HEAD_BYTES = 64 * 1024
_DECLARED = re.compile(
    rb"""(?:<meta[^>]*?charset\s*=\s*|<\?xml[^>]*?encoding\s*=\s*)["']?([\w.:-]{1,40})""", re.I
)


def parsed(data: bytes) -> tuple[Any, bool]:
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

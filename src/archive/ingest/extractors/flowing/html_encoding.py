"""In which encoding a web page is written."""

import codecs
import re

from archive.ingest.filetypes.plain_text import encoding_of

_DECLARED = re.compile(
    rb"""(?:<meta[^>]*?charset\s*=\s*|<\?xml[^>]*?encoding\s*=\s*)["']?([\w.:-]{1,40})""", re.I
)


def html_encoding(head: bytes) -> str:
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

"""Words of a document as HTML: what was asked for is marked; addresses of the web and of mail are links."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from archive.highlight.snippet import fragments, to_html

# Only these schemes: an address with another one ("javascript:", "data:", "file:") stays plain text.
_ADDRESS = re.compile(r"\b(?:https?://|mailto:)[^\s<>\"“”«»]+", re.IGNORECASE)
_AFTER_AN_ADDRESS = ".,;:!?’'*…"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
# Documents are not ours: what they link to learns nothing of the archive and gains no rank by it.
_REL = "noopener noreferrer nofollow external"


def linked_html(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """Return text as HTML, marked in `spans` (start, end, in characters), with its addresses as links."""
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
    inside = [(first - start, last - start) for first, last in spans if first < end and last > start]
    return to_html(fragments(text[start:end], [(max(0, first), last) for first, last in inside]))

"""A page that leads to pages of single seminars: which of its links those are.

Pages of a list are siblings: they have an address in common but for its last part, and what stands at most of
their links is a day, a year or a word for a seminar.
"""

import re
from collections import defaultdict
from urllib.parse import urlsplit, urlunsplit

from archive.model.seminar_pages.seminar_page import SeminarPage

_TALKS_OF_A_SEMINAR = 2
"""A page with so many talks of one event is that event's own page, whatever else it leads to."""
_SIBLINGS_MIN = 3
_SHARE_MIN = 0.6
_ADDRESSES_MAX = 200
_SAYS_SEMINAR = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[ /.]\s?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec|may|oct)"
    r"|semin?ari|konferens|workshop|webbin|webin|symposi|frukost|årsmöte|temadag|studieresa|conference",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\.(?:pdf|pptx?|odp|key|docx?|xlsx?|zip|jpe?g|png|gif|svg|mp[34]|ics|css|js|xml)$", re.IGNORECASE
)


def seminar_addresses(page: SeminarPage) -> tuple[str, ...]:
    """Return the addresses of single seminars that a page leads to, in its order; () where it is no list."""
    if any(len(event.talks) >= _TALKS_OF_A_SEMINAR for event in page.events):
        return ()
    here = urlsplit(page.address)
    siblings: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for block in page.blocks:
        for link in block.links:
            parts = urlsplit(link.address)
            folder, _, name = parts.path.rstrip("/").rpartition("/")
            is_elsewhere = parts.netloc != here.netloc or parts.scheme not in ("http", "https")
            if is_elsewhere or not name or _FILES.search(parts.path) or parts.path == here.path:
                continue
            address = urlunsplit(parts._replace(fragment=""))
            words = f"{block.text} {name.replace('-', ' ')}"
            known = siblings[f"{folder}/"]
            known[address] = known.get(address, False) or _SAYS_SEMINAR.search(words) is not None
    lists = [found for found in siblings.values() if _is_list(found)]
    if not lists:
        return ()
    longest = max(lists, key=lambda found: sum(found.values()))
    return tuple(longest)[:_ADDRESSES_MAX]


def _is_list(found: dict[str, bool]) -> bool:
    return len(found) >= _SIBLINGS_MIN and sum(found.values()) >= _SHARE_MIN * len(found)

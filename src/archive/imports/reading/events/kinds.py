"""What kind of event titles and texts name: a seminar, a conference, a webinar …"""

import re
from collections.abc import Sequence

from archive.imports.reading.words import KINDS, TITLE_KINDS


def kind_in(titles: Sequence[str], texts: Sequence[str]) -> tuple[str | None, float]:
    """Return the kind of event that titles or, behind them, texts name; the first that names one."""
    ranked: list[tuple[str, Sequence[tuple[str, str]], float]] = [(text, KINDS, 0.95) for text in titles]
    ranked += [(text, KINDS, 0.88) for text in texts]
    ranked[len(titles) : len(titles)] = [(text, TITLE_KINDS, 0.85) for text in titles]
    for text, kinds, certainty in ranked:
        found = sorted(
            (match.start(), order, kind)
            for order, (kind, words) in enumerate(kinds)
            if (match := re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))
        )
        if found:
            return found[0][2], certainty
    return None, 0.0

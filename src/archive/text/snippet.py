"""The few lines of a page that show why it was found, with the found words marked."""

import html
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.text.matching import Match, Matcher

_CUT = "…"
_BREAK = " · "
_BEFORE_SHARE = 3  # a third of the spare room goes before the matches: what follows a word says more


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that is marked as a whole or not at all."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class _Window:
    """Some neighbouring matches of a text: indices `first` … `last`, and how good they are."""

    first: int
    last: int
    distinct: int

    @property
    def rank(self) -> tuple[int, int]:
        return self.distinct, self.last - self.first + 1


def snippet(texts: Sequence[tuple[str, str]], matcher: Matcher, max_chars: int = 200) -> tuple[Segment, ...]:
    """Return the best stretch of a page's texts, at most `max_chars` characters with the signs of omission.

    `texts` are (text, language) pairs in reading order. The stretch holds as many different asked words as
    possible, then as many matches as possible; it is cut between words where there is a space, and "…" stands
    where it is cut. Lines and texts are parted by " · ", other runs of white space become one space. Where
    nothing matches it is the beginning of the texts; () where there are none.
    """
    lines, matches = _joined(texts, matcher)
    best = _best_window(matches, max(1, max_chars - 2 * len(_CUT)))
    if best is None:
        return _cut_out(lines, [], 0, _fit(lines, 0, 0, max_chars)[1]) if lines else ()
    start, end = _fit(lines, matches[best.first].start, matches[best.last].end, max_chars)
    return _cut_out(lines, [(match.start, match.end) for match in matches], start, end)


def segments(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
    """Return the whole text as segments. `spans` are (start, end); what overlaps is marked once."""
    found: list[Segment] = []
    at = 0
    for start, end in sorted(spans):
        first, last = max(start, at), min(end, len(text))
        if first >= last:
            continue
        if first > at:
            found.append(Segment(text[at:first], marked=False))
        found.append(Segment(text[first:last], marked=True))
        at = last
    if at < len(text):
        found.append(Segment(text[at:], marked=False))
    return tuple(found)


def to_html(parts: Sequence[Segment]) -> str:
    """Return segments as HTML: escaped, marked ones in `<mark>`."""
    escaped = ((html.escape(part.text), part.marked) for part in parts)
    return "".join(f"<mark>{text}</mark>" if marked else text for text, marked in escaped)


def _joined(texts: Sequence[tuple[str, str]], matcher: Matcher) -> tuple[str, list[Match]]:
    """Return all texts on one line, and what matches there; no phrase reaches from one text into the next."""
    lines: list[str] = []
    matches: list[Match] = []
    at = 0
    for text, language in texts:
        line = _on_one_line(text)
        if not line:
            continue
        found = matcher.matches(line, language)
        matches += [Match(match.start + at, match.end + at, match.asked) for match in found]
        lines.append(line)
        at += len(line) + len(_BREAK)
    return _BREAK.join(lines), matches


def _on_one_line(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _BREAK.join(line for line in lines if line)


def _best_window(matches: Sequence[Match], room: int) -> _Window | None:
    """Return the best run of matches that fits in `room` characters; the first of equals. Linear."""
    best: _Window | None = None
    inside: Counter[int] = Counter()
    first = 0
    for last, match in enumerate(matches):
        inside[match.asked] += 1
        while first < last and match.end - matches[first].start > room:
            inside[matches[first].asked] -= 1
            if not inside[matches[first].asked]:
                del inside[matches[first].asked]
            first += 1
        window = _Window(first, last, len(inside))
        if best is None or window.rank > best.rank:
            best = window
    return best


def _fit(text: str, first: int, last: int, max_chars: int) -> tuple[int, int]:
    """Return a stretch around `first` … `last`, as long as fits with its signs of omission, cut at spaces."""
    if len(text) <= max_chars:
        return 0, len(text)
    room = max(1, max_chars - 2 * len(_CUT))
    last = min(last, first + room)
    spare = room - (last - first)
    start = max(0, min(first - spare // _BEFORE_SHARE, len(text) - room))
    end = min(len(text), start + room)
    if start > 0 and text[start - 1] != " ":
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    if end < len(text) and text[end] != " ":
        space = text.rfind(" ", last, end)
        end = space if space > start else end
    return _without_breaks(text, start, end)


def _without_breaks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without what parts it from the text before and after."""
    while 0 < start < end and text[start] in _BREAK:
        start += 1
    while start < end < len(text) and text[end - 1] in _BREAK:
        end -= 1
    return start, end


def _cut_out(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[Segment, ...]:
    stretch = text[start:end]
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if b > start and a < end]
    before = (Segment(_CUT, marked=False),) if start > 0 else ()
    after = (Segment(_CUT, marked=False),) if end < len(text) else ()
    return (*before, *segments(stretch, inside), *after)

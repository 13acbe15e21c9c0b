"""The passage of a page that shows why it was found, with the matches marked."""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.highlight.matcher import Match, Matcher

_CUT = "…"
_BREAK = " · "
# Ends of lines and of sentences: a full stop, question or exclamation mark before a space and a capital.
_SENTENCE_END = re.compile(r" · |(?<=[a-zåäö0-9)”\"][.!?]) (?=[A-ZÅÄÖ0-9”\"])")
# A page with more of them than a reader would count shows one of its first: a page at the bounds has 18,000.
_MATCHES_MAX = 1000
# Some forty times what a slide has: only what hardly any page has is read in parts.
_PART_CHARS = 20_000
# Where nothing is marked only a beginning is shown.
_BEGINNING_CHARS = 2000
_BEFORE_SHARE = 3  # a third of the spare room goes before the matches: what follows a word tells more


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text that is marked as a whole or not at all."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class _Window:
    """Adjacent matches `first` … `last` at `start` … `end`: how many targets they cover."""

    first: int
    last: int
    covered: int
    start: int
    end: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """Return what orders windows: targets covered, then number of matches, then shortness."""
        return self.covered, self.last - self.first + 1, self.start - self.end


@dataclass(frozen=True, slots=True)
class JoinedTexts:
    """Texts joined into one line, with its matches; `starts` are where each text begins (characters)."""

    text: str
    matches: tuple[Match, ...]
    starts: tuple[int, ...]


def join_texts(texts: Sequence[tuple[str, str]], matcher: Matcher) -> JoinedTexts:
    """Join (text, language) pairs, in reading order, into one line; no phrase reaches from one into the next.

    Lines and texts are separated by " · ", other white space becomes one space. Texts that no snippet would
    be taken from are left out at the end.
    """
    lines: list[str] = []
    matches: list[Match] = []
    starts: list[int] = []
    at = 0
    for text, language in texts:
        line = _on_one_line(text)
        starts.append(at)
        if not line:
            continue
        if at > _BEGINNING_CHARS and (matcher.is_empty or len(matches) >= _MATCHES_MAX):
            break
        matches += _moved(first_matches(matcher, line, language, _MATCHES_MAX), at)
        lines.append(line)
        at += len(line) + len(_BREAK)
    return JoinedTexts(_BREAK.join(lines), tuple(matches), tuple(starts))


def first_matches(matcher: Matcher, text: str, language: str, matches_max: int) -> list[Match]:
    """Return at most `matches_max` of the first matches of a text; what follows them is not looked at.

    A long text is read in parts; a phrase that reaches from one into the next is not found.
    """
    matches: list[Match] = []
    for at, part in _parts(text):
        matches += _moved(matcher.matches(part, language), at)
        if len(matches) >= matches_max:
            break
    return matches[:matches_max]


def _moved(matches: list[Match], at: int) -> list[Match]:
    """Return the matches of a text as those of another, in which it begins at `at`."""
    return [Match(match.start + at, match.end + at, match.targets) for match in matches] if at else matches


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a text, each with where it begins: up to `_PART_CHARS`, ended by a space."""
    at = 0
    while len(text) - at > _PART_CHARS:
        space = text.rfind(" ", at, at + _PART_CHARS)
        end = at + _PART_CHARS if space <= at else space
        yield at, text[at:end]
        at = end
    yield at, text[at:]


def best_passage(lines: JoinedTexts, max_chars: int = 200) -> tuple[tuple[Fragment, ...], int]:
    """Return the best passage of joined texts, and the index of the text with its first match.

    It covers as many targets of the question as possible, then as many matches as possible, then those
    closest together. It begins and ends with a sentence or a line where there is room, else between words,
    with "…" where a sentence is cut, and has at most `max_chars` with these. Where nothing matches it is the
    beginning, () where there is no text, and the index is -1.
    """
    text = lines.text
    best = _best_window(lines.matches[:_MATCHES_MAX], max(1, max_chars - 2 * len(_CUT)))
    if best is None:
        return (_cut_out(text, (), 0, _fit(text, 0, 0, max_chars)[1]) if text else ()), -1
    start, end = _fit(text, best.start, best.end, max_chars)
    return _cut_out(text, lines.matches, start, end), bisect_right(lines.starts, best.start) - 1


def fragments(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Fragment, ...]:
    """Return the whole text as fragments, marked in `spans` of (start, end), which may overlap."""
    parts: list[Fragment] = []
    at = 0
    for start, end in sorted(spans):
        first, last = max(start, at), min(end, len(text))
        if first >= last:
            continue
        if first > at:
            parts.append(Fragment(text[at:first], marked=False))
        parts.append(Fragment(text[first:last], marked=True))
        at = last
    if at < len(text):
        parts.append(Fragment(text[at:], marked=False))
    return tuple(parts)


def to_html(parts: Sequence[Fragment]) -> str:
    """Return fragments as HTML, escaped, the marked ones in `<mark>`."""
    escaped = ((html.escape(part.text), part.marked) for part in parts)
    return "".join(f"<mark>{text}</mark>" if marked else text for text, marked in escaped)


def _on_one_line(text: str) -> str:
    line = text.replace("\n", _BREAK)
    # Most texts are tidy; the only printable white space is a space.
    if line.isprintable() and "  " not in line and line == line.strip():
        return line
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _BREAK.join(line for line in lines if line)


def _best_window(matches: Sequence[Match], room: int) -> _Window | None:
    """Return the best run of matches that fits in `room` characters; the first of equals.

    Each match is tried with all of those before it that fit: with fewer it covers no more, and is ranked
    lower.
    """
    best: _Window | None = None
    first = 0
    for last, match in enumerate(matches):
        while first < last and match.end - matches[first].start > room:
            first += 1
        targets = 0
        for one in matches[first : last + 1]:
            targets |= one.targets
        window = _Window(first, last, targets.bit_count(), matches[first].start, match.end)
        if best is None or window.rank > best.rank:
            best = window
    return best


def _fit(text: str, first: int, last: int, max_chars: int) -> tuple[int, int]:
    """Return a range around `first` … `last`, as long as fits with its ellipses.

    It begins and ends with a sentence or line, if that leaves room for the matches.
    """
    if len(text) <= max_chars:
        return 0, len(text)
    room = max(1, max_chars - 2 * len(_CUT))
    last = min(last, first + room)
    spare = room - (last - first)
    start = max(0, min(first - spare // _BEFORE_SHARE, len(text) - room))
    start = _begin(text, start, first, last - room)
    end = min(len(text), start + room)
    return _without_breaks(text, start, _finish(text, last, end))


def _begin(text: str, start: int, first: int, earliest: int) -> int:
    """Return where to begin: with the sentence nearest to `start`, not before `earliest`, else with a
    word.
    """
    if start == 0:
        return 0
    begins = [match.end() for match in _SENTENCE_END.finditer(text, max(0, earliest - 1), first + 1)]
    begins = [begin for begin in begins if earliest <= begin <= first]
    if earliest <= 0:
        begins.append(0)
    if begins:
        return min(begins, key=lambda begin: abs(begin - start))
    if text[start - 1] == " ":
        return start
    space = text.find(" ", start, first)
    return space + 1 if space >= 0 else start


def _finish(text: str, last: int, end: int) -> int:
    """Return where to end: after the last whole sentence if that uses half of the room, else after a word."""
    if end == len(text) or _SENTENCE_END.match(text, end):
        return end
    ends = [match.start() for match in _SENTENCE_END.finditer(text, last, end)]
    space = text.rfind(" ", last, end)
    if ends and 2 * (end - ends[-1]) <= end - last:
        return ends[-1]
    return space if space > last and text[end] != " " else end


def _without_breaks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without separators at its ends."""
    while 0 < start < end and text[start] in _BREAK:
        start += 1
    while start < end < len(text) and text[end - 1] in _BREAK:
        end -= 1
    return start, end


def _cut_out(text: str, matches: Sequence[Match], start: int, end: int) -> tuple[Fragment, ...]:
    inside = [
        (max(match.start, start) - start, min(match.end, end) - start)
        for match in matches
        if match.end > start and match.start < end
    ]
    before = (Fragment(_CUT, marked=False),) if not _is_begin(text, start) else ()
    after = (Fragment(_CUT, marked=False),) if end < len(text) and not _SENTENCE_END.match(text, end) else ()
    return (*before, *fragments(text[start:end], inside), *after)


def _is_begin(text: str, at: int) -> bool:
    """Return whether a sentence, a line or the text begins here."""
    return at == 0 or any(match.end() == at for match in _SENTENCE_END.finditer(text, max(0, at - 4), at + 1))

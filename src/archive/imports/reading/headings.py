"""Which lines are headings, and of what."""

import re
from collections.abc import Sequence
from itertools import takewhile

from archive.imports.reading.dates import dates_in
from archive.imports.reading.naming.names import KNOWN, LIKELY, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.pieces import Line
from archive.imports.reading.words import CLOCK, DAY, FACT, PROGRAMME, SPEAKERS, TIMES, TRACK
from archive.model.seminar_pages.seminar_page import BlockKind

STRONG_LEVEL = 7
_NAME_AT = 3
_LEAST_ALIKE, _HEAD_CHARS = 2, 140


LABEL = re.compile(
    r"^\s*(?:seminarium|workshop|session|pass|parallell|spår|block|föredrag|tema|del"
    r"|talk)?\s?(?:[A-Z]|\d{1,2}|[A-Z]\d)\s?[.:)–-]\s+(?=\S)"
    r"|^\s*(?:sal|rum|lokal|scen|spår|session|pass|room|track)\s(?:[A-Z]|\d{1,2})\s+(?=(?-i:[A-ZÅÄÖ])\w)",
    re.IGNORECASE,
)


_TIMES_BEHIND = re.compile(
    rf"[\s,(–—-]*(?:kl\.?\s?)?{CLOCK}\s?(?:[–—-]|till|to)\s?{CLOCK}\W*$", re.IGNORECASE
)


_CHAIR_BEHIND = re.compile(
    r"\s*[.,(–—-]\s*(?:\w*ordförande|ordf\.?|\w*moderator|spårvärd\w*|spårledare|sessionsledare|samtalsledare"
    r"|(?:session )?chair)\b\s?(?::|är|var)?\s.{3,60}$",
    re.IGNORECASE,
)


def level_in(line: Line) -> int:
    """Return the level of a heading, of a line in bold one below them, 0 for other lines."""
    if line.is_heading:
        return line.level
    is_head = line.is_strong and not line.is_link and len(line.text) < 120 and not is_sentence(line.text)
    return STRONG_LEVEL if is_head else 0


def names_speaker(text: str) -> bool:
    """Return whether a line begins with somebody's name."""
    names = names_in(text)
    lead = text[: names[0].title_start].strip() if names else ""
    if not names or (lead and not is_role(lead)):
        return False
    return names[0].certainty >= LIKELY or text[names[0].end :].lstrip()[:1] in (",", "(")


def ends_with_speaker(text: str) -> bool:
    """Return whether a line is an organisation and who comes from it: "Sweco, Ali Rahimi"."""
    names = names_in(text)
    if not names or names[-1].certainty < KNOWN or re.search(r"\w", text[names[-1].end :]):
        return False
    first = next(name for name in names if name.certainty >= KNOWN)
    lead = text[: first.title_start].rstrip()
    return lead.endswith((",", ":")) and may_be_organisation(lead[:-1])


def is_speaker(text: str) -> bool:
    """Return whether a heading is but the names of one or several people."""
    names = names_in(text)
    return bool(names) and sum(name.end - name.title_start for name in names) > 0.75 * len(text.strip())


def is_beside(head: Line, line: Line, *, is_first: bool) -> bool:
    """Return whether a line in bold is the speaker, or the topic, of the talk whose heading is above it.

    Args:
        head: the heading.
        line: the line in bold.
        is_first: nothing stands between them.
    """
    if is_speaker(head.text) or (is_first and names_speaker(head.text)):
        return head.is_heading and not is_speaker(line.text)
    if head.is_heading and is_surely_organisation(line.text):
        return not is_surely_organisation(head.text)
    speaks = names_speaker(line.text) or (is_first and ends_with_speaker(line.text))
    return speaks and not names_speaker(head.text)


def is_sentence(text: str) -> bool:
    """Return whether a line in bold is a sentence, and no heading."""
    return text.rstrip().endswith(".") and len(text.split()) > 6


def is_group(text: str) -> bool:
    """Return whether a heading is about a part of the programme, not about one talk."""
    text = _CHAIR_BEHIND.sub("", _TIMES_BEHIND.sub("", text)) or text
    return bool(PROGRAMME.match(text) or DAY.match(text) or (TRACK.match(text) and len(text) < 90))


def is_led_group(text: str) -> bool:
    """Return whether a line names a part of the programme and who leads it: "Eftermiddag (ordf. Bo Al)"."""
    return _CHAIR_BEHIND.search(text) is not None and is_group(text)


def labelled_talks(lines: Sequence[Line]) -> frozenset[int]:
    """Return the blocks of headings that look like a track's but are one talk's: "Pass 1: Bokbussen"."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if not line.is_heading or LABEL.match(line.text) is None or not is_group(line.text):
            continue
        below = list(takewhile(lambda one: not one.is_heading, lines[at + 1 : at + 12]))
        speaking = [one for one in below if not one.is_link and _says_who(one.text)]
        is_list = sum(one.kind is BlockKind.ITEM and not one.is_link and one.is_first for one in below) > 1
        is_told = bool(below) and (speaking == below[:1] or (len(speaking) == 1 and not _lists(below)))
        is_told = is_told and not is_list
        if is_told and not any(TIMES.match(one.text) for one in below):
            found.add(line.piece.block)
    return frozenset(found)


def _lists(lines: Sequence[Line]) -> bool:
    return any(line.kind is BlockKind.ITEM and not line.is_link for line in lines)


def _says_who(text: str) -> bool:
    return names_speaker(text) or names_labelled(text) or ends_with_speaker(text)


def names_labelled(text: str) -> bool:
    """Return whether a line names speakers behind a label: "Medverkande: Anna Ek"."""
    label = SPEAKERS.match(text)
    names = names_in(text[label.end() :]) if label is not None else ()
    return label is not None and bool(names) and (":" in label.group() or names[0].title_start < _NAME_AT)


def _remarks(lines: Sequence[Line]) -> frozenset[tuple[int, int]]:
    """Return where emphasised lines behind a block's speakers stand: "**Topic**", "Ida Ek", "*Of what*"."""
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(line.piece.block, []).append(line)
    found: set[tuple[int, int]] = set()
    for own in blocks.values():
        speaking = [at for at, line in enumerate(own) if at and not line.is_strong and _speaks(line.text)]
        if own[0].is_strong and speaking and not own[0].is_link:
            behind = own[speaking[-1] + 1 :]
            found |= {(line.piece.block, line.piece.start) for line in behind if line.is_strong}
    return frozenset(found)


def _speaks(text: str) -> bool:
    return names_speaker(text) or is_surely_organisation(text)


def _block_heads(lines: Sequence[Line]) -> frozenset[tuple[int, int]]:
    """Return where the first lines of paragraphs of several lines stand that are topics above who speaks.

    "Masar på vandring", "Bo Al, historiker" in one paragraph, and so in most of those beside it.
    """
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        if line.kind is BlockKind.PARAGRAPH and not line.table:
            blocks.setdefault(line.piece.block, []).append(line)
    several = [own for own in blocks.values() if len(own) > 1 and own[0].is_first and _may_head(own[0])]
    sure = [own for own in several if names_speaker(own[1].text) and not names_speaker(own[0].text)]
    if len(sure) < _LEAST_ALIKE or len(sure) < len(several) - 1 - len(sure) // 2:
        return frozenset()
    return frozenset((own[0].piece.block, own[0].piece.start) for own in several)


def _may_head(line: Line) -> bool:
    text = line.text.strip()
    is_other = (
        FACT.match(text) or TIMES.match(text) or SPEAKERS.match(text) or dates_in(text) or is_group(text)
    )
    is_short = len(text) < _HEAD_CHARS and text[-1:] not in ".:,;" and not is_sentence(text)
    return is_short and not (is_other or line.links or line.emphases)


def told_heads(lines: Sequence[Line]) -> dict[tuple[int, int], bool]:
    """Return of lines, by block and place, whether they are headings, where those beside them tell that."""
    return dict.fromkeys(_remarks(lines), False) | dict.fromkeys(_block_heads(lines), True)

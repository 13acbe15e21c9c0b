"""Put the lines of a PDF together to paragraphs."""

import re
from collections.abc import Iterable, Sequence

from archive.model.pages import Paragraph

_BULLET = re.compile(r"\s*(?:[•‣▪▫◦●○■□·»➢➤✓❖\uf0a7\uf0b7\uf0d8\uf0fc]\s*|[-‒–—*]\s+|\(cid:\d+\)\s+)(?=\S)")
# (cid:…): a letter without a name at the beginning of a line is nearly always a bullet.
# "närings- och" at the end of a line is a shortened word of its own, not a divided one.
_SHORTENED_BEFORE = re.compile(r"(?:och|eller|samt|respektive|resp|and|or)\b", re.IGNORECASE)
_DIVIDED = re.compile(r"[^\W\d_][-\u2010\u00ad\u0002\ufffe]\Z")
# "e-arkiv", "IT-stöd", "2-metyl": the hyphen is the word's own, wherever the line ends.
_OWN_HYPHEN = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]|[A-ZÅÄÖ]+|it|ai|eu)[-\u2010]\Z")
_AFTER_NUMBER = re.compile(r"\d[-\u2010]\Z")
_SOFT_HYPHEN = re.compile(r"(?<=[^\W\d_])\u00ad ?(?=[^\W\d_])")  # it has no width, so a gap seems to follow
_UNMAPPED = re.compile(r"\(cid:\d+\)")


def clean(text: str) -> str:
    """Return `text` without marks for letters that no table names, and without soft hyphens in words."""
    return _SOFT_HYPHEN.sub("", _UNMAPPED.sub("", text)).strip()


def begins_item(text: str) -> bool:
    """Return whether the line begins with a bullet."""
    return _BULLET.match(text) is not None


def is_continued(text: str, line: str) -> bool:
    """Return whether `line` goes on in the middle of the sentence that `text` began."""
    if not text or not line:
        return False
    return bool(_DIVIDED.search(text)) or (line[0].islower() and text[-1] not in ".!?:")


def join_lines(lines: Sequence[str]) -> str:
    """Return the lines as one text; words divided by a hyphen at the end of a line are joined."""
    text = ""
    for line in lines:
        text = _joined(text, line.strip()) if text else line.strip()
    return text


def _joined(text: str, line: str) -> str:
    if not line:
        return text
    if not _DIVIDED.search(text):
        return f"{text}{line}" if _AFTER_NUMBER.search(text) and line[0].islower() else f"{text} {line}"
    if _SHORTENED_BEFORE.match(line):
        return f"{text[:-1]}- {line}"
    if line[0].islower() and not _OWN_HYPHEN.search(text):
        return text[:-1] + line
    return f"{text[:-1]}-{line}"


def paragraphs(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    """Return the lines of one box as paragraphs: each bullet begins a new one."""
    finished: list[Paragraph] = []
    lines_so_far: list[str] = []
    is_bullet = False
    for raw in lines:
        mark = _BULLET.match(raw)
        line = clean(raw[mark.end() :] if mark else raw)
        if not line:
            continue
        if mark and lines_so_far:
            finished.append(Paragraph(join_lines(lines_so_far), bullet=is_bullet))
            lines_so_far = []
        if mark or not lines_so_far:
            is_bullet = mark is not None
        lines_so_far.append(line)
    if lines_so_far:
        finished.append(Paragraph(join_lines(lines_so_far), bullet=is_bullet))
    return tuple(finished)


def plain_boxes(text: str) -> tuple[tuple[str, ...], ...]:
    """Cut pdfium's text of a page into boxes of lines: at empty lines and after short lines.

    A line much shorter than the longest ends a paragraph, unless it ends in a divided word.
    """
    lines = [line.strip() for line in re.split(r"[\r\n]+|(?<=[\x02\ufffe])", text)]
    longest = max((len(line) for line in lines), default=0)
    boxes: list[tuple[str, ...]] = []
    lines_so_far: list[str] = []
    for line in lines:
        if line:
            lines_so_far.append(line)
        if lines_so_far and not _DIVIDED.search(lines_so_far[-1]) and len(line) < 0.7 * longest:
            boxes.append(tuple(lines_so_far))
            lines_so_far = []
    if lines_so_far:
        boxes.append(tuple(lines_so_far))
    return tuple(boxes)

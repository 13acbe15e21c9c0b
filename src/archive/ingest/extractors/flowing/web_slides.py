"""Web slides: those written in Markdown inside a page, and which words of web slides are the speaker's notes.

Notes are for staff, as those of a deck are. Known are reveal.js, impress.js, Marp and their like, by the
elements that they keep notes in, and remark, whose slides are Markdown with the notes behind a line of three
question marks.
"""

import re
from collections.abc import Iterator
from typing import Any

from archive.ingest.extractors.flowing.flow import Flow
from archive.model.pages import BlockField

# Slides are parted by a line of three hyphens (reveal.js "data-separator", remark), steps of one by two.
_SLIDE_END = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)
_STEP_END = re.compile(r"^[ \t]*--[ \t]*$", re.MULTILINE)
# What follows is for the speaker: remark's mark, and reveal.js's default "data-separator-notes".
_NOTES = re.compile(r"^[ \t]*(?:\?\?\?|notes?:)", re.MULTILINE | re.IGNORECASE)
# remark's settings of one slide stand before its words.
_SETTING = re.compile(r"(?:class|name|layout|template|count|exclude|background-\w+):.*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,3}[.)])\s+(?=\S)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^()]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\(([^()\s]*)[^()]*\)")
_MARKS = re.compile(r"(?<!\\)(?:\*{1,3}|_{2,3}|`+|~~)|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_OUTSIDE = ("http://", "https://", "mailto:")
_MARKDOWN_TYPES = ("text/markdown", "text/x-markdown")
_TEMPLATE_TYPES = ("text/template", "text/x-template")


def holds_slides(element: Any) -> bool:
    """Return whether an element of a web page holds slides in Markdown, which a script shows."""
    if element.tag == "textarea":
        return element.get("id") == "source" or element.get("data-template") is not None
    if element.tag != "script":
        return False
    kind = (element.get("type") or "").strip().lower()
    is_markdown = any(each.get("data-markdown") is not None for each in element.iterancestors())
    return kind in _MARKDOWN_TYPES or (kind in _TEMPLATE_TYPES and is_markdown)


def write_slides(markdown: str, flow: Flow) -> None:
    """Write each slide as a page of its own; what the speaker says is NOTES."""
    for slide in _SLIDE_END.split(_COMMENT.sub("", markdown)):
        flow.end_page()
        for step in _STEP_END.split(slide):
            shown, *spoken = _NOTES.split(step)
            _write_shown(shown, flow)
            flow.block(BlockField.NOTES, [line.strip() for part in spoken for line in part.split("\n")])
    flow.end_page()


def _write_shown(shown: str, flow: Flow) -> None:
    links: dict[str, None] = {}
    is_before_words = True
    for line in shown.split("\n"):
        if not line.strip() or _FENCE.match(line):
            continue
        if is_before_words and _SETTING.fullmatch(line.strip()):
            continue
        is_before_words = False
        flow.block(BlockField.ALT_TEXT, _PICTURE.findall(line))
        links |= {target: None for _, target in _LINK.findall(line) if target.lower().startswith(_OUTSIDE)}
        _write_line(line, flow)
    flow.block(BlockField.LINK, list(links))


def _write_line(line: str, flow: Flow) -> None:
    heading, item = _HEADING.match(line.lstrip()), _ITEM.match(line)
    if heading:
        flow.heading(_plain(line.lstrip()[heading.end() :]).rstrip("# "))
    elif item:
        flow.paragraph(_plain(line[item.end() :]), level=len(item[1].expandtabs(4)) // 2, bullet=True)
    else:
        flow.paragraph(_plain(line.lstrip(" \t>")))


def _plain(line: str) -> str:
    """Return a line without the marks of Markdown and HTML."""
    line = _LINK.sub(r"\1", _PICTURE.sub("", line))
    return _MARKS.sub("", _TAG.sub(" ", line))


_ALWAYS_NOTES = frozenset({"speaker-notes", "presenter-notes", "bespoke-marp-note"})
_NOTES_CLASS = "notes"
_SHOWS = "//*[contains(@class, 'reveal') or contains(@class, 'impress') or @id = 'impress']"
_NOTES_BEGIN = "???"
_SLIDE_ENDS = frozenset({"---", "--"})


def keeps_notes(element: Any, is_show: bool) -> bool:
    """Return whether an element holds the speaker's notes; `is_show`: it is in a page of web slides."""
    classes = (element.get("class") or "").split()
    if not _ALWAYS_NOTES.isdisjoint(classes):
        return True
    return _NOTES_CLASS in classes and (element.tag == "aside" or is_show)


def is_slide_show(root: Any) -> bool:
    """Return whether a page says that it is web slides."""
    return bool(root.xpath(_SHOWS))


def parts(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in runs, each with whether it is a speaker's notes; a text without notes is one run."""
    lines = markdown.replace("\r\n", "\n").split("\n")
    marks = {line.strip() for line in lines}
    if _NOTES_BEGIN not in marks or marks.isdisjoint(_SLIDE_ENDS):
        yield markdown, False
        return
    run: list[str] = []
    is_note = False
    for line in lines:
        begins, ends = line.strip() == _NOTES_BEGIN, is_note and line.strip() in _SLIDE_ENDS
        if begins or ends:
            yield "\n".join(run), is_note
            run, is_note = [], begins
        else:
            run.append(line)
    yield "\n".join(run), is_note

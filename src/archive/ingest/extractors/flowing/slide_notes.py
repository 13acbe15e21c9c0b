"""Which words of web slides are the speaker's notes: for staff, as those of a deck are.

Known are reveal.js, impress.js, Marp and their like, by the elements that they keep notes in, and remark,
whose slides are Markdown with the notes behind a line of three question marks.
"""

from collections.abc import Iterator
from typing import Any

_ALWAYS_NOTES = frozenset({"speaker-notes", "presenter-notes", "bespoke-marp-note"})
_NOTES = "notes"
_SHOWS = "//*[contains(@class, 'reveal') or contains(@class, 'impress') or @id = 'impress']"
_NOTES_BEGIN = "???"
_SLIDE_ENDS = frozenset({"---", "--"})


def keeps_notes(element: Any, is_show: bool) -> bool:
    """Return whether an element holds the speaker's notes; `is_show`: it is in a page of web slides."""
    classes = (element.get("class") or "").split()
    if not _ALWAYS_NOTES.isdisjoint(classes):
        return True
    return _NOTES in classes and (element.tag == "aside" or is_show)


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

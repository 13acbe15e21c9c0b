"""What is said in videos on a slide, from their caption tracks (WebVTT)."""

import re
from collections.abc import Iterator

from archive.ingest.extractors.pptx.part import ShapePart
from archive.model.pages import Block, BlockField, Paragraph

_SUFFIX = ".vtt"
_TIMES = "-->"
_WORDLESS = ("WEBVTT", "NOTE", "STYLE", "REGION")
_MARKS = re.compile(r"<[^<>]*>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "", "&rlm;": ""}


def caption_block(part: ShapePart) -> Block | None:
    """Return the words of all caption tracks that a slide's videos bring along; None without any."""
    paragraphs: list[Paragraph] = []
    for relation in part.relations.by_id.values():
        if not relation.is_external and relation.target.lower().endswith(_SUFFIX):
            data = part.package.read(relation.target)
            paragraphs += [Paragraph(text) for text in _cues((data or b"").decode("utf-8-sig", "replace"))]
    return Block(BlockField.CAPTION, paragraphs=tuple(paragraphs)) if paragraphs else None


def _cues(track: str) -> Iterator[str]:
    """Yield what each cue says (WebVTT, 4): the lines behind its times, without marks."""
    for part in re.split(r"\n{2,}", track.replace("\r\n", "\n").replace("\r", "\n")):
        rows = part.strip().split("\n")
        start = next((at for at, row in enumerate(rows[:2]) if _TIMES in row), None)
        if start is None or rows[0].startswith(_WORDLESS):
            continue
        text = _MARKS.sub("", " ".join(row.strip() for row in rows[start + 1 :]))
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
        if text.strip():
            yield text.strip()

"""What a slide's relationships lead to: links, captions of videos, comments with their authors."""

import re
from collections.abc import Iterator

from archive.ingest.extractors.ooxml.drawing_text import lines
from archive.ingest.extractors.ooxml.markup import A, Element, R, local_name
from archive.ingest.extractors.pptx.deck import Deck
from archive.ingest.extractors.pptx.slide_parts import ShapePart
from archive.model.pages import Block, BlockField, Paragraph

_LINKS = (A + "hlinkClick", A + "hlinkHover", A + "hlinkMouseOver")
_SCHEMES = ("http://", "https://", "mailto:", "ftp://")
_LINKS_MAX = 500
_CAPTION_SUFFIX = ".vtt"
_CUE_TIMES = "-->"
_WORDLESS_PARTS = ("WEBVTT", "NOTE", "STYLE", "REGION")
_CUE_MARKS = re.compile(r"<[^<>]*>")
_CUE_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "", "&rlm;": ""}
_AUTHOR_PARTS = ("commentAuthors", "authors")
_AUTHORS = ("{*}cmAuthor", "{*}author")
_OLD_REPLY = "{*}parentCm"


def link_block(part: ShapePart) -> Block | None:
    """Return the addresses outside the deck that shapes and words on a slide lead to, each once.

    What the link says of itself when pointed at (its tooltip) follows its address. None without any.
    """
    tips: dict[str, str] = {}
    for link in part.root.iter(*_LINKS):
        relation = part.relations.by_id.get(link.get(R + "id", ""))
        if relation is None or not relation.is_external:
            continue
        target = relation.target.strip()
        if target.lower().startswith(_SCHEMES) and len(tips) < _LINKS_MAX:
            tips.setdefault(target, link.get("tooltip", "").strip())
    texts = (f"{target} {tip}" if tip and tip != target else target for target, tip in tips.items())
    paragraphs = tuple(Paragraph(text) for text in texts)
    return Block(BlockField.LINK, paragraphs=paragraphs) if paragraphs else None


def caption_block(part: ShapePart) -> Block | None:
    """Return the words of all caption tracks that a slide's videos bring along; None without any."""
    paragraphs: list[Paragraph] = []
    for relation in part.relations.by_id.values():
        if not relation.is_external and relation.target.lower().endswith(_CAPTION_SUFFIX):
            data = part.package.read(relation.target)
            paragraphs += [Paragraph(text) for text in _cues((data or b"").decode("utf-8-sig", "replace"))]
    return Block(BlockField.CAPTION, paragraphs=tuple(paragraphs)) if paragraphs else None


def _cues(track: str) -> Iterator[str]:
    """Yield what each cue says (WebVTT, 4): the lines behind its times, without marks."""
    for part in re.split(r"\n{2,}", track.replace("\r\n", "\n").replace("\r", "\n")):
        rows = part.strip().split("\n")
        start = next((at for at, row in enumerate(rows[:2]) if _CUE_TIMES in row), None)
        if start is None or rows[0].startswith(_WORDLESS_PARTS):
            continue
        text = _CUE_MARKS.sub("", " ".join(row.strip() for row in rows[start + 1 :]))
        for entity, character in _CUE_ENTITIES.items():
            text = text.replace(entity, character)
        if text.strip():
            yield text.strip()


def comment_authors(deck: Deck) -> dict[str, str]:
    """Return the names of those who commented, by the id that comments name."""
    names: dict[str, str] = {}
    for relation in deck.relations.of_kind(*_AUTHOR_PARTS):
        root = deck.package.tree(relation.target)
        for author in () if root is None else root.iter(*_AUTHORS):
            names.setdefault(author.get("id", ""), author.get("name", "").strip())
    return names


def comment_block(part: ShapePart, authors: dict[str, str]) -> Block | None:
    """Return the comments on a slide, "author: words", answers one level in; None without any."""
    paragraphs: list[Paragraph] = []
    for relation in part.relations.of_kind("comments"):
        root = part.package.tree(relation.target)
        for comment in () if root is None else root.iter("{*}cm", "{*}reply"):
            text = " ".join(_texts(comment))
            author = authors.get(comment.get("authorId", ""), "")
            if text:
                level = int(_is_answer(comment))
                paragraphs.append(Paragraph(f"{author}: {text}" if author else text, level))
    return Block(BlockField.COMMENT, paragraphs=tuple(paragraphs)) if paragraphs else None


def _texts(comment: Element) -> Iterator[str]:
    """Yield the words of one comment, without those of its answers."""
    for child in comment.iterfind("{*}text"):
        if child.text and child.text.strip():
            yield child.text.strip()
    for child in comment.iterfind("{*}txBody"):
        yield from lines(child)


def _is_answer(comment: Element) -> bool:
    return local_name(comment) == "reply" or next(comment.iter(_OLD_REPLY), None) is not None

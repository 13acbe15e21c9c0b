"""Comments on a slide with their authors: old ones (ECMA-376 part 1, 19.4) and threaded ([MS-PPTX] 2.6)."""

from collections.abc import Iterator

from archive.ingest.extractors.pptx.deck import Deck
from archive.ingest.extractors.pptx.markup import Element, local_name
from archive.ingest.extractors.pptx.paragraphs import lines
from archive.ingest.extractors.pptx.part import ShapePart
from archive.model.pages import Block, BlockField, Paragraph

_AUTHOR_PARTS = ("commentAuthors", "authors")
_AUTHORS = ("{*}cmAuthor", "{*}author")
_OLD_REPLY = "{*}parentCm"


def comment_authors(deck: Deck) -> dict[str, str]:
    """Return the names of those who commented, by the id that comments name."""
    found: dict[str, str] = {}
    for relation in deck.relations.of_kind(*_AUTHOR_PARTS):
        root = deck.package.tree(relation.target)
        for author in () if root is None else root.iter(*_AUTHORS):
            found.setdefault(author.get("id", ""), author.get("name", "").strip())
    return found


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

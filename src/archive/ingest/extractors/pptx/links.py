"""Where the links on a slide lead."""

from archive.ingest.extractors.pptx.markup import A, R
from archive.ingest.extractors.pptx.part import ShapePart
from archive.model.pages import Block, BlockField, Paragraph

_LINKS = (A + "hlinkClick", A + "hlinkHover", A + "hlinkMouseOver")
_SCHEMES = ("http://", "https://", "mailto:", "ftp://")
_LINKS_MAX = 500


def link_block(part: ShapePart) -> Block | None:
    """Return the addresses outside the deck that shapes and words on a slide lead to, each once.

    What the link says of itself when pointed at (its tooltip) follows its address. None without any.
    """
    found: dict[str, str] = {}
    for link in part.root.iter(*_LINKS):
        relation = part.relations.by_id.get(link.get(R + "id", ""))
        if relation is None or not relation.is_external:
            continue
        target = relation.target.strip()
        if target.lower().startswith(_SCHEMES) and len(found) < _LINKS_MAX:
            found.setdefault(target, link.get("tooltip", "").strip())
    texts = (f"{target} {tip}" if tip and tip != target else target for target, tip in found.items())
    paragraphs = tuple(Paragraph(text) for text in texts)
    return Block(BlockField.LINK, paragraphs=paragraphs) if paragraphs else None

"""The slides of a basket as they are cited, in the visitor's language."""

from archive.baskets.basket import Basket
from archive.baskets.sources import Sources, sources
from archive.catalogue.database.sessions import Session
from archive.citations.item import CitedItem
from archive.citations.reading import CitedRef, cited_items
from archive.citations.styles.registry import STYLES, Style
from archive.citations.styles.rendering import reference
from archive.web.citing.asked import current_citing

_STYLE_OF_LISTS = STYLES["apa"]


def cited(session: Session, basket: Basket) -> tuple[CitedItem, ...]:
    """Return what is cited of the slides of a basket, in its order."""
    refs = [CitedRef(ref.document_id, ref.number, ref.version) for ref in basket.refs]
    return cited_items(session, refs, current_citing())


def basket_sources(session: Session, basket: Basket) -> Sources:
    """Return what files of a basket say of where its slides are from."""
    items = cited(session, basket)
    return sources(items, current_citing().wording, len(basket.left_out), references(items, _STYLE_OF_LISTS))


def references(items: tuple[CitedItem, ...], style: Style) -> list[str]:
    """Return the references of what is cited in a style, in the visitor's language."""
    return [reference(item, style, current_citing().wording.value) for item in items]

"""The slides of a basket as they are cited."""

from collections.abc import Sequence
from typing import Final

from archive.baskets.basket import Basket
from archive.baskets.sources import BasketSources, sources
from archive.catalogue.database.sessions import Session
from archive.citations.item import CitedItem
from archive.citations.reading import CitedRef, Citing, cited_items
from archive.citations.styles.registry import STYLES, Style
from archive.citations.styles.rendering import reference

_STYLE_OF_LISTS: Final = STYLES["apa"]


def cited(session: Session, basket: Basket, citing: Citing) -> tuple[CitedItem, ...]:
    """Return what is cited of the slides of a basket, in its order."""
    refs = [CitedRef(ref.document_id, ref.number, ref.version) for ref in basket.refs]
    return cited_items(session, refs, citing)


def references(items: Sequence[CitedItem], style: Style, citing: Citing) -> list[str]:
    """Return the references of what is cited in a style."""
    return [reference(item, style, citing.wording.value) for item in items]


def basket_sources(session: Session, basket: Basket, citing: Citing) -> BasketSources:
    """Return what files of a basket say of where its slides are from."""
    items = cited(session, basket, citing)
    listed = references(items, _STYLE_OF_LISTS, citing)
    return sources(items, citing.wording, len(basket.left_out), listed)

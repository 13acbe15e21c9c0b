"""The slides of a basket as they are cited, in the visitor's language."""

from datetime import UTC, datetime

from flask import request

from archive.baskets.basket import Basket
from archive.baskets.sources import Sources, sources
from archive.catalogue.database.sessions import Session
from archive.citations.item import CitedItem, Wording
from archive.citations.reading import CitedRef, Citing, cited_items
from archive.web.http.context import current_visitor
from archive.web.http.language import current_language, site_root


def cited(session: Session, basket: Basket) -> tuple[CitedItem, ...]:
    """Return what is cited of the slides of a basket, in its order."""
    refs = [CitedRef(ref.document_id, ref.number, ref.version) for ref in basket.refs]
    site = request.host_url.rstrip("/") + site_root()
    citing = Citing(current_visitor(), site, datetime.now(UTC).date(), _wording())
    return cited_items(session, refs, citing)


def basket_sources(session: Session, basket: Basket) -> Sources:
    """Return what files of a basket say of where its slides are from."""
    return sources(cited(session, basket), _wording(), len(basket.left_out))


def _wording() -> Wording:
    return Wording(current_language())

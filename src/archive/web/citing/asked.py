"""What is cited on a request: by whom, with which addresses, on which day."""

from datetime import datetime

from flask import Flask, request

from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.citations.item import CitedItem, Wording
from archive.citations.reading import CitedRef, Citing, cited_items, document_item
from archive.errors import NotFound
from archive.web.http.context import current_visitor
from archive.web.http.language import current_language, site_root


def install(app: Flask) -> None:
    """Give the templates what is cited of a record that they show, and the address of the site."""
    app.jinja_env.globals.update(item_of_record=item_of_record, site_address=site_address)


def item_of_record(record: CatalogueRecord, number: int = 0) -> CitedItem:
    """Return what is cited of a document that has been read, or of a page of it, without asking again."""
    return document_item(record, current_citing(), number)


def site_address() -> str:
    """Return the whole address of the site, without a language: what is cited has one address."""
    return request.host_url.rstrip("/") + site_root()


def current_citing() -> Citing:
    """Return for whom items of this request are made."""
    today = datetime.now().astimezone().date()
    return Citing(current_visitor(), site_address(), today, Wording(current_language()))


def cited_item(session: Session, ref: CitedRef) -> CitedItem:
    """Return what is to be cited. Raises NotFound, also where the visitor may not see it."""
    items = cited_items(session, [ref], current_citing())
    if not items:
        raise NotFound("There is no such document, slide or talk to cite.")
    return items[0]


def item_path(item: CitedItem) -> str:
    """Return the part of the address of an item that follows the site's."""
    return item.address.removeprefix(site_address())

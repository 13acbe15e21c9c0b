"""The page of a basket."""

from http import HTTPStatus

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from archive.baskets.basket import Basket, gathered
from archive.baskets.deck_forms import DeckForm, deck_form
from archive.baskets.refs import SLIDES_MAX, parsed
from archive.citations.formats.registry import FORMATS
from archive.citations.styles.registry import STYLES
from archive.model.visibility import OriginalsPolicy
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters.basket_view import basket_address, basket_view

blueprint = Blueprint("basket", __name__)


@blueprint.get("/basket")
def page() -> ResponseReturnValue:
    """Show the slides that `s` names, with their order and the files to be made of them.

    `add` is a slide, or the address of one, to be put last. Where none of the slides is to be seen, the
    answer is 404.
    """
    given, added = request.args.get("s", ""), request.args.get("add", "").strip()
    refs = parsed(f"{given},{added}")
    if added:
        return redirect(basket_address(refs, "slides"), HTTPStatus.SEE_OTHER)
    with current_archive().database.read() as session:
        basket = gathered(session, refs, current_visitor())
    view = basket_view(refs, basket, deck_form_of(basket))
    text = render_template(
        "baskets/basket.html",
        view=view,
        slides_max=SLIDES_MAX,
        formats=FORMATS.values(),
        styles=STYLES.values(),
    )
    response = make_response(text, HTTPStatus.NOT_FOUND if refs and not view.rows else HTTPStatus.OK)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def deck_form_of(basket: Basket) -> DeckForm | None:
    """Return what kind of deck the visitor gets of a basket, None where nothing can be put into one."""
    if not basket.open_slides:
        return None
    archive = current_archive()
    setting = OriginalsPolicy(archive.settings.originals)
    return deck_form(basket, current_visitor(), setting, archive.clean_copies)

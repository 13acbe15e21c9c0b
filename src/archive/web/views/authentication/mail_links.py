"""Asking for a link to sign in, by mail."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for

from archive.accounts.mail_links import LINK, Wish
from archive.errors import InputError, TooMany
from archive.web.http.context import current_archive
from archive.web.http.language import gettext
from archive.web.http.signed_in import client
from archive.web.views.sign_in import form_page, next_address

blueprint = Blueprint("mail_links", __name__)

_LOGIN_MAX_CHARS = 200


@blueprint.post("/sign-in/link")
def ask() -> Response:
    """Take the wish for a link; the answer is the same whether or not there is such an account."""
    archive = current_archive()
    login = request.form.get("mail", "")[:_LOGIN_MAX_CHARS]
    minutes = f"{archive.settings.accounts.mail_link_min:g}"
    site_name = archive.settings.web.site_name
    text = gettext(
        "Öppna länken och tryck på ”Logga in”. Den går att använda en gång och gäller i %(minutes)s minuter.",
        minutes=minutes,
    )
    unasked = gettext("Har du inte bett om någon länk kan du strunta i det här brevet.")
    wish = Wish(
        login=login,
        site_address=request.host_url.rstrip("/") + request.script_root,
        next_address=""
        if next_address() == url_for("search.index")
        else f"?{urlencode({'next': next_address()})}",
        subject=gettext("Logga in på %(site)s", site=site_name),
        text=f"{text}\n\n{LINK}\n\n{unasked}\n",
    )
    try:
        archive.mail_links.ask(wish, client())
    except (InputError, TooMany) as error:
        return form_page(error)
    return form_page(None, is_link_sent=True)

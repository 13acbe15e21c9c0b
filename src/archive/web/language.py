"""Swedish or English. Texts are written in Swedish in the code; `translations/en` holds the English ones."""

from pathlib import Path
from urllib.parse import urlencode

from babel.support import NullTranslations, Translations
from flask import Flask, Response, request
from flask_babel import Babel, get_translations

LANGUAGES = {"sv": "Svenska", "en": "English"}
DEFAULT_LANGUAGE = "sv"
_COOKIE = "lang"
_COOKIE_AGE_S = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Choose a language for each request; remember one chosen with `?lang=`."""
    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_translation_directories=str(Path(__file__).parent / "translations"),
        locale_selector=current_language,
    )
    _install_texts(app)
    app.after_request(_remember)
    app.context_processor(
        lambda: {
            "language": current_language(),
            "languages": LANGUAGES,
            "address_in": address_in,
        }
    )


def _install_texts(app: Flask) -> None:
    """Give the templates texts from catalogues that are looked for once: a page has a hundred and more."""
    catalogues: dict[str, Translations | NullTranslations] = {}

    def texts() -> Translations | NullTranslations:
        language = current_language()
        if language not in catalogues:
            catalogues[language] = get_translations()
        return catalogues[language]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's own extension
        gettext=lambda text: texts().ugettext(text),
        ngettext=lambda one, many, count: texts().ungettext(one, many, count),
        newstyle=True,
    )


def current_language() -> str:
    """Return "sv" or "en": what `?lang=` says, else the cookie, else Swedish."""
    chosen = request.args.get("lang", "")
    if chosen not in LANGUAGES:
        chosen = request.cookies.get(_COOKIE, "")
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def address_in(language: str) -> str:
    """Return the address of the page being shown, in another language."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.script_root}{request.path}?{urlencode([*pairs, ('lang', language)])}"


def _remember(response: Response) -> Response:
    chosen = request.args.get("lang", "")
    if chosen in LANGUAGES and response.mimetype == "text/html":
        response.set_cookie(
            _COOKIE,
            chosen,
            max_age=_COOKIE_AGE_S,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
            path=request.script_root or "/",
        )
    return response

"""Swedish or English, by address: English pages lie below `/en`. Nothing is kept in the visitor's browser.

Texts are written in Swedish in the code; `translations/en` holds the English ones.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel, get_translations

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGES = {"sv": "Svenska", "en": "English"}
DEFAULT_LANGUAGE = "sv"
_KEY = "archive.language"
_ROOT_KEY = "archive.root"
_SHOWN_KEY = "archive.shown_language"


def install(app: Flask) -> None:
    """Choose a language for each request and give the templates what they need to offer the other."""
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way
    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_translation_directories=str(Path(__file__).parent / "translations"),
        locale_selector=current_language,
    )
    _install_texts(app)
    app.context_processor(
        lambda: {
            "language": current_language(),
            "languages": LANGUAGES,
            "address_in": address_in,
            "full_address_in": full_address_in,
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


class LanguagePrefix:
    """Takes `/en` off the path and makes it part of the site's root, so that all links of a page keep it."""

    def __init__(self, inner: "WSGIApplication") -> None:
        self._inner = inner

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request as WSGI asks for it."""
        path, root = environ.get("PATH_INFO", ""), environ.get("SCRIPT_NAME", "")
        environ[_ROOT_KEY] = root
        code, slash, rest = path.removeprefix("/").partition("/")
        if code in LANGUAGES and code != DEFAULT_LANGUAGE:
            environ[_KEY] = code
            environ["SCRIPT_NAME"] = f"{root}/{code}"
            environ["PATH_INFO"] = f"{slash or '/'}{rest}"
        return self._inner(environ, start_response)


def current_language() -> str:
    """Return "sv" or "en": what the address says, by `?lang=` for one page or by `/en` for all."""
    environ = request.environ
    shown: str | None = environ.get(_SHOWN_KEY)
    if shown is None:  # a page asks some hundred times
        chosen = request.args.get("lang", "")
        if chosen not in LANGUAGES:
            chosen = str(environ.get(_KEY, ""))
        shown = environ[_SHOWN_KEY] = chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE
    return shown


def site_root() -> str:
    """Return the path below which the site lies, without any language: "" in most places."""
    return str(request.environ.get(_ROOT_KEY, ""))


def address_in(language: str) -> str:
    """Return the address of the page being shown, in another language."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    prefix = "" if language == DEFAULT_LANGUAGE else f"/{language}"
    path = f"{site_root()}{prefix}{quote(request.path)}"
    return f"{path}?{urlencode(pairs)}" if pairs else path


def full_address_in(language: str) -> str:
    """Return `address_in` with scheme and host: search engines take no other for a page's other languages."""
    return request.host_url.rstrip("/") + address_in(language)

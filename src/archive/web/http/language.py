"""Swedish or English, by address: English pages lie below `/en`. Nothing is kept in the visitor's browser.

Texts are written in Swedish in the code; `translations/en` holds the English ones.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from babel.support import NullTranslations, Translations
from flask import Flask, request
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGES = {"sv": "Svenska", "en": "English"}
DEFAULT_LANGUAGE = "sv"
_KEY = "archive.language"
_ROOT_KEY = "archive.root"
_SHOWN_KEY = "archive.shown_language"
_NO_ATTRIBUTE = Markup()
_TRANSLATIONS = Path(__file__).parents[1] / "translations"


def install(app: Flask) -> None:
    """Choose a language for each request and give the templates what they need to offer the other."""
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's own extension
        gettext=lambda text: _texts(current_language()).ugettext(text),
        ngettext=lambda one, many, count: _texts(current_language()).ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals["lang"] = lang
    app.context_processor(
        lambda: {
            "language": current_language(),
            "languages": LANGUAGES,
            "address_in": address_in,
            "full_address_in": full_address_in,
        }
    )


def gettext(text: str, **values: object) -> str:
    """Return a text in the visitor's language, with values put in: `gettext("Bild %(number)s", number=4)`."""
    found = str(_texts(current_language()).ugettext(text))
    return found % values if values else found


def pgettext(context: str, text: str) -> str:
    """Return a text that is one in Swedish and several in English, in the visitor's language."""
    return str(_texts(current_language()).upgettext(context, text))


@cache
def _texts(language: str) -> NullTranslations:
    """Return a language's catalogue, read once: a page looks up some hundred texts."""
    if language == DEFAULT_LANGUAGE:
        return NullTranslations()
    return Translations.load(str(_TRANSLATIONS), [language])


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


@pass_context
def lang(context: Context, code: str) -> Markup:
    """Return the attribute `lang` for a text in another language than the page's, "" for others."""
    if not code or code == context["language"]:
        return _NO_ATTRIBUTE
    return Markup(' lang="{}"').format(code)


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

"""Swedish or English, by address: English pages are below `/en`. Nothing is stored in the visitor's browser.

Texts are written in Swedish in the code; `translations/en` has the English ones.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from babel.support import NullTranslations, Translations
from flask import Flask, request
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from archive.messages import in_swedish
from archive.web.http.parameters import known_pairs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGES = {"sv": "Svenska", "en": "English"}
DEFAULT_LANGUAGE = "sv"
_PREFIX_KEY = "archive.language"
_ROOT_KEY = "archive.root"
_CURRENT_KEY = "archive.current_language"
_STAFF_PATH = "/staff/"  # what is chosen there (a bulk change, a journal's filter) has names of its own
_NO_ATTRIBUTE = Markup()
_CODES_MAX = 64
_TEXTS_MAX = 4096  # all templates have fewer in both languages
_TRANSLATIONS = Path(__file__).parents[1] / "translations"


def install(app: Flask) -> None:
    """Choose a language for each request and let the templates link to the same page in the other."""
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way
    # What Jinja's own extension does, in one call instead of four: a page of results asks two hundred times.
    app.jinja_env.globals.update(_=_template_text, ngettext=_template_plural, pgettext=pgettext, lang=lang)
    app.context_processor(
        lambda: {
            "language": current_language(),
            "languages": LANGUAGES,
            "address_in": address_in,
            "full_address_in": full_address_in,
        }
    )


def gettext(text: str, **values: object) -> str:
    """Return a text in the visitor's language, with values filled in: `gettext("Sida %(page)s", page=4)`."""
    translated = str(_texts(current_language()).ugettext(text))
    return translated % values if values else translated


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Return one of two texts by a number, in the visitor's language, with values filled in."""
    return str(_texts(current_language()).ungettext(singular, plural, number)) % values


def _template_text(text: str, /, **values: object) -> Markup:
    """Return a text of a template as HTML, with values filled in that are escaped; `%%` stands for `%`."""
    language = current_language()
    return _markup(language, text) % values if values else _filled(language, text)


def _template_plural(singular: str, plural: str, number: int, /, **values: object) -> Markup:
    """Return one of two texts of a template by a number, as HTML; `num` in it is the number."""
    text = _texts(current_language()).ungettext(singular, plural, number)
    return _markup_of(text) % {"num": number, **values}


@lru_cache(maxsize=_TEXTS_MAX)
def _markup(language: str, text: str) -> Markup:
    return _markup_of(_texts(language).ugettext(text))


def _markup_of(text: str) -> Markup:
    return Markup(text)  # noqa: S704 # the archive's own texts, which may hold tags


@lru_cache(maxsize=_TEXTS_MAX)
def _filled(language: str, text: str) -> Markup:
    return _markup(language, text) % {}


def pgettext(context: str, text: str) -> str:
    """Return a text in the visitor's language; `context` tells two texts apart that are one in Swedish."""
    return str(_texts(current_language()).upgettext(context, text))


def message_text(message: str) -> str:
    """Return one of the archive's own messages, which are made in English, in the visitor's language."""
    return in_swedish(message) if current_language() == "sv" else message


@cache
def _texts(language: str) -> NullTranslations:
    """Return a language's message catalogue, loaded once: a page looks up about a hundred texts."""
    if language == DEFAULT_LANGUAGE:
        return NullTranslations()
    return Translations.load(str(_TRANSLATIONS), [language])


class LanguagePrefix:
    """Moves `/en` from the path to the root of the site, so that all links of a page include it."""

    def __init__(self, inner: "WSGIApplication") -> None:
        self._inner = inner

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a WSGI request."""
        path, root = environ.get("PATH_INFO", ""), environ.get("SCRIPT_NAME", "")
        environ[_ROOT_KEY] = root
        code, slash, rest = path.removeprefix("/").partition("/")
        if code in LANGUAGES and code != DEFAULT_LANGUAGE:
            environ[_PREFIX_KEY] = code
            environ["SCRIPT_NAME"] = f"{root}/{code}"
            environ["PATH_INFO"] = f"{slash or '/'}{rest}"
        return self._inner(environ, start_response)


def current_language() -> str:
    """Return "sv" or "en", as the address says: by `?lang=` for one page or by `/en` for all."""
    environ = request.environ
    language: str | None = environ.get(_CURRENT_KEY)
    if language is None:  # a page calls this about a hundred times
        chosen = request.args.get("lang", "")
        if chosen not in LANGUAGES:
            chosen = str(environ.get(_PREFIX_KEY, ""))
        language = environ[_CURRENT_KEY] = chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE
    return language


@pass_context
def lang(context: Context, code: str) -> Markup:
    """Return the attribute `lang` for a text in another language than the page's, "" for others."""
    return _lang_attribute(code) if code and code != context["language"] else _NO_ATTRIBUTE


@lru_cache(maxsize=_CODES_MAX)
def _lang_attribute(code: str) -> Markup:
    return Markup(' lang="{}"').format(code)


def site_root() -> str:
    """Return the path of the site's root, without any language; "" where the site is at the host's root."""
    return str(request.environ.get(_ROOT_KEY, ""))


def address_in(language: str) -> str:
    """Return the address of the current page in another language."""
    pairs = list(request.args.items(multi=True))
    if not request.path.startswith(_STAFF_PATH):
        pairs = known_pairs(pairs)
    prefix = "" if language == DEFAULT_LANGUAGE else f"/{language}"
    path = f"{site_root()}{prefix}{quote(request.path)}"
    return f"{path}?{urlencode(pairs)}" if pairs else path


def full_address_in(language: str) -> str:
    """Return `address_in` with scheme and host, as search engines require for `hreflang`."""
    return request.host_url.rstrip("/") + address_in(language)

"""The site's address where a proxy stands before it: `web.base_url`, or what a trusted proxy says.

Behind a proxy that ends TLS, requests come as http, often with another host. What a proxy says of them
(`X-Forwarded-…`) is believed only of the addresses in `web.trusted_proxies`: anybody can send such headers.
"""

from collections.abc import Callable, Iterable
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from archive.settings.sections import WebSettings

ASKED_HOST = "archive.asked_host"
"""Where in a request's environment the host is that was asked for; the address of links may be another."""

IS_FOREIGN = "archive.is_forwarded_by_unknown"
"""Set in the environment of a request that a proxy has passed on which is not trusted."""

_FORWARDED = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_FOR")
_SCHEMES = ("http", "https")
Environment = dict[str, Any]
Application = Callable[[Environment, Any], Iterable[bytes]]


def install(app: Flask, web: WebSettings) -> None:
    """Let the application make its links as the settings say."""
    if web.base_url or web.trusted_proxies:
        app.wsgi_app = _BehindProxy(app.wsgi_app, web)  # type: ignore[method-assign] # as Flask documents it


def base_host(web: WebSettings) -> str:
    """Return the host of `web.base_url`, "" where it is not set."""
    return urlsplit(web.base_url).hostname or ""


def is_proxy_of(web: WebSettings) -> Callable[[str], bool]:
    """Return what tells whether an address is one of `web.trusted_proxies`."""
    trusted = [ip_network(address) for address in web.trusted_proxies]

    def is_proxy(address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in trusted)

    return is_proxy


class _BehindProxy:
    def __init__(self, next_application: Application, web: WebSettings) -> None:
        self._next = next_application
        self._base = urlsplit(web.base_url)
        self._is_trusted = is_proxy_of(web)

    def __call__(self, environ: Environment, start_response: Any) -> Iterable[bytes]:
        said = [_last(environ.pop(name, "")) for name in _FORWARDED]
        if self._is_trusted(environ.get("REMOTE_ADDR", "")):
            scheme, host, client = said
            environ.update({"wsgi.url_scheme": scheme} if scheme in _SCHEMES else {})
            environ.update({"HTTP_HOST": host} if host else {})
            environ.update({"REMOTE_ADDR": client} if client else {})
        elif any(said):
            environ[IS_FOREIGN] = True
        if self._base.netloc:
            environ[ASKED_HOST] = environ.get("HTTP_HOST", "")
            environ.update({"wsgi.url_scheme": self._base.scheme, "HTTP_HOST": self._base.netloc})
        return self._next(environ, start_response)


def _last(header: str) -> str:
    """Return the value that the nearest proxy added; those before it may be anybody's."""
    return header.rpartition(",")[2].strip()

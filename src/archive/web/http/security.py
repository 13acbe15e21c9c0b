"""Checks of every request (host, method, size) and the security headers of every response."""

from flask import Flask, Response, request
from werkzeug.exceptions import MethodNotAllowed

from archive.errors import HostError, TooLarge
from archive.settings.sections import WebSettings
from archive.web.http.body_bounds import raise_bound
from archive.web.http.context import current_archive
from archive.web.http.proxy import ASKED_HOST, base_host

METHODS = ("GET", "HEAD")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# As ASVS 5.0 V3.4 and the OWASP Secure Headers Project list them; no page is framed, shared or uses a sensor.
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


# Two years, as browsers' preload list asks for; other sites below the same domain are not spoken for.
_TRANSPORT = {"Strict-Transport-Security": f"max-age={2 * 365 * 24 * 3600}"}


def install(app: Flask) -> None:
    """Check every request before it is answered and set the headers of every response."""
    app.before_request(_check_request)
    app.after_request(_set_headers)


def transport_headers(web: WebSettings) -> dict[str, str]:
    """Return the headers of a site that visitors reach by TLS, as its address says (RFC 6797)."""
    return _TRANSPORT if web.base_url.startswith("https:") else {}


def is_trusted(host: str, trusted: tuple[str, ...]) -> bool:
    """Return whether a `Host` header names a trusted host, with any port.

    A trusted name that begins with a dot includes all names below it. Werkzeug's own check cannot handle an
    IPv6 address.
    """
    name = _without_port(host.lower())
    if not name:
        return False
    hosts = [host.lower() for host in trusted]
    return any(name == host.lstrip(".") or (host.startswith(".") and name.endswith(host)) for host in hosts)


def is_preflight() -> bool:
    """Return whether a browser asks if a script of another site may read what there is to be read (CORS).

    Whoever does not answer it leaves it to be refused: no route takes it.
    """
    refused = request.routing_exception
    is_asked = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    return is_asked and isinstance(refused, MethodNotAllowed) and "GET" in (refused.valid_methods or ())


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _check_request() -> None:
    web = current_archive().settings.web
    host = request.environ.get(ASKED_HOST, request.host)
    if not is_trusted(host, web.trusted_hosts) and not is_trusted(host, (base_host(web),)):
        raise HostError(
            "This site does not answer to that host name. Check the address, or add it to web.trusted_hosts."
        )
    max_bytes = web.body_max_bytes
    if request.method not in METHODS:
        if not _takes(request.method) and not is_preflight():
            raise MethodNotAllowed(valid_methods=METHODS)
        max_bytes = raise_bound(request, current_archive().settings)
    if (request.content_length or 0) > max_bytes:
        raise TooLarge(f"The request is larger than {max_bytes} bytes.")


def _takes(method: str) -> bool:
    """Return whether the address that is asked for takes a method beside those that only read."""
    rule = request.url_rule
    if rule is None or method not in (rule.methods or set()):
        return False
    return method != "OPTIONS" or rule.methods == {"OPTIONS"}  # Flask adds it to static files


def _set_headers(response: Response) -> Response:
    is_secure = request.scheme == "https"  # what a trusted proxy or `web.base_url` says
    for name, value in (HEADERS | (_TRANSPORT if is_secure else {})).items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response

"""Who is told how much there is and what waits: the machine itself, admins, and programs of staff."""

from ipaddress import ip_address

from flask import request

from archive.model.accounts import Role
from archive.web.http.context import current_archive
from archive.web.http.proxy import ASKED_HOST, IS_FOREIGN, base_host
from archive.web.http.signed_in import has_token_of, may

_OF_PROXIES = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")


def may_have_figures() -> bool:
    """Return whether the visitor is told figures that count what not everybody sees."""
    return is_machine_itself() or _is_for_staff()


def _is_for_staff() -> bool:
    """Return whether an admin asks, or a program with a token of staff."""
    return may(Role.ADMIN) or has_token_of(Role.STAFF)


def is_machine_itself() -> bool:
    """Return whether a program on this machine asks, and no proxy on it for somebody else.

    A proxy that is not known (`web.trusted_proxies`) may not say that it is one; then the host that is asked
    for still is not this machine's.
    """
    if request.environ.get(IS_FOREIGN):
        return False
    web = current_archive().settings.web
    if not web.trusted_proxies and (base_host(web) or any(name in request.headers for name in _OF_PROXIES)):
        return False
    host = str(request.environ.get(ASKED_HOST, request.host)).rsplit(":", 1)[0].strip("[]")
    return _is_loopback(request.remote_addr or "") and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False

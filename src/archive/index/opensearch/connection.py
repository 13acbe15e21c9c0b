"""Open the client of a cluster, and say what is wrong in one sentence where it cannot be used."""

import logging
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeVar

from opensearchpy import OpenSearch, exceptions
from urllib3 import Timeout
from urllib3.exceptions import NameResolutionError

from archive.errors import ArchiveError, IndexUnusable, SearchAway, SearchRefused
from archive.settings.opensearch import OpenSearchSettings

_AGAIN: Final = (429, 500, 502, 503, 504)
"""Answers of a node that another one, or the same a moment later, may not give."""
_PAUSE_S: Final = 0.05
_MAX_PAUSE_S: Final = 1.0
_KNOWN_AWAY_S: Final = 30.0
_CONNECT_S: Final = 3.0
_LEAST_MAJOR: Final = 3
_CONNECTIONS: Final = 20

_Answer = TypeVar("_Answer")

# The client logs each failed attempt with its address; what came of them all is said once, by us.
logging.getLogger("opensearch").setLevel(logging.CRITICAL)


def open_client(settings: OpenSearchSettings) -> OpenSearch:
    """Return a client; it connects when it is first used.

    Raises:
        SearchRefused: A file that the settings name cannot be read.
    """
    options: dict[str, Any] = {}
    if settings.user:
        options["http_auth"] = (settings.user, _password(settings))
    if settings.ca_file is not None:
        _check_certificates(settings.ca_file)
        options["ca_certs"] = str(settings.ca_file)
    return OpenSearch(
        list(settings.hosts),
        verify_certs=settings.verify_tls,
        ssl_show_warn=False,
        timeout=Timeout(connect=min(_CONNECT_S, settings.time_s), read=settings.time_s),
        max_retries=len(settings.hosts),
        retry_on_timeout=True,
        retry_on_status=_AGAIN,
        pool_maxsize=_CONNECTIONS,
        **options,
    )


def _check_certificates(path: Path) -> None:
    try:
        ssl.create_default_context(cafile=str(path))
    except ssl.SSLError:
        expected = "the file holds no certificate that can be used"
    except OSError:
        expected = "there is no such file, or it cannot be read"
    else:
        return
    raise SearchRefused("opensearch.ca_file", expected)


def _password(settings: OpenSearchSettings) -> str:
    if settings.password_file is None:
        return settings.password.get_secret_value()
    try:
        return settings.password_file.read_text("utf-8").strip()
    except (OSError, ValueError):
        raise SearchRefused("opensearch.password_file", "the file cannot be read") from None


def check_version(client: OpenSearch) -> None:
    """See that the server is one that the engine knows. Raises SearchRefused."""
    version = client.info()["version"]
    name, number = version.get("distribution", "another server"), str(version.get("number", ""))
    major = number.partition(".")[0]
    if name != "opensearch" or not major.isdigit() or int(major) < _LEAST_MAJOR:
        raise SearchRefused(
            "opensearch.hosts", f"expected OpenSearch {_LEAST_MAJOR} or newer, and there is {name} {number}"
        )


@contextmanager
def search_failures() -> Iterator[None]:
    """Turn the client's errors into the archive's; no text of a server's own gets out."""
    try:
        yield
    except ArchiveError:
        raise
    except exceptions.OpenSearchException as error:
        raise as_ours(error) from error


def as_ours(error: Exception) -> ArchiveError:
    """Return the archive's error for one of the client's."""
    if isinstance(error, exceptions.AuthenticationException):
        return SearchRefused("opensearch.user", "the server refuses this user and password")
    if isinstance(error, exceptions.AuthorizationException):
        return SearchRefused("opensearch.user", "the server does not let this user do what is needed")
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return SearchRefused(
            "opensearch.ca_file",
            "the server's certificate is not signed by one of these, is too old, or is for another name",
        )
    if any(isinstance(cause, NameResolutionError) for cause in causes):
        return SearchRefused("opensearch.hosts", "there is no machine of this name")
    if getattr(error, "status_code", None) == HTTPStatus.TOO_MANY_REQUESTS:
        return SearchAway(
            "The search server takes no more: it has too much to do, or too little memory. Nothing is lost: "
            "what changes is indexed when it has room. If it lasts, give OpenSearch more memory (-Xmx) or "
            "more nodes."
        )
    if is_passing(error):
        return SearchAway(
            "The search server does not answer. Nothing is lost: what changes is indexed when it is back. "
            "See that OpenSearch runs, and what opensearch.hosts says."
        )
    return IndexUnusable(
        "OpenSearch refuses what it is asked: the index is not as this version of the archive makes it. "
        "Run `archive rebuild` to make it anew."
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it comes from, as the client and urllib3 wrap them."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in seen:
            seen.append(one)
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def is_passing(error: Exception) -> bool:
    """Tell whether the same may work a moment later: nobody answers, or with a fault of the server's own."""
    if isinstance(error, exceptions.ConnectionError):
        return True
    status = getattr(error, "status_code", None)
    return isinstance(status, int) and (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS
    )


class SearchRetries:
    """Tries searches again for some seconds; once one has failed, those after it for a while no more.

    Visitors need not each wait for a server that is known to be away. Thread-safe.
    """

    def __init__(self, retry_s: float) -> None:
        self._retry_s = retry_s
        self._away_s = 0.0

    def ask(self, ask: Callable[[], _Answer]) -> _Answer:
        """Return what `ask` returns; raise as `patiently`."""
        is_known = self._away_s and time.monotonic() - self._away_s < _KNOWN_AWAY_S
        try:
            answer = patiently(ask, 0 if is_known else self._retry_s)
        except SearchAway:
            self._away_s = time.monotonic()
            raise
        self._away_s = 0.0
        return answer


def patiently(ask: Callable[[], _Answer], retry_s: float) -> _Answer:
    """Return what `ask` returns; where the server is away, try again for so many seconds.

    The client turns to other nodes by itself, but does not wait.

    Raises:
        SearchAway: It was away all the time.
        SearchRefused, IndexUnusable: Trying again is of no use.
    """
    deadline_s = time.monotonic() + retry_s
    pause_s = _PAUSE_S
    while True:
        try:
            with search_failures():
                return ask()
        except SearchRefused:
            raise
        except SearchAway:
            if time.monotonic() + pause_s > deadline_s:
                raise
        time.sleep(pause_s)
        pause_s = min(2 * pause_s, _MAX_PAUSE_S)

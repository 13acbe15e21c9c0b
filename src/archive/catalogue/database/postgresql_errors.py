"""What the errors of a PostgreSQL server and its driver mean for people.

The driver is not imported: an archive on SQLite works without it. No message of a server is passed on, since
it may name what is not for everybody.
"""

import re
from typing import Final

from archive.errors import ArchiveError, Busy, CatalogueError, CatalogueUnavailable, StorageError

# https://www.postgresql.org/docs/current/errcodes-appendix.html: by code, or by the two letters of its class.
_BUSY: Final = {"40001", "40P01", "55P03", "57014", "53300", "25P03"}
_AWAY: Final = {"57P01", "57P02", "57P03", "57P05", "08"}
_STORAGE: Final = {"53", "58", "54"}
_DAMAGE: Final = {"XX001", "XX002"}


def is_of_server(error: BaseException) -> bool:
    """Return whether an error is of PostgreSQL's driver."""
    return type(error).__module__.partition(".")[0] == "psycopg"


def is_damage(error: BaseException) -> bool:
    """Return whether the server found its files damaged."""
    return _code(error) in _DAMAGE


def translated(error: BaseException) -> ArchiveError | None:
    """Return what an error means; None where nothing is known of it."""
    code = _code(error)
    if not code:
        return _of_words(error) if type(error).__name__.endswith("OperationalError") else None
    if code in _BUSY:
        return Busy("Others hold the catalogue for too long. Try again in a moment.")
    if code in _AWAY or code[:2] in _AWAY:
        return _away()
    if code[:2] in _STORAGE:
        return StorageError("The catalogue's server has no room, or its disk fails. Mend that; try again.")
    if code[:2] == "28":
        return _login()
    if code == "3D000":
        return _no_database()
    if code == "42501":
        return no_rights()
    if code == "25006":
        return CatalogueError(
            "The server in database_url only lets itself be read. Name the primary in database_url."
        )
    return None


def no_rights() -> CatalogueError:
    """Return the error of a user who may not do what the archive has to."""
    return CatalogueError(
        "The user in database_url may not do what the archive needs. Let it own the database "
        "(ALTER DATABASE … OWNER TO …), or name another user in database_url."
    )


def _code(error: BaseException) -> str:
    return getattr(error, "sqlstate", None) or ""


def _of_words(error: BaseException) -> ArchiveError:
    words = str(error).lower()
    for pattern, make in _REFUSALS:
        if re.search(pattern, words):
            return make()
    return CatalogueUnavailable(
        "The catalogue's server does not let the archive in. Check it, and host, user, password and "
        "database in database_url."
    )


def _login() -> ArchiveError:
    return CatalogueError(
        "The catalogue's server refuses the user or the password of database_url. Mend them in archive.toml "
        "or the environment; the password may be in database.password_file."
    )


def _no_database() -> ArchiveError:
    return CatalogueError(
        "The server has no database of the name in database_url. Make it (createdb), or mend database_url."
    )


def _no_host() -> ArchiveError:
    return CatalogueError(
        "The host in database_url is not known. Mend it in archive.toml or the environment."
    )


def _tls() -> ArchiveError:
    return CatalogueError(
        "The catalogue's server and the archive agree on no encryption. "
        "Mend sslmode and sslrootcert in database_url."
    )


def _no_way_in() -> ArchiveError:
    return CatalogueError(
        "The catalogue's server lets this user in neither from this machine nor in this way. "
        "Ask for encryption by sslmode in database_url, or add a line for the archive "
        "to the server's pg_hba.conf."
    )


def _away() -> ArchiveError:
    return CatalogueUnavailable(
        "The catalogue's server does not answer. Try again in a moment; "
        "staff start it, or mend host and port in database_url."
    )


def _full() -> ArchiveError:
    return Busy(
        "The catalogue's server has too many connections. Try again in a moment; "
        "staff lower database.connections_max, or allow the server more."
    )


# A connection that is refused has no code, only words; a server may say them in other languages than English.
_REFUSALS: Final = (
    (r"no pg_hba\.conf entry", _no_way_in),
    (r"password|pg_hba\.conf|authentication|role .* does not exist|not permitted to log in", _login),
    (r"database .* does not exist", _no_database),
    (r"translate host name|resolve host|name or service not known|nodename nor servname", _no_host),
    (r"certificate|ssl|tls", _tls),
    (r"starting up|shutting down|recovery mode|terminating connection", _away),
    (r"too many (clients|connections)|connection slots", _full),
    (r"refused|no such file|time(d)? ?out|unreachable|no route|closed the connection|reset by peer", _away),
)

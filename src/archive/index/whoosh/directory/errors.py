"""Turn what Whoosh and the disk raise into the archive's own errors."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from archive.errors import ArchiveError, IndexOutdated, IndexUnusable, StorageError

_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


_READ_ONLY_ERRORS = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class FilesVanished(Exception):
    """A file went away while it was being opened: a writer in another process has just replaced it."""


@contextmanager
def index_failures() -> Iterator[None]:
    """Translate failures: a full disk to StorageError, all others but our own to IndexUnusable.

    Damaged files surface in Whoosh as almost any exception (struct, pickle, zlib, KeyError …), so nothing
    narrower than Exception would do.
    """
    try:
        yield
    except (ArchiveError, FilesVanished):
        raise
    except OSError as error:
        if error.errno in _DISK_ERRORS:
            message = "The disk of the search index is full, read-only or failing; nothing was written."
            raise StorageError(f"{message} Make room and run the command again.") from error
        raise damaged("a file is missing or cannot be read") from error
    except Exception as error:
        raise damaged("a file is damaged") from error


@contextmanager
def read_only_is_enough() -> Iterator[None]:
    """Pass over what cannot be written because the folder can only be read: searches need no more."""
    try:
        yield
    except OSError as error:
        if error.errno not in _READ_ONLY_ERRORS:
            raise


def damaged(what: str) -> IndexUnusable:
    """Return an IndexUnusable that says `what` is wrong and what to do."""
    return IndexUnusable(f"The search index cannot be used: {what}. Run `archive rebuild` to make it anew.")


def outdated(maker: str) -> IndexOutdated:
    """Return an IndexOutdated that names what made the index ("another version")."""
    return IndexOutdated(f"The search index was made by {maker}. Run `archive rebuild` to make it anew.")

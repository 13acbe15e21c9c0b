"""Open a deck that is protected by a password ([MS-OFFCRYPTO]), in memory."""

import io
from typing import BinaryIO

from archive.errors import FileRejected
from archive.model.extraction import Outcome

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_BYTES = 192 * 1024 * 1024
"""olefile and msoffcrypto each hold a copy of the whole file, and both must fit in 1 GiB."""
_ROUNDS_MAX = 2_000_000
"""Office makes a key in 100,000 rounds; a file that asks for thousands of millions wants our time."""

_NEEDED = "The deck is protected by a password. Give its password, or save it without one and add it again."
_WRONG = "The password that was given does not open the deck. Give the right one and try again."
_UNKNOWN = (
    "The deck is locked in a way that the archive cannot open. Save it without a password and add it again."
)
_TOO_LARGE = "The deck is locked and too large to be opened. Save it without a password and add it again."


def is_locked(file: BinaryIO) -> bool:
    """Return whether the file is an OLE container, in which Office keeps encrypted packages."""
    file.seek(0)
    return file.read(len(_OLE_MAGIC)) == _OLE_MAGIC


def unlocked(file: BinaryIO, password: str) -> BinaryIO:
    """Return the package in the encrypted `file`.

    Raises FileRejected: PASSWORD without the right password, RESOURCE_LIMIT when the file is too large or its
    key too dear.
    """
    if not password:
        raise FileRejected(Outcome.PASSWORD, _NEEDED)
    if file.seek(0, io.SEEK_END) > _MAX_BYTES:
        raise FileRejected(Outcome.RESOURCE_LIMIT, _TOO_LARGE)
    file.seek(0)
    # Only here, because cryptography is slow to load and few decks are locked.
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import InvalidKeyError

    opened = io.BytesIO()
    try:
        locked = OfficeFile(file)
        if _rounds(locked) > _ROUNDS_MAX:
            raise FileRejected(Outcome.RESOURCE_LIMIT, _UNKNOWN)
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(opened)
    except InvalidKeyError:
        raise FileRejected(Outcome.PASSWORD, _WRONG) from None
    except (FileRejected, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - olefile and msoffcrypto raise any kind on files that are not whole
        raise FileRejected(Outcome.PASSWORD, _UNKNOWN) from None
    opened.seek(0)
    return opened


def _rounds(locked: object) -> int:
    """Return how many rounds of hashing the key takes, 0 where the scheme fixes them."""
    info = getattr(locked, "info", None)
    return int(info.get("spinValue", 0)) if isinstance(info, dict) else 0

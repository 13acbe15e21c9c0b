"""Passwords and random tokens: how strong a password must be, and the digests that are kept of both.

Digests of passwords are Argon2id's with the least that OWASP's Password Storage Cheat Sheet asks for (19 MiB,
two rounds, one lane: about 30 ms); the check takes as long where there is no account. What is asked of a new
password is NIST SP 800-63B's: long enough, not easily guessed, and no rules about which letters.
"""

import hashlib
import secrets
from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from archive.errors import InputError

_TOKEN_BYTES = 32

MIN_CHARS = 12
MAX_CHARS = 200
_MIN_SCORE = 3
# zxcvbn's time grows with the square of the length; what is longer is judged by its first part.
_JUDGED_CHARS = 72
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Makes and checks digests of passwords, at today's costs."""


def new_token() -> str:
    """Return a new token: 256 bits of the system's random source, in letters that addresses may have."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_digest(token: str) -> str:
    """Return what is kept of a token: its SHA-256 in hexadecimal; so much chance needs no salt."""
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).hexdigest()


def check_new_password(password: str, about: Sequence[str]) -> None:
    """Raise InputError where a new password is too short, too long or easily guessed.

    Args:
        password: as it was typed.
        about: words that somebody else would guess: name, login, the site's name.
    """
    if len(password) < MIN_CHARS:
        raise InputError(f"The password is too short. Take {MIN_CHARS} letters or more: a few words will do.")
    if len(password) > MAX_CHARS:
        raise InputError(f"The password is too long. Take at most {MAX_CHARS} letters.")
    from zxcvbn import zxcvbn  # large lists of words, for the few who choose a password

    words = [word for text in about for word in (text, *text.replace("@", " ").replace(".", " ").split())]
    if zxcvbn(password[:_JUDGED_CHARS], user_inputs=words)["score"] < _MIN_SCORE:
        raise InputError("The password is easily guessed. Take a few words that do not belong together.")


def hash_password(password: str) -> str:
    """Return the digest to keep of a password."""
    return HASHER.hash(password)


def is_right_password(password_hash: str, password: str) -> bool:
    """Return whether a password is the one of a digest.

    Without a digest ("") the answer is no and takes as long, so that nobody learns which accounts exist.
    """
    try:
        HASHER.verify(password_hash or _nobodys_hash(), password[: MAX_CHARS + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def is_outdated_digest(password_hash: str) -> bool:
    """Return whether a digest was made with other costs than those of today."""
    return HASHER.check_needs_rehash(password_hash)


@cache
def _nobodys_hash() -> str:
    return HASHER.hash("nobody's password")

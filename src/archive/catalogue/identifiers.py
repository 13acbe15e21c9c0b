"""Short, opaque, permanent identifiers."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""Lowercase letters and digits without look-alikes (no 0 o, 1 l i, u)."""

LENGTH = 10


def new_id() -> str:
    """Return a new identifier of ten characters (about 49 bits from the system's random source)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))

"""When two written names are the same name."""

import unicodedata


def clean_name(name: str) -> str:
    """Return the name in NFC on one line with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def name_key(name: str) -> str:
    """Return what equal names share: NFC, single spaces, no difference of case; å ä ö are kept."""
    return unicodedata.normalize("NFC", clean_name(name).casefold())

"""Whose site a page is on, and what its owner calls itself."""

import re

from archive.imports.reading.naming.organisations import is_surely_organisation

_SITE_OWNER = re.compile(r"^[^|]{3,60}?\s(?:vid|på|hos|från|[–-])\s(.{3,80})$")
_CALLED_SHORT = re.compile(
    r"(\w*(?:förbund|förening|nätverk|råd|sällskap|klubb|stiftelse|institut|akademi|kansli|krets|forum"
    r"|centrum))(?:et|en|n)?",
    re.IGNORECASE,
)
_IS = re.compile(r"\s(?:är|var|blev|blir)\s")


def site_owner(name: str) -> str:
    """Return whose site it is by its name: "Lunchföreläsningar vid Högskolan Öst" is Högskolan Öst's."""
    match = _SITE_OWNER.match(name)
    return match[1] if match and is_surely_organisation(match[1]) else name


def is_called_short(word: str, name: str) -> bool:
    """Return whether a word is how an organisation calls itself: "Vattenrådet" for "Sjöns vattenråd"."""
    match = _CALLED_SHORT.fullmatch(word)
    return match is not None and word.lower() != name.lower() and match[1].lower() in name.lower()


def are_firms(text: str) -> bool:
    """Return whether a text is an organisation, or the first of several that it joins is one."""
    parts = re.split(r",|\soch\s|\sand\s|\si samarbete\b|\stillsammans\b|\stogether\b|\spå\s", text)
    is_named = is_surely_organisation(text) or is_surely_organisation(parts[0])
    is_named = is_named or (
        len(parts) > 1 and parts[0][:1].isupper() and is_surely_organisation(parts[1].strip())
    )
    return is_named and _IS.search(text) is None

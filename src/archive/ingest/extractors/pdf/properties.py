"""The properties that a PDF gives of itself."""

import re
from collections.abc import Mapping

from archive.ingest.extractors.titles import real_title

_NAMES = {
    "Title": "title",
    "Author": "author",
    "CreationDate": "created",
    "ModDate": "modified",
    "Subject": "subject",
    "Keywords": "keywords",
    "Attachments": "attachments",
}
# D:YYYYMMDDHHmmSSOHH'mm' (ISO 32000-1, 7.9.4)
_DATE = re.compile(
    r"(?:D:)?(\d{4})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?"
    r"(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?"
)


def properties_of(information: Mapping[str, str]) -> dict[str, str]:
    """Return the known entries of a document information dictionary; dates as in ISO 8601."""
    found: dict[str, str] = {}
    for source, name in _NAMES.items():
        text = information.get(source, "").strip()
        if name in ("created", "modified"):
            text = iso_date(text)
        elif name == "title":
            text = real_title(text)
        if text:
            found[name] = text
    return found


def iso_date(text: str) -> str:
    """Return a PDF date in ISO 8601, "" when it is none."""
    match = _DATE.match(text)
    if match is None:
        return ""
    year, month, day, hour, minute, second, zulu, offset, offset_minute = match.groups()
    date = f"{year}-{month}-{day}"
    if hour is None:
        return date
    zone = "+00:00" if zulu else f"{offset}:{offset_minute or '00'}" if offset else ""
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"

"""A file's name as people would write it: without storage keys, underscores, dates and version numbers."""

import re
from pathlib import PurePath
from urllib.parse import unquote

_KEY = re.compile(
    r"(?=[0-9a-f-]*\d)(?=[0-9a-f-]*[a-f])[0-9a-f]{16,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I
)
_SHORT_KEY = re.compile(r"(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,15}", re.IGNORECASE)
_DATE = r"(?:19|20)\d\d[ ._-]?(?:0[1-9]|1[0-2])[ ._-]?(?:[0-2]\d|3[01])"
_LEADING = re.compile(
    rf"(?:(?:kopia av|copy of|re|vb|fw|fwd|sv)\b[\s:_-]*|{_DATE}(?!\d)[\s._-]*|\d{{6}}(?!\d)[\s._-]+)",
    re.IGNORECASE,
)
# "v2 slutlig", "1.0", "(1)", "final", a date: said of the file, not of what it is about.
_TRAILING = re.compile(
    rf"""[\s._-]+(?:
        \(\d{{1,3}}\) | (?:v|ver|version|rev)\.?\s?\d+(?:[._]\d+)*[a-z]?
        | \d+(?:\.\d+)+[a-z]? | \d[a-z]?(?=\s*$)
        | \(?(?:slutlig|slutgiltig|slutversion|final|färdig|fardig|kopia|copy|utkast|draft|klar|ny|new|orig
            |original|publik|public|webb?|print|komprimerad|compressed|kortversion|uppdaterad|updated)\)?
        | {_DATE}
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERED_COPY = re.compile(r"[\s_]*\(\d{1,3}\)\s*$|__?\d__?$")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def readable_name(filename: str) -> str:
    """Return what a file is called as a title: "0be7994f3020eaae_oss_plan_v2.pptx" → "Oss plan"."""
    stem = PurePath(filename).stem or filename
    name = _without_keys(unquote(stem) if "%" in stem else stem)
    name = _NUMBERED_COPY.sub("", name)
    name = " ".join(name.replace("_", " ").replace("+", " ").split())
    if " " not in name and name.count("-") > 1:
        name = name.replace("-", " ")
    shorter = _without_versions(name)
    name = shorter if _LETTERS.search(shorter) else name
    name = name.strip(" .-–")
    if not name:
        return stem
    return name[0].upper() + name[1:] if name.islower() else name


def without_key(filename: str) -> str:
    """Return the name of a file as it was before a program put a storage key in front of it."""
    path = PurePath(filename)
    return _without_keys(path.stem or filename) + (path.suffix if path.stem else "")


def named_text(filename: str) -> str:
    """Return the name of a file without storage keys, for what may be read out of it (a date, say)."""
    return _without_keys(PurePath(filename).stem or filename)


def _without_keys(stem: str) -> str:
    """Leave out the key that a program put in front of the name, and what stands before it."""
    parts = stem.split("_")
    last = max((at for at, part in enumerate(parts) if _KEY.fullmatch(part)), default=-1)
    rest = parts[last + 1 :]
    if len(rest) > 1 and _SHORT_KEY.fullmatch(rest[0]):
        rest = rest[1:]
    kept = "_".join(rest)
    return kept if any(character.isalnum() for character in kept) else stem


def _without_versions(name: str) -> str:
    before = None
    while name != before:
        before = name
        name = _LEADING.sub("", name, count=1) if _LEADING.match(name) else name
        name = _TRAILING.sub("", name)
    return name

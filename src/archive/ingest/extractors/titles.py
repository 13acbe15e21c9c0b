"""Tell titles that people wrote from those that programs fill in."""

import re

# What programs write as a file's title when nobody gave one.
_FILLED_IN = re.compile(
    r"""(?:
        untitled | namnlös(?:\ presentation|t\ dokument)? | no\ title | title | titel | rubrik
        | presentation\d* | slide\ ?\d+ | bild\ ?\d+ | document\d* | dokument\d*
        | power\ ?point[\ -]presentation | microsoft\ (?:word|powerpoint|excel)\b.*
        | .*\.(?:pptx?|ppsx?|potx?|docx?|xlsx?|pdf|odp|odt|key|indd|tex|dvi)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def real_title(text: str) -> str:
    """Return `text` on one line, or "" when it looks filled in by a program or is only a file name."""
    line = " ".join(text.split())
    if _FILLED_IN.fullmatch(line) or not any(character.isalpha() for character in line):
        return ""
    return line

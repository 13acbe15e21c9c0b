"""What a record is asked for as, by one name: a format of reference programs, or a style of text."""

from archive.citations.formats import FORMATS, CitationFormat
from archive.citations.styles import STYLES, Style
from archive.errors import FormatUnknown


def format_or_style(name: str) -> CitationFormat | Style:
    """Return the format or the style of a name. Raises FormatUnknown, which says which there are."""
    found = FORMATS.get(name) or STYLES.get(name)
    if found is None:
        names = ", ".join([*FORMATS, *STYLES])
        raise FormatUnknown(f"There is no format or style of that name. There are: {names}.")
    return found

"""Other people's text in XML, which has fewer characters than text has."""

import re
from typing import Final

# XML 1.0, 2.2: no other control characters, no halves of surrogate pairs, neither U+FFFE nor U+FFFF.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return a text without the characters that XML does not have."""
    return _FORBIDDEN.sub("", text)

"""The words of a text, in the form in which two readings of a page are compared."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:[-'.:/][^\W_]+)*")
_LINE_END_HYPHEN = re.compile(r"(?<=\w)-[ \t]*\r?\n\s*(?=[^\W\d_])")
_ACCENT = re.compile(r"([¨˚´`ˆ˜ˇ])[ \n]?([A-Za-zı])")
_COMBINING = dict(zip("¨˚´`ˆ˜ˇ", "\u0308\u030a\u0301\u0300\u0302\u0303\u030c", strict=True))
_DROPPED = {0xAD: None, 0x2010: "-", 0x2019: "'"}
SWEDISH = frozenset("åäö")


def words(text: str) -> frozenset[str]:
    """Return the distinct words: compatibility forms and case folded, hyphens ignored, also at line ends."""
    plain = unicodedata.normalize("NFKC", text).translate(_DROPPED)
    joined = _LINE_END_HYPHEN.sub("", plain)
    return frozenset(word.lower().replace("-", "") for word in _WORD.findall(joined))


def recomposed(text: str) -> str:
    """Return the text with accents that come before their letters joined to them, as a reader sees them.

    Only references are treated so: a tool that leaves them apart loses the word.
    """

    def join(match: re.Match[str]) -> str:
        base = match[2].replace("ı", "i")
        letter = unicodedata.normalize("NFC", base + _COMBINING[match[1]])
        return letter if len(letter) == 1 else match[0]

    return _ACCENT.sub(join, text)

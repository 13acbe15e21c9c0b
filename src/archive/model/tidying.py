"""How a title is written: on one line, without the traces of the program that it was made in."""

import re

_MAX_CHARS = 300
_READ_MAX_CHARS = 2_000

# Wingdings has arrows where Unicode leaves room for private use; programs write "-->" with them.
_ARROWS = str.maketrans(dict.fromkeys("\uf0e0\uf0e8\uf0f0", "→"))
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffc\ufffd]+")
_DASH_BEGINS_LINE = re.compile(r"(?<=\S)[ \t]*\n[ \t]*([-–—])[ \t]*\n?[ \t]*(?=\S)")
# "satelliter -för": the dash lacks one of its spaces. A word is joined by it only to an abbreviation or to a
# word that has a hyphen already ("DCAT-AP -Processor").
_BEFORE_ONLY = re.compile(r"(?<!\S)(?P<word>\S+) (?P<dash>[-–—])(?=[^\W\d_])")
_AFTER_ONLY = re.compile(r"(?<!\S)(?P<word>\S+?)(?P<dash>[-–—]) (?=(?P<next>[^\W_]+))")
# What stands beside a hyphen that stands for the other half of a compound: "hem- och", "barn och -ungdom".
_SUSPENDING = frozenset(
    {"och", "eller", "samt", "and", "or", "respektive", "resp", "till", "to", "und", "på"}
)
_EDGES_BEGIN = re.compile(r"^[\s•▪▫◦●○■□·‣*_|,;:–—-]+(?=\S)")
_EDGES_END = re.compile(r"[\s•▪▫◦●○■□·‣*_|,;:–—-]+$|\s*(?:\.{2,}|…)\s*$")
_SPACE_BEFORE_SIGN = re.compile(r"\s+(?=[,;:!?](?:\s|$))")
# Letters with a shadow are letters written twice; single words may be meant ("Duran Duran").
_TWICE = re.compile(r"\b(\w+(?:[ ,:]+\w+){1,9})(?:\s+\1)+\b", re.IGNORECASE)


def tidy(text: str) -> str:
    """Return a document's title on one line, without what stands at its edges or is written twice."""
    text = _SPACE_BEFORE_SIGN.sub("", mended(text))
    text = _TWICE.sub(r"\1", text)
    text = _EDGES_END.sub("", _EDGES_BEGIN.sub("", text)) or text
    return shortened(text, _MAX_CHARS)


def mended(text: str) -> str:
    """Return a title on one line: signs without a meaning out, spaces around dashes mended."""
    text = _PRIVATE_USE.sub(" ", text[:_READ_MAX_CHARS].translate(_ARROWS))
    text = _DASH_BEGINS_LINE.sub(r" \1 ", text)
    text = " ".join(text.split())
    text = _BEFORE_ONLY.sub(_mended_before, text)
    return _AFTER_ONLY.sub(_mended_after, text)


def shortened(text: str, max_chars: int) -> str:
    """Return the text cut after a word, with an ellipsis, where it is longer than `max_chars`."""
    if len(text) <= max_chars:
        return text
    head = text[: max_chars - 1]
    return f"{head[: head.rfind(' ')] if ' ' in head[max_chars // 2 :] else head}…"


def _mended_before(match: re.Match[str]) -> str:
    word, dash = match["word"], match["dash"]
    if word.casefold() in _SUSPENDING or not word[-1].isalnum():
        return match.group()
    is_compound = dash == "-" and ("-" in word or _is_abbreviation(word)) and _goes_on_in_capitals(match)
    return f"{word}{dash}" if is_compound else f"{word} {dash} "


def _goes_on_in_capitals(match: re.Match[str]) -> bool:
    return match.string[match.end() : match.end() + 1].isupper()


def _mended_after(match: re.Match[str]) -> str:
    word, dash, following = match["word"], match["dash"], match["next"]
    if following.casefold() in _SUSPENDING or not word[-1].isalpha():
        return match.group()
    is_compound = dash == "-" and (len(word) == 1 or _is_abbreviation(word)) and not following[0].isupper()
    return f"{word}{dash}" if is_compound else f"{word} {dash} "


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()

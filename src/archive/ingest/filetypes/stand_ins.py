"""Texts that are no documents: what programs write for each other, and what only points at a document.

Each is refused with a sentence that says what it is. What is left is taken for a text for people if most of
it are words.
"""

import re
from pathlib import Path

from archive.ingest.filetypes.media_types import SUFFIXES, ZIP
from archive.ingest.filetypes.plain_text import decoded_head

_HEAD_BYTES = 64 * 1024
_LINES_MAX = 2_000
_WORDS_SHARE_MIN = 0.4  # times stand beside the words of a programme
_WORD_MAX_CHARS = 60  # longer ones are no words, but in scripts without spaces: base64 lines have 76 letters
_SAME_FIELDS_SHARE = 0.9
_SETTING = re.compile(r"[^\s=\[][^=]{0,80}=")
_CLOSED_SENTENCE = re.compile(r"[.!?:…][\"')\]”]*$")

_LFS = "This is a pointer of Git LFS, not the file itself. Fetch the file (git lfs pull) and add that."
_ANNEX = "This is a pointer of git-annex, not the file itself. Fetch the file (git annex get) and add that."
_SHORTCUT = "This is a shortcut to a page, not a document. Save the document that it leads to and add that."
_SETTINGS = "These are a program's settings, not a document."
_DATA = (
    "This is data in JSON (a link to Google Slides or Docs, say), not a document. "
    "Save the document as .pptx or .pdf and add that."
)
_TABLE = (
    "This is a table of data (CSV), not a document. If it is to be read by everybody, save it as .pdf and "
    "add that."
)
_CARD = "This is a calendar or address card, not a document."
_KEY = "This is a key or certificate, not a document. Take it out of the folder."
_PROGRAM = "This is a program, not a document."
_MAILBOX = "This is a mailbox of several mails. Save each mail that is to be kept as .eml and add that."
_NO_WORDS = (
    "Most of this text are not words, so it is not a document. Save the document as .pdf and add that."
)
_READ = " ".join(suffix for media_type, suffix in SUFFIXES.items() if media_type != ZIP)
UNKNOWN_TYPE = (
    f"This type of file cannot be read. Types that are read: {_READ}, and .zip with such files. "
    "Save it as one of them, best as .pptx or .pdf."
)
UNKNOWN_TYPE_ALONE = (
    f"This type of file cannot be read. Types that can be sent here: {_READ}. "
    "Save it as one of them, best as .pptx or .pdf."
)
"""The same where a zip is not taken."""

_EMPTY = "The file is empty: it has 0 bytes. Get it from its source again."

_STARTS = (
    ("version https://git-lfs.github.com/spec/", _LFS),
    ("version https://hawser.github.com/spec/", _LFS),
    ("/annex/objects/", _ANNEX),
    ("[InternetShortcut]", _SHORTCUT),
    ("[{000214A0", _SHORTCUT),
    ("BEGIN:V", _CARD),
    ("-----BEGIN ", _KEY),
    ("#!/", _PROGRAM),
    ("<?php", _PROGRAM),
)
# What stands between fields, in how many lines and how often in each at least (a programme has one tab).
_SIGNS = ((";", 2, 1), ("\t", 2, 2), ("|", 3, 1), (",", 3, 1))
_MAILBOX_LINE = re.compile(r"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")


def stand_in(text: str) -> str:
    """Return a sentence that says what a text is that is no document, "" for a text for people.

    `text` is its beginning, up to 64 KiB.
    """
    start = text.lstrip("\ufeff \t\r\n")
    for prefix, message in _STARTS:
        if start.startswith(prefix):
            return message
    if _MAILBOX_LINE.match(start):
        return _MAILBOX
    lines = [line.strip() for line in start.splitlines()[:_LINES_MAX] if line.strip()]
    if _is_json(start):
        return _DATA
    if _is_settings(lines):
        return _SETTINGS
    if is_table(lines):
        return _TABLE
    return "" if _has_words(start) else _NO_WORDS


def why_refused(path: Path) -> str:
    """Return a sentence that says why a file of no type that the archive reads is refused."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        return _EMPTY
    return stand_in(decoded_head(head)) or UNKNOWN_TYPE


def is_table(lines: list[str]) -> bool:
    """Return whether all lines have as many fields, with a sign between them, and are no sentences."""
    if sum(_CLOSED_SENTENCE.search(line) is not None for line in lines) * 2 > len(lines):
        return False
    return any(
        _has_same_fields([_unquoted(line).count(sign) for line in lines], *least) for sign, *least in _SIGNS
    )


def _has_same_fields(counts: list[int], lines_min: int, signs_min: int) -> bool:
    """Return whether nearly all lines have as many signs; two lines are enough where each has several."""
    usual = max(set(counts), key=counts.count, default=0)
    is_long_enough = len(counts) >= (2 if usual > 1 else lines_min)
    return usual >= signs_min and is_long_enough and counts.count(usual) >= _SAME_FIELDS_SHARE * len(counts)


def _unquoted(line: str) -> str:
    return re.sub(r'"[^"]*"', '""', line)


def _is_json(start: str) -> bool:
    """Return whether it begins as JSON does: a name and a colon, or a list of values."""
    return re.match(r'\{\s*(?:"[^"\n]{0,200}"\s*:|\})|\[\s*[\[{"\]]', start) is not None


def _is_settings(lines: list[str]) -> bool:
    """Return whether it begins with a [section], and nearly all lines are settings (name=value)."""
    if not lines or not re.fullmatch(r"\[[^\]\n]{1,100}\]", lines[0]):
        return False
    others = [line for line in lines if not line.startswith(("[", ";", "#"))]
    return bool(others) and sum(map(bool, map(_SETTING.match, others))) >= _SAME_FIELDS_SHARE * len(others)


def _has_words(start: str) -> bool:
    tokens = start.split()
    return sum(map(_is_word, tokens)) >= _WORDS_SHARE_MIN * len(tokens)


def _is_word(token: str) -> bool:
    """Return whether at least half of it are letters."""
    if len(token) > _WORD_MAX_CHARS and token.isascii():
        return False
    return sum(map(str.isalpha, token)) * 2 >= len(token)

"""Where the words of a page stand on its picture."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from archive.model import WordBox

_WORDS_MAX = 10_000
_WORD_MAX_CHARS = 200
_FINE = 32  # pdfium gives whole device units: ask for the page in 1/32 of a point
_HYPHENS = "\x02\ufffe"  # what pdfium makes of a hyphen that divides a word


@dataclass(slots=True)
class _Word:
    """A word as it grows: its text and its box in the page's own coordinates (y upward)."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_divided: bool = False

    def add(self, text: str, box: tuple[float, float, float, float]) -> None:
        self.text += text
        self.left, self.bottom = min(self.left, box[0]), min(self.bottom, box[1])
        self.right, self.top = max(self.right, box[2]), max(self.top, box[3])

    def is_far_from(self, box: tuple[float, float, float, float]) -> bool:
        """Return whether a letter stands too far away to belong to the word, as on the next line."""
        size = max(box[3] - box[1], box[2] - box[0], min(self.top - self.bottom, self.right - self.left))
        gap_x = max(box[0] - self.right, self.left - box[2])
        gap_y = max(box[1] - self.top, self.bottom - box[3])
        return gap_x > size or gap_y > 0.2 * size


def words_of(page: Any, text_page: Any, width_pt: float, height_pt: float) -> tuple[WordBox, ...]:
    """Return the words of a pypdfium2 page with their boxes on its picture, at most 10,000.

    `width_pt` and `height_pt` are the page's size as drawn, after cropping and turning. Both halves of a word
    that is divided at the end of a line carry the whole word, so that both are found.
    """
    words = list(_words(text_page))
    for first, second in pairwise(words):
        if first.is_divided and second.text[:1].islower():
            first.text = second.text = first.text + second.text
    boxes = (_placed(page, word, width_pt, height_pt) for word in words)
    return tuple(box for box in boxes if box is not None)


def _words(text_page: Any) -> Iterator[_Word]:
    word: _Word | None = None
    count = 0
    for letter, index in _letters(text_page):
        box = None if letter.isspace() or letter in _HYPHENS else _box(text_page, index)
        if word is not None and (box is None or _is_new(word, box)):
            word.is_divided = letter in _HYPHENS
            yield word
            word = None
            count += 1
            if count == _WORDS_MAX:
                return
        if box is not None and word is None:
            word = _Word(letter, *box)
        elif box is not None and word is not None:
            word.add(letter, box)
    if word is not None:
        yield word


def _is_new(word: _Word, box: tuple[float, float, float, float]) -> bool:
    return len(word.text) >= _WORD_MAX_CHARS or word.is_far_from(box)


def _letters(text_page: Any) -> Iterator[tuple[str, int]]:
    """Yield the characters of the page with their index; pdfium gives pairs of surrogates one by one."""
    high = 0
    for index in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if 0 < code <= 0x10FFFF:
            yield chr(code), index


def _box(text_page: Any, index: int) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right and top of a character, as high as its font; None when it has no place."""
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFText_GetLooseCharBox(text_page, index, rect):
        return None
    return rect.left, rect.bottom, rect.right, rect.top


def _placed(page: Any, word: _Word, width_pt: float, height_pt: float) -> WordBox | None:
    """Return the box on the drawn page, cut at its edges; None when it lies outside."""
    corners = [
        _on_picture(page, x, y, width_pt, height_pt)
        for x, y in ((word.left, word.bottom), (word.right, word.top))
    ]
    x0, x1 = (_within(value, width_pt) for value in sorted(corner[0] for corner in corners))
    y0, y1 = (_within(value, height_pt) for value in sorted(corner[1] for corner in corners))
    if x1 <= x0 or y1 <= y0:
        return None
    return WordBox(word.text, round(x0, 2), round(y0, 2), round(x1 - x0, 2), round(y1 - y0, 2))


def _on_picture(page: Any, x: float, y: float, width_pt: float, height_pt: float) -> tuple[float, float]:
    """Return the point in points from the top left corner; pdfium knows of cropping and turning."""
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    size = (int(width_pt * _FINE), int(height_pt * _FINE))
    pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, device_x, device_y)
    return device_x.value / _FINE, device_y.value / _FINE


def _within(value: float, end: float) -> float:
    return min(max(value, 0.0), end)

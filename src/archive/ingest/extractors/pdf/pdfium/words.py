"""Where the words of a page are on its picture."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from archive.ingest.extractors.pdf.letters import TEX_CODES, Letter, recompose
from archive.ingest.extractors.pdf.spacing import even_runs, spaced_runs
from archive.model.pages import WordBox

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

    def add(self, text: str, box: Sequence[float]) -> None:
        self.text += text
        self.left, self.bottom = min(self.left, box[0]), min(self.bottom, box[1])
        self.right, self.top = max(self.right, box[2]), max(self.top, box[3])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top."""
        return self.left, self.bottom, self.right, self.top

    def is_on_line_of(self, other: "_Word") -> bool:
        """Return whether both are on one line of the page, in either direction."""
        is_side_by_side = self.bottom < other.top and other.bottom < self.top
        return is_side_by_side or (self.left < other.right and other.left < self.right)

    def is_far_from(self, box: Sequence[float]) -> bool:
        """Return whether a letter is too far away to belong to the word, as on the next line."""
        size = max(box[3] - box[1], box[2] - box[0], min(self.top - self.bottom, self.right - self.left))
        gap_x = max(box[0] - self.right, self.left - box[2])
        gap_y = max(box[1] - self.top, self.bottom - box[3])
        return gap_x > size or gap_y > 0.2 * size


def words_of(page: Any, text_page: Any, width_pt: float, height_pt: float) -> tuple[WordBox, ...]:
    """Return the words of a pypdfium2 page with their boxes on its picture, at most 10,000.

    `width_pt` and `height_pt` are the page's size as drawn, after cropping and turning. Words are repaired
    as those of the page's text are: accents are joined with their letters, and letter-spaced words are one.
    Both halves of a word that is divided at the end of a line carry the whole word, so that both are found.
    """
    words = list(islice(_words(recompose(_letters(text_page))), _WORDS_MAX))
    for first, second in pairwise(words):
        if first.is_divided and second.text[:1].islower():
            first.text = second.text = first.text + second.text
    boxes = (_placed(page, word, width_pt, height_pt) for word in _joined(words))
    return tuple(box for box in boxes if box is not None)


def _joined(words: list[_Word]) -> Iterator[_Word]:
    """Yield the words, those that are set letter by letter as one where they are on one line."""
    runs = dict(spaced_runs([word.text for word in words])) | dict(_even_runs(words))
    index = 0
    while index < len(words):
        word = words[index]
        end = runs.get(index, index + 1)
        for letter in words[index + 1 : end]:
            if letter.is_on_line_of(word):
                word.add(letter.text, letter.box)
            else:
                yield word
                word = letter
        yield word
        index = end


def _even_runs(words: list[_Word]) -> Iterator[tuple[int, int]]:
    """Yield the words in lines of letters that are set apart evenly, whatever their case."""
    start = 0
    for index in range(1, len(words) + 1):
        if index < len(words) and words[index].is_on_line_of(words[index - 1]):
            continue
        line = words[start:index]
        if all(len(word.text) == 1 for word in line):
            letters = [(word.text, *word.box, word.top - word.bottom) for word in line]
            yield from ((start + first, start + end) for first, end in even_runs(letters))
        start = index


def _words(letters: Iterable[Letter]) -> Iterator[_Word]:
    word: _Word | None = None
    for text, left, bottom, right, top, _ in letters:
        box = (left, bottom, right, top)
        is_letter = bool(text) and not text.isspace() and text not in _HYPHENS
        if word is not None and (not is_letter or _is_new(word, box)):
            word.is_divided = text in _HYPHENS
            yield word
            word = None
        if is_letter and word is None:
            word = _Word(text, *box)
        elif is_letter and word is not None:
            word.add(text, box)
    if word is not None:
        yield word


def _is_new(word: _Word, box: Sequence[float]) -> bool:
    return len(word.text) >= _WORD_MAX_CHARS or word.is_far_from(box)


def _letters(text_page: Any) -> list[Letter]:
    """Return the characters of the page with their places; pdfium gives pairs of surrogates one by one."""
    letters: list[Letter] = []
    high = 0
    for index in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if 0 < code <= 0x10FFFF and (text := _text(text_page, index, code)):
            letters.append(_letter(text_page, index, text))
    return letters


def _letter(text_page: Any, index: int, text: str) -> Letter:
    """Return a character with its place; what has none is a space."""
    if text.isspace() or text in _HYPHENS or (box := _box(text_page, index)) is None:
        return (text if text in _HYPHENS else " ", 0.0, 0.0, 0.0, 0.0, 0.0)
    return (text, *box, box[3] - box[1])


def _text(text_page: Any, index: int, code: int) -> str:
    """Return a character; those that TeX's bitmap fonts do not name by TeX's own table."""
    if code in TEX_CODES and not pdfium_c.FPDFText_IsGenerated(text_page, index):
        is_nameless = pdfium_c.FPDFText_GetFontInfo(text_page, index, None, 0, None) <= 1
        return TEX_CODES[code] if is_nameless else chr(code)
    return chr(code)


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

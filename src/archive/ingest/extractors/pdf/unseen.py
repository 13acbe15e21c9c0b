"""Words that are not seen but can be selected and found, laid over a page where its picture shows them.

They are set in Courier, one of the fonts that every PDF reader has (ISO 32000-2, 9.6.2.2): each of its
letters is as wide as the others, so a word fills its box whatever it says. Text rendering mode 3 paints
nothing (9.3.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pikepdf

from archive.model.pages import WordBox

_FONT = "/Unseen"
_ADVANCE = 0.6  # of the font's size, for each letter of Courier
_BELOW_SHARE = 0.2  # of a word's height lies below its baseline


@dataclass(frozen=True, slots=True)
class PagePlacement:
    """Where on a PDF page the points of its picture lie.

    `origin` is the picture's top left corner in the page's own coordinates; `right` and `down` are how far
    one point to the right and one point down the picture lead there. So a turned page is like any other.
    """

    origin: tuple[float, float]
    right: tuple[float, float]
    down: tuple[float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the picture in the page's coordinates."""
        return (
            self.origin[0] + x * self.right[0] + y * self.down[0],
            self.origin[1] + x * self.right[1] + y * self.down[1],
        )


def lay_over(document: Any, page: Any, words: Iterable[WordBox], place: PagePlacement) -> None:
    """Lay `words` over a pikepdf page of `document`; letters that WinAnsi lacks are left out."""
    lines = [line for word in words if (line := _shown(word, place))]
    if not lines:
        return
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Courier,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    page.add_resource(font, pikepdf.Name.Font, pikepdf.Name(_FONT))
    # What the page itself draws may leave the coordinates changed: it is put between q and Q.
    page.contents_add(document.make_stream(b"q\n"), prepend=True)
    text = b"\nQ\nq BT 3 Tr %s 1 Tf\n%s\nET Q\n" % (_FONT.encode(), b"\n".join(lines))
    page.contents_add(document.make_stream(text))


def _shown(word: WordBox, place: PagePlacement) -> bytes:
    """Return the operators that show one word in its box, b"" where it has no letters or no size."""
    letters = word.text.encode("cp1252", "ignore")
    if not letters.strip() or word.width <= 0 or word.height <= 0:
        return b""
    wide = word.width / (_ADVANCE * len(letters))
    a, b = place.right[0] * wide, place.right[1] * wide
    c, d = -place.down[0] * word.height, -place.down[1] * word.height
    e, f = place.at(word.x, word.y + word.height * (1 - _BELOW_SHARE))
    matrix = " ".join(f"{value:.3f}" for value in (a, b, c, d, e, f))
    return f"{matrix} Tm <{letters.hex()}> Tj".encode()

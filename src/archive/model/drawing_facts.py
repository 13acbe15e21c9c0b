"""What a reader notes of how a file is drawn, beside its words: fonts, and pictures without a description.

It is kept among the properties of the file, under names that no file gives its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FONTS = "archive.fonts"
UNDESCRIBED = "archive.undescribed_pictures"
_BETWEEN = "; "
_FONTS_MAX = 60
_PAGES_MAX = 400


@dataclass(frozen=True, slots=True)
class DrawingFacts:
    """The fonts that a file names and does not bring along, and (page, count) of undescribed pictures."""

    fonts: tuple[str, ...] = ()
    undescribed_pictures: tuple[tuple[int, int], ...] = ()

    def as_properties(self) -> dict[str, str]:
        """Return the facts as properties, those that there are."""
        pictures = _BETWEEN.join(f"{page}: {count}" for page, count in self.undescribed_pictures[:_PAGES_MAX])
        both = {FONTS: _BETWEEN.join(_plain(self.fonts)), UNDESCRIBED: pictures}
        return {name: text for name, text in both.items() if text}


def drawing_facts(properties: Mapping[str, str]) -> DrawingFacts:
    """Return the facts among a file's properties; what cannot be read is left out."""
    pictures = []
    for item in properties.get(UNDESCRIBED, "").split(_BETWEEN):
        page, _, count = item.partition(": ")
        if page.isdecimal() and count.isdecimal():
            pictures.append((int(page), int(count)))
    fonts = tuple(filter(None, properties.get(FONTS, "").split(_BETWEEN)))
    return DrawingFacts(fonts, tuple(pictures))


def _plain(fonts: Iterable[str]) -> list[str]:
    named = sorted({" ".join(font.replace(";", " ").split()) for font in fonts} - {""})
    return [font for font in named if len(font) <= 60][:_FONTS_MAX]

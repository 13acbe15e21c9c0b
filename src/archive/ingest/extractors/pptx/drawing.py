"""How the slides of a deck are drawn, beside their words: their fonts, and pictures without a description."""

from dataclasses import dataclass, field

from archive.ingest.extractors.ooxml.markup import A, Element, P, is_true
from archive.ingest.extractors.pptx.package import DeckPackage
from archive.model.drawing_facts import DrawingFacts

_PRESENTATION, _THEME = "ppt/presentation.xml", "ppt/theme/theme1.xml"
_OF_THEME = "+"  # "+mj-lt": the theme's font for headings
_FONTS_MAX = 200


@dataclass(slots=True)
class DrawingNotes:
    """What is noted slide by slide; `facts` are asked for at the end of the deck."""

    fonts: set[str] = field(default_factory=set)
    pictures: dict[int, int] = field(default_factory=dict)

    def note(self, number: int, slide: Element) -> None:
        """Note the fonts of a slide, and how many of its pictures nobody described or called decoration."""
        for font in slide.iter(A + "latin"):
            if len(self.fonts) < _FONTS_MAX:
                self.fonts.add(font.get("typeface", "").strip())
        count = sum(not _is_described(picture) for picture in slide.iter(P + "pic"))
        if count:
            self.pictures[number] = count

    def facts(self, package: DeckPackage) -> DrawingFacts:
        """Return what was noted, with the theme's fonts and without those that the deck brings along."""
        theme, presentation = package.tree(_THEME), package.tree(_PRESENTATION)
        schemes = () if theme is None else theme.iter(A + "majorFont", A + "minorFont")
        latin = [scheme.find(A + "latin") for scheme in schemes]
        of_theme = {font.get("typeface", "").strip() for font in latin if font is not None}
        embedded = () if presentation is None else presentation.iterfind(f".//{P}embeddedFont/{P}font")
        brought = {font.get("typeface", "").strip() for font in embedded}
        named = {font for font in self.fonts if not font.startswith(_OF_THEME)}
        return DrawingFacts(tuple(sorted((named | of_theme) - brought - {""})), tuple(self.pictures.items()))


def _is_described(picture: Element) -> bool:
    properties = picture.find(f"{P}nvPicPr/{P}cNvPr")
    if properties is None:
        return True
    decorative = next(properties.iter("{*}decorative"), None)
    is_decoration = decorative is not None and is_true(decorative.get("val", "1"))
    hidden = is_true(properties.get("hidden"))
    return is_decoration or hidden or any(properties.get(name, "").strip() for name in ("descr", "title"))

"""What stands where on the pages of a PDF, for those who do not see them (tagged PDF, ISO 32000-2, 14.8).

While pages are drawn, `Marks` notes what each piece of them is; `tag` then writes the tree of all pieces, in
the order of reading: slides as pictures that are described by their words, headings, paragraphs and links.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf
from reportlab.pdfgen.canvas import Canvas

FIGURE: Final = "Figure"
HEADING: Final = "H1"
PARAGRAPH: Final = "P"
_ALT_MAX_CHARS: Final = 4_000


@dataclass(slots=True)
class Marks:
    """The kinds of the pieces of each page so far; a piece is known by its place in that list."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])

    def begin_page(self) -> None:
        """Go on with the next page."""
        self.pages.append([])

    def reserve(self, kind: str) -> None:
        """Note a piece that is drawn later, by `marked`."""
        self.pages[-1].append(kind)

    @contextmanager
    def drawn(self, canvas: Canvas, kind: str) -> Iterator[None]:
        """Mark what is drawn meanwhile as the next piece of the page."""
        canvas.addLiteral(f"/{kind} <</MCID {len(self.pages[-1])}>> BDC")
        self.reserve(kind)
        yield
        canvas.addLiteral("EMC")


def marked(content: bytes, kind: str, place: int) -> bytes:
    """Return what draws a piece with its mark: `place` is that in the list of the page's pieces."""
    return b"/%s <</MCID %d>> BDC\n%s\nEMC\n" % (kind.encode(), place, content)


def tag(document: Any, pieces: Sequence[Sequence[str]], slides: Sequence[tuple[str, str]]) -> None:
    """Write the tree of what stands on the pages.

    Args:
        document: an opened pikepdf document.
        pieces: the kinds of the pieces of each page.
        slides: the words of each slide, and their language, "" where it is not known; one for each of the
            first pages.
    """
    tree = _Tree(document)
    for at, (page, kinds) in enumerate(zip(document.pages, pieces, strict=True)):
        words, language = slides[at] if at < len(slides) else ("", "")
        tree.add_page(page, kinds, words[:_ALT_MAX_CHARS], language)
    tree.finish()


class _Tree:
    """The tree while it is written, and by number what each page and link has of it."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._root = self._made(Type="StructTreeRoot")
        self._whole = self._made(Type="StructElem", S="Document", P=self._root)
        self._elements: list[Any] = []
        self._by_number: list[Any] = []

    def add_page(self, page: Any, kinds: Sequence[str], words: str, language: str) -> None:
        """Add the pieces of a page, then its links."""
        of_page = [self._element(kind, page, place) for place, kind in enumerate(kinds)]
        for element in of_page:
            if str(element.S) == f"/{FIGURE}":
                element.Alt = pikepdf.String(words)
                if language:
                    element.Lang = pikepdf.String(language)
        page.obj.StructParents = self._numbered(pikepdf.Array(of_page))
        page.obj.Tabs = pikepdf.Name.S
        notes = [self._document.make_indirect(note) for note in page.obj.get("/Annots", ())]
        if notes:
            page.obj.Annots = pikepdf.Array(notes)
        for note in notes:
            held = self._made(Type="OBJR", Obj=note, Pg=page.obj)
            note.StructParent = self._numbered(self._element("Link", page, held))
            note.Contents = pikepdf.String(str(note.get("/A", {}).get("/URI", "")))

    def finish(self) -> None:
        """Hang the tree on the document."""
        numbers = [part for number, value in enumerate(self._by_number) for part in (number, value)]
        self._whole.K = pikepdf.Array(self._elements)
        self._root.K = self._whole
        self._root.ParentTree = self._document.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(numbers)))
        self._root.ParentTreeNextKey = len(self._by_number)
        self._document.Root.StructTreeRoot = self._root
        self._document.Root.MarkInfo = pikepdf.Dictionary(Marked=True)

    def _element(self, kind: str, page: Any, held: Any) -> Any:
        made = self._made(Type="StructElem", S=kind, P=self._whole, Pg=page.obj, K=held)
        self._elements.append(made)
        return made

    def _numbered(self, value: Any) -> int:
        self._by_number.append(value)
        return len(self._by_number) - 1

    def _made(self, **values: Any) -> Any:
        named = {
            f"/{key}": pikepdf.Name(f"/{value}") if isinstance(value, str) else value
            for key, value in values.items()
        }
        return self._document.make_indirect(pikepdf.Dictionary(named))

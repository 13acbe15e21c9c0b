"""The rows of a basket, each with the addresses of the basket without it or with it in another place."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from archive.baskets.basket import Basket, GatheredSlide
from archive.baskets.deck_forms import DeckForm
from archive.baskets.refs import SLIDES_MAX, SlideRef, exchanged, written
from archive.catalogue.pages import PageTexts
from archive.web.http.context import current_archive
from archive.web.presenters.slide_views import SlideView, page_view


@dataclass(frozen=True, slots=True)
class BasketRow:
    """A slide in a basket. `up`, `down`: the basket with it one place further, "" at an end."""

    slide: SlideView
    gathered: GatheredSlide
    without: str
    up: str = ""
    down: str = ""

    @property
    def ref(self) -> str:
        """Return the slide as addresses name it."""
        return str(self.gathered.ref)

    @property
    def is_current(self) -> bool:
        """Return whether the slide is of the version that readers see."""
        return self.gathered.version.id == self.gathered.record.document.version.id

    @property
    def address(self) -> str:
        """Return the address of the slide in its version."""
        return self._of_version("versions.slide")

    @property
    def old_picture_address(self) -> str:
        """Return the address of the picture of a slide of a version that was replaced; "" where none is."""
        is_drawn = not self.is_current and self.gathered.picture is not None
        return self._of_version("versions.picture") if is_drawn else ""

    def _of_version(self, endpoint: str) -> str:
        ref = self.gathered.ref
        return url_for(endpoint, document_id=ref.document_id, version=ref.version, number=ref.number)


@dataclass(frozen=True, slots=True)
class BasketView:
    """A basket as its page shows it. `listed`: all that its address names; `deck_form`: None for no deck."""

    rows: Sequence[BasketRow]
    listed: str
    left_out: int
    without_left_out: str
    deck_form: DeckForm | None
    hidden_count: int

    @property
    def is_full(self) -> bool:
        """Return whether no further slide has room."""
        return self.listed.count(",") + 1 >= SLIDES_MAX


def basket_view(refs: Sequence[SlideRef], basket: Basket, deck_form: DeckForm | None) -> BasketView:
    """Return what the page shows of a basket whose address names `refs`."""
    exact = {slide.given: slide.ref for slide in basket.slides}
    left_out = set(basket.left_out)
    listed = tuple(dict.fromkeys(exact.get(ref, ref) for ref in refs if ref in exact or ref in left_out))
    return BasketView(
        rows=[_row(basket.slides, at, listed) for at in range(len(basket.slides))],
        listed=written(listed),
        left_out=len(left_out),
        without_left_out=basket_address(basket.refs),
        deck_form=deck_form,
        hidden_count=len(basket.slides) - len(basket.open_slides),
    )


def basket_address(refs: Sequence[SlideRef], anchor: str | None = None) -> str:
    """Return the address of the page of a basket."""
    return url_for("basket.page", s=written(refs) or None, _anchor=anchor)


def _row(slides: Sequence[GatheredSlide], at: int, listed: Sequence[SlideRef]) -> BasketRow:
    slide = slides[at]
    page = slide.page
    texts = PageTexts(
        page.hidden, page.language, tuple((block.field, block.text, block.language) for block in page.blocks)
    )
    matcher = current_archive().search.nothing_to_mark()
    is_first, is_last = at == 0, at == len(slides) - 1
    # After a move its link is in focus again; at an end that link is gone, and the other one is.
    up = "down" if at == 1 else "up"
    down = "up" if at == len(slides) - 2 else "down"
    return BasketRow(
        slide=page_view(slide.record, page.number, texts, slide.picture, matcher),
        gathered=slide,
        without=basket_address([ref for ref in listed if ref != slide.ref], "slides"),
        up=""
        if is_first
        else basket_address(exchanged(listed, slide.ref, slides[at - 1].ref), f"{up}-{slide.ref}"),
        down=""
        if is_last
        else basket_address(exchanged(listed, slide.ref, slides[at + 1].ref), f"{down}-{slide.ref}"),
    )

"""The years of a result as bars: where each stands in the picture, and what it leads to."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.web.presenters.facet_links import Choice

# A bar's slot is as wide as the smallest thing that may be asked to be touched (WCAG 2.2, 2.5.8: 24 px).
SLOT_PX = 26
HEIGHT_PX = 72
_BAR_MIN_PX = 3
_YEARS_MIN = 3
# Beyond this a year without talks gets no slot: a wrong date must not make a picture of a thousand years.
_SPAN_MAX = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A year: its slot begins at `x`, its bar is `height` high (both in px)."""

    choice: Choice
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """The years from the first to the last, those without talks as empty slots. `width` in px."""

    bars: Sequence[Bar]
    width: int
    height: int = HEIGHT_PX
    slot: int = SLOT_PX


def histogram(choices: Sequence[Choice]) -> Histogram | None:
    """Return the picture of some years, or None where there are too few to be worth one."""
    years = sorted((choice for choice in choices if choice.value.isdecimal()), key=lambda one: int(one.value))
    if len(years) < _YEARS_MIN:
        return None
    first, last = int(years[0].value), int(years[-1].value)
    is_whole = last - first < _SPAN_MAX
    slots = [int(choice.value) - first if is_whole else at for at, choice in enumerate(years)]
    most = max(1, *(choice.groups for choice in years))
    bars = tuple(
        Bar(choice, slot * SLOT_PX, max(_BAR_MIN_PX, round(HEIGHT_PX * choice.groups / most)))
        for choice, slot in zip(years, slots, strict=True)
    )
    return Histogram(bars, (slots[-1] + 1) * SLOT_PX)

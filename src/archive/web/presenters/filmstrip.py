"""The strip of small pictures under a slide: only the slides near it, however long the document is."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from archive.web.presenters.slide_views import SlideView

# Before and after the slide shown; more than stand beside each other on a wide screen.
NEAR_SLIDES = 10


@dataclass(frozen=True, slots=True)
class Strip:
    """Slides in a row. `before` and `after`: the next number beyond either end, 0 where there is none."""

    slides: Sequence[SlideView]
    before: int
    after: int


def near(numbers: Sequence[int], number: int) -> Sequence[int]:
    """Return those of `numbers` (ascending) that stand at most NEAR_SLIDES places from `number`."""
    at = bisect_left(numbers, number)
    return numbers[max(0, at - NEAR_SLIDES) : at + NEAR_SLIDES + 1]


def strip(slides: Sequence[SlideView], numbers: Sequence[int]) -> Strip:
    """Return the strip of `slides`, which are some of the document's visible `numbers` in a row."""
    if not slides:
        return Strip((), 0, 0)
    first = bisect_left(numbers, slides[0].number)
    last = bisect_left(numbers, slides[-1].number)
    return Strip(
        slides, numbers[first - 1] if first else 0, numbers[last + 1] if last + 1 < len(numbers) else 0
    )

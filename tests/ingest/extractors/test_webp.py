import io

import pytest
from PIL import Image

from archive.ingest.extractors.webp import resized, wanted_numbers, webp


@pytest.mark.parametrize(
    ("size", "width_px", "expected"),
    [
        ((800, 600), 400, (400, 300)),
        ((200, 100), 400, (200, 100)),
        ((100, 1000), 100, (40, 400)),
        ((5000, 40_000), 5000, (2000, 16_000)),
    ],
)
def test_picture_fits_and_is_never_made_larger(
    size: tuple[int, int], width_px: int, expected: tuple[int, int]
) -> None:
    assert resized(Image.new("L", size), width_px).size == expected


def test_one_page_is_drawn_where_the_option_names_one_that_is_there() -> None:
    assert list(wanted_numbers(5, {"page": 3})) == [3]
    assert list(wanted_numbers(3, {})) == [1, 2, 3]
    assert list(wanted_numbers(3, {"page": 7})) == [1, 2, 3]


def test_picture_is_kept_as_webp() -> None:
    with Image.open(io.BytesIO(webp(Image.new("RGB", (8, 4), "red"), 80))) as kept:
        assert (kept.format, kept.size) == ("WEBP", (8, 4))

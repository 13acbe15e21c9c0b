import io
from collections.abc import Callable

import pytest
from PIL import Image

from archive.ingest.extractors.base import DrawnPage, Finish, ReadLimits
from archive.ingest.extractors.images import opening
from archive.ingest.extractors.images.reader import ImageDrawer, ImageExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, OcrReason
from tests.ingest.extractors.extraction import read, texts

OPTIONS = {"large_width_px": 800, "small_width_px": 200, "webp_quality": 90}
RED, BLUE = (220, 20, 20), (20, 20, 220)


def picture(width_px: int = 400, height_px: int = 200) -> Image.Image:
    """Return a picture, red above and blue below."""
    made = Image.new("RGB", (width_px, height_px), RED)
    made.paste(BLUE, (0, height_px // 2, width_px, height_px))
    return made


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def draw(data: bytes, pages_max: int = 100, **options: int) -> tuple[list[DrawnPage], Finish]:
    limits = ReadLimits(pages_max, 10_000)
    *drawn, finish = ImageDrawer().draw(io.BytesIO(data), limits, OPTIONS | options)
    assert isinstance(finish, Finish)
    return [each for each in drawn if isinstance(each, DrawnPage)], finish


def colour(drawn: DrawnPage, x_share: float, y_share: float) -> str:
    shown = Image.open(io.BytesIO(drawn.large)).convert("RGB")
    red, _, blue = shown.getpixel((int(shown.width * x_share), int(shown.height * y_share)))  # type: ignore[misc]
    return "red" if red > blue + 50 else "blue" if blue > red + 50 else "neither"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP"])
def test_picture_is_a_page_without_words_and_is_drawn(kind: str) -> None:
    data = saved(picture(), kind)
    pages, finish = read(ImageExtractor(), data)
    assert [page.blocks for page in pages] == [()]
    assert pages[0].ocr_reason is OcrReason.PICTURE
    assert (finish.category, finish.page_count) == (Outcome.OK, 1)
    drawn, finish = draw(data)
    assert finish.category is Outcome.OK
    assert [(one.number, one.width_px, one.height_px) for one in drawn] == [(1, 400, 200)]
    assert (colour(drawn[0], 0.5, 0.25), colour(drawn[0], 0.5, 0.75)) == ("red", "blue")
    assert Image.open(io.BytesIO(drawn[0].small)).size == (200, 100)


def test_size_in_points_follows_the_resolution_or_that_of_screens() -> None:
    for options, expected in [
        ({"dpi": (144, 144)}, (200.0, 100.0)),
        ({}, (300.0, 150.0)),
        ({"dpi": (1, 1)}, (300.0, 150.0)),
    ]:
        pages, _ = read(ImageExtractor(), saved(picture(), "PNG", **options))
        assert (pages[0].width_pt, pages[0].height_pt) == pytest.approx(expected, rel=1e-3)


def test_photograph_taken_sideways_is_drawn_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the top of the scene is at the right side of the file
    data = saved(picture(), "JPEG", exif=exif)
    pages, _ = read(ImageExtractor(), data)
    assert pages[0].height_pt == 2 * pages[0].width_pt
    (drawn,), _ = draw(data)
    assert (drawn.width_px, drawn.height_px) == (200, 400)
    assert (drawn.width_pt, drawn.height_pt) == (pages[0].width_pt, pages[0].height_pt)
    assert (colour(drawn, 0.25, 0.5), colour(drawn, 0.75, 0.5)) == ("blue", "red")


def test_each_page_of_a_tiff_is_a_page() -> None:
    data = saved(picture(), "TIFF", save_all=True, append_images=[picture(100, 300), picture().convert("1")])
    pages, finish = read(ImageExtractor(), data)
    assert [page.width_pt for page in pages] == [300.0, 75.0, 300.0]
    assert finish.page_count == 3
    drawn, _ = draw(data)
    assert [(one.number, one.width_px) for one in drawn] == [(1, 400), (2, 100), (3, 400)]
    drawn, finish = draw(data, page=2)
    assert [one.number for one in drawn] == [2]
    assert finish.category is Outcome.OK


def test_frames_of_a_film_are_not_pages() -> None:
    data = saved(picture(), "GIF", save_all=True, append_images=[picture(), picture().rotate(180)])
    assert len(read(ImageExtractor(), data)[0]) == 1


def test_number_of_pages_is_bounded_and_said() -> None:
    data = saved(picture(), "TIFF", save_all=True, append_images=[picture()])
    pages, finish = read(ImageExtractor(), data, ReadLimits(1, 10_000))
    assert (len(pages), finish.category) == (1, Outcome.OK_PARTIAL)
    assert "1 of 2" in finish.message
    drawn, finish = draw(data, pages_max=1)
    assert (len(drawn), finish.category) == (1, Outcome.OK_PARTIAL)


def test_description_in_the_file_is_its_caption() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("Title", "Älvdalen från luften")
    info.add_itxt("Author", "Åsa Öberg")
    pages, finish = read(ImageExtractor(), saved(picture(), "PNG", pnginfo=info))
    assert texts(pages[0], BlockField.CAPTION) == ["Älvdalen från luften"]
    assert finish.properties == {"title": "Älvdalen från luften", "author": "Åsa Öberg"}


def test_what_cameras_write_about_themselves_is_no_caption() -> None:
    exif = Image.Exif()
    exif[0x010E] = "OLYMPUS DIGITAL CAMERA"
    (page,), _ = read(ImageExtractor(), saved(picture(), "JPEG", exif=exif))
    assert page.blocks == ()


def test_wide_picture_is_drawn_as_wide_as_is_asked_and_a_small_one_as_it_is() -> None:
    (wide,), _ = draw(saved(picture(3000, 1500), "JPEG"))
    assert (wide.width_px, wide.height_px) == (800, 400)
    (small,), _ = draw(saved(picture(80, 40), "PNG"))
    assert small.width_px == 80


def test_very_tall_picture_is_bounded() -> None:
    (drawn,), _ = draw(saved(picture(100, 9000), "PNG"))
    assert drawn.height_px <= 4 * 800 + 1


def test_for_ocr_a_scan_has_the_resolution_and_a_photograph_at_most_a_pages_width() -> None:
    scan = saved(picture(2480, 1000), "PNG", dpi=(300, 300))
    (drawn,), _ = draw(scan, large_width_px=4096, resolution_dpi=150)
    assert drawn.width_px == 1240
    (drawn,), _ = draw(saved(picture(6000, 1000), "JPEG"), large_width_px=4096, resolution_dpi=150)
    assert 2400 < drawn.width_px < 2500


@pytest.mark.parametrize(
    "make",
    [
        lambda: Image.new("RGBA", (60, 40), (255, 0, 0, 0)),
        lambda: Image.new("LA", (60, 40), (0, 0)),
    ],
)
def test_what_is_transparent_is_white(make: Callable[[], Image.Image]) -> None:
    (drawn,), _ = draw(saved(make(), "PNG"))
    extrema = Image.open(io.BytesIO(drawn.large)).convert("L").getextrema()
    assert extrema == (255, 255)


def test_deep_grey_is_spread_over_what_can_be_shown() -> None:
    deep = Image.new("I;16", (60, 40), 1000)
    deep.paste(3000, (0, 0, 30, 40))
    (drawn,), _ = draw(saved(deep, "PNG"))
    shown = Image.open(io.BytesIO(drawn.large)).convert("L")
    assert shown.getpixel((5, 20)) > 200  # type: ignore[operator]
    assert shown.getpixel((55, 20)) < 50  # type: ignore[operator]


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", saved(picture(), "PNG")[:150], saved(picture(), "TIFF")[:40]]
)
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_picture_that_is_cut_short_is_damaged(data: bytes) -> None:
    _, finish = read(ImageExtractor(), data)
    assert finish.category is Outcome.DAMAGED
    drawn, finish = draw(data)
    assert (drawn, finish.category) == ([], Outcome.DAMAGED)


def test_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(picture(), "PNG")
    monkeypatch.setattr(opening, "PIXELS_MAX", 400 * 200 - 1)
    _, finish = read(ImageExtractor(), data)
    assert finish.category is Outcome.RESOURCE_LIMIT
    assert draw(data)[1].category is Outcome.RESOURCE_LIMIT


def test_one_bad_page_of_a_tiff_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(picture(20, 20), "TIFF", save_all=True, append_images=[picture(400, 200), picture(20, 20)])
    monkeypatch.setattr(opening, "PIXELS_MAX", 1000)
    pages, finish = read(ImageExtractor(), data)
    assert [bool(page.broken) for page in pages] == [False, True, False]
    assert finish.category is Outcome.OK_PARTIAL
    drawn, finish = draw(data)
    assert [one.number for one in drawn] == [1, 3]
    assert finish.category is Outcome.OK_PARTIAL

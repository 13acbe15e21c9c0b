"""Pictures for the sample decks, drawn in code: a mine, a works and a map of our own invention."""

import math
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH_PX = 1080
HEIGHT_PX = 720
_SCALE = 2  # drawn at twice the size, so that edges come out smooth
Draw = ImageDraw.ImageDraw
Point = tuple[float, float]


def mine() -> bytes:
    """Return a headframe on a hill with the shaft under it, as PNG."""
    return _png(_mine)


def works() -> bytes:
    """Return a works with a saw-tooth roof, wind turbines behind, as PNG."""
    return _png(_works)


def region_map() -> bytes:
    """Return a map of five invented counties with towns and roads between them, as PNG."""
    return _png(_map)


def _png(paint: Callable[[Draw], None]) -> bytes:
    image = Image.new("RGB", (WIDTH_PX * _SCALE, HEIGHT_PX * _SCALE), "#dfeaf0")
    paint(ImageDraw.Draw(image))
    small = image.resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.LANCZOS).quantize(64)
    content = BytesIO()
    small.save(content, "PNG", optimize=True)
    return content.getvalue()


def _at(points: list[Point]) -> list[Point]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]


def _area(draw: Draw, points: list[Point], colour: str) -> None:
    draw.polygon(_at(points), fill=colour)


def _line(draw: Draw, points: list[Point], colour: str, width_px: float) -> None:
    draw.line(_at(points), fill=colour, width=round(width_px * _SCALE), joint="curve")


def _disc(draw: Draw, x: float, y: float, radius: float, colour: str) -> None:
    draw.ellipse(_at([(x - radius, y - radius), (x + radius, y + radius)]), fill=colour)


def _hills(draw: Draw, base: float, height: float, period: float, colour: str) -> None:
    ridge = [(x, base - height * (1 + math.sin(x / period)) / 2) for x in range(0, WIDTH_PX + 10, 10)]
    _area(draw, [(0, HEIGHT_PX), *ridge, (WIDTH_PX, HEIGHT_PX)], colour)


def _mine(draw: Draw) -> None:
    _disc(draw, 860, 140, 62, "#f2c879")
    _hills(draw, 400, 120, 120, "#a9c3c4")
    _hills(draw, 460, 90, 170, "#7fa491")
    _area(draw, [(0, 470), (WIDTH_PX, 450), (WIDTH_PX, HEIGHT_PX), (0, HEIGHT_PX)], "#6f5644")
    for depth, colour in ((540, "#5d4738"), (625, "#4b392d")):
        _area(draw, [(0, depth), (WIDTH_PX, depth - 18), (WIDTH_PX, HEIGHT_PX), (0, HEIGHT_PX)], colour)
    for x, y in ((250, 590), (330, 650), (720, 580), (800, 660), (910, 610), (150, 680)):
        _area(draw, [(x, y - 14), (x + 22, y), (x + 6, y + 16), (x - 18, y + 6)], "#c98a4b")
    _area(draw, [(505, 455), (575, 455), (575, HEIGHT_PX), (505, HEIGHT_PX)], "#2b211b")
    _area(draw, [(518, 600), (562, 600), (562, 660), (518, 660)], "#d9a441")
    _line(draw, [(540, 190), (540, 600)], "#8b979d", 3)
    for left, right in (((440, 460), (520, 180)), ((640, 460), (560, 180))):
        _line(draw, [left, right], "#12384a", 14)
    for share in (0.25, 0.5, 0.75):
        height = 460 - 280 * share
        _line(draw, [(440 + 80 * share, height), (640 - 80 * share, height)], "#12384a", 8)
    _area(draw, [(500, 165), (580, 165), (590, 190), (490, 190)], "#12384a")
    _disc(draw, 540, 150, 46, "#b5652b")
    _disc(draw, 540, 150, 32, "#dfeaf0")
    _disc(draw, 540, 150, 8, "#b5652b")
    _line(draw, [(572, 182), (800, 452)], "#12384a", 6)
    _area(draw, [(760, 390), (900, 390), (900, 460), (760, 460)], "#b5652b")
    _area(draw, [(745, 392), (830, 345), (915, 392)], "#8f4d1f")
    _area(draw, [(815, 415), (845, 415), (845, 460), (815, 460)], "#f3eee7")


def _works(draw: Draw) -> None:
    _hills(draw, 470, 130, 150, "#a9c3c4")
    for x, top in ((170, 130), (330, 190), (930, 150)):
        _line(draw, [(x, 500), (x, top)], "#f7f9fa", 9)
        for angle in (20, 140, 260):
            turn = math.radians(angle + x)
            _line(draw, [(x, top), (x + 95 * math.cos(turn), top + 95 * math.sin(turn))], "#f7f9fa", 7)
        _disc(draw, x, top, 9, "#6b7c85")
    _area(draw, [(0, 520), (WIDTH_PX, 520), (WIDTH_PX, HEIGHT_PX), (0, HEIGHT_PX)], "#7fa491")
    for at in range(4):
        left = 300 + at * 120
        _area(draw, [(left, 380), (left, 300), (left + 120, 380)], "#4f7f6a")
        _area(draw, [(left + 8, 372), (left + 8, 322), (left + 40, 344), (left + 40, 372)], "#cfe3ea")
    _area(draw, [(300, 380), (780, 380), (780, 560), (300, 560)], "#12384a")
    for at in range(6):
        left = 330 + at * 74
        _area(draw, [(left, 420), (left + 44, 420), (left + 44, 470), (left, 470)], "#f2c879")
    _area(draw, [(800, 330), (845, 330), (852, 560), (793, 560)], "#b5652b")
    _area(draw, [(800, 350), (845, 350), (846, 372), (799, 372)], "#f3eee7")
    _area(draw, [(0, 600), (WIDTH_PX, 600), (WIDTH_PX, 660), (0, 660)], "#55626a")
    for left in range(30, WIDTH_PX, 130):
        _area(draw, [(left, 627), (left + 65, 627), (left + 65, 634), (left, 634)], "#f3eee7")


_TOWNS: list[Point] = [(300, 210), (560, 170), (780, 300), (470, 420), (690, 540), (330, 560)]
_COUNTIES: list[tuple[list[Point], str]] = [
    ([(120, 90), (420, 60), (450, 290), (330, 350), (130, 300)], "#7fa491"),
    ([(420, 60), (760, 80), (700, 260), (450, 290)], "#a9c3c4"),
    ([(760, 80), (960, 220), (930, 430), (700, 260)], "#d9b98a"),
    ([(330, 350), (450, 290), (700, 260), (590, 500), (400, 480)], "#c98a4b"),
    ([(700, 260), (930, 430), (850, 640), (560, 650), (590, 500)], "#8fb0c0"),
    ([(130, 300), (330, 350), (400, 480), (590, 500), (560, 650), (200, 660)], "#b9cdb4"),
]


def _map(draw: Draw) -> None:
    for outline, colour in _COUNTIES:
        _area(draw, outline, colour)
        _line(draw, [*outline, outline[0]], "#ffffff", 6)
    for start, end in ((0, 1), (1, 2), (0, 3), (3, 2), (3, 4), (3, 5), (4, 2), (5, 4)):
        _line(draw, [_TOWNS[start], _TOWNS[end]], "#12384a", 5)
    for x, y in _TOWNS:
        _disc(draw, x, y, 20, "#ffffff")
        _disc(draw, x, y, 14, "#b5652b")

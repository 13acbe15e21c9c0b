"""Lines and boxes are those of pdfminer.six's layout analysis; what is set apart is put together."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.ingest.extractors.pdf.letters import Letter
from archive.ingest.extractors.pdf.miner import layout
from tests.ingest.extractors.pdfs import REPORT_PAGES, lines, pdf
from tests.ingest.extractors.stock import stock_boxes, stock_letters, stock_pages

_CORPUS = Path(__file__).parents[4] / ".." / "shared" / "corpus"
_FILES = sorted(_CORPUS.glob("*/*.pdf"))[::7]
_COLUMNS = [
    ("Rubriken", 60.0, 760.0, 24.0),
    *lines([f"vänster rad {n}." for n in range(9)], 600, x=60),
    *lines([f"höger rad {n}." for n in range(9)], 600, x=330),
    ("Sida 1", 280.0, 40.0, 8.0),
]


def _differences(data: bytes, pages_max: int) -> tuple[int, list[int]]:
    """Return how many boxes were compared, and the pages on which they differ from stock pdfminer's."""
    count, differing = 0, []
    for number, (_, page) in zip(range(pages_max), stock_pages(data), strict=False):
        if page is None:
            continue
        is_ordered = len(stock_boxes(page, is_ordered=False)) <= layout._BOXES_MAX
        stock = stock_boxes(page, is_ordered=is_ordered)
        boxes = layout.boxes_of(stock_letters(page), page.width, page.height)
        count += len(boxes)
        if [[line.text for line in box.lines] for box in boxes] != stock:
            differing.append(number + 1)
    return count, differing


@pytest.mark.parametrize("data", [pdf(REPORT_PAGES), pdf([_COLUMNS])], ids=["report", "columns"])
def test_boxes_are_those_of_stock_pdfminer(data: bytes) -> None:
    count, differing = _differences(data, 9)
    assert count > 2
    assert differing == []


_SPOT = st.tuples(
    st.sampled_from(["ord", "två ord", "x", "1"]),
    st.integers(0, 560).map(float),
    st.integers(10, 820).map(float),
    st.sampled_from([6.0, 11.0, 30.0]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_SPOT, max_size=25))
def test_lines_of_scattered_text_are_those_of_stock_pdfminer(
    spots: list[tuple[str, float, float, float]],
) -> None:
    for _, page in stock_pages(pdf([spots])):
        assert page is not None
        boxes = layout.boxes_of(stock_letters(page), page.width, page.height)
        mine = sorted(line.text for box in boxes for line in box.lines)
        assert mine == sorted(line for box in stock_boxes(page, is_ordered=False) for line in box)


@pytest.mark.skipif(not _FILES, reason="the shared corpus is not on this machine")
def test_boxes_of_corpus_are_those_of_stock_pdfminer() -> None:
    count, differing = 0, []
    for path in _FILES:
        try:
            compared, pages = _differences(path.read_bytes(), 3)
        except Exception:  # pdfminer cannot open it
            continue
        count += compared
        differing += [(path.name, page) for page in pages]
    assert count > 300
    # Boxes that are equally near come in the order of their addresses in memory.
    assert len(differing) <= 2, differing


def _spaced(text: str, gap: float) -> list[Letter]:
    found: list[Letter] = []
    x = 50.0
    for letter in text:
        if letter != " ":
            found.append((letter, x, 700.0, x + 8.0, 712.0, 12.0))
        x += 8.0 + gap if letter != " " else gap
    return found


def test_heading_set_letter_by_letter_is_words() -> None:
    boxes = layout.boxes_of(_spaced("ÅRETS RAPPORT", 6.0), 600, 800)
    assert [line.text for box in boxes for line in box.lines] == ["ÅRETS RAPPORT"]


def test_letters_that_name_things_stay_apart() -> None:
    boxes = layout.boxes_of(_spaced("ABCDE", 6.0), 600, 800)
    assert [line.text for box in boxes for line in box.lines] == ["A B C D E"]


def test_line_drawn_twice_for_a_shadow_is_read_once() -> None:
    page = [
        ("Råd för delning", 71, 699, 24),
        ("Råd för delning", 70, 700, 24),
        ("Råd för delning", 70, 660, 24),
    ]
    ((_, letters),) = stock_pages(pdf([page]))
    assert letters is not None
    boxes = layout.without_shadows(layout.boxes_of(stock_letters(letters), 595, 842))
    assert [line.text for box in boxes for line in box.lines] == ["Råd för delning"] * 2


def test_lines_far_above_the_page_are_kept() -> None:
    box = layout.LineBox((layout.TextLine("utanför", 11.0, -7.5), layout.TextLine("inne", 11.0, 0.5)))
    assert layout.without_shadows([box]) == (box,)

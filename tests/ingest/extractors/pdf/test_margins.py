from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.pdf.margins import PENDING_PAGES_MAX
from archive.ingest.extractors.pdf.reader import PdfExtractor
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.extractors.pdfs import lines, pdf

_HEAD, _FOOT = "Rapport 2024 från länet", "Regionkansliet"


def _page(number: int, head: str = _HEAD) -> list[tuple[str, float, float, float]]:
    return [
        (head, 70, 800, 9),
        (f"Kapitel {number} om orten", 70, 700, 22),
        *lines([f"Stycke {number} med egen text på raden.", "Här fortsätter stycket."], 600),
        (_FOOT, 70, 40, 9),
        (f"Sida {number} av 12", 480, 40, 9),
    ]


def _several(count: int) -> list[Page]:
    pages, _ = read(PdfExtractor(), pdf([_page(number) for number in range(1, count + 1)]))
    return pages


def test_lines_repeated_in_the_margins_are_told_from_the_body() -> None:
    for number, page in enumerate(_several(12), 1):
        assert texts(page, BlockField.HEADER) == [_HEAD]
        assert texts(page, BlockField.FOOTER) == [f"{_FOOT}\nSida {number} av 12"]
        assert page.title == f"Kapitel {number} om orten"
        body = " ".join(texts(page, BlockField.BODY))
        assert f"Stycke {number}" in body
        assert _HEAD not in body
        assert _FOOT not in body


def test_first_page_is_judged_by_those_after_it() -> None:
    assert texts(_several(3)[0], BlockField.HEADER) == [_HEAD]


def test_what_stands_on_one_page_is_no_header() -> None:
    (page,) = _several(1)
    assert texts(page, BlockField.HEADER) == []
    assert _HEAD in " ".join(texts(page, BlockField.BODY))


def test_different_lines_in_the_margin_are_body() -> None:
    heads = ["Om skolan", "Om vägarna", "Om vården", "Om fritiden"]
    pages, _ = read(PdfExtractor(), pdf([_page(n, head) for n, head in enumerate(heads, 1)]))
    assert all(texts(page, BlockField.HEADER) == [] for page in pages)


def test_title_that_repeats_stays_a_title() -> None:
    page = [("Resultat", 70, 790, 30), *lines(["En rad med text som är mycket längre.", "Och en till."], 600)]
    pages, _ = read(PdfExtractor(), pdf([page] * 4))
    assert [page.title for page in pages] == ["Resultat"] * 4
    assert all(texts(page, BlockField.HEADER) == [] for page in pages)


def test_page_of_nothing_but_what_repeats_keeps_its_words() -> None:
    pages, _ = read(PdfExtractor(), pdf([[("Bara detta", 70, 800, 9)]] * 4))
    assert all("Bara detta" in block.text for page in pages for block in page.blocks)
    assert all(texts(page, BlockField.HEADER) == [] for page in pages)


def test_few_pages_are_held_back() -> None:
    import io

    data = io.BytesIO(pdf([_page(number) for number in range(1, 31)]))
    records = PdfExtractor().extract(data, ReadLimits(100, 100_000))
    read_numbers: list[int] = []
    from archive.ingest.extractors.pdf.pdfium import pdfium_file

    whole = pdfium_file.PdfiumFile.page

    def counting(self: pdfium_file.PdfiumFile, number: int) -> pdfium_file.PlainPage | None:
        read_numbers.append(number)
        return whole(self, number)

    pdfium_file.PdfiumFile.page = counting  # type: ignore[method-assign]
    try:
        first = next(records)
    finally:
        pdfium_file.PdfiumFile.page = whole  # type: ignore[method-assign]
    assert isinstance(first, Page)
    assert max(read_numbers) == PENDING_PAGES_MAX + 1
    assert isinstance(list(records)[-1], Finish)

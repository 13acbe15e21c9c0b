import pytest

from archive.ingest.extractors.pdf.miner.layout import LineBox, TextLine
from archive.ingest.extractors.pdf.reader import PdfExtractor
from archive.ingest.extractors.pdf.unite import chosen, missing_words
from archive.model.pages import BlockField
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.extractors.pdfs import REPORT_PAGES, pdf


def _boxes(*lines: str) -> tuple[LineBox, ...]:
    return (LineBox(tuple(TextLine(line, 11.0, 0.5) for line in lines)),)


@pytest.mark.parametrize(
    ("text", "other", "missing"),
    [
        ("en rad", "en rad", ()),
        ("en rad", "en rad till och 2024", ("till", "och", "2024")),
        ("industri-\nell utveckling", "industriell utveckling", ()),
        ("industriell utveckling", "industri\x02\r\nell utveckling", ()),
        ("Närings-\noch stöd", "Närings- och stöd", ()),
        ("purpos e s", "purposes", ("purposes",)),
        ("Örebro län", "Orebro l¨an", ()),
        ("ett", "ett a b", ()),
        ("effekt", "e\ufb00ekt", ()),
        ("(cid:12)ett", "tolv 12", ("tolv", "12")),
    ],
)
def test_words_of_one_engine_alone_are_found(text: str, other: str, missing: tuple[str, ...]) -> None:
    assert missing_words(text, other) == missing


def test_fuller_reading_keeps_its_places_and_names_what_it_lacks() -> None:
    reading = chosen(_boxes("Fyra ord på raden", "och fem ord till här"), "Fyra ord på raden\r\nkonsult", 0.1)
    assert reading.engine == "pdfminer.six+pdfium"
    assert reading.is_placed
    assert reading.missing == ("konsult",)


def test_pdfium_is_taken_where_pdfminer_lost_much() -> None:
    reading = chosen(_boxes("Bara detta unika"), "Här står mycket mer text än så\r\noch detta", 0.1)
    assert reading.engine == "pdfium+pdfminer.six"
    assert reading.missing == ("Bara", "unika")


def test_pdfium_is_taken_where_pdfminer_knows_no_letters() -> None:
    assert chosen(_boxes("(cid:1)(cid:2)(cid:3) x"), "Läsbar text", 0.1).engine == "pdfium"


def test_pdfminer_is_taken_where_pdfium_knows_no_letters() -> None:
    assert chosen(
        _boxes("Läsbar text här"), "\ue000\ue001\ue002\ue003\ue004 och mycket mer av det", 0.1
    ).is_placed


def test_pages_out_of_step_are_not_mixed() -> None:
    one = " ".join(f"ord{n}" for n in range(20))
    other = " ".join(f"sida{n}" for n in range(20))
    reading = chosen(_boxes(one), other, 0.1)
    assert reading.engine == "pdfium"
    assert reading.missing == ()


def test_turned_text_in_single_letters_is_not_taken() -> None:
    reading = chosen(_boxes(*"Tvärställd text"), "Tvärställd text", 0.1)
    assert reading.engine == "pdfium"


def test_words_that_pdfminer_lacks_come_last_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.ingest.extractors.pdf.miner import miner_file

    whole = miner_file.MinerFile.boxes

    def without_one(self: miner_file.MinerFile, page: object, has_stamps: bool = True) -> tuple[LineBox, ...]:
        return tuple(
            LineBox(
                tuple(
                    TextLine(line.text.replace("Slutsatser", ""), line.size_pt, line.top_share)
                    for line in box.lines
                )
            )
            for box in whole(self, page, has_stamps)  # type: ignore[arg-type]
        )

    monkeypatch.setattr(miner_file.MinerFile, "boxes", without_one)
    pages, _ = read(PdfExtractor(), pdf(REPORT_PAGES))
    assert texts(pages[1], BlockField.BODY)[-1] == "Slutsatser"
    assert [page.reader for page in pages] == ["pdfminer.six", "pdfminer.six+pdfium"]

"""The quick reading of content streams gives pdfminer.six's letters, in the same places."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFPageInterpreter

from archive.ingest.extractors.pdf.letters import Letter
from archive.ingest.extractors.pdf.miner.miner_file import MinerFile
from tests.counting import steps
from tests.ingest.extractors.pdfs import REPORT_PAGES, pdf
from tests.ingest.extractors.rawpdf import page_pdf, stream
from tests.ingest.extractors.stock import stock_letters, stock_pages

pytestmark = pytest.mark.long

_CORPUS = Path(__file__).parents[4] / ".." / "shared" / "corpus"
_FILES = sorted(_CORPUS.glob("*/*.pdf"))
_PAGES_MAX = 2  # of one file: pdfminer as it comes is slow

_PIECES = st.sampled_from(
    [
        *(b"BT", b"ET", b"q", b"Q", b"1 0 0 1 50 300 Tm", b"0.5 0 0 2 3 4 cm", b"/F1 12 Tf", b"/F1 9.5 Tf"),
        *(b"/F#31 8 Tf", b"/None 8 Tf", b"(abc) Tj", b"(a\\(b\\)c) Tj", b"(a(b)c) Tj", b"(a\\101\\7) Tj"),
        *(b"(\\q\\\nx) Tj", b"<4142> Tj", b"<414> Tj", b"< 41\n42 > Tj", b"[(A) -120 (B) 30.5 <43>] TJ"),
        *(b"[ (A)-50(B) ] TJ", b"[[(A)] (B)] TJ", b"12 TL", b"T*", b"3 -14 Td", b"3 -14 TD", b"(x) '"),
        *(b'1 2 (y) "', b"2 Tc", b"-.5 Tw", b"80 Tz", b"3 Ts", b"1 Tr", b"/Fm Do", b"/Nothing Do"),
        *(
            b"10 20 m",
            b"10 20 l",
            b"1 2 3 4 5 6 c",
            b"1 2 3 4 re",
            b"f*",
            b"W n",
            b"S",
            b"0.5 g",
            b"1 0 0 rg",
        ),
        *(
            b"0 0 0 1 k",
            b"/Cs cs",
            b"0.1 scn",
            b"[3 2] 0 d",
            b"/GS gs",
            b"% comment (x) Tj\n",
            b"/P <</A 1>> BDC",
        ),
        *(
            b"EMC",
            b"<</A [1 (x)] /B <</C /D>>>>",
            b"/T BMC",
            b"BI /W 1 /H 1 ID \x00E EI Q",
            b"unknown",
            b"true",
        ),
        *(
            b"5",
            b"(left)",
            b"1 2 3 4 5",
            b"--5",
            b"1.2.3",
            b".",
            b"]",
            b"[",
            b"<<",
            b">>",
            b"{",
            b")",
            b"#",
            b"\x00",
        ),
        *(
            b"0 0 Td0 0 Td",
            b"(a)Tj(b)Tj",
            b"Tj",
            b"TJ",
            b"1 2 m Tj",
            b"/ Tj",
            b"\xe5",
            b"(open",
            b"<4",
            b"+3-4",
        ),
    ]
)


def _form(content: bytes) -> dict[int, bytes]:
    return {10: stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Matrix[1 0 0 1 7 7]")}


def _both(data: bytes, pages_max: int = _PAGES_MAX) -> list[tuple[list[Letter], list[Letter]]]:
    """Return the letters of the quick and of the stock reading for each page that stock pdfminer reads."""
    found = []
    file = MinerFile(io.BytesIO(data))
    for _, (page, layout) in zip(range(pages_max), stock_pages(data), strict=False):
        if layout is not None:
            found.append((file.letters(page, has_stamps=False), stock_letters(layout)))
    return found


def _assert_alike(data: bytes) -> None:
    for quick, stock in _both(data):
        assert quick == stock


def test_made_report_is_read_as_by_stock_pdfminer() -> None:
    pairs = _both(pdf(REPORT_PAGES))
    assert len(pairs) == 2
    assert all(quick == stock and len(quick) > 20 for quick, stock in pairs)


def test_ordinary_streams_never_need_the_stock_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(PDFPageInterpreter, "execute", never)
    content = b"BT /F1 12 Tf 1 0 0 1 20 300 Tm [(Hej) -250 (d\\345r)] TJ ET 1 2 m 3 4 l S /Fm Do"
    data = page_pdf(content, more=_form(b"BT /F1 9 Tf (form) Tj ET"), resources=b"/XObject<</Fm 10 0 R>>")
    file = MinerFile(io.BytesIO(data))
    page = file.next_page()
    assert page is not None
    assert "".join(letter[0] for letter in file.letters(page, has_stamps=False)) == "Hejdårform"


def test_quick_reading_takes_less_than_half_the_steps() -> None:
    content = b"1 0 0 rg 10.5 20.25 m 30 40 l 1 2 3 4 5 6 c 7 8 9 10 re f\n" * 600 + b"BT /F1 9 Tf (x) Tj ET"
    data = page_pdf(content)

    def read_quickly() -> None:
        file = MinerFile(io.BytesIO(data))
        page = file.next_page()
        assert page is not None
        file.letters(page, has_stamps=False)

    assert steps(read_quickly) < steps(lambda: list(stock_pages(data))) / 2


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F1 12 Tf (a\\777b) Tj ET (c) Tj",
        b"/F1 12 Tf (a\\\r\nb) Tj",
        b"/F1 12 Tf BI /W 1 /H 1 /F /A85 ID abc~> EI (after) Tj",
        b"/F1 12 Tf BI /W 2 /H 2 ID \x01EEI x EI\n(after) Tj",
        b"/F1 12 Tf 1 0 0 scn 4 (x) Tj Td Td (y) Tj",
        b"/F1 12 Tf <</A>> (x) Tj",
        b"/F1 12 Tf [(a) {b} (c)] TJ (d) Tj",
        b"/F1 12 Tf (a) (b) Tj Tj",
        b"/F1 1" + b"0" * 400 + b" Tf (x) Tj",
        b"/F1 12 Tf [(a) Tj (b)] TJ [(c) true 50 (d)] TJ (e) TJ",
        b"/F1 12 Tf [(a)(b] TJ) Tj",
        b"/F1 12 Tf [ [ [ [ (x) ] ] ] ] TJ (y) Tj " + b"[" * 60,
    ],
)
def test_odd_stream_is_read_as_by_stock_pdfminer(content: bytes) -> None:
    _assert_alike(page_pdf(content))


@pytest.mark.parametrize(
    "parts",
    [
        (b"BT /F1 12 Tf (a) T", b"j (b) Tj ET"),
        (b"BT /F1 12 Tf [(a)", b"(b)] TJ ET"),
        (b"BT /F1 12 Tf (a", b"b) Tj ET"),
        (b"BT /F1 1", b"2 Tf (a) Tj ET"),
        (b"/F1 9 Tf (a) Tj % note", b"(b) Tj"),
    ],
)
def test_streams_of_one_page_go_on_in_one_another(parts: tuple[bytes, ...]) -> None:
    _assert_alike(page_pdf(parts))


@settings(max_examples=300, deadline=None)
@given(
    pieces=st.lists(_PIECES, max_size=25),
    form=st.lists(_PIECES, max_size=6),
    gap=st.sampled_from([b" ", b"\r\n"]),
)
def test_any_stream_is_read_as_by_stock_pdfminer(pieces: list[bytes], form: list[bytes], gap: bytes) -> None:
    content = gap.join([b"BT /F1 12 Tf", *pieces, b"(end) Tj"])
    data = page_pdf(content, more=_form(b" ".join(form)), resources=b"/XObject<</Fm 10 0 R>>")
    _assert_alike(data)


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=120))
def test_any_bytes_are_read_as_by_stock_pdfminer(content: bytes) -> None:
    _assert_alike(page_pdf(b"/F1 12 Tf (x) Tj " + content + b" (y) Tj"))


@pytest.mark.skipif(not _FILES, reason="the shared corpus is not on this machine")
def test_corpus_is_read_as_by_stock_pdfminer() -> None:
    differing = []
    letters = 0
    for path in _FILES:
        try:
            pairs = _both(path.read_bytes())
        except Exception:  # pdfminer cannot open it either way
            continue
        letters += sum(len(stock) for _, stock in pairs)
        differing += [path.name for quick, stock in pairs if quick != stock]
    assert letters > 150_000
    assert differing == []

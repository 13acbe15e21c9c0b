"""Small PDFs, one for each feature that carries words."""

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.hostile.pdf_making import page_of, stream
from tests.ingest.extractors.pdfs import REPORT_PAGES, lines, pdf

_SLIDE_PT = (960.0, 540.0)


def pdfs() -> dict[str, Callable[[], bytes]]:
    """Return what makes each PDF, by the name of its golden file."""
    return {
        "report": lambda: pdf(REPORT_PAGES, title="Översikt 2024"),
        "pdf_accents": _accents,
        "pdf_around_the_text": _around,
        "pdf_bad_letters": _bad_letters,
        "pdf_columns": _columns,
        "pdf_damaged_table": _damaged_table,
        "pdf_form": _form,
        "pdf_headers": _headers,
        "pdf_hyphens": _hyphens,
        "pdf_letter_spaced": _letter_spaced,
        "pdf_ligatures": _ligatures,
        "pdf_locked": lambda: pdf([lines(["Hemligt"], 700)], password="x"),
        "pdf_slides": _slides,
        "pdf_turned": lambda: pdf([lines(["Vriden sida"], 700)], rotation=90),
        "pdf_without_text": lambda: pdf([[]]),
    }


def _encoded(differences: bytes, contents: bytes) -> bytes:
    """Return a PDF of one page in a font whose letters are named by `differences`."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[%s]>>>>" % differences
    return page_of(stream(b"BT /F 12 Tf 70 700 Td %s ET" % contents), font, fonts=b"6 0 R")


def _accents() -> bytes:
    """Return words whose accents are letters of their own, drawn over the base, as in LaTeX's OT1 fonts."""
    # 0.444 em back: from the end of the accent (0.333 em wide) to where the letter below it begins.
    text = rb"[-111(\177)444(over)] TJ 0 -20 Td [(Sm)-111(\027)444(aland f)-111(\177)444(or b)"
    text += rb"-111(\177)444(att)] TJ"
    return _encoded(b"23/ring 127/dieresis", text)


def _ligatures() -> bytes:
    return _encoded(b"1/fi/fl/ff/ffi", b"(Sj\\001lm och \\002ik, e\\003ekt och o\\004ciell) Tj")


def _bad_letters() -> bytes:
    """Return a page whose font maps its letters to ones without a meaning (a private-use area)."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>"
    mapping = b"begincmap 1 beginbfrange <61> <7a> <E061> endbfrange endcmap"
    text = stream(b"BT /F 12 Tf 70 700 Td (ingen kan veta vad detta betyder) Tj ET")
    return page_of(text, font, stream(mapping), fonts=b"6 0 R")


def _around() -> bytes:
    """Return a PDF with bookmarks, a link, a note, an attachment and properties."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.setTitle("Årsrapport")
    canvas.setAuthor("Åsa Öberg")
    canvas.setSubject("Ämne")
    canvas.setKeywords(["nyckel", "ord"])
    for number, title in enumerate(("Bakgrund", "Resultat")):
        canvas.bookmarkPage(str(number))
        canvas.addOutlineEntry(title, str(number), level=0)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(70, 700, f"Text på sida {number + 1}")
        canvas.linkURL("https://example.org/rapport", (70, 690, 200, 712))
        canvas.textAnnotation("En anmärkning i kanten", Rect=[300, 690, 320, 710])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _form() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.drawString(70, 750, "Anmälan")
    form = canvas.acroForm
    form.textfield(name="namn", tooltip="Ditt namn", value="Lisa Virén", x=70, y=700)
    form.checkbox(name="lunch", tooltip="Jag vill ha lunch", checked=True, x=70, y=650)
    form.choice(name="ort", tooltip="Ort", value="Gävle", options=["Gävle", "Falun"], x=70, y=600)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _columns() -> bytes:
    left = lines(["Den vänstra spalten", "läses först och", "ända till slutet."], 700)
    right = lines(["Den högra spalten", "läses sedan, och", "sist av allt."], 700, x=330)
    # Written line by line across both columns, as many programs do.
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    return pdf([[("Två spalter", 70, 760, 20), *mixed]])


def _headers() -> bytes:
    pages = []
    for number, text in enumerate(("Skogen växer.", "Malmen bryts.", "Stålet valsas.", "Varorna säljs."), 1):
        header, footer = ("Region Gävleborg", 70, 810, 9), (f"Sida {number} av 4", 270, 30, 9)
        pages.append([header, *lines([text, "Mer text under den."], 600), footer])
    return pdf(pages)


def _hyphens() -> bytes:
    return pdf(
        [
            lines(
                ["En regional utveck-", "lingsplan för nä-", "rings\u00adlivet i Norra Mellan-", "sverige."],
                700,
            )
        ]
    )


def _letter_spaced() -> bytes:
    return page_of(
        stream(b"BT /F 20 Tf 8 Tc 70 700 Td (RAPPORT) Tj ET BT /F 11 Tf 0 Tc 70 600 Td (Vanlig text) Tj ET"),
    )


def _slides() -> bytes:
    first = [("Tillväxt i länet", 60, 460, 36), *lines(["Fler jobb", "Fler företag"], 350, size=20)]
    second = [("Nästa steg", 60, 460, 36), *lines(["Samverkan"], 350, size=20)]
    return pdf([first, second], size_pt=_SLIDE_PT)


def _damaged_table() -> bytes:
    return pdf(REPORT_PAGES).replace(b"startxref\n", b"startxref\n9")

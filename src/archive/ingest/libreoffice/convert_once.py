"""LibreOffice as a program for one file: where it cannot be used as a library. Passwords cannot be given."""

from pathlib import Path

from archive.ingest.libreoffice.messages import Order
from archive.ingest.libreoffice.outcome import not_confined, too_slow, unreadable
from archive.ingest.sandbox import launch
from archive.ingest.sandbox.program import run_program
from archive.settings import PictureSettings

_PDF_FILTERS = {True: "impress_pdf_Export", False: "writer_pdf_Export"}
_HIDDEN_SLIDES = ':{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'


def convert_once(office: Path, home: Path, order: Order, is_deck: bool, settings: PictureSettings) -> None:
    """Do an order with a process of its own. Raises FileRejected, and PartMissing when not confined.

    LibreOffice names its result after its source, so that the order's names may differ in the suffix only.
    """
    target = "pptx"
    if order.format == "pdf":
        target = f"pdf:{_PDF_FILTERS[is_deck]}" + (_HIDDEN_SLIDES if is_deck else "")
    program = [
        str(office),
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        target,
        "--outdir",
        str(home),
        str(home / order.source),
    ]
    try:
        exit_code = run_program(
            program,
            home,
            settings.office_wall_time_s,
            order.cpu_time_s,
            settings.office_memory_max_bytes,
            {"SAL_USE_VCLPLUGIN": "svp"},
        )
    except TimeoutError:
        raise too_slow(settings.office_wall_time_s) from None
    if exit_code == launch.REFUSED:
        raise not_confined()
    if exit_code != 0:
        raise unreadable()

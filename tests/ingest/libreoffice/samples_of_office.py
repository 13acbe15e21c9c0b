"""Files in the formats that only LibreOffice writes, made by it from decks that the tests build."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from archive.ingest.libreoffice.finding import find_office
from tests.ingest.extractors.decks import rich_deck
from tests.run_folder import made_once
from tests.waiting import HANG_S

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")

PAGE = """<html><head><title>Rapport</title></head><body><h1>Regional utveckling</h1>
<p>Första stycket om Gävle.</p><ul><li>en punkt</li></ul>
<table><tr><td>Län</td><td>Resor</td></tr><tr><td>Gävleborg</td><td>12</td></tr></table>
<p style="page-break-before: always">Andra sidan om Söderhamn.</p></body></html>"""

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Product">
<prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>1000.0</value></prop></item>
</oor:items>
"""

_FILTERS = {
    "ppt": "ppt",
    "odp": "odp",
    "odt": "odt:writer8",
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "docx": "docx:MS Word 2007 XML",
}


def new_profile(folder: Path) -> str:
    """Make a profile; return the argument that has LibreOffice use it, without its tests of drawing.

    Those are two thirds of a first start (`archive.ingest.libreoffice.running`).
    """
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    return f"-env:UserInstallation={folder.as_uri()}"


@cache
def sample(kind: str) -> bytes:
    """Return a deck (`ppt`, `odp`) like `rich_deck`, or a text of two pages (`odt`, `doc`, `rtf`, `docx`).

    A start of LibreOffice is half a second of processing: a run of tests makes each but once.
    """
    return made_once(f"sample.{kind}", lambda: _made(kind))


def _made(kind: str) -> bytes:
    office = find_office()
    assert office is not None
    with TemporaryDirectory() as name:
        folder = Path(name)
        is_deck = kind in ("ppt", "odp")
        source = folder / ("source.pptx" if is_deck else "source.html")
        source.write_bytes(rich_deck() if is_deck else PAGE.encode())
        profile = new_profile(folder / "profile")
        program = [str(office), profile, "--headless", "--norestore", *([] if is_deck else ["--writer"])]
        program += ["--convert-to", _FILTERS[kind], "--outdir", name, str(source)]
        subprocess.run(program, check=True, capture_output=True, timeout=HANG_S)
        return (folder / f"source.{kind}").read_bytes()

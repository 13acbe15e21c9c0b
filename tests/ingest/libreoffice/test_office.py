import os
import random
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from archive.errors import FileRejected, PartMissing, PathError
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.media_types import DOC, DOCX, ODP, ODT, PDF, PPT, PPTX, RTF
from archive.ingest.libreoffice import office as office_module
from archive.ingest.libreoffice.finding import find_office
from archive.ingest.libreoffice.office import Office
from archive.ingest.sandbox.linux import confine
from archive.model.extraction import Outcome
from archive.settings.sections import PictureSettings
from tests.hostile.references import open_document
from tests.ingest.extractors.decks import add_box, deck_of_titles, saved
from tests.ingest.extractors.texts_of_word import document
from tests.ingest.libreoffice.samples_of_office import needs_office, new_profile, sample
from tests.waiting import HANG_S, wait_until

pytestmark = pytest.mark.long

SETTINGS = PictureSettings()

needs_confinement = pytest.mark.skipif(
    confine.is_reduced(), reason="the kernel of this machine has no Landlock or no seccomp"
)


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "original"
    path.write_bytes(deck_of_titles("Ett", "Två"))
    path.chmod(0o444)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "arbete med mellanslag"
    made.mkdir()
    return made


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    made = tmp_path / "tillfälligt"
    made.mkdir()
    return made


@pytest.fixture
def office(temporary: Path) -> Iterator[Office]:
    """A LibreOffice of its own: for tests that look at its process or let it fail."""
    with Office(SETTINGS, temporary) as opened:
        yield opened
    assert list(temporary.iterdir()) == []


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One LibreOffice for all tests that ask what it makes of a file."""
    temporary = tmp_path_factory.mktemp("shared office")
    with Office(SETTINGS, temporary) as opened:
        yield opened
    assert list(temporary.iterdir()) == []


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def page_texts(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range().strip() for page in document]
    document.close()
    return texts


def has_ended(process_id: int) -> bool:
    """Return whether the process has ended, or is dead and its parent has not taken note of it yet."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def wait_for_end(process_id: int) -> None:
    wait_until(lambda: has_ended(process_id), "LibreOffice's process has ended")


@needs_office
def test_page_n_is_slide_n_also_when_slides_are_hidden(
    tmp_path: Path, folder: Path, shared_office: Office
) -> None:
    presentation = Presentation()
    for number in range(1, 5):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        add_box(slide.shapes, f"bild {number}", 50, 50)
        if number in (1, 3):
            slide.element.set("show", "0")
    path = write(tmp_path / "dold.pptx", saved(presentation))
    expected = ["bild 1", "bild 2", "bild 3", "bild 4"]
    assert page_texts(shared_office.convert(path, PPTX, "pdf", folder)) == expected


@needs_office
def test_original_is_not_touched(deck: Path, folder: Path, shared_office: Office) -> None:
    before = (deck.read_bytes(), deck.stat().st_mtime_ns, deck.stat().st_nlink)
    shared_office.convert(deck, PPTX, "pdf", folder)
    assert (deck.read_bytes(), deck.stat().st_mtime_ns, deck.stat().st_nlink) == before


@needs_office
def test_one_process_serves_several_files_and_is_replaced_after_its_number(
    deck: Path, folder: Path, temporary: Path
) -> None:
    with Office(PictureSettings(office_files_max=2), temporary) as office:
        results = [office.convert(deck, PPTX, "pdf", folder)]
        first = office.pid
        results.append(office.convert(deck, PPTX, "pdf", folder))
        assert first is not None
        wait_for_end(first)
        results.append(office.convert(deck, PPTX, "pdf", folder))
        assert office.pid not in (first, None)
    assert [page_texts(result) for result in results] == [["Ett", "Två"]] * 3
    assert list(temporary.iterdir()) == []


@needs_office
@pytest.mark.parametrize(("kind", "media_type"), [("ppt", PPT), ("odp", ODP)])
def test_old_deck_becomes_a_pptx_with_titles_notes_and_hidden_slides(
    tmp_path: Path, folder: Path, shared_office: Office, kind: str, media_type: str
) -> None:
    path = write(tmp_path / "deck", sample(kind))
    made = Presentation(str(shared_office.convert(path, media_type, "pptx", folder)))
    assert made.slides[0].shapes.title.text_frame.text == "Hållbart resande"
    assert made.slides[0].notes_slide.notes_text_frame.text == "Säg något om kostnaden."
    assert [slide.element.get("show") for slide in made.slides] == [None, "0", None, None]


@needs_office
def test_deck_that_libreoffice_cannot_read_is_damaged_and_the_next_is_read(
    tmp_path: Path, deck: Path, folder: Path, office: Office
) -> None:
    broken = write(tmp_path / "trasig.pptx", b"PK\x03\x04" + b"\x9b\x01" * 500 + b"PK\x05\x06" + bytes(18))
    office.convert(deck, PPTX, "pdf", folder)
    first = office.pid
    with pytest.raises(FileRejected, match="could not convert") as told:
        office.convert(broken, PPTX, "pdf", folder)
    assert told.value.category is Outcome.DAMAGED
    assert page_texts(office.convert(deck, PPTX, "pdf", folder)) == ["Ett", "Två"]
    assert office.pid != first


@needs_office
def test_deck_that_is_cut_short_is_damaged_and_libreoffice_is_not_asked(
    tmp_path: Path, folder: Path, shared_office: Office
) -> None:
    whole = deck_of_titles("Ett")
    cut = write(tmp_path / "halv.pptx", whole[: len(whole) // 3])
    before = shared_office.pid
    with pytest.raises(FileRejected, match="could not convert") as told:
        shared_office.convert(cut, PPTX, "pdf", folder)
    assert told.value.category is Outcome.DAMAGED
    assert shared_office.pid == before


@needs_office
def test_password_opens_a_locked_deck_and_its_lack_is_told(
    tmp_path: Path, deck: Path, folder: Path, shared_office: Office
) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = tmp_path / "låst.pptx"
    with deck.open("rb") as plain, locked.open("wb") as target:
        OOXMLFile(plain).encrypt("hemligt", target)
    assert detect(locked) == PPTX
    for wrong in ("", "fel"):
        with pytest.raises(FileRejected, match="password") as told:
            shared_office.convert(locked, PPTX, "pdf", folder, wrong)
        assert told.value.category is Outcome.PASSWORD
    before = shared_office.pid
    assert page_texts(shared_office.convert(locked, PPTX, "pdf", folder, "hemligt")) == ["Ett", "Två"]
    assert shared_office.pid == before


@needs_office
def test_file_that_takes_too_long_is_stopped_with_its_process(
    deck: Path, folder: Path, temporary: Path
) -> None:
    hasty = SETTINGS.model_copy(update={"office_wall_time_s": 0.001})
    with Office(hasty, temporary) as office:
        with pytest.raises(FileRejected, match=r"longer than 0\.001 seconds") as told:
            office.convert(deck, PPTX, "pdf", folder)
        assert office.pid is None
        assert list(temporary.iterdir()) == []
    assert told.value.category is Outcome.TIMEOUT


@needs_office
def test_file_that_needs_too_much_processor_time_is_stopped_and_the_next_is_not(
    tmp_path: Path, folder: Path, temporary: Path
) -> None:
    long = write(tmp_path / "lång.rtf", b"{\\rtf1 " + b"\\par en rad med ord\n" * 300_000 + b"}")
    short = write(tmp_path / "kort.rtf", b"{\\rtf1 kort}")
    with Office(SETTINGS.model_copy(update={"office_cpu_time_s": 1}), temporary) as office:
        with pytest.raises(FileRejected, match="more memory or time") as told:
            office.convert(long, RTF, "pdf", folder)
        assert told.value.category is Outcome.RESOURCE_LIMIT
        assert page_texts(office.convert(short, RTF, "pdf", folder)) == ["kort"]


@needs_office
def test_process_that_died_between_files_is_replaced(deck: Path, folder: Path, office: Office) -> None:
    office.convert(deck, PPTX, "pdf", folder)
    first = office.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert page_texts(office.convert(deck, PPTX, "pdf", folder)) == ["Ett", "Två"]
    assert office.pid != first


@needs_office
def test_nothing_runs_after_close(deck: Path, folder: Path, temporary: Path) -> None:
    office = Office(SETTINGS, temporary)
    office.convert(deck, PPTX, "pdf", folder)
    process_id = office.pid
    assert process_id is not None
    office.close()
    office.close()
    wait_for_end(process_id)
    assert list(temporary.iterdir()) == []


@needs_office
def test_nothing_runs_after_a_crash_of_the_program_and_its_files_are_gone(
    deck: Path, folder: Path, temporary: Path
) -> None:
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from archive.ingest.filetypes.media_types import PPTX\n"
        "from archive.ingest.libreoffice.office import Office\n"
        "from archive.settings.sections import PictureSettings\n"
        "office = Office(PictureSettings(), Path(sys.argv[2]))\n"
        "office.convert(Path(sys.argv[1]), PPTX, 'pdf', Path(sys.argv[3]))\n"
        "print(office.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    places = [str(deck), str(temporary), str(folder)]
    done = subprocess.run(
        [sys.executable, "-c", code, *places], capture_output=True, text=True, timeout=HANG_S
    )
    assert done.returncode == -signal.SIGKILL
    wait_for_end(int(done.stdout))
    assert [path for path in temporary.rglob("*") if path.is_file()] == []


@needs_office
@needs_confinement
def test_external_references_are_never_fetched(tmp_path: Path, folder: Path, shared_office: Office) -> None:
    heard: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        is_over = threading.Event()
        listener = threading.Thread(target=_listen, args=(server, heard, is_over))
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/bild.png"
        try:
            field = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{address}" \\d}}}}'
            rtf = rf"{{\rtf1 {field}{{\*\template {address}}} text}}"
            shared_office.convert(write(tmp_path / "a.rtf", rtf.encode()), RTF, "pdf", folder)
            linked = _with_linked_picture(sample("odp"), address)
            shared_office.convert(write(tmp_path / "a.odp", linked), ODP, "pptx", folder)
        finally:
            is_over.set()
            listener.join()
    assert heard == []


def _listen(server: socket.socket, heard: list[object], is_over: threading.Event) -> None:
    while not is_over.is_set():
        try:
            heard.append(server.accept())
        except TimeoutError:
            continue


def _with_linked_picture(odp: bytes, address: str) -> bytes:
    frame = (
        '<draw:frame svg:width="5cm" svg:height="5cm" svg:x="1cm" svg:y="1cm">'
        f'<draw:image xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        "</draw:frame></draw:page>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(odp)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "content.xml":
                assert b"</draw:page>" in data
                data = data.replace(b"</draw:page>", frame.encode(), 1)
            target.writestr(info, data)
    return buffer.getvalue()


@needs_office
@needs_confinement
def test_process_has_no_network_and_cannot_raise_its_rights(
    deck: Path, folder: Path, shared_office: Office
) -> None:
    shared_office.convert(deck, PPTX, "pdf", folder)
    status = Path(f"/proc/{shared_office.pid}/status").read_text()
    kept = dict(line.split(":\t", 1) for line in status.splitlines())
    assert kept["Seccomp"].strip() == "2"
    assert kept["NoNewPrivs"].strip() == "1"


@needs_office
def test_start_leaves_out_libreoffices_own_tests_of_the_display(
    deck: Path, folder: Path, shared_office: Office
) -> None:
    shared_office.convert(deck, PPTX, "pdf", folder)
    user = Path(f"/proc/{shared_office.pid}/cwd/profile/user")
    assert (user / "registrymodifications.xcu").is_file()
    assert not (user / "GraphicsRenderTests.log").exists()


@needs_office
@pytest.mark.parametrize("kind", ["ppt", "odp", "docx"])
def test_changed_bytes_give_a_result_or_a_named_outcome(
    tmp_path: Path, folder: Path, shared_office: Office, kind: str
) -> None:
    chance = random.Random(kind)
    media_type = {"ppt": PPT, "odp": ODP, "docx": DOCX}[kind]
    for number in (0, 1, 3):
        data = bytearray(sample(kind))
        for _ in range(1 + 20 * number):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = write(tmp_path / f"{number}", bytes(data[: len(data) - number * 50]))
        outcomes = ("a PDF", Outcome.DAMAGED, Outcome.PASSWORD, Outcome.CRASH)
        assert _result_or_outcome(shared_office, path, media_type, folder) in outcomes


def _result_or_outcome(office: Office, path: Path, media_type: str, folder: Path) -> str:
    try:
        result = office.convert(path, media_type, "pdf", folder)
    except FileRejected as rejection:
        return rejection.category
    return "a PDF" if result.read_bytes().startswith(b"%PDF") else "no PDF"


def test_missing_program_is_told(deck: Path, folder: Path, temporary: Path) -> None:
    missing = PictureSettings(office_command="no-such-office")
    office = Office(missing, temporary)
    with pytest.raises(PartMissing, match="LibreOffice"):
        office.convert(deck, PPTX, "pdf", folder)


@needs_office
def test_type_that_is_not_libreoffices_is_refused(
    tmp_path: Path, folder: Path, shared_office: Office
) -> None:
    with pytest.raises(FileRejected) as told:
        shared_office.convert(write(tmp_path / "a.pdf", b"%PDF-1.4"), PDF, "pdf", folder)
    assert told.value.category is Outcome.UNSUPPORTED_TYPE


@needs_office
def test_original_that_is_gone_is_told(tmp_path: Path, folder: Path, shared_office: Office) -> None:
    with pytest.raises(PathError, match="cannot be opened"):
        shared_office.convert(tmp_path / "borta.pptx", PPTX, "pdf", folder)


def test_given_command_is_used_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}" if name == "soffice" else None)
    assert find_office() == Path("/opt/soffice")
    assert find_office("office-of-our-own") is None


@needs_office
def test_without_the_library_each_file_has_a_process_of_its_own(
    deck: Path, folder: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_module, "library_of", lambda _: None)
    with Office(SETTINGS, temporary) as office:
        assert page_texts(office.convert(deck, PPTX, "pdf", folder)) == ["Ett", "Två"]
        assert office.pid is None
    assert list(temporary.iterdir()) == []


def _program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_program_that_makes_nothing_is_told(
    tmp_path: Path, folder: Path, temporary: Path, script: str
) -> None:
    path = write(tmp_path / "a.pptx", deck_of_titles("Ett"))
    settings = PictureSettings(office_command=_program(tmp_path / "soffice", script))
    with Office(settings, temporary) as office, pytest.raises(FileRejected, match="could not convert"):
        office.convert(path, PPTX, "pdf", folder)
    assert list(temporary.iterdir()) == []


def _changed(settings: str = "") -> bytes:
    mark = 'w:author="A" w:date="2024-01-01T00:00:00Z"'
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Budgeten är </w:t></w:r>"
        f"<w:del w:id='1' {mark}><w:r><w:delText>hemliga fyra</w:delText></w:r></w:del>"
        f"<w:ins w:id='2' {mark}><w:r><w:t>fem</w:t></w:r></w:ins>"
        "<w:r><w:t xml:space='preserve'> kronor.</w:t></w:r></w:p>"
    )
    return document(body, {"settings.xml": settings} if settings else None)


CHANGED = {
    "plain": _changed(),
    "protected changes": _changed('<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>'),
    "read-only": _changed('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'),
    "to be opened read-only": _changed('<w:writeProtection w:recommended="1"/>'),
}


_FILE_NAME = {
    DOCX: document(
        "<w:p><w:r><w:t>Plan</w:t></w:r><w:fldSimple w:instr='FILENAME \\p'><w:r><w:t>C:/p.docx</w:t></w:r>"
        "</w:fldSimple></w:p>"
    ),
    RTF: rb"{\rtf1 Plan{\field{\*\fldinst FILENAME \\p}{\fldrslt C:/hem/plan.rtf}}}",
    ODT: open_document(
        ODT, b"<office:text><text:p>Plan<text:file-name text:display='full'/></text:p></office:text>"
    ),
}


@needs_office
@pytest.mark.parametrize("name", CHANGED)
def test_words_that_tracked_changes_deleted_are_in_no_pdf(
    tmp_path: Path, folder: Path, shared_office: Office, name: str
) -> None:
    path = write(tmp_path / "ändrad.docx", CHANGED[name])
    assert page_texts(shared_office.convert(path, DOCX, "pdf", folder)) == ["Budgeten är fem kronor."]


@needs_office
def test_deleted_words_are_in_no_pdf_of_a_process_for_one_file(
    tmp_path: Path, folder: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_module, "library_of", lambda _: None)
    path = write(tmp_path / "ändrad.docx", CHANGED["protected changes"])
    with Office(SETTINGS, temporary) as office:
        assert page_texts(office.convert(path, DOCX, "pdf", folder)) == ["Budgeten är fem kronor."]
        broken = write(tmp_path / "trasig.docx", CHANGED["plain"][:200])
        with pytest.raises(FileRejected, match="could not convert"):
            office.convert(broken, DOCX, "pdf", folder)
    assert list(temporary.iterdir()) == []


@needs_office
@pytest.mark.parametrize("media_type", _FILE_NAME)
def test_field_with_the_files_place_shows_nothing(
    media_type: str, tmp_path: Path, folder: Path, shared_office: Office
) -> None:
    path = write(tmp_path / "plan", _FILE_NAME[media_type])
    assert page_texts(shared_office.convert(path, media_type, "pdf", folder)) == ["Plan"]


@needs_office
@pytest.mark.parametrize("stays", [True, False])
def test_slide_that_shows_the_files_place_says_nothing_of_this_machine(
    stays: bool, tmp_path: Path, folder: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not stays:
        monkeypatch.setattr(office_module, "library_of", lambda _: None)
    shown = (
        b"<office:presentation><draw:page draw:name='a'><draw:frame svg:width='20cm' svg:height='5cm'>"
        b"<draw:text-box><text:p>Plan <text:file-name text:display='full'/></text:p></draw:text-box>"
        b"</draw:frame></draw:page></office:presentation>"
    )
    with Office(SETTINGS, temporary) as office:
        made = office.convert(write(tmp_path / "plan", open_document(ODP, shown)), ODP, "pdf", folder)
    (text,) = page_texts(made)
    assert text.startswith("Plan /proc/self/cwd/")


_COMMENT = "Hemlig anmärkning"
_ANNOTATION = (
    "<office:annotation><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Anna</dc:creator>"
    f"<text:p>{_COMMENT}</text:p></office:annotation>"
)
COMMENTED = {
    ODT: open_document(ODT, f"<office:text><text:p>Budgeten{_ANNOTATION}</text:p></office:text>".encode()),
    RTF: rb"{\rtf1 Budgeten{\*\atnid A}{\*\atnauthor Anna}\chatn{\*\annotation Hemlig anm\u228 arkning}}",
}


def _commented_docx() -> bytes:
    body = (
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Budgeten</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    comments = f'<w:comment w:id="0" w:author="A"><w:p><w:r><w:t>{_COMMENT}</w:t></w:r></w:p></w:comment>'
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(document(body, {"comments.xml": comments}))) as source,
        zipfile.ZipFile(buffer, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"w:part", b"w:comments"))
    return buffer.getvalue()


COMMENTED[DOCX] = _commented_docx()


@needs_office
@pytest.mark.parametrize("media_type", COMMENTED)
def test_text_with_a_comment_is_converted_without_it(
    media_type: str, tmp_path: Path, folder: Path, shared_office: Office
) -> None:
    path = write(tmp_path / "plan", COMMENTED[media_type])
    assert page_texts(shared_office.convert(path, media_type, "pdf", folder)) == ["Budgeten"]


@needs_office
def test_comments_that_libreoffice_wrote_itself_are_not_drawn_nor_public(
    tmp_path: Path, folder: Path, shared_office: Office
) -> None:
    """The .doc and the .rtf each keep the comment in a way of their own."""
    write(tmp_path / "plan.docx", COMMENTED[DOCX])
    program = [str(find_office()), new_profile(tmp_path / "profile"), "--headless"]
    for kind in ("doc", "rtf"):
        order = ["--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "plan.docx")]
        subprocess.run([*program, *order], check=True, capture_output=True, timeout=HANG_S)
    assert b"Hemlig" in (tmp_path / "plan.rtf").read_bytes(), "there is a comment to leave out"
    for name, media_type in (("plan.doc", DOC), ("plan.rtf", RTF)):
        assert page_texts(shared_office.convert(tmp_path / name, media_type, "pdf", folder)) == ["Budgeten"]

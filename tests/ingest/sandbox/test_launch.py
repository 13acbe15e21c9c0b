"""The launcher of converters: what it runs has no network and reaches one folder only."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from archive.ingest.sandbox import launch, processes
from archive.ingest.sandbox.linux import confine
from tests.ingest.libreoffice.samples_of_office import new_profile
from tests.waiting import HANG_S

MIB = 1024 * 1024
PYTHON = shutil.which("python3", path="/usr/bin:/usr/local/bin")

pytestmark = [
    pytest.mark.skipif(
        confine.is_reduced(), reason="the kernel of this machine has no Landlock or no seccomp"
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "allowed"
    made.mkdir()
    return made


def run(program: list[str], folder: Path, read: tuple[Path, ...] = ()) -> "subprocess.CompletedProcess[str]":
    command = launch.command(program, folder, 4096 * MIB, 60, read)
    environment = {**processes.environment(), "HOME": str(folder), "TMPDIR": str(folder)}
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=folder, timeout=HANG_S, check=False
    )


def python(code: str, folder: Path, *arguments: str, read: tuple[Path, ...] = ()) -> str:
    """Run code in the system's Python under the launcher; return its output, or its last error line."""
    if PYTHON is None:
        pytest.skip("no Python among the installed programs")
    done = run([PYTHON, "-I", "-c", "import sys\n" + code, *arguments], folder, read)
    return done.stdout.strip() or done.stderr.strip().rpartition("\n")[2]


def test_program_runs_with_its_arguments(folder: Path) -> None:
    assert python("print(sys.argv[1:])", folder, "--write", "å b") == "['--write', 'å b']"


def test_own_folder_can_be_written(folder: Path) -> None:
    code = "import os\nos.makedirs('a/b'); open('a/b/c','w').write('x'); os.rename('a/b/c','d'); print('ok')"
    assert python(code, folder) == "ok"
    assert (folder / "d").read_text() == "x"


@pytest.mark.parametrize("place", ["beside", "/tmp", "/dev/shm", "/var/tmp"])
def test_other_folders_cannot_be_written(folder: Path, place: str) -> None:
    parent = folder.parent if place == "beside" else Path(place)
    target = parent / f"left-by-launcher-{os.getpid()}"
    assert "PermissionError" in python("open(sys.argv[1], 'w')", folder, str(target))
    assert not target.exists()


def test_other_files_cannot_be_read(folder: Path) -> None:
    secret = folder.parent / "secret"
    secret.write_text("hemligt")
    assert "PermissionError" in python("print(open(sys.argv[1]).read())", folder, str(secret))
    assert "PermissionError" in python(
        "import os; print(os.listdir(sys.argv[1]))", folder, str(folder.parent)
    )


@pytest.mark.parametrize(
    "place", ["/etc/passwd", "/etc/hosts", "/etc", "/opt", "/var/lib", "/usr/share", "/proc", "/dev"]
)
def test_files_of_the_system_that_converters_need_not_have_cannot_be_read(folder: Path, place: str) -> None:
    if not Path(place).exists():
        pytest.skip(f"this machine has no {place}")
    read = "os.listdir(sys.argv[1])" if Path(place).is_dir() else "open(sys.argv[1]).read()"
    assert "PermissionError" in python(f"import os; print({read})", folder, place)


def test_named_file_can_be_read_but_not_written(folder: Path) -> None:
    deck = folder.parent / "deck"
    deck.write_text("bilder")
    assert python("print(open(sys.argv[1]).read())", folder, str(deck), read=(deck,)) == "bilder"
    assert "PermissionError" in python("open(sys.argv[1], 'a')", folder, str(deck), read=(deck,))


def test_environment_of_other_processes_cannot_be_read(folder: Path) -> None:
    code = "print(open(f'/proc/{sys.argv[1]}/environ').read())"
    assert "PermissionError" in python(code, folder, str(os.getpid()))


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK])
def test_network_sockets_are_refused(folder: Path, family: int) -> None:
    assert "PermissionError" in python(f"import socket; socket.socket({int(family)})", folder)


def test_running_server_cannot_be_reached(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = "import socket; print(socket.create_connection(('127.0.0.1', int(sys.argv[1]))))"
        assert "PermissionError" in python(code, folder, str(server.getsockname()[1]))


def test_socket_files_of_other_programs_cannot_be_reached(folder: Path) -> None:
    path = folder / "socket"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        code = "import socket; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
        assert "PermissionError" in python(code, folder, str(path))


def test_programs_it_starts_are_confined_too(folder: Path) -> None:
    code = "import subprocess; print(subprocess.run(['/bin/cat', sys.argv[1]]).returncode)"
    secret = folder.parent / "secret"
    secret.write_text("hemligt")
    assert python(code, folder, str(secret)) == "1"


def test_processes_outside_cannot_be_signalled(folder: Path) -> None:
    assert "PermissionError" in python("import os; os.kill(int(sys.argv[1]), 0)", folder, str(os.getpid()))


def test_memory_and_time_are_bounded(folder: Path) -> None:
    code = "import resource as r; print(r.getrlimit(r.RLIMIT_AS)[1], r.getrlimit(r.RLIMIT_CPU)[0])"
    assert python(code, folder) == f"{4096 * MIB} 60"


def test_program_that_is_missing_ends_with_an_error(folder: Path) -> None:
    assert run(["/usr/bin/no-such-program"], folder).returncode != 0


def test_options_are_not_abbreviated(folder: Path) -> None:
    command = [
        sys.executable,
        "-I",
        "-m",
        "archive.ingest.sandbox.launch",
        "--wri",
        str(folder),
        "--",
        "/bin/true",
    ]
    assert subprocess.run(command, capture_output=True, timeout=HANG_S, check=False).returncode == 2


def test_libreoffice_converts_a_deck(folder: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    from pptx import Presentation

    deck = folder.parent / "bilder.pptx"
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Regional utveckling"
    presentation.save(str(deck))
    program = [office, "--headless", "--norestore", new_profile(folder / "profile"), "--convert-to", "pdf"]
    done = run([*program, "--outdir", str(folder), str(deck)], folder, read=(deck,))
    assert (folder / "bilder.pdf").read_bytes().startswith(b"%PDF-"), done.stderr

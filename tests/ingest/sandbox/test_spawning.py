"""The contract, with a fresh interpreter for each file."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from archive.ingest.sandbox.base import Request
from archive.ingest.sandbox.spawning import FreshSandbox
from archive.model.pages import WordBox
from tests.ingest.sandbox.contract import SandboxContract
from tests.ingest.sandbox.contract_base import IMPORT_FOLDERS, LIMITS, REGISTRY

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def sandbox() -> Iterator[FreshSandbox]:
    made = FreshSandbox(REGISTRY, IMPORT_FOLDERS)
    yield made
    made.close()


class TestFresh(SandboxContract):
    has_a_process_for_each_file = True


def _command_lines() -> str:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_text(errors="replace"))
    return "\n".join(found)


def test_password_and_words_are_on_no_command_line(sandbox: FreshSandbox, tmp_path: Path) -> None:
    (tmp_path / "document").touch()
    # All processes of the machine are looked at: nobody else has these on a command line.
    password, word = f"lösenord {uuid4().hex}", f"ord{uuid4().hex}"
    asked = Request(
        "extract", "test/page-then-sleep", password=password, words=(WordBox(word, 1.0, 2.0, 3.0, 4.0),)
    )
    with sandbox.run(asked, tmp_path / "document", LIMITS) as frames:
        next(frames)
        seen = _command_lines()
    assert "archive.ingest.sandbox.run_once" in seen
    assert password.split()[1] not in seen
    assert word not in seen


def test_request_larger_than_a_pipe_arrives_whole(sandbox: FreshSandbox, tmp_path: Path) -> None:
    (tmp_path / "document").write_text("x")
    words = tuple(WordBox(f"ord{number}", 1.0, 2.0, 3.0, 4.0) for number in range(20_000))
    with sandbox.run(Request("extract", "test/good", words=words), tmp_path / "document", LIMITS) as frames:
        assert len(list(frames)) == 3

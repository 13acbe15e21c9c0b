"""A worker is killed in each stage of a job; another one does the job again, and all is found once."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.ingest.ocr.tesseract import can_read
from archive.ingest.progress import Silent
from archive.model.processes import ProcessKind
from archive.settings.sections import OcrSettings
from archive.settings.settings import load_settings
from tests.cli.commands import SMALL, Run
from tests.filled_archive import ask, found
from tests.forked import run_forked
from tests.ingest.ingests import pending, take, with_settings, write
from tests.ingest.ocr.scans import HAS_FONT, picture_of, scanned_pdf
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.long,
    pytest.mark.postgresql,
    pytest.mark.skipif(
        not (can_read() and HAS_FONT),
        reason="Tesseract with Swedish data or the Liberation fonts are missing",
    ),
]

_SETTINGS = """
database_url = "{url}"
[database]
heartbeat_s = 0.3
dead_after_s = 1.5
"""

# Where a worker calls for what comes next, by the module that calls and the name it calls.
_STAGES = {
    "before the words are kept": ("archive.ingest.jobs.extract", "with_languages"),
    "before the pictures are kept": ("archive.catalogue.pages", "save_picture"),
    "before the drawing has ended": ("archive.catalogue.pages", "finish_pictures"),
    "before a picture is read": ("archive.ingest.jobs.ocr", "read_picture"),
    "before the reading has ended": ("archive.catalogue.ocr_results", "finish"),
}

_WORKER = """
import importlib, os, signal, sys
from archive.cli.main import main

def killed(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(importlib.import_module(sys.argv[1]), sys.argv[2], killed)
main(sys.argv[3:])
"""


@pytest.fixture
def archive(data: Path, postgres_url: str) -> Iterator[Archive]:
    data.mkdir()
    (data / "archive.toml").write_text(_SETTINGS.format(url=postgres_url))
    with open_archive(load_settings(data)) as archive:
        yield with_settings(archive, ocr=OcrSettings())


@pytest.mark.parametrize("stage", _STAGES)
def test_job_of_a_killed_worker_is_done_by_another(
    archive: Archive, tmp_path: Path, run: Run, stage: str
) -> None:
    take(archive, write(tmp_path / "skannad.pdf", scanned_pdf(picture_of("Gruvnäringen växer"))))
    worker = run_forked(
        *(*_STAGES[stage], "--data", archive.settings.data, "worker"),
        code=_WORKER,
        env={**os.environ, **SMALL, "ARCHIVE_OCR__COMMAND": ""},
    )
    assert worker.returncode == -signal.SIGKILL, worker.stderr
    assert pending(archive) >= 1

    with archive.workers(Silent(), kind=ProcessKind.WORKER):
        wait_until(lambda: pending(archive) == 0, "another worker has done what was left")
    archive.indexer.catch_up()

    assert ask(archive, "gruvnäringen").total_slides == 1
    assert len(found(ask(archive, "gruvnäringen"))) == 1
    assert json.loads(run("verify", "--json").out)["problems"] == []
    assert run("status", "--json").json["by_category"] == {"ok": 1}

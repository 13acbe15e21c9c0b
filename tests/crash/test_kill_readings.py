"""kill -9 while what was given to be imported is read: each becomes one import, or is named, never two."""

import os
import random
from pathlib import Path

import pytest

from archive.app import open_archive
from archive.catalogue.imports.imports import imports
from archive.catalogue.imports.readings import find_reading, unfinished_readings
from archive.imports.sources.base import GivenBytes
from archive.model.seminar_pages.imports import ReadingState
from archive.settings.settings import Settings
from tests.crash.campaign import ENVIRONMENT
from tests.forked import Forked, run_forked
from tests.waiting import let_run

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("ARCHIVE_CRASH_KILLS", "2"))
PAGES = 3

_CHILD = """
import sys
import time
from pathlib import Path
from archive.app import open_archive
from archive.catalogue.imports.readings import unfinished_readings
from archive.imports.opening import open_followers
from archive.ingest.presence import worker_lock
from archive.settings.settings import Settings

settings = Settings(data=Path(sys.argv[1]))
with open_archive(settings) as archive, worker_lock(settings.data / "workers") as name:
    follower, _ = open_followers(archive.database, archive.originals, settings, name, ())
    print("ready", flush=True)
    follower.start()
    while True:
        with archive.database.read() as session:
            if not any(one.is_open for one in unfinished_readings(session, 10)):
                break
        time.sleep(0.05)
    follower.stop()
"""


def page(number: int) -> GivenBytes:
    talks = "".join(f"<li>Talare {n} Ek, strateg, Region Dalarna – Ämne {number}-{n}</li>" for n in range(5))
    body = f"<html><body><h1>Dag {number}, 5 maj 2022</h1><ul>{talks}</ul></body></html>"
    return GivenBytes(body.encode(), f"https://forening.example/{number}", content_type="text/html")


def test_whatever_moment_it_is_killed_at_a_page_becomes_one_import(tmp_path: Path) -> None:
    moments, settings = random.Random(22), Settings(data=tmp_path / "data")
    with open_archive(settings) as archive:
        queued = [archive.importing.queue_file(page(number), "eva") for number in range(PAGES)]
    for _ in range(KILLS):
        with Forked(settings.data, code=_CHILD, env=ENVIRONMENT) as child:
            child.stdout.readline()
            let_run(child, moments.uniform(0.0, 1.0))
            child.kill()
        with open_archive(settings) as archive, archive.database.read() as session:
            done = [one for one in queued if find_reading(session, one).state is ReadingState.DONE]
            assert len(imports(session, 10)) == len(done), "an import and the end of its reading are one"
    ended = run_forked(settings.data, code=_CHILD, env=ENVIRONMENT)
    assert ended.returncode == 0, ended.stderr[-2000:]
    with open_archive(settings) as archive, archive.database.read() as session:
        assert unfinished_readings(session, 10) == []
        assert sorted(one.source.address for one in imports(session, 10)) == [
            f"https://forening.example/{number}" for number in range(PAGES)
        ]

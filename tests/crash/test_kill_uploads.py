"""A server that is killed while files are sent to it and published loses nothing that it has acknowledged."""

import http.client
import os
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from archive.accounts.credentials import token_digest
from archive.app import open_archive
from archive.catalogue.accounts import accounts, login_sessions
from archive.catalogue.database.address import catalogue_address
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.publishing import drafts
from archive.catalogue.uploads import readings
from archive.model.accounts import Role, SignInMethod
from archive.model.uploads import UploadProgress
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.settings.settings import load_settings
from tests.crash.campaign import ENVIRONMENT
from tests.crash.sender import TOKEN, Sender
from tests.forked import Forked
from tests.waiting import let_run, wait_until

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("ARCHIVE_CRASH_KILLS", "60"))
FILES, KILLS_AFTER_FILES = 6, 6
PIECES_MAX = 16
"""Some six pieces make a file: most kills find files that were begun and are not whole."""
WORKERS = (1, 1, 2)
"""Each worker that gets a file to read starts a process, half of what a kill costs."""
AFTER_PIECES_MAX_S = 0.4
"""What was received is taken in, read and indexed in this time: kills fall there, too."""


def _start(data: Path, workers: int) -> tuple[Forked, int]:
    environment = {**ENVIRONMENT, "ARCHIVE_WORKERS": str(workers)}
    process = Forked("--data", data, "serve", "--port", "0", env=environment)
    port = re.search(r":(\d+)/", process.stdout.readline())
    assert port
    return process, int(port[1])


@pytest.mark.timeout(600 + KILLS * 60)
def test_killed_server_loses_nothing_of_what_was_sent_or_published(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "files"
    folder.mkdir()
    with open_archive(load_settings(data)) as archive, archive.database.write() as session:
        account = accounts.add(session, "anna", "Anna", Role.STAFF, "test")
        day = timedelta(days=1)
        login_sessions.begin(session, account.id, token_digest(TOKEN), SignInMethod.LINK, "test", day, day)
    sender = Sender(1)
    with closing(Database.open(catalogue_address(load_settings(data)))) as catalogue:
        for kill in range(KILLS):
            if kill % KILLS_AFTER_FILES == 0:
                sender.add(folder, FILES)
            _kill_once(data, catalogue, sender)
        process, port = _start(data, 2)
        try:
            sender.look(port, is_last=True)
            sender.send(port, None)
            wait_until(
                lambda: _searchable_count(catalogue) == len(sender.files), "every file is found by a search"
            )
            _look_at_published(catalogue, sender)
            print(f"kills: {KILLS}, {len(sender.files)} files, {len(sender.published)} published on the way")
            sender.publish(port, list(sender.drafts))
        finally:
            process.terminate()
            process.communicate()
    _assert_each_found_once(data, sender)


def _kill_once(data: Path, catalogue: Database, sender: Sender) -> None:
    process, port = _start(data, sender.random.choice(WORKERS))
    try:
        sender.look(port)
        _look_at_published(catalogue, sender)
        pieces = sender.random.randint(0, PIECES_MAX)
        with suppress(OSError, http.client.HTTPException):
            sender.send(port, pieces)
        let_run(process, sender.random.uniform(0, AFTER_PIECES_MAX_S))
    finally:
        process.kill()
        process.communicate()


def _look_at_published(catalogue: Database, sender: Sender) -> None:
    """Find the drafts there are; what was published is none."""
    with catalogue.read() as session:
        taken = [file.uploaded.document_id for row in _rows(session) for file in row.files]
        documents = [document_id for document_id in taken if document_id]
        twice = [document_id for document_id, count in Counter(documents).items() if count > 1]
        assert not twice
        sender.drafts = [one for one in documents if drafts.is_draft(session, one)]
    assert sender.published <= set(documents) - set(sender.drafts)


def _rows(session: Session) -> Sequence[UploadProgress]:
    return readings.rows(session, None, 10_000)


def _searchable_count(catalogue: Database) -> int:
    with catalogue.read() as session:
        rows = _rows(session)
    return sum(bool(row.files) and all(file.searchable_at for file in row.files) for row in rows)


def _assert_each_found_once(data: Path, sender: Sender) -> None:
    with open_archive(load_settings(data)) as archive:
        archive.indexer.catch_up()
        for name, word in sender.words.items():
            for visitor in (Visibility.STAFF, Visibility.PUBLIC):
                result = archive.search.search(Question(word), visitor)
                assert result.total_slides == 1, f"{name}: {result.total_slides} pages say {word}"
        assert len(sender.published) == len(sender.words)
        assert list(archive.problems()) == []
    assert [path.name for path in (data / "uploads").iterdir() if not path.name.startswith(".")] == []

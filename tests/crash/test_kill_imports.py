"""kill -9 while an import is published, its decks are fetched, or it is taken back: all or nothing."""

import os
import random
import socket
from pathlib import Path

import pytest
from sqlalchemy import update

from archive.app import open_archive
from archive.catalogue.events.events import events, talks_of_event
from archive.catalogue.imports.imports import imports
from archive.catalogue.imports.links import links_of
from archive.catalogue.journal.chain import problems
from archive.catalogue.records import records_of_event
from archive.catalogue.tables.imports import ImportLinkRow
from archive.settings.imports import ImportSettings
from archive.settings.settings import Settings
from tests.crash.campaign import ENVIRONMENT
from tests.forked import Forked, run_forked
from tests.imports.fetching.raw_server import raw_server, reply
from tests.waiting import let_run

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("ARCHIVE_CRASH_KILLS", "3"))
TALKS = 5
SEMINARS = 3

_CHILD = """
import sys
import time
from pathlib import Path
from archive.app import open_archive
from archive.catalogue.imports.imports import find_import, imports
from archive.catalogue.imports.links import links_of
from archive.catalogue.imports.publishing import publish
from archive.catalogue.imports.undoing import undo_import
from archive.settings.imports import ImportSettings
from archive.imports.opening import open_followers
from archive.imports.sources.base import GivenBytes
from archive.settings.settings import Settings

data, port, seminars = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
settings = Settings(data=data, imports=ImportSettings(internal_hosts=(f"127.0.0.1:{port}",)))
with open_archive(settings) as archive:
    print("ready", flush=True)
    for number in range(seminars):
        address = f"http://127.0.0.1:{port}/{number}/seminar.toml"
        import_id = archive.importing.read_address(address, "eva")
        with archive.database.write() as session:
            if number == 1 and find_import(session, import_id).published is not None:
                undo_import(session, import_id, "eva")
        with archive.database.write() as session:
            publish(session, import_id, "eva")
    _, follower = open_followers(archive.database, archive.originals, settings, "child", ())
    follower.start()
    while True:
        with archive.database.read() as session:
            states = [link.state for one in imports(session, 10) for link in links_of(session, one.id)]
        if states and all(state == "taken" for state in states):
            break
        time.sleep(0.05)
    follower.stop()
"""


def toml(number: int) -> bytes:
    talks = "".join(
        f'[[talk]]\ntopic = "Ämne {number}-{n}"\ndeck = "{n}.txt"\n'
        f'[[talk.speaker]]\nname = "Talare {number} {n}"\norganisation = "Organisation {n}"\n'
        for n in range(TALKS)
    )
    return f'[event]\ntitle = "Seminarium {number}"\ndate = 2022-05-{number + 10}\n{talks}'.encode()


def answer(connection: socket.socket, head: str) -> None:
    _, number, name = head.split(" ")[1].split("/")
    if name == "seminar.toml":
        connection.sendall(reply(toml(int(number)), headers=("Content-Type: application/toml",)))
    else:
        words = f"Ord nummer {number} i bilden {name}, som ingen annan har.\n".encode()
        connection.sendall(reply(words, headers=("Content-Type: text/plain",)))


def check(settings: Settings) -> None:
    """Look whether each import is there whole or not at all."""
    with open_archive(settings) as archive, archive.database.read() as session:
        assert list(problems(session)) == []
        titles = {event.title: event.id for event in events(session, 2)}
        for one in imports(session, 10):
            is_published = one.published is not None
            assert (one.title in titles) == is_published
            links = links_of(session, one.id)
            assert len(links) == (TALKS if is_published else 0)
            if is_published:
                talks = talks_of_event(session, titles[one.title], 2)
                assert [talk.position for talk in talks] == list(range(1, TALKS + 1))
                assert all(talk.contributions for talk in talks)
                documents = records_of_event(session, titles[one.title], 2)
                held = [record.talk.id for record in documents if record.talk]
                assert len(set(held)) == len(held) == len(documents)


def test_whatever_moment_it_is_killed_at_an_import_is_whole_or_not_there(tmp_path: Path) -> None:
    moments = random.Random(20)
    with raw_server(answer) as server:
        hosts = ImportSettings(internal_hosts=(f"127.0.0.1:{server.port}",))
        settings = Settings(data=tmp_path / "data", imports=hosts)
        arguments = (settings.data, str(server.port), str(SEMINARS))
        for _ in range(KILLS):
            with Forked(*arguments, code=_CHILD, env=ENVIRONMENT) as child:
                child.stdout.readline()
                let_run(child, moments.uniform(0.0, 1.0))
                child.kill()
            check(settings)
        with open_archive(settings) as archive, archive.database.write() as session:
            session.execute(update(ImportLinkRow).values(leased_until=None))  # the leases of the dead run out
        done = run_forked(*arguments, code=_CHILD, env=ENVIRONMENT)
        assert done.returncode == 0, done.stderr[-2000:]
        check(settings)
        with open_archive(settings) as archive, archive.database.read() as session:
            assert len(imports(session, 10)) == SEMINARS
            states = [link.state for one in imports(session, 10) for link in links_of(session, one.id)]
    assert states == ["taken"] * (SEMINARS * TALKS)

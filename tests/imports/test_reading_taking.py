"""What is given to be imported is read by a worker: once, whole or not at all, and each end has its name."""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from archive.catalogue.imports.imports import imports
from archive.catalogue.imports.readings import (
    find_reading,
    lease_reading,
    queue_reading,
    retry_reading,
    unfinished_readings,
)
from archive.catalogue.tables.imports import ImportReadingRow
from archive.errors import AddressRefused, FileRejected, InputError, NotFound
from archive.imports.reading_taking import ReadingTaking
from archive.imports.sources.base import GivenBytes
from archive.ingest.presence import worker_lock
from archive.model.extraction import Outcome
from archive.model.seminar_pages.imports import PageReading, ReadingState, SeminarImport
from tests.imports.test_link_taking import Site, opened_site

PAGE = f"<p>{json.dumps({'title': 'Skogsdagen'})}</p>".encode()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with opened_site(tmp_path) as opened:
        yield opened


def taking(site: Site, owner: str = "p/readings") -> ReadingTaking:
    return ReadingTaking(site.archive.database, site.importing, site.archive.settings, owner)


def found(site: Site, reading_id: str) -> PageReading:
    with site.archive.database.read() as session:
        return find_reading(session, reading_id)


def kept(site: Site) -> Sequence[SeminarImport]:
    with site.archive.database.read() as session:
        return imports(session, 10)


def lease(site: Site, owner: str, lease_s: float = 600) -> PageReading:
    with site.archive.database.write() as session:
        leased = lease_reading(session, owner, datetime.now(UTC), lease_s)
    assert leased is not None
    return leased


def test_an_address_is_fetched_and_read_and_leads_to_its_import(site: Site) -> None:
    reading_id = site.importing.queue_address(site.server.address("/seminarium/1"), "eva")
    assert found(site, reading_id).state is ReadingState.WAITING
    assert site.server.requests == [], "nothing is fetched while staff wait"
    assert taking(site).take_all() == 1
    (made,) = kept(site)
    assert (made.title, made.login) == ("Ett", "eva")
    ended = found(site, reading_id)
    assert (ended.state, ended.import_id, ended.lease_owner) == (ReadingState.DONE, made.id, "")
    assert taking(site).take_all() == 0


def test_a_file_is_read_and_its_bytes_go_from_the_catalogue_to_the_store(site: Site) -> None:
    reading_id = site.importing.queue_file(GivenBytes(PAGE, "", "dag.html"), "eva")
    assert taking(site).take_all() == 1
    (made,) = kept(site)
    assert (made.title, made.source.filename) == ("Skogsdagen", "dag.html")
    assert found(site, reading_id).import_id == made.id
    with site.archive.database.read() as session:
        row = session.get(ImportReadingRow, reading_id)
        assert row is not None
        assert row.body is None


def test_what_can_be_told_at_once_is_refused_before_anything_waits(site: Site) -> None:
    for address in ("ftp://forening.example/", "http://10.0.0.1/", "http://forening.example:22/"):
        with pytest.raises(AddressRefused):
            site.importing.queue_address(address, "eva")
    with pytest.raises(InputError):
        site.importing.queue_file(GivenBytes(b"  \n"), "eva")
    with site.archive.database.read() as session:
        assert unfinished_readings(session, 10) == []


def test_what_cannot_be_read_is_named_stops_nothing_and_may_be_tried_again(site: Site) -> None:
    dead = site.importing.queue_address(site.server.address("/borta"), "eva")
    broken = site.importing.queue_file(GivenBytes(b"<p>no json</p>"), "eva")
    site.importing.queue_file(GivenBytes(PAGE), "eva")
    assert taking(site).take_all() == 3
    assert found(site, dead).code == "dead_link"
    assert "Check the link" in found(site, dead).message
    assert (found(site, broken).state, found(site, broken).code) == (ReadingState.FAILED, "internal")
    assert len(kept(site)) == 1
    with site.archive.database.write() as session:
        assert retry_reading(session, dead)
        with pytest.raises(NotFound):
            retry_reading(session, "finnsinte2")
    assert found(site, dead).state is ReadingState.WAITING
    assert taking(site).take_all() == 1


def test_what_a_killed_process_was_at_is_done_by_the_next_one_at_once(site: Site) -> None:
    reading_id = site.importing.queue_file(GivenBytes(PAGE), "eva")
    lease(site, "worker-dead/readings")
    assert taking(site).take_all() == 1
    assert found(site, reading_id).state is ReadingState.DONE
    assert len(kept(site)) == 1


def test_what_a_process_that_lives_is_at_is_left_to_it(site: Site) -> None:
    reading_id = site.importing.queue_file(GivenBytes(PAGE), "eva")
    with worker_lock(site.archive.settings.data / "workers") as name:
        lease(site, f"{name}/readings")
        assert taking(site).take_all() == 0
    assert found(site, reading_id).attempts == 1


def test_whoever_lost_the_lease_keeps_nothing(site: Site) -> None:
    site.importing.queue_file(GivenBytes(PAGE), "eva")
    late = lease(site, "slow/readings", lease_s=-1)
    lease(site, "quick/readings")
    assert site.importing.read_queued(late) is False
    assert kept(site) == []


def test_what_ends_the_process_each_time_is_given_up_after_three_times(site: Site) -> None:
    reading_id = site.importing.queue_file(GivenBytes(PAGE), "eva")
    for _ in range(3):
        lease(site, "dead/readings", lease_s=-1)
    assert taking(site).take_all() == 1
    ended = found(site, reading_id)
    assert (ended.state, ended.code) == (ReadingState.FAILED, "crash")
    assert kept(site) == []


def test_a_reading_that_was_cut_short_is_tried_again(site: Site) -> None:
    tries: list[str] = []

    def cut_short(reading: PageReading) -> bool:
        tries.append(reading.id)
        raise FileRejected(Outcome.CRASH, "The reading of the page was interrupted. Try again.")

    reading_id = site.importing.queue_file(GivenBytes(PAGE), "eva")
    importing = type("Cut", (), {"read_queued": staticmethod(cut_short)})()
    cut = ReadingTaking(site.archive.database, importing, site.archive.settings, f"p{os.getpid()}/readings")
    assert cut.take_all() == 1
    assert tries == [reading_id] * 3
    assert found(site, reading_id).code == "crash"


def test_an_address_that_waits_is_not_read_twice_and_old_ends_are_forgotten(site: Site) -> None:
    address = site.server.address("/seminarium/1")
    first = site.importing.queue_address(address, "eva")
    assert site.importing.queue_address(address, "bo") == first
    taking(site).take_all()
    with site.archive.database.write() as session:
        session.execute(update(ImportReadingRow).values(updated_at=datetime.now(UTC) - timedelta(days=8)))
        second = queue_reading(session, address, "eva")
    assert second != first
    with pytest.raises(NotFound):
        found(site, first)
    taking(site).take_all()
    assert len(kept(site)) == 1, "the same address is the same import"

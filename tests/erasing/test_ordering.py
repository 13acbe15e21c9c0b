"""Orders: what is asked for by name is in no list of erasures, is forgotten, and is done one at a time."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.backup.erasure_list import KEY, put_list
from archive.backup.folder_place import FolderPlace
from archive.catalogue.erasing import erasures, orders
from archive.catalogue.tables.erasures import ErasureRow
from archive.erasing.again import erase_again
from archive.erasing.ordering import Orders
from archive.erasing.turns import only_one
from archive.errors import Busy, NotFound
from tests.filled_archive import add, opened

_WANTED = {"names": ["Vilhelmina Åkerbrandt"], "texts": [], "person": "", "whole_only": False, "only": None}


def test_an_order_is_no_erasure_and_in_no_list(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "backups")
    with opened(tmp_path) as archive:
        with archive.database.write() as session:
            order_id = orders.ask(session, "asta", _WANTED)
            assert erasures.all_of(session) == ()
            assert list(erasures.interrupted(session)) == []
            with pytest.raises(NotFound):
                erasures.find(session, order_id)
        (tmp_path / "backups").mkdir()
        put_list(archive.database, place, tmp_path)
        assert json.loads((tmp_path / "backups" / KEY).read_bytes())["erasures"] == []


def test_an_order_is_done_by_one_process_at_a_time(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "plan", "Planen är av Vilhelmina Åkerbrandt")
        with archive.database.write() as session:
            orders.ask(session, "asta", _WANTED)
        with only_one(archive), pytest.raises(Busy):
            Orders(archive).do_all()
        assert Orders(archive).do_all() == 1
        assert Orders(archive).do_all() == 0
        with archive.database.read() as session:
            (asked,) = orders.all_of(session)
        assert asked.state == orders.LOOKED
        assert asked.found["tables"]["page"] == 1


def test_what_nobody_goes_on_with_is_forgotten_and_so_is_what_was_restored(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        with archive.database.write() as session:
            for is_old in (True, False):
                row = session.get_one(ErasureRow, orders.ask(session, "asta", _WANTED))
                row.state = orders.LOOKED
                row.at = datetime.now(UTC) - timedelta(days=2 if is_old else 0)
        Orders(archive).do_all()
        with archive.database.read() as session:
            assert len(orders.all_of(session)) == 1
        erase_again(archive, [], _ignored)
        with archive.database.read() as session:
            assert orders.all_of(session) == ()


def test_a_name_that_is_nowhere_is_not_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        with archive.database.write() as session:
            orders.ask(session, "asta", _WANTED)
        Orders(archive).do_all()
        with archive.database.read() as session:
            (asked,) = orders.all_of(session)
        assert (asked.state, asked.wanted) == (orders.FAILED, {})
        assert "nowhere" in asked.message


def _ignored(what: str, count: int) -> None:
    del what, count

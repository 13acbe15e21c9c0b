"""Orders: what is asked for by name is in no list of erasures, is forgotten, and is done one at a time."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.app import open_archive
from archive.backup.erasure_list import KEY, put_list
from archive.backup.folder_place import FolderPlace
from archive.backup.making import back_up
from archive.backup.place import snapshots
from archive.backup.restoring import restore
from archive.catalogue.erasing import erasures, orders, places
from archive.catalogue.erasing.people import names_of
from archive.catalogue.tables.erasures import ErasureRow
from archive.erasing import lists
from archive.erasing.erasing import ErasureOrder, erase
from archive.erasing.files import search_files
from archive.erasing.names import MARK, ErasedNames
from archive.erasing.ordering import Orders, erase_again
from archive.erasing.turns import only_one
from archive.errors import BackupDamaged, Busy, NotFound
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.settings.settings import load_settings_of_file
from tests.erasing.person import WORDS, fill
from tests.erasing.traces import traces
from tests.filled_archive import add, opened
from tests.ingest.ingests import settings_for

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


def test_a_backup_of_before_is_restored_without_her(tmp_path: Path) -> None:
    place, new = FolderPlace(tmp_path / "backups"), tmp_path / "new"
    with open_archive(settings_for(tmp_path / "data")) as archive:
        filled = fill(archive, tmp_path / "in")
        back_up(archive, place, _ignored)
        with archive.database.read() as session:
            names = ErasedNames(names_of(session, filled.person_id))
        found = search_files(archive, names, _ignored)
        order = ErasureOrder(
            names, "asta", "hon bad om det", filled.person_id, None, found.holding, found.uploads
        )
        erased = erase(archive, order, _ignored)
        back_up(archive, place, _ignored)
    (first, last) = snapshots(place)
    restored = restore(place, new, _ignored, at=first, erase_again=erase_again)
    assert restored.erased == (erased.erasure_id,)
    assert restored.is_whole
    assert traces(new, *WORDS) == []
    with open_archive(load_settings_of_file(new)) as archive:
        assert list(archive.problems()) == []
        for word in WORDS:
            assert archive.search.search(Question(word), Visibility.STAFF).total_slides == 0
    assert restore(place, tmp_path / "newer", _ignored, at=last, erase_again=erase_again).erased == ()


def test_a_list_that_is_gone_stops_the_restore_of_a_backup_of_before(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "backups")
    with opened(tmp_path) as archive:
        add(archive, "plan", "Anna Åkerbrandts plan")
        back_up(archive, place, _ignored)
        erase(archive, ErasureOrder(ErasedNames(["Anna Åkerbrandt"]), "asta", "hon bad om det"), _ignored)
        back_up(archive, place, _ignored)
        (first, last) = snapshots(place)
        (tmp_path / "backups" / "erasures.json").unlink()
        with pytest.raises(BackupDamaged, match="is gone"):
            restore(place, tmp_path / "new", _ignored, at=first, erase_again=erase_again)
        assert restore(place, tmp_path / "last", _ignored, at=last, erase_again=erase_again).is_whole
        back_up(archive, place, _ignored)
    assert len(restore(place, tmp_path / "new", _ignored, at=first, erase_again=erase_again).erased) == 1


def test_the_list_has_no_name() -> None:
    told = json.dumps(lists.hashed(ErasedNames(["Anna Åkerbrandt"], ["Projekt Granit"]), None)).casefold()
    assert [word for word in ("anna", "brandt", "granit", "projekt") if word in told] == []


def test_words_are_known_by_their_hashes(tmp_path: Path) -> None:
    told = lists.hashed(ErasedNames(["Ann-Marie Åkerbrandt"], ["Projekt Granit"]), frozenset({("abc", 2)}))
    with opened(tmp_path) as archive:
        add(archive, "plan", "Ann-Maries åkerbrandtmodell och projektet i granit")
        with archive.database.read() as session:
            names = lists.recovered(told, places.words(session))
    assert names.masked("Ann-Marie Åkerbrandts projekt granit") == f"{MARK} {MARK}"
    assert lists.slides(told) == frozenset({("abc", 2)})


def test_a_name_that_is_not_there_is_nobody() -> None:
    told = lists.hashed(ErasedNames(["Anna Åkerbrandt"], ["Projekt Granit"]), None)
    assert lists.recovered(told, {"anna", "projekt", "skog"}).is_empty


def test_an_erasure_of_nothing_is_remembered(tmp_path: Path) -> None:
    listed = {
        "id": "abcdefghjk",
        "reason": "hon bad om det",
        "words": lists.hashed(ErasedNames(["Anna Åkerbrandt"]), None),
        "digests": [],
    }
    with opened(tmp_path) as archive:
        assert erase_again(archive, [listed], _ignored) == ("abcdefghjk",)
        assert erase_again(archive, [listed], _ignored) == ()
        with archive.database.read() as session:
            assert [one.is_done for one in erasures.all_of(session)] == [True]


def test_a_damaged_list_stops_a_restore(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "backups")
    with opened(tmp_path) as archive:
        back_up(archive, place, _ignored)
    (tmp_path / "backups" / "erasures.json").write_text("{", "utf-8")
    with pytest.raises(BackupDamaged):
        restore(place, tmp_path / "new", _ignored, erase_again=erase_again)
    assert restore(place, tmp_path / "new", _ignored, erase_again=erase_again, erasures=()).is_whole

"""Catalogues are made and migrated by themselves, safely."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from archive.catalogue import pages
from archive.catalogue.database import migration
from archive.catalogue.database.database import Database
from archive.catalogue.migrations.__main__ import main
from archive.catalogue.tables.metadata import METADATA
from archive.errors import Busy, CatalogueError
from tests.forked import Forked


def _url(path: Path) -> str:
    return f"sqlite:///{path / 'catalogue.db'}"


def test_migrated_tables_are_those_of_the_models(database: Database) -> None:
    with database.read() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_known_revisions_are_those_of_alembic() -> None:
    scripts = ScriptDirectory.from_config(migration.configuration())
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == migration.REVISIONS


def test_epoch_stays_and_differs_between_catalogues(
    database: Database, catalogue_url: str, tmp_path: Path
) -> None:
    with closing(Database.open(catalogue_url)) as again:
        assert again.epoch == database.epoch
    with closing(Database.open(_url(tmp_path / "other" / "folder"))) as other:
        assert other.epoch != database.epoch


def test_random_values_of_a_catalogue_are_its_own(
    tmp_path: Path,
) -> None:
    kept: list[dict[str, str]] = []
    for name in ("one", "other"):
        with closing(Database.open(_url(tmp_path / name))) as database, database.read() as session:
            kept.append({row.key: row.value for row in session.execute(text("SELECT key, value FROM meta"))})
    one, other = kept
    assert one.keys() == other.keys() >= {"epoch", "form_key"}
    assert not {key for key in one if one[key] == other[key]}
    assert {key: len(value) for key, value in one.items()} == {"epoch": 32, "form_key": 64}


def test_opening_a_current_catalogue_loads_no_alembic(catalogue_url: str) -> None:
    code = (
        "import sys; from archive.catalogue.database.database import Database; "
        f"Database.open({catalogue_url!r}); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_catalogue_of_a_newer_version_is_refused(database: Database, catalogue_url: str) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CatalogueError, match="newer version"):
        Database.open(catalogue_url)


def test_migration_command_tells_what_is_wrong(tmp_path: Path) -> None:
    assert "usage" in str(main([]))
    (tmp_path / "catalogue.db").write_bytes(b"not a database " * 100)
    assert "damaged" in str(main([_url(tmp_path)]))


def test_processes_may_open_a_fresh_catalogue_at_once(empty_catalogue_url: str) -> None:
    code = (
        "from archive.catalogue.database.database import Database; "
        f"print(Database.open({empty_catalogue_url!r}).epoch)"
    )
    processes = [Forked(code=code) for _ in range(3)]
    epochs = {process.communicate()[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(epochs) == 1


def test_catalogue_that_another_process_is_making_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now_s[0])
    monkeypatch.setattr(time, "sleep", lambda pause_s: now_s.append(now_s.pop() + pause_s))
    with migration.migration_lock(tmp_path / "catalogue.db.lock"), pytest.raises(Busy):
        Database.open(_url(tmp_path))
    assert now_s[0] >= 60
    Database.open(_url(tmp_path)).close()


_AT = "2026-01-01T00:00:00.000000Z"
_NO_TEXTS = {"message": "", "engine": "", "picture_message": ""}
_OLDER: dict[str, dict[str, object]] = {
    "original": {"sha256": "a" * 64, "size_bytes": 1, "media_type": "application/pdf", "created_at": _AT},
    "document": {
        "id": "d",
        "kind": "deck",
        "title": "t",
        "title_is_given": False,
        "source": "s",
        "language": "",
    }
    | {
        "visibility": "public",
        "visibility_given": "public",
        "language": "",
        "publisher": "",
        "created_at": _AT,
    },
    "version": {"id": "v", "document_id": "d", "number": 1, "filename": "f", "sha256": "a" * 64}
    | {"created_at": _AT, "page_count": 0, "pictures_done": True}
    | _NO_TEXTS,
}


def test_versions_of_an_older_catalogue_are_kept(empty_catalogue_url: str) -> None:
    if empty_catalogue_url.startswith("sqlite"):
        Path(empty_catalogue_url.removeprefix("sqlite:///")).parent.mkdir()
    engine = create_engine(empty_catalogue_url)
    with engine.begin() as connection:
        command.upgrade(migration.configuration(connection), "0001")
        for table, values in _OLDER.items():
            names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)
    engine.dispose()
    with closing(Database.open(empty_catalogue_url)) as opened, opened.read() as session:
        version, document_id = pages.version(session, "v")
    assert (document_id, version.pictures_done, version.drawn_sha256) == ("d", True, "")

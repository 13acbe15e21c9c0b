"""Changes, audit and regions."""

import tomllib
from importlib import resources

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import audit, changes
from archive.catalogue.database.database import Database
from archive.catalogue.events import regions
from tests.catalogue.conftest import put


def test_changes_follow_each_other(session: Session) -> None:
    assert changes.last_seq(session) == 0
    document_id = put(session)
    seqs = [changes.record(session, document_id) for _ in range(3)]
    assert seqs == [2, 3, 4]
    assert changes.last_seq(session) == 4
    assert [change.seq for change in changes.after(session, 1, limit=2)] == [2, 3]
    assert changes.after(session, 4, limit=2) == ()


def test_only_later_hiding_changes_mask(session: Session) -> None:
    document_id = put(session)
    hiding = changes.record(session, document_id, hides=True)
    changes.record(session, document_id)
    assert changes.hidden_after(session, hiding - 1) == {document_id}
    assert changes.hidden_after(session, hiding) == frozenset()


def test_numbers_of_rolled_back_changes_leave_no_trace(database: Database) -> None:
    with database.write() as session:
        document_id = put(session)

    def fail() -> None:
        with database.write() as session:
            changes.record(session, document_id)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.read() as session:
        assert changes.last_seq(session) == 1


def test_audit_is_newest_first(session: Session) -> None:
    for action in ("a", "b", "c"):
        audit.record(session, "kim", action, "x", "ok", "detail")
    assert [event.action for event in audit.latest(session, 2)] == ["c", "b"]
    newest = audit.latest(session, 1)[0]
    assert (newest.actor, newest.subject, newest.outcome, newest.detail) == ("kim", "x", "ok", "detail")
    assert newest.at.tzinfo is not None


def test_vocabulary_has_country_parts_and_counties(session: Session) -> None:
    found = regions.all_regions(session)
    by_length = [len([region for region in found if len(region.code) == length]) for length in (2, 4, 5)]
    assert by_length == [1, 8, 21]
    assert all(region.broader == region.code[:4] for region in found if len(region.code) == 5)
    assert all(region.broader == "SE" for region in found if len(region.code) == 4)


def test_vocabulary_is_that_of_the_data_file(session: Session) -> None:
    data = tomllib.loads(resources.files("archive.catalogue").joinpath("regions.toml").read_text("utf-8"))
    given = {entry["code"]: (entry["name"], tuple(entry["alternative_names"])) for entry in data["region"]}
    assert {r.code: (r.name, r.alternative_names) for r in regions.all_regions(session)} == given


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SE313", "SE313"),
        ("se313", "SE313"),
        ("Gävleborgs län", "SE313"),
        ("GÄVLEBORG", "SE313"),
        ("Region  Gävleborg", "SE313"),
        ("Ga\u0308vleborg", "SE313"),
        ("Norra Mellansverige", "SE31"),
        ("EU-programområde Norra Mellansverige", "SE31"),
        ("Stockholm", "SE110"),
        ("Sverige", "SE"),
        ("Gavleborg", None),
        ("", None),
    ],
)
def test_region_is_found_by_code_and_names(session: Session, name: str, code: str | None) -> None:
    region = regions.find(session, name)
    assert (region.code if region else None) == code


def test_broader_regions_come_along_once(session: Session) -> None:
    found = regions.with_broader(session, ["SE313", "SE312", "SE124", "unknown"])
    assert [region.code for region in found] == ["SE", "SE12", "SE124", "SE31", "SE312", "SE313"]

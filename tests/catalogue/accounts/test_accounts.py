import pytest
from sqlalchemy.orm import Session

from archive.catalogue.accounts import accounts
from archive.errors import InputError
from archive.model.accounts import Role


def test_login_is_one_whatever_its_case(session: Session) -> None:
    made = accounts.add(session, " Anna@Example.org ", "  Anna   Ek ", Role.STAFF, "test")
    assert (made.login, made.name) == ("anna@example.org", "Anna Ek")
    assert accounts.find(session, "ANNA@example.org") == made
    with pytest.raises(InputError, match="already"):
        accounts.add(session, "anna@EXAMPLE.org", "", Role.MEMBER, "test")


@pytest.mark.parametrize("login", ["", "  ", "två ord", "a\nb", "x" * 201, "\x1b[31m"])
def test_what_is_no_login_is_refused(session: Session, login: str) -> None:
    with pytest.raises(InputError, match="without spaces"):
        accounts.add(session, login, "", Role.MEMBER, "test")


def test_last_admin_stays_admin(session: Session) -> None:
    first = accounts.add(session, "first", "", Role.ADMIN, "test")
    with pytest.raises(InputError, match="last admin"):
        accounts.end(session, first.id, "test")
    with pytest.raises(InputError, match="last admin"):
        accounts.set_role(session, first.id, Role.STAFF, "test")
    second = accounts.add(session, "second", "", Role.ADMIN, "test")
    accounts.end(session, first.id, "test")
    with pytest.raises(InputError, match="last admin"):
        accounts.end(session, second.id, "test")


def test_ended_account_begins_again_without_its_password(session: Session) -> None:
    made = accounts.add(session, "anna", "", Role.STAFF, "test")
    accounts.set_password_hash(session, made.id, "digest", "test")
    accounts.end(session, made.id, "test")
    assert not accounts.are_in_use(session)
    accounts.begin_again(session, made.id, "test")
    assert accounts.are_in_use(session)
    assert accounts.password_hash(session, made.id) == ""

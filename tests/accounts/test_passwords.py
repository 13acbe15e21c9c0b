import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from archive.accounts import passwords
from archive.errors import InputError

GOOD = "gruva kanel nittio spade"


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("kort nyckel", "too short"),
        ("x" * 201, "too long"),
        ("password1234", "guessed"),
        ("Anna Andersson", "guessed"),
        ("anna@example.org", "guessed"),
    ],
)
def test_weak_passwords_are_refused_with_what_to_do(password: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        passwords.check_new_password(password, ("Anna Andersson", "anna@example.org"))


def test_none_of_the_known_passwords_is_taken() -> None:
    known = [password for password in FREQUENCY_LISTS["passwords"] if len(password) >= passwords.MIN_CHARS]
    assert len(known) > 200
    for password in known:
        with pytest.raises(InputError, match="guessed"):
            passwords.check_new_password(password, ())


@pytest.mark.parametrize("password", [GOOD, "åäö 蛙 ordlös vinter", "kqzvwxjhtrpl"])
def test_long_passwords_need_no_kinds_of_letters(password: str) -> None:
    passwords.check_new_password(password, ("Anna Andersson", "anna@example.org"))


def test_only_the_very_password_is_right() -> None:
    kept = passwords.hash_password(GOOD)
    assert kept.startswith("$argon2id$")
    assert passwords.is_right(kept, GOOD)
    assert not passwords.is_right(kept, GOOD + " ")
    assert not passwords.is_outdated(kept)


def test_without_an_account_no_password_is_right() -> None:
    assert not passwords.is_right("", "nobody's password")
    assert not passwords.is_right("no digest", GOOD)

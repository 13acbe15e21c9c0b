"""Tokens of links, sessions and programs cannot be guessed."""

from base64 import urlsafe_b64decode

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from archive.accounts import credentials
from archive.accounts.credentials import new_token, token_digest
from archive.errors import InputError

GOOD = "gruva kanel nittio spade"


def test_tokens_have_256_bits_that_differ_all_over() -> None:
    made = [urlsafe_b64decode(new_token() + "=") for _ in range(1_000)]
    assert len(set(made)) == 1_000
    assert {len(token) for token in made} == {32}
    for place in range(32):
        assert len({token[place] for token in made}) > 100  # 251 are to be expected


def test_digest_does_not_hold_the_token() -> None:
    token = new_token()
    assert token not in token_digest(token)
    assert token_digest(token) != token_digest(token + "x")


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
        credentials.check_new_password(password, ("Anna Andersson", "anna@example.org"))


def test_none_of_the_known_passwords_is_taken() -> None:
    known = [password for password in FREQUENCY_LISTS["passwords"] if len(password) >= credentials.MIN_CHARS]
    assert len(known) > 200
    for password in known:
        with pytest.raises(InputError, match="guessed"):
            credentials.check_new_password(password, ())


@pytest.mark.parametrize("password", [GOOD, "åäö 蛙 ordlös vinter", "kqzvwxjhtrpl"])
def test_long_passwords_need_no_kinds_of_letters(password: str) -> None:
    credentials.check_new_password(password, ("Anna Andersson", "anna@example.org"))


@pytest.mark.usefixtures("own_costs")
def test_only_the_very_password_is_right() -> None:
    kept = credentials.hash_password(GOOD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert credentials.is_right_password(kept, GOOD)
    assert not credentials.is_right_password(kept, GOOD + " ")
    assert not credentials.is_outdated_digest(kept)


@pytest.mark.usefixtures("own_costs")
def test_without_an_account_no_password_is_right() -> None:
    assert not credentials.is_right_password("", "nobody's password")
    assert not credentials.is_right_password("no digest", GOOD)

"""Tokens of links, sessions and programs cannot be guessed."""

from base64 import urlsafe_b64decode

from archive.accounts.tokens import new_token, token_digest


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

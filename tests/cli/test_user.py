from tests.cli.commands import Run


def test_link_of_the_machine_itself_has_a_name_as_passkeys_need_it(run: Run) -> None:
    told = run("user", "add", "anna@example.org", "--name", "Anna Ek", "--role", "admin")
    assert told.code == 0
    assert told.out.splitlines()[1].startswith("http://localhost:8000/link/")


def test_token_is_printed_once_listed_and_ended(run: Run) -> None:
    run("user", "add", "anna", "--role", "staff")
    made = run(
        "user", "token", "anna", "--scope", "write", "--days", "30", "--name", "Nattligt"
    ).out.splitlines()
    assert made[1].startswith("archive_")
    (token,) = run("user", "tokens", "anna", "--json").json["tokens"]
    assert (token["scope"], token["name"], token["used"]) == ("write", "Nattligt", "")
    assert made[0].startswith(f"Token {token['id']} of anna, until 2")
    assert "Nattligt" in run("user", "tokens", "anna").out
    assert "none" in run("user", "tokens", "anna", "--end", token["id"]).out
    assert run("user", "tokens", "anna", "--end", token["id"]).code == 1
    assert run("user", "token", "nobody").code == 2
